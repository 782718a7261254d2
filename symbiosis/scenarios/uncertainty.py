"""The park at the ends of its ranges: every figure as bad, or as good, as it may be."""

from dataclasses import replace
from typing import Literal

import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.model import Park

End = Literal["low", "high"]
GROWS = frozenset({"ratio", "capacity", "lifetime", "max_distance"})  # more of these is better


def at_end(park: Park, catalogue: Catalogue, end: End) -> tuple[Park, Catalogue]:
    """Return park and catalogue where every figure with a range stands at one end of it.

    ``low`` is the end at which exchanges save least: little is offered and needed, little comes
    out of what is taken, purchases and disposal avoided are cheap, and all that exchanges add is
    dear. ``high`` is the other end of each.

    Parameters
    ----------
    catalogue : Catalogue
        As the park sees it, its factors those that the park is scored with.
    """
    better: End = "high" if end == "low" else "low"
    flows = park.flows.assign(amount=_moved(park.flows, "amount", end))
    moved = catalogue.pathway_flows.assign(
        amount=_moved(catalogue.pathway_flows, "amount", better).where(
            ~_earns(catalogue.pathway_flows), _moved(catalogue.pathway_flows, "amount", end)
        )
    )
    factors = catalogue.factors
    avoided = _avoided(park, catalogue, factors)
    value = _moved(factors, "value", end).where(avoided, _moved(factors, "value", better))
    return replace(park, flows=_with_displaced(park.flows, flows)), replace(
        catalogue,
        pathways=_pathways(catalogue, end),
        pathway_flows=moved,
        factors=factors.assign(value=value),
    )


def _moved(table: pd.DataFrame, column: str, end: End) -> pd.Series:
    """Return a column at one end of its range, as it stands where it has none."""
    return table[end].where(table[end].notna(), table[column])


def _earns(flows: pd.DataFrame) -> pd.Series:
    return (flows["direction"] == "out") & (flows["boundary"] == "@sales")


def _with_displaced(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return flows in which what is displaced moves along with the amount."""
    share = (after["amount"] / before["amount"]).where(before["amount"] > 0, 1.0)
    return after.assign(displaced_amount=after["displaced_amount"] * share)


def _avoided(park: Park, catalogue: Catalogue, factors: pd.DataFrame) -> pd.Series:
    """Return which factors price what exchanges avoid: today's purchases and discards."""
    flows = park.flows
    bought = flows.loc[flows["source"] == "@supply", "resource"]
    discarded = flows.loc[flows["target"].isin(("@disposal", "@stock")), "resource"]
    reagents = catalogue.pathway_flows["resource"]
    supply = factors["boundary"] == "@supply"
    thrown = factors["boundary"].isin(("@disposal", "@stock"))
    asked = factors["resource"].isin(catalogue.pathways["replaces"]) | ~factors["resource"].isin(
        reagents
    )
    return (supply & factors["resource"].isin(bought) & asked) | (
        thrown & factors["resource"].isin(discarded)
    )


def _pathways(catalogue: Catalogue, end: End) -> pd.DataFrame:
    """Return pathways with yield, ratio and money at the ends of their ranges."""
    pathways = catalogue.pathways
    figures = catalogue.figures[catalogue.figures["table"] == "pathways"]
    figures = figures[(figures["value"] != 0) & figures["low"].notna() & figures["high"].notna()]
    value, low, high, grows = (figures[c] for c in ("value", "low", "high", "column"))
    good = grows.isin(GROWS) == (end == "high")
    # Ratios of the figures, since money may be in another currency here.
    scale = (high.where(good, low) / value).set_axis(
        pd.MultiIndex.from_frame(figures[["column", "id"]])
    )
    moved = {"yield": _moved(pathways, "yield", end)}
    for column in scale.index.unique("column"):
        by = pathways["id"].map(scale[column].to_dict()).astype(float)
        moved[column] = pathways[column] * by.fillna(1.0)
    return pathways.assign(**moved)
