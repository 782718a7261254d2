"""Factors per unit of (boundary, resource), scored from an inventory for a region and a year."""

from collections.abc import Sequence

import pandas as pd

from symbiosis.lca.checks import RESOURCE_UNITS
from symbiosis.lca.coverage import known
from symbiosis.lca.inventory import Inventory
from symbiosis.lca.linking import linked_exchanges, nearest, offers
from symbiosis.lca.matrices import (
    Estimate,
    amounts,
    filled,
    flow_vector,
    placed,
    scores,
    upstream,
)
from symbiosis.lca.shares import grade_shares, worst_that_matters

COLUMNS = (
    *("boundary", "resource", "indicator", "value", "low", "high", "unit", "region", "year"),
    *("convention", "grade", "citation", "unverified_share"),
)


def factors(
    inventory: Inventory,
    region: str | None,
    year: int | None,
    convention: str = "location",
    indicators: Sequence[str] = ("gwp100",),
) -> pd.DataFrame:
    """Return one factor per boundary, resource and indicator for a park in `region`.

    Of each resource the activity nearest to the park counts: its region, else the nation, else
    the world; electricity within `convention` only. What the inventory does not know for that
    region has no row: a gap, not an error. ``low`` and ``high`` take every exchange at the same
    end of its range. An indicator that an activity anywhere in the chain does not cover
    (`symbiosis.lca.coverage`) is not known either. ``grade`` is the worst grade through which
    more than 5 % of the value passes; ``unverified_share`` is the share that passes through
    unverified numbers [0..1].

    Parameters
    ----------
    inventory : Inventory
        Activities, exchanges and characterisation.
    region : str or None
        The park's region; None or one unknown to the inventory leaves what holds anywhere.
    year : int or None
        The park's year; None takes the latest.
    convention : str
        How electricity is counted: location, residual, footprint or park_method.
    indicators : sequence of str
        Those that the inventory cannot characterise have no rows.

    Returns
    -------
    DataFrame
        ``value``, ``low`` and ``high`` in [t CO2e] per unit of the resource for gwp100.
    """
    offered = offers(inventory, convention, year)
    chosen = serving(inventory, offered, region)
    linked = upstream(linked_exchanges(inventory, convention, year, offered), chosen["id"])
    characterised = inventory.characterisation["indicator"].unique()
    tables = [
        part
        for indicator in indicators
        if indicator in characterised
        for part in (
            _scored(inventory, linked, known(inventory, linked, chosen, indicator), indicator),
            _direct(inventory, indicator),
        )
    ]
    if not tables:
        return pd.DataFrame(columns=list(COLUMNS))
    return pd.concat(tables, ignore_index=True)[list(COLUMNS)]


def serving(inventory: Inventory, offered: pd.DataFrame, region: str | None) -> pd.DataFrame:
    """Return the activities that serve a park in `region`, one per boundary and product."""
    wanted = offered[["boundary", "product"]].drop_duplicates().assign(region=region or "")
    ids = nearest(wanted, offered, inventory.regions)
    return offered[offered["id"].isin(ids[ids != ""])].reset_index(drop=True)


def _scored(
    inventory: Inventory, linked: pd.DataFrame, chosen: pd.DataFrame, indicator: str
) -> pd.DataFrame:
    """Return the factors of what is bought, discarded or stacked."""
    activities = pd.Index(linked["activity"].unique())
    flows = pd.Index(inventory.elementary_flows["id"])
    characters = characters_of(inventory, indicator)
    counts = characters.index[characters["value"].ne(0.0)]
    linked = linked[linked["type"].eq("technosphere") | linked["flow"].isin(counts)]
    at = activities.get_indexer(pd.Index(chosen["id"]))
    shares = grade_shares(linked, activities, flows, characters)[at]
    per, scale = indicator_unit(characters)
    values = _estimates(linked, activities, flows, characters).iloc[at].reset_index(drop=True)
    zero = values["value"].eq(0.0)  # no paths to weigh: the grade of the row itself
    scaled: pd.DataFrame = values * scale
    return scaled.assign(
        boundary=chosen["boundary"],
        resource=chosen["product"],
        indicator=indicator,
        unit=[_per(per, unit) for unit in chosen["unit"]],
        region=chosen["region"],
        year=chosen["year"],
        convention=chosen["convention"],
        grade=pd.Series(worst_that_matters(shares)).where(~zero, chosen["grade"]),
        citation=chosen["id"].map(_citations(linked)).fillna(chosen["citation"]),
        unverified_share=pd.Series(shares[:, -1]).where(
            ~zero, chosen["grade"].eq("unverified").astype(float)
        ),
    )


def _estimates(
    linked: pd.DataFrame,
    activities: "pd.Index[str]",
    flows: "pd.Index[str]",
    characters: pd.DataFrame,
) -> pd.DataFrame:
    """Return the score of each activity at its value and with all numbers at one end."""
    ends: tuple[tuple[str, Estimate], ...] = (("value", "amount"), ("low", "low"), ("high", "high"))
    pattern = placed(linked, activities, flows)
    return pd.DataFrame(
        {
            name: scores(
                filled(pattern, amounts(linked, estimate)),
                flow_vector(characters[name].fillna(characters["value"]), flows),
            )
            for name, estimate in ends
        }
    )


def _direct(inventory: Inventory, indicator: str) -> pd.DataFrame:
    """Return the factors of what goes straight to nature, for the resources of the catalogue."""
    characters = characters_of(inventory, indicator)
    per, scale = indicator_unit(characters)
    flows = direct_flows(inventory, characters)
    characters = characters.loc[flows["id"]].reset_index(drop=True)
    flows = flows.reset_index(drop=True)
    units = [RESOURCE_UNITS.get(unit, (unit, 1.0)) for unit in flows["unit"]]
    size = pd.Series([amount * scale for _, amount in units], dtype=float)
    return pd.DataFrame(
        {
            "boundary": "@nature",
            "resource": flows["catalogue_resource"],
            "indicator": indicator,
            "value": characters["value"] * size,
            "low": characters["low"].fillna(characters["value"]) * size,
            "high": characters["high"].fillna(characters["value"]) * size,
            "unit": [_per(per, unit) for unit, _ in units],
            "region": "",
            "year": float("nan"),
            "convention": "",
            "grade": characters["grade"],
            "citation": characters["citation"],
            "unverified_share": characters["grade"].eq("unverified").astype(float),
        }
    )


def direct_flows(inventory: Inventory, characters: pd.DataFrame) -> pd.DataFrame:
    """Return the characterised elementary flows that are resources of the catalogue."""
    flows = inventory.elementary_flows
    return flows[flows["catalogue_resource"].ne("") & flows["id"].isin(characters.index)]


def characters_of(inventory: Inventory, indicator: str) -> pd.DataFrame:
    """Return the characterisation of an indicator, by elementary flow."""
    table = inventory.characterisation
    return table[table["indicator"].eq(indicator)].set_index("flow")


def indicator_unit(characters: pd.DataFrame) -> tuple[str, float]:
    """Return the unit the factors are in, and how many of it one of the table's unit is."""
    unit = str(characters["unit"].iloc[0]).split("/")[0]
    return (f"t {unit[3:]}", 1e-3) if unit.startswith("kg ") else (unit, 1.0)


def _per(numerator: str, unit: str) -> str:
    return f"{numerator}/({unit})" if "*" in unit else f"{numerator}/{unit}"


def _citations(linked: pd.DataFrame) -> dict[str, str]:
    """Return the sources of each activity's own exchanges, each once."""
    found: dict[str, dict[str, None]] = {}
    for activity, citation in zip(linked["activity"], linked["citation"], strict=True):
        found.setdefault(activity, {}).update(dict.fromkeys(citation.split(";")))
    return {activity: ";".join(sources) for activity, sources in found.items()}
