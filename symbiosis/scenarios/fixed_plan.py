"""A fixed plan in many states of the world: what each exchange then changes."""

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd
from scipy import sparse

from symbiosis.lca.distributions import Samples
from symbiosis.matching.effects import annuity
from symbiosis.model import IDENTITY
from symbiosis.scenarios.outcome import Outcome
from symbiosis.scenarios.resting import (
    ALL_OF_IT,
    NONE,
    Changes,
    Names,
    Places,
    Vector,
    plan_changes,
)
from symbiosis.scenarios.worlds import at


@dataclass(frozen=True, kw_only=True)
class Ends:
    """Where the figures stand that say how much goes through each exchange; `NONE` for none."""

    offer: Places
    need: Places
    given: Places
    ratio: Places


@dataclass(frozen=True, kw_only=True)
class FixedPlan:
    """The changes of a plan, and the figures that each of them grows with.

    Attributes
    ----------
    outcome : Outcome
    changes : Changes
        As planned.
    ends : Ends
        One place per exchange.
    times : ndarray of int, shape (changes, figures of a change)
        Places of the figures that a change is proportional to.
    lifetime : ndarray of int
        The place of the lifetime that a change of capital is spread over.
    """

    outcome: Outcome
    changes: Changes
    ends: Ends
    times: Places
    lifetime: Places


def fixed_plan(outcome: Outcome, figures: pd.DataFrame) -> FixedPlan:
    """Return a plan with the place of each figure that its changes grow with."""
    names, changes, table = Names(figures), plan_changes(outcome), outcome.exchanges
    sold = (table["demand"] < 0).to_numpy()
    market = names.of("markets", [f"@sales|{name}" for name in table["gives"]], "maximum")
    pathway = table["pathway"].tolist()
    ends = Ends(
        offer=names.of("flows", table["offer_id"].tolist(), "amount"),
        need=np.where(sold, market, names.of("flows", table["demand_id"].tolist(), "amount")),
        given=names.of("pathways", pathway, "yield"),
        ratio=np.where(sold, NONE, names.of("pathways", pathway, "ratio")),
    )
    return FixedPlan(
        outcome=outcome,
        changes=changes,
        ends=ends,
        times=_times(outcome, changes, ends, names),
        lifetime=np.where(
            changes.part == "capital",
            names.of("pathways", pathway, "lifetime")[changes.whose],
            NONE,
        ),
    )


def used_places(plan: FixedPlan) -> Places:
    """Return the figures that say how much the plan changes, each once."""
    ends = [getattr(plan.ends, field.name) for field in fields(Ends)]
    found = np.unique(np.concatenate([*ends, plan.times.ravel(), plan.lifetime]))
    known: Places = found[found != NONE]
    return known


def _times(outcome: Outcome, changes: Changes, ends: Ends, names: Names) -> Places:
    table, whose, part = outcome.exchanges, changes.whose, changes.part
    pathway = table["pathway"].to_numpy(object)
    flows, row = changes.flows, changes.row
    into = flows["source"].str.startswith("@").to_numpy(bool)
    way = np.where(into, "in ", "out ") + changes.boundary
    way = way + " " + flows["resource"].to_numpy(object)
    side = names.of("pathway_flows", pathway[whose], way[row])
    side = np.where(np.isin(part, ["side_flows", "coproducts"]), side, NONE)
    served = part == "avoided_purchase"
    sold = (part == "coproducts") & (table["demand"] < 0).to_numpy()[whose] & (side == NONE)
    first = (table["site"] == "giver") & (table["pathway"] != IDENTITY)
    hauled = (part == "transport") & first.to_numpy()[whose]
    money = np.select(
        [part == "processing", (part == "capital") & changes.built, part == "capital"],
        [
            names.of("pathways", pathway, column)[whose]
            for column in ("operating_cost", "capital_fixed", "capital_per_capacity")
        ],
        NONE,
    )
    giver, taker = (table[name].to_numpy(object) for name in ("giver", "taker"))
    there, back = (
        names.of("distances", pair, "distance_km")
        for pair in (giver + "|" + taker, taker + "|" + giver)
    )
    apart = np.where(there == NONE, back, there)[whose]
    return np.column_stack(
        [
            side,
            np.where(served | sold | hauled, ends.given[whose], NONE),
            np.where(served, ends.ratio[whose], NONE),
            money,
            np.where(part == "transport", apart, NONE),
        ]
    )


def changed(plan: FixedPlan, ratio: Samples) -> Samples:
    """Return by how much each flow changes in every state of the world.

    Parameters
    ----------
    ratio : ndarray, shape (figures, samples)
        What each figure is over its middle.

    Returns
    -------
    ndarray, shape (changes, samples)
        [the flow's unit/year].
    """
    changes = plan.changes
    flowing = grown(plan, ratio)[changes.whose]
    flowing[changes.built] = 1.0  # a plant is built whole
    for column in plan.times.T:
        rows = column != NONE
        flowing[rows] *= ratio[column[rows]]
    rows = plan.lifetime != NONE
    flowing[rows] *= _annuity_ratio(plan, rows, ratio)
    result: Samples = changes.amount[:, None] * flowing
    return result


def _annuity_ratio(plan: FixedPlan, rows: "np.typing.NDArray[np.bool_]", ratio: Samples) -> Samples:
    settings, table = plan.outcome.park.settings, plan.outcome.exchanges
    years = table["lifetime"].fillna(settings.lifetime).to_numpy(float)[plan.changes.whose[rows]]
    sampled = years[:, None] * ratio[plan.lifetime[rows]]
    shape = sampled.shape
    now = annuity(settings.discount_rate, pd.Series(sampled.ravel())).to_numpy(float)
    planned = annuity(settings.discount_rate, pd.Series(years)).to_numpy(float)
    found: Samples = now.reshape(shape) / planned[:, None]
    return found


def grown(plan: FixedPlan, ratio: Samples) -> Samples:
    """Return how much goes through each exchange over what was planned, in every state.

    An exchange that takes all of an offer takes all of it in every state, one that meets a whole
    need meets it in every state, and one that something else stopped stays as it is. None takes
    more than is there, or gives more than is needed: exchanges that compete then shrink alike.
    """
    outcome, ends = plan.outcome, plan.ends
    table, found = outcome.exchanges, outcome.search.found
    taken = table["taken"].to_numpy(float)
    served = table["served_amount"].where(table["demand"] >= 0, table["given_amount"])
    offered = table["offer_id"].map(found.offers.set_index("id")["amount"]).to_numpy(float)
    need = table["demand_id"].map(found.demands.set_index("id")["amount"]).astype(float)
    markets = outcome.park.markets
    most = markets[markets["boundary"] == "@sales"].set_index("resource")["maximum"]
    need = need.where(table["demand"] >= 0, table["gives"].map(most).astype(float))
    needed = np.asarray(need.fillna(np.inf), dtype=np.float64)  # a market may take all there is
    by_offer = _Shared(table["offer_id"], taken, offered)
    by_need = _Shared(table["demand_id"], np.asarray(served, dtype=np.float64), needed)
    offer, wanted = at(ratio, ends.offer, 1.0), at(ratio, ends.need, 1.0)
    made = at(ratio, ends.given, 1.0) * at(ratio, ends.ratio, 1.0)
    use = np.ones((len(table), ratio.shape[1]))
    asked = np.divide(wanted, made, out=np.zeros_like(use), where=made > 0)
    use = np.where(by_need.full[:, None], asked, use)
    use = np.where(by_offer.full[:, None], offer, use)
    use = use * by_offer.kept(use, offer)
    result: Samples = use * by_need.kept(use * made, wanted)
    return result


class _Shared:
    """Exchanges that draw on the same offers, or serve the same needs."""

    def __init__(self, names: pd.Series, amount: Vector, room: Vector) -> None:
        codes, every = pd.factorize(names)
        place = (codes, np.arange(len(codes)))
        shape = (len(every), len(codes))
        self._codes, self._room = codes, room
        self._sum = sparse.csr_array(sparse.coo_array((amount, place), shape=shape))
        self.full = np.asarray(self._sum @ np.ones(len(codes)))[codes] >= ALL_OF_IT * room

    def kept(self, use: Samples, room: Samples) -> Samples:
        """Return which share of its use each may keep, where all together ask for too much."""
        asked = np.asarray(self._sum @ use)[self._codes]
        there = np.maximum(self._room[:, None] * room, 0.0)
        share = np.divide(there, asked, out=np.ones_like(asked), where=asked > 0)
        limited: Samples = np.minimum(share, 1.0)
        return limited
