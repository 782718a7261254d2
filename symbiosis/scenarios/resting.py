"""Which contribution to a plan's saving rests on which figures.

The amount of an exchange rests on the end that it uses up: on what is offered where the offer is
used up, on what is needed (through yield and ratio) where the need is met, on both where neither
is, since something else then stopped it. What crosses the edge is that amount, a figure that says
how much of it (a side flow, a cost per unit, the fuel of a utility), and a price or factor.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import repeat

import numpy as np
import numpy.typing as npt
import pandas as pd

from symbiosis.matching.limits import with_unit_amounts
from symbiosis.scenarios.outcome import Outcome
from symbiosis.views.footprint import CLIMATE, COST, DIRECT_CLIMATE, boundary_of, rates

Vector = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Words = npt.NDArray[np.object_]
ALL_OF_IT = 1 - 1e-6  # of an offer or a need: what is left is what the solver leaves of nothing
NONE = -1
READ = (  # what is read of a flow
    *("id", "source", "target", "resource", "amount", "unit_cost"),
    *("displaces", "displaced_amount", "per_amount", "market_constrained"),
)


class Names:
    """Where each figure stands in a table of figures, by what it is called."""

    def __init__(self, figures: pd.DataFrame) -> None:
        named = zip(*(figures[c].tolist() for c in ("table", "id", "column")), strict=True)
        self._places = {name: i for i, name in enumerate(named)}

    def of(self, table: str, ids: Iterable[str], column: "str | Iterable[str]") -> Places:
        """Return the places of figures, `NONE` where there is no such figure."""
        columns = repeat(column) if isinstance(column, str) else column
        found = [self._places.get((table, i, c), NONE) for i, c in zip(ids, columns, strict=False)]
        return np.array(found, dtype=np.intp)


@dataclass(frozen=True, kw_only=True)
class Contributions:
    """The changes that add up to a result, each with the figures that it rests on.

    Attributes
    ----------
    whose : ndarray of int, shape (n,)
        The exchange (or flow) that each contribution belongs to.
    amounts : mapping of indicator to ndarray, shape (n,)
        Signed [indicator unit/year].
    rests_on : ndarray of int, shape (n, figures of a contribution)
        Places of figures, `NONE` where there is none.
    priced_by : mapping of indicator to ndarray of int, shape (n,)
        The place of the price or factor.
    """

    whose: Places
    amounts: dict[str, Vector]
    rests_on: Places
    priced_by: dict[str, Places]


@dataclass(frozen=True, kw_only=True)
class Changes:
    """The changes of flows that a plan's exchanges make, one after another.

    Attributes
    ----------
    whose : ndarray of int
        Place in ``outcome.exchanges``.
    row : ndarray of int
        Place in `flows`.
    part : ndarray of str
        Part of the account.
    built : ndarray of bool
        Made by the decision to build a plant.
    amount : ndarray of float
        [row's unit/year].
    flows : DataFrame
        The flows that change, with amount 1.
    boundary : ndarray of str
        The boundary that each of `flows` crosses, "" inside the park.
    """

    whose: Places
    row: Places
    part: npt.NDArray[np.str_]
    built: npt.NDArray[np.bool_]
    amount: Vector
    flows: pd.DataFrame
    boundary: Words


def plan_changes(outcome: Outcome) -> Changes:
    """Return every flow that an exchange of the plan changes, and by how much."""
    found, table = outcome.search.found, outcome.exchanges
    entries = found.effects.entries
    by_pair = pd.Series(found.candidates.index, index=found.candidates["pair"])
    at = np.full(found.effects.candidates + len(found.effects.plants), NONE)
    at[by_pair.reindex(table["pair"]).to_numpy(int)] = np.arange(len(table))
    column = entries["column"].to_numpy(int)
    own = np.flatnonzero(at[column] != NONE)
    shares = table["plant_share"].to_numpy(float)
    plants = found.effects.plants["column"].to_dict()
    builds = [
        (i, np.flatnonzero(column == plants[plant]))
        for i, plant in enumerate(table["plant"])
        if shares[i] > 0
    ]
    chosen = np.concatenate([own, *(rows for _, rows in builds)])
    whose = np.concatenate([at[column[own]], *(np.full(len(rows), i) for i, rows in builds)])
    built = np.arange(len(chosen)) >= len(own)
    times = np.where(built, shares[whose], table["taken"].to_numpy(float)[whose])
    used, row = np.unique(entries["row"].to_numpy(int)[chosen], return_inverse=True)
    flows = with_unit_amounts(found.effects.rows[list(READ)].iloc[used])
    return Changes(
        whose=whose,
        row=row,
        part=entries["part"].to_numpy(str)[chosen],
        built=built,
        amount=entries["amount"].to_numpy(float)[chosen] * times,
        flows=flows,
        boundary=boundary_of(flows).to_numpy(object),
    )


def plan_contributions(outcome: Outcome, changes: Changes, figures: pd.DataFrame) -> Contributions:
    """Return what a plan's saving is made of and which of `figures` each part of it rests on."""
    names = Names(figures)
    priced, amounts = {}, {}
    for indicator in outcome.park.settings.indicators:
        factors, settings = outcome.catalogue.factors, outcome.park.settings
        value = rates(changes.flows, factors, indicator, settings).value
        amounts[indicator] = -value[changes.row] * changes.amount
        priced[indicator] = priced_by(changes.flows, changes.boundary, names, indicator)[
            changes.row
        ]
    rests_on = [told(outcome, names, changes) for told in (_ends, _quantities, _ways)]
    return Contributions(
        whose=changes.whose, amounts=amounts, rests_on=np.hstack(rests_on), priced_by=priced
    )


def priced_by(flows: pd.DataFrame, boundary: Words, names: Names, indicator: str) -> Places:
    """Return the figure that prices each flow: its own unit cost, or a factor."""
    resource, displaced = (flows[name].to_numpy(object) for name in ("resource", "displaces"))
    credited = (boundary == "@sales") & (displaced != "") & (indicator != COST)
    pair = np.where(credited, "@supply", boundary) + " "
    pair += np.where(credited, displaced, resource)
    factor = names.of("factors", pair, CLIMATE if indicator == DIRECT_CLIMATE else indicator)
    if indicator != COST:
        return factor
    own = names.of("flows", flows["id"].tolist(), "unit_cost")
    return np.where(flows["unit_cost"].notna(), own, factor)


def limited_by(outcome: Outcome) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return of each exchange whether its amount rests on the offer, and whether on the need."""
    found, table = outcome.search.found, outcome.exchanges
    sold = table["demand"] < 0
    markets = outcome.park.markets
    most = markets[markets["boundary"] == "@sales"].set_index("resource")["maximum"]
    offered = table["offer_id"].map(found.offers.set_index("id")["amount"]).astype(float)
    needed = table["demand_id"].map(found.demands.set_index("id")["amount"]).astype(float)
    needed = needed.mask(sold, table["gives"].map(most).astype(float))
    served = table["served_amount"].mask(sold, table["given_amount"])
    taken = table["taken"].groupby(table["offer_id"]).transform("sum")
    served = served.groupby(table["demand_id"]).transform("sum")
    by_offer = (taken >= ALL_OF_IT * offered).to_numpy(bool)
    by_need = (served >= ALL_OF_IT * needed).to_numpy(bool)
    neither = ~by_offer & ~by_need
    return by_offer | neither, by_need | neither


def _ends(outcome: Outcome, names: Names, changes: Changes) -> Places:
    """Return the figures that say how much goes through an exchange, at the end in question."""
    table = outcome.exchanges
    by_offer, by_need = limited_by(outcome)
    pathway = table["pathway"].tolist()
    offer = names.of("flows", table["offer_id"].tolist(), "amount")
    need = names.of("flows", table["demand_id"].tolist(), "amount")
    market = names.of("markets", [f"@sales|{name}" for name in table["gives"]], "maximum")
    need = np.where(table["demand"] < 0, market, need)
    given = names.of("pathways", pathway, "yield")
    ratio = names.of("pathways", pathway, "ratio")
    whose, part = changes.whose, changes.part
    # What is given follows from what is offered by yield and ratio, what is taken from the need.
    onward = np.where(part == "avoided_purchase", by_offer[whose], by_need[whose])
    sold = (part == "coproducts") & (table["demand"] < 0).to_numpy()[whose]
    return np.column_stack(
        [
            np.where(by_offer, offer, NONE)[whose],
            np.where(by_need, need, NONE)[whose],
            np.where(onward | sold, given[whose], NONE),
            np.where(onward, ratio[whose], NONE),
        ]
    )


def _quantities(outcome: Outcome, names: Names, changes: Changes) -> Places:
    """Return the figures that say how much of a flow goes with an exchange."""
    table = outcome.exchanges
    whose, part = changes.whose, changes.part
    pathway, flows, row = table["pathway"].to_numpy(object), changes.flows, changes.row
    identifier = flows["id"].to_numpy(object)
    own = names.of("flows", identifier, "amount")[row]
    end = identifier[row] == table["offer_id"].to_numpy(object)[whose]
    end |= identifier[row] == table["demand_id"].to_numpy(object)[whose]
    avoided = (part == "avoided_purchase") | (part == "avoided_disposal")
    into = flows["source"].str.startswith("@").to_numpy(bool)
    way = np.where(into, "in ", "out ") + changes.boundary
    way = way + " " + flows["resource"].to_numpy(object)
    side = names.of("pathway_flows", pathway[whose], way[row])
    stated = names.of("pathways", pathway, "yield")  # the row's own grade

    def money(column: str) -> Places:
        place = names.of("pathways", pathway, column)
        return np.where(place == NONE, stated, place)[whose]

    capital = np.where(changes.built, money("capital_fixed"), money("capital_per_capacity"))
    spent = np.where(part == "processing", money("operating_cost"), capital)
    lifetime = names.of("pathways", pathway, "lifetime")[whose]
    return np.column_stack(
        [
            np.where(avoided & ~end, own, NONE),
            np.where(np.isin(part, ["side_flows", "coproducts"]), side, NONE),
            np.where(np.isin(part, ["processing", "capital"]), spent, NONE),
            np.where(part == "capital", lifetime, NONE),
        ]
    )


def _ways(outcome: Outcome, names: Names, changes: Changes) -> Places:
    """Return the figures that say how far a transport goes: a distance, or two places."""
    table = outcome.exchanges
    giver, taker = (table[name].to_numpy(object) for name in ("giver", "taker"))
    there, back = giver + "|" + taker, taker + "|" + giver
    apart = [names.of("distances", pair, "distance_km") for pair in (there, back)]
    told = (apart[0] != NONE) | (apart[1] != NONE) | (giver == taker)
    at = [
        np.where(told, NONE, names.of("enterprises", end, column))
        for end in (giver, taker)
        for column in ("latitude", "longitude")
    ]
    moved = changes.part == "transport"
    places = np.column_stack([*apart, *at])[changes.whose]
    return np.where(moved[:, None], places, NONE)
