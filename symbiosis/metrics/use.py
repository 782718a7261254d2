"""What of a park's matter, solids, heat and water is used inside it."""

from typing import Literal

import numpy as np
import pandas as pd

from symbiosis.model import Park
from symbiosis.views import enterprise_of, flow_contents

By = Literal["process", "enterprise"]


def circularity_rate(park: Park, by: By = "process") -> float:
    """Return internal flows over internal flows and imports, by mass [0..1].

    Parameters
    ----------
    park : Park
    by : str
        Between what flows are internal: ``process`` or ``enterprise``.
    """
    mass = flow_contents(park, "mass")
    return _ratio(mass[_inside(park, by)].sum(), mass[_from_outside(park)].sum())


def solid_waste_utilisation(park: Park, by: By = "process") -> float:
    """Return solids used inside over those and what is discarded, by mass [0..1].

    Solids are the resources of kind material; what is passed on as a product counts as used.
    """
    return _used(park, flow_contents(park, "mass"), "material", by)


def waste_heat_utilisation(park: Park, by: By = "process") -> float:
    """Return heat used inside over that and what is discarded, by energy [0..1]."""
    return _used(park, flow_contents(park, "energy"), "heat", by)


def water_reuse(park: Park, by: By = "process") -> float:
    """Return water reused inside over that and fresh water, by mass [0..1].

    Fresh is all water that comes from outside. A cubic metre of unknown mass counts as a tonne.
    """
    mass = flow_contents(park, "mass")
    volume = park.flows["amount"].where(park.flows["unit"] == "m3")
    amount = mass.fillna(volume)[_of_kind(park, "water")]
    return _ratio(amount[_inside(park, by)].sum(), amount[_from_outside(park)].sum())


def _used(park: Park, carried: pd.Series, kind: str, by: By) -> float:
    """Return what is used inside over that and what is discarded, of one kind of resource."""
    thrown = park.flows["target"].isin(["@disposal", "@nature", "@stock"]) & park.flows["tradable"]
    amount = carried[_of_kind(park, kind)]
    return _ratio(amount[_inside(park, by)].sum(), amount[thrown].sum())


def _ratio(part: float, rest: float) -> float:
    """Return part / (part + rest), NaN where both are nothing."""
    return float(part / (part + rest)) if part + rest > 0 else np.nan


def _of_kind(park: Park, kind: str) -> pd.Series:
    kinds = park.resources.set_index("id")["kind"]
    return park.flows["resource"].map(kinds) == kind


def _from_outside(park: Park) -> pd.Series:
    return park.flows["source"].str.startswith("@")


def _inside(park: Park, by: By) -> pd.Series:
    """Return which flows run inside the park; by enterprise, those from one to another."""
    ends = park.flows[["source", "target"]]
    crossing = ends["source"].str.startswith("@") | ends["target"].str.startswith("@")
    if by == "process":
        return ~crossing
    owner = enterprise_of(park)
    return ~crossing & (ends["source"].map(owner) != ends["target"].map(owner))
