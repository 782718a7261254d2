"""What stands behind a unit that a park buys, discards or stacks."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from symbiosis.lca.factors import characters_of, indicator_unit
from symbiosis.lca.inventory import Inventory

SAME = 1e-9  # relative: a factor that differs by no more is the inventory's own
Key = tuple[str, str]
Figures = Mapping[str, tuple[float, str]]


@dataclass(frozen=True, kw_only=True)
class Behind:
    """The node that a flow is linked to.

    Attributes
    ----------
    node : str
        Code of the node: an activity of the inventory, a stated factor, or a gap.
    scale : float
        Units of the node per unit of the resource as the park counts it.
    kind : str
        background, stated or gap.
    """

    node: str
    scale: float
    kind: str


def behind(
    keys: Iterable[Key], inventory: Inventory, known: pd.DataFrame, climate: pd.DataFrame
) -> dict[Key, Behind]:
    """Return what stands behind each (boundary, resource).

    Where the factor that counts is the inventory's, it is the activity, in units of the park. A
    factor that the park states itself, or that is the catalogue's, becomes a node of its own. What
    has no factor is a gap: a node that causes nothing, to be linked by whoever knows better.

    Parameters
    ----------
    known : DataFrame
        The factors that count for the park, of the indicators to be exported.
    climate : DataFrame
        Those among them that come from `inventory`, of `symbiosis.lca.factors`.
    """
    activities = _activities(inventory, climate)
    ours = figures(known)
    theirs = figures(climate)
    return {
        key: _behind(key, activities.get(key), ours.get(key, {}), theirs.get(key, {}))
        for key in keys
    }


def scale_of(inventory: Inventory, indicator: str) -> tuple[str, float]:
    """Return the unit of an indicator's characterisation and how many of ours one of it is.

    [kg CO2e] and 0.001 for gwp100, which factors give in tonnes.
    """
    characters = characters_of(inventory, indicator)
    if not len(characters):
        return indicator, 1.0
    return str(characters["unit"].iloc[0]).split("/")[0], indicator_unit(characters)[1]


def _behind(
    key: Key,
    activity: str | None,
    ours: Figures,
    theirs: Figures,
) -> Behind:
    boundary, resource = key
    if not any(not math.isnan(value) for value, _ in ours.values()):
        return Behind(node=f"gap/{boundary}/{resource}", scale=1.0, kind="gap")
    scale = _scale(ours, theirs)
    if activity is None or scale is None:
        return Behind(node=f"stated/{boundary}/{resource}", scale=1.0, kind="stated")
    return Behind(node=activity, scale=scale, kind="background")


def _scale(ours: Figures, theirs: Figures) -> float | None:
    """Return our units per the inventory's where all our factors are its factors, else None."""
    if set(ours) - set(theirs) or any(ours[n][1] != theirs[n][1] for n in ours):
        return None
    ratios = [ours[n][0] / theirs[n][0] for n in ours if theirs[n][0]]
    zeros = [ours[n][0] for n in ours if not theirs[n][0]]
    scale = ratios[0] if ratios else 1.0
    same = all(abs(ratio - scale) <= SAME * abs(scale) for ratio in ratios)
    return scale if same and scale > 0 and not any(zeros) else None


def _activities(inventory: Inventory, climate: pd.DataFrame) -> dict[Key, str]:
    """Return the activity that gave each factor of the inventory."""
    columns = ["boundary", "product", "region", "year", "convention"]
    rows = climate.rename(columns={"resource": "product"})[columns].drop_duplicates()
    rows = rows[rows["boundary"] != "@nature"].astype({"year": float})
    found = rows.merge(inventory.activities[["id", *columns]], on=columns, validate="one_to_one")
    keys = zip(found["boundary"], found["product"], strict=True)
    return dict(zip(keys, found["id"], strict=True))


def figures(factors: pd.DataFrame) -> dict[Key, dict[str, tuple[float, str]]]:
    """Return value and citation by (boundary, resource), then by indicator."""
    found: dict[Key, dict[str, tuple[float, str]]] = {}
    columns = ("boundary", "resource", "indicator", "value", "citation")
    for boundary, resource, name, value, citation in zip(
        *(factors[c].tolist() for c in columns), strict=True
    ):
        found.setdefault((boundary, resource), {})[name] = (value, citation)
    return found
