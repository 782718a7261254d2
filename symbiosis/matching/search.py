"""From a park to its candidates, and from candidates to the best plan."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.errors import NoSolution
from symbiosis.matching.account import column_prices, missing_burdens
from symbiosis.matching.blending import mixes
from symbiosis.matching.blocks import Vector
from symbiosis.matching.carriage import carried
from symbiosis.matching.cascade import Cascade, cascade
from symbiosis.matching.effects import effects
from symbiosis.matching.exchanges import Exchanges, needs_decision
from symbiosis.matching.highs import solve
from symbiosis.matching.objective import weights
from symbiosis.matching.pairs import pairs
from symbiosis.matching.plan import Plan
from symbiosis.matching.problem import exchange_problem
from symbiosis.matching.qualities import heat_limits
from symbiosis.matching.rules import COLUMNS, verdicts
from symbiosis.matching.streams import demands, offers
from symbiosis.matching.turndown import turndown
from symbiosis.model import Park

FIGURES = (
    "yield",
    "ratio",
    "capital_fixed",
    "capital_per_capacity",
    "operating_cost",
    "minimum",
    "capacity",
    "lifetime",
    "loss_per_km",
)
NEGLIGIBLE = 1e-9  # of the most that a link could take: what HiGHS leaves of nothing


@dataclass(frozen=True, kw_only=True)
class Search:
    """All pairs of a park, every rule's verdict on them, and the candidates that passed.

    Attributes
    ----------
    pairs : DataFrame
        As of `symbiosis.matching.carriage.carried`.
    verdicts : DataFrame
        As of `symbiosis.matching.rules.verdicts`; ``pair`` is a label of `pairs`.
    found : Exchanges
        The candidates; ``candidates["pair"]`` is their label in `pairs`.
    """

    pairs: pd.DataFrame
    verdicts: pd.DataFrame
    found: Exchanges


def candidates(park: Park, catalogue: Catalogue, factors: pd.DataFrame) -> Search:
    """Return every pair of the park with every rule's verdict, and what passed.

    Parameters
    ----------
    park : Park
        As it is.
    catalogue : Catalogue
        As this park sees it (`symbiosis.catalogue.for_park`).
    factors : DataFrame
        One row per (boundary, resource, indicator).
    """
    down = turndown(park)
    offered, needed = offers(park), demands(park, frozenset(down.processes))
    every = carried(park, catalogue, pairs(park, catalogue, offered, needed))
    judged = verdicts(park, catalogue, every, offered, needed)
    failed = judged.loc[~judged["passes"].astype(bool), "pair"]
    passed = every[~every.index.isin(failed)]
    chosen = passed.reset_index(names="pair")
    effect = effects(park, catalogue, chosen, needed, down)
    missing = missing_burdens(park, factors, effect, list(weights(park.settings)))
    if len(missing):
        rows = missing.assign(
            pair=chosen["pair"].to_numpy()[missing["column"]],
            rule="figures",
            passes=park.settings.allow_gaps,
            value=np.nan,
            limit=np.nan,
            sense="",
            unit="",
        )
        judged = pd.concat([judged, rows[list(COLUMNS)]], ignore_index=True)
        if not park.settings.allow_gaps:
            chosen = chosen[~chosen.index.isin(missing["column"])].reset_index(drop=True)
            effect = effects(park, catalogue, chosen, needed, down)
    found = Exchanges(
        offers=offered,
        demands=needed,
        candidates=chosen,
        effects=effect,
        down=down,
        heat=cascade(park, catalogue, chosen, offered, needed),
        mixes=mixes(park, chosen, needed),
    )
    return Search(pairs=every, verdicts=judged, found=found)


def rescored(park: Park, catalogue: Catalogue, search: Search) -> Exchanges:
    """Return the candidates of an earlier search with other amounts, yields and money.

    What passed stays a candidate: for parks that differ in figures only, whose rules are judged
    already.
    """
    before = search.found
    flows = before.effects.rows[before.effects.rows["old"]]
    amount = park.flows["amount"].to_numpy(float)
    if not np.array_equal(amount > 0, flows["amount"].to_numpy(float) > 0):
        # something is offered or needed at one end of its range only
        return candidates(park, catalogue, catalogue.factors).found
    by_id = dict(zip(flows["id"], amount, strict=True))
    offered, needed = (
        streams.assign(amount=streams["id"].map(by_id).astype(float))
        for streams in (before.offers, before.demands)
    )
    down = turndown(park)
    pathways = catalogue.pathways.set_index("id")
    converts = before.candidates["pathway"].isin(pathways.index)
    numbers = pathways[list(FIGURES)].reindex(before.candidates["pathway"])
    figures = {
        name: numbers[name]
        .set_axis(before.candidates.index)
        .where(converts, before.candidates[name])
        for name in FIGURES
    }
    chosen = carried(park, catalogue, before.candidates.assign(**figures))
    return replace(
        before,
        offers=offered,
        demands=needed,
        candidates=chosen,
        effects=effects(park, catalogue, chosen, needed, down, like=before.effects),
        down=down,
        heat=cascade(park, catalogue, chosen, offered, needed),
    )


def best_plan(park: Park, catalogue: Catalogue, factors: pd.DataFrame, found: Exchanges) -> Plan:
    """Return the plan that minimises the objective over a park's candidates.

    Raises
    ------
    NoSolution
        If the park's limits contradict each other.
    """
    weight = weights(park.settings)
    prices = column_prices(park, factors, found.effects, list(weight))
    price = sum(
        (factor * prices[name].to_numpy(float) for name, factor in weight.items()),
        start=np.zeros(found.effects.candidates + len(found.effects.plants)),
    )
    if not len(found.heat.links) and park.limits.empty:
        return Plan()
    if park.limits.empty:
        levels = heat_limits(catalogue).index
        found = without_dominated(found, price, levels)
    program = exchange_problem(park, catalogue, factors, found, price)
    try:
        solution = solve(
            program,
            time_limit=park.settings.time_limit,
            mip_gap=park.settings.mip_gap,
            seed=park.settings.seed,
        )
    except NoSolution as error:
        asked = ", ".join(park.limits["id"])
        raise NoSolution(f"{error} (limits: {asked})" if asked else str(error)) from None
    return planned(found, solution.values, price, solution.bound, solution.status)


def without_dominated(found: Exchanges, price: Vector, levels: pd.Index) -> Exchanges:
    """Return exchanges without the links of heat routes that another always betters.

    Of the routes that carry heat between the same two streams at its own temperature, one that
    serves as much for less, out of less heat, does for all. (With limits that name pathways the
    others may still be wanted.) Routes with levels of their own are left alone.
    """
    table = found.candidates
    plain = table["offer"].map(found.offers["kind"]).eq("heat")
    plain &= table["demand"].map(found.demands["kind"]).eq("heat")
    plain &= (table["temperature_lift"] == 0) & (table["capital_fixed"] == 0)
    plain &= (table["minimum"] == 0) & table["capacity"].isna() & ~table["pathway"].isin(levels)
    rows = table.loc[plain, ["offer", "demand", "served"]]
    rows = rows.assign(dear=price[rows.index] / rows["served"])
    rows = rows.sort_values(["offer", "demand", "dear"], kind="stable")
    best = rows.groupby(["offer", "demand"])["served"].transform("first")
    first = ~rows.duplicated(["offer", "demand"])
    worse = rows.index[(rows["served"] <= best) & ~first]
    links = found.heat.links
    kept = links[~links["candidate"].isin(worse)].reset_index(drop=True)
    return replace(found, heat=replace(found.heat, links=kept))


def planned(found: Exchanges, values: Vector, price: Vector, bound: float, status: str) -> Plan:
    """Return the plan that a solution's values stand for."""
    heat: Cascade = found.heat
    table = found.candidates.loc[heat.links["candidate"]].reset_index(drop=True)
    links = pd.DataFrame(
        {
            "offer": table["offer_id"],
            "pathway": table["pathway"],
            "demand": table["demand_id"],
            "taken": values[: len(heat.links)],
            "draws_at_c": heat.links["draws_at_c"],
            "serves_at_c": heat.links["serves_at_c"],
        }
    )
    most = table["offer"].map(found.offers["amount"]).astype(float)
    used = links["taken"] > NEGLIGIBLE * most
    decided = needs_decision(found.effects.plants)
    built = values[len(links) : len(links) + len(decided)] > 0.5
    plants = tuple(found.effects.plants.index[decided & built])
    chosen = np.bincount(
        heat.links["candidate"][used],
        weights=links.loc[used, "taken"],
        minlength=found.effects.candidates,
    )
    value = float(price @ np.concatenate([chosen, (decided & built).astype(float)]))
    near = abs(value - bound) <= 1e-6 * max(abs(value), 1.0)
    return Plan(
        links=links[used].reset_index(drop=True),
        plants=plants,
        value=value,
        bound=value if near else bound,
        status=status if near or status != "optimal" else "gap",
    )
