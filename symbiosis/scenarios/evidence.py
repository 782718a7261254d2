"""The figures behind a result, what each carries of it, and how much rests on unverified ones.

The share of a result that rests on unverified figures is taken by value. A result is a sum of
contributions: a change of a flow across the edge times its price or factor. A contribution rests
on unverified figures if one of those that say how much, or how much it counts, is unverified; of a
climate factor whose value passes through unverified numbers in part, that part counts. The share
is the sum of the sizes of such contributions over the sum of the sizes of all. Sizes, not signs:
a doubtful credit shall not be hidden by a doubtful burden. Figures that only decide whether an
exchange is possible (limits, qualities, reach) are listed and carry nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from symbiosis.catalogue import GRADES, Catalogue
from symbiosis.io.provenance import UNSTATED, Provenance
from symbiosis.lca import Inventory
from symbiosis.model import Park
from symbiosis.scenarios.explanation import Explanation
from symbiosis.scenarios.figures import (
    COLUMNS,
    Figures,
    flow_figures,
    market_figures,
    mode_figures,
    pathway_figures,
    place_figures,
    quality_figures,
    settled,
)
from symbiosis.scenarios.origins import factor_figures
from symbiosis.scenarios.outcome import Outcome
from symbiosis.scenarios.resting import (
    NONE,
    Contributions,
    Names,
    Vector,
    Words,
    plan_changes,
    plan_contributions,
    priced_by,
)
from symbiosis.views.footprint import boundary_of, rates


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The figures behind a result.

    Attributes
    ----------
    figures : DataFrame
        Columns room (``park``, ``catalogue`` or ``inventory``: whose sources the citation names),
        table, id, column, value, low, high, unit, grade, citation and ``<indicator>_share``: the
        share of the result that rests on this figure, among others [0..1]. Worst grades first,
        then what carries most.
    unverified : Series
        Per indicator: the share of the result that rests on unverified figures [0..1].
    exchanges : DataFrame
        The same of each exchange of a plan: columns ``<indicator>_unverified_share``, the index
        of the outcome's exchanges; without rows where there is no plan.
    """

    figures: pd.DataFrame
    unverified: pd.Series
    exchanges: pd.DataFrame


def evidence(outcome: Outcome) -> Evidence:
    """Return the figures that a plan's exchanges rest on."""
    table, changes = outcome.exchanges, plan_changes(outcome)
    ends = {*table["offer_id"], *table["demand_id"]}
    park, stated, known = outcome.park, outcome.provenance, outcome.catalogue
    sold = set(table.loc[table["demand"] < 0, "gives"])
    figures = [
        *flow_figures(park, ends | set(changes.flows["id"])),
        *quality_figures(park, stated, ends),
        *pathway_figures(park, stated, known, set(table["pathway"])),
        *place_figures(stated, {*table["giver"], *table["taker"]}),
        *market_figures(park, sold),
        *mode_figures(known, _modes(table)),
    ]
    factors = _factors(park, stated, known, outcome.inventory, changes.flows, changes.boundary)
    whole, partly = _together(figures, factors, stated)
    return _weighed(whole, partly, plan_contributions(outcome, changes, whole), table.index)


def park_evidence(
    park: Park, catalogue: Catalogue, inventory: Inventory, stated: Provenance = UNSTATED
) -> Evidence:
    """Return the figures that a park's footprint rests on, as it is.

    Parameters
    ----------
    catalogue : Catalogue
        As the park sees it (`local_catalogue`).
    """
    every = boundary_of(park.flows).to_numpy(object)
    crossing = (every != "") & (park.flows["amount"] != 0).to_numpy()
    flows, boundary = park.flows[crossing], every[crossing]
    factors = _factors(park, stated, catalogue, inventory, flows, boundary)
    figures, partly = _together(flow_figures(park, set(flows["id"])), factors, stated)
    names = Names(figures)
    amounts, priced = {}, {}
    for indicator in park.settings.indicators:
        value = rates(flows, catalogue.factors, indicator, park.settings).value
        amounts[indicator] = value * flows["amount"].to_numpy(float)
        priced[indicator] = priced_by(flows, boundary, names, indicator)
    own = names.of("flows", flows["id"], "amount")
    contributions = Contributions(
        whose=np.arange(len(flows)), amounts=amounts, rests_on=own[:, None], priced_by=priced
    )
    return _weighed(figures, partly, contributions, pd.RangeIndex(0))


def pair_figures(outcome: Outcome, found: Explanation) -> pd.DataFrame:
    """Return the figures that an explanation's pairs are judged by (columns of `Evidence`)."""
    pairs = found.pairs
    ends = {*pairs["offer"], *pairs["demand"]}
    park, stated, known = outcome.park, outcome.provenance, outcome.catalogue
    flows = park.flows[park.flows["id"].isin(ends)]
    every = outcome.search.pairs.loc[pairs.index]
    sold = set(every.loc[every["demand"] < 0, "gives"])
    figures = [
        *flow_figures(park, ends),
        *quality_figures(park, stated, ends),
        *pathway_figures(park, stated, known, set(pairs["pathway"])),
        *place_figures(stated, {*pairs["from_enterprise"], *pairs["to_enterprise"]}),
        *market_figures(park, sold),
        *mode_figures(known, _modes(every)),
    ]
    boundary = boundary_of(flows).to_numpy(object)
    side = known.pathway_flows[known.pathway_flows["pathway"].isin(pairs["pathway"])]
    more = set(side["boundary"] + " " + side["resource"])
    factors = _factors(park, stated, known, outcome.inventory, flows, boundary, more)
    return _ordered(_together(figures, factors, stated)[0], [])


def _modes(table: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(table["hauled_kind"].tolist(), table["mode"].tolist(), strict=True))


def _together(
    figures: list[Figures], factors: pd.DataFrame, stated: Provenance
) -> tuple[pd.DataFrame, Vector]:
    """Return figures and factors in one table, and how much of each is unverified [0..1]."""
    table = settled([*figures, {name: factors[name].to_numpy() for name in COLUMNS}], stated)
    partly: Vector = (table["grade"] == "unverified").to_numpy(float).astype(float)
    partly[len(table) - len(factors) :] = factors["unverified_share"]
    return table, partly


def _factors(
    park: Park,
    stated: Provenance,
    catalogue: Catalogue,
    inventory: Inventory,
    flows: pd.DataFrame,
    boundary: Words,
    more: Collection[str] = (),
) -> pd.DataFrame:
    """Return the factors that flows across the edge are scored with, in the asked indicators.

    `more` names further pairs of boundary and resource.
    """
    pairs = {f"{b} {r}" for b, r in zip(boundary, flows["resource"].tolist(), strict=True)}
    pairs |= {f"@supply {name}" for name in set(flows["displaces"]) - {""}} | set(more)
    table = factor_figures(park, stated, catalogue, inventory, pairs)
    asked = {name.removesuffix(" direct") for name in park.settings.indicators}
    return table[table["column"].isin(asked)]


def _weighed(
    figures: pd.DataFrame, partly: Vector, of: Contributions, exchanges: pd.Index
) -> Evidence:
    """Return figures with what rests on each, and what rests on unverified ones."""
    doubtful = _at(partly, of.rests_on).max(axis=1, initial=0.0)
    shares, whole, single = {}, {}, {}
    for name, amount in of.amounts.items():
        size = np.abs(amount)
        share = np.maximum(doubtful, _at(partly, of.priced_by[name]))
        total = max(float(size.sum()), np.finfo(float).tiny)
        whole[name] = float((size * share).sum()) / total
        places = np.column_stack([of.rests_on, of.priced_by[name]])
        shares[f"{name}_share"] = _carried(places, size, len(figures)) / total
        single[f"{name}_unverified_share"] = _by_exchange(of, size, share, len(exchanges))
    return Evidence(
        figures=_ordered(figures.assign(**shares), list(shares)),
        unverified=pd.Series(whole, dtype=float),
        exchanges=pd.DataFrame(single, index=exchanges, dtype=float),
    )


def _at(values: Vector, places: "np.typing.NDArray[np.intp]") -> Vector:
    """Return the values at places, 0 at `NONE`."""
    return np.append(values, 0.0)[np.where(places == NONE, len(values), places)]


def _carried(places: "np.typing.NDArray[np.intp]", size: Vector, count: int) -> Vector:
    """Return how much rests on each figure."""
    each = np.broadcast_to(size[:, None], places.shape)
    there = places != NONE
    return np.bincount(places[there], weights=each[there], minlength=count).astype(float)


def _by_exchange(of: Contributions, size: Vector, share: Vector, count: int) -> Vector:
    if not count:
        return np.zeros(0)
    total = np.bincount(of.whose, weights=size, minlength=count)
    weak = np.bincount(of.whose, weights=size * share, minlength=count)
    return np.divide(weak, total, out=np.zeros(count), where=total > 0)


def _ordered(figures: pd.DataFrame, shares: list[str]) -> pd.DataFrame:
    """Return figures, worst grades first, then those that carry most."""
    rank = {grade: -i for i, grade in enumerate(GRADES)}
    worst = np.array([rank.get(grade, -len(GRADES)) for grade in figures["grade"].tolist()])
    names = [figures[name].to_numpy(str) for name in ("column", "id", "table")]
    weights = [-figures[name].to_numpy(float) for name in shares[:1]]
    return figures.iloc[np.lexsort([*names, *weights, worst])].reset_index(drop=True)


def unverified_figures(outcome: Outcome, figures: pd.DataFrame) -> pd.Series:
    """Return for each exchange how many figures of its pathway are unverified."""
    of_pathways = figures["table"].isin(["pathways", "pathway_flows", "pathway_limits"])
    weak = figures[(figures["grade"] == "unverified") & of_pathways]
    count = weak.groupby("id").size()
    return outcome.exchanges["pathway"].map(count).fillna(0).astype(int)
