"""Which elementary flow stands for what a park gives to nature or takes from it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from symbiosis.lca.export.behind import SAME, Figures, figures, scale_of
from symbiosis.lca.factors import characters_of
from symbiosis.lca.inventory import Inventory
from symbiosis.units import converted, same_dimension


@dataclass(frozen=True, kw_only=True)
class Elementary:
    """The elementary flow of a resource.

    Attributes
    ----------
    flow : str
        Code of the flow.
    unit : str
    scale : float
        Units of the flow per unit of the resource.
    stated : mapping of str to float
        Indicator to what a unit of the resource causes by a factor other than the inventory's.
    """

    flow: str
    unit: str
    scale: float
    stated: dict[str, float] = field(default_factory=dict)


def elementary_code(flow: str) -> str:
    """Return the code under which an elementary flow of an inventory is exported."""
    return f"flow/{flow}"


def elementary(
    resources: Iterable[tuple[str, str]],
    inventory: Inventory,
    known: pd.DataFrame,
    indicators: Iterable[str],
) -> dict[str, Elementary]:
    """Return the elementary flow of each (resource, unit).

    A resource that the inventory does not know has one of its own, that nothing characterises.
    """
    flows = inventory.elementary_flows
    named = flows[flows["catalogue_resource"] != ""]
    ours = {
        resource: (flow, unit)
        for resource, flow, unit in zip(
            named["catalogue_resource"], named["id"], named["unit"], strict=True
        )
    }
    characters = {name: characters_of(inventory, name)["value"] for name in indicators}
    scales = {name: scale_of(inventory, name)[1] for name in characters}
    stated = figures(known[known["boundary"] == "@nature"])
    found = {}
    for resource, unit in resources:
        flow, its_unit = ours.get(resource, ("", ""))
        factors = stated.get(("@nature", resource), {})
        if not flow or not same_dimension(unit, its_unit):
            own = {name: value for name, (value, _) in factors.items() if name in characters}
            found[resource] = Elementary(
                flow=f"flow/own/{resource}", unit=unit, scale=1.0, stated=_nonzero(own)
            )
            continue
        scale = float(converted(np.array([1.0]), unit, its_unit)[0])
        counted = {
            name: float(values.get(flow, 0.0)) * scale * scales[name]
            for name, values in characters.items()
        }
        found[resource] = Elementary(
            flow=elementary_code(flow),
            unit=its_unit,
            scale=scale,
            stated=_nonzero(_difference(factors, counted)),
        )
    return found


def _difference(factors: Figures, counted: dict[str, float]) -> dict[str, float]:
    """Return what our factors say beyond what the inventory's characterisation counts."""
    return {
        name: factors[name][0] - value if name in factors else -value
        for name, value in counted.items()
        if abs((factors[name][0] if name in factors else 0.0) - value) > SAME * abs(value)
    }


def _nonzero(values: dict[str, float]) -> dict[str, float]:
    return {name: value for name, value in values.items() if value == value and value != 0.0}
