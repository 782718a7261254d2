"""The one matching problem: matter, water and heat as the rows of one linear program."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from symbiosis.catalogue import Catalogue
from symbiosis.matching.blending import Mixes, blends
from symbiosis.matching.blocks import Block, Vector, block, over_columns, stacked
from symbiosis.matching.cascade import Cascade
from symbiosis.matching.effects import Effects
from symbiosis.matching.highs import LinearProgram
from symbiosis.matching.limits import limit_rows
from symbiosis.matching.rules import largest
from symbiosis.matching.turndown import Turndown, numbered, turned_down
from symbiosis.model import Park
from symbiosis.views.footprint import boundary_of


@dataclass(frozen=True, kw_only=True)
class Exchanges:
    """A park's candidates with all that the problem, the plan and its account need.

    Attributes
    ----------
    offers, demands : DataFrame
        As of `symbiosis.matching.streams`.
    candidates : DataFrame
        Pairs that passed every rule, index 0..n-1.
    effects : Effects
        What each of them changes.
    down : Turndown
        The utilities that can turn down.
    heat : Cascade
        The links of candidates.
    mixes : Mixes
        How far what is mixed stands from the limits of its lot.
    """

    offers: pd.DataFrame
    demands: pd.DataFrame
    candidates: pd.DataFrame
    effects: Effects
    down: Turndown
    heat: Cascade
    mixes: Mixes


def exchange_problem(
    park: Park, catalogue: Catalogue, factors: pd.DataFrame, found: Exchanges, price: Vector
) -> LinearProgram:
    """Return the linear program over links, plants and the heat that cascades down.

    Parameters
    ----------
    price : ndarray, shape (candidates + plants,)
        Objective per unit taken, and per plant built.

    Notes
    -----
    Variables, in this order: amount taken by each link [offer unit/year], whether each plant is
    built, and the heat of each hot offer that passes on below each cell.
    """
    links, effects = found.heat.links, found.effects
    plants = len(effects.plants)
    incidence = _incidence(links, effects.candidates, plants)
    per_candidate = stacked(
        [
            _offers(found),
            _demands(found),
            blends(park, found.mixes, found.candidates, found.demands, found.down),
            _shares(catalogue, found),
            _markets(park, found),
            _turning(found),
        ]
    )
    with_plants = stacked(
        [
            _widened(per_candidate, plants),
            _plants(park, found),
            limit_rows(park, factors, effects, found.candidates),
        ]
    )
    heat, carried = _heat(found, incidence)
    body = _widened(over_columns(with_plants, incidence), carried)
    every = stacked([body, heat, _built(found, incidence, carried)])
    most = _most(found)
    columns = len(links) + plants + carried
    whole = np.zeros(columns, dtype=bool)
    whole[len(links) : len(links) + plants] = needs_decision(effects.plants)
    upper = np.full(columns, np.inf)
    upper[: len(links)] = most
    upper[len(links) : len(links) + plants] = 1.0
    return LinearProgram(
        cost=np.concatenate([incidence.T @ price, np.zeros(carried)]),
        lower=np.zeros(columns),
        upper=upper,
        rows=every.rows,
        row_lower=every.lower,
        row_upper=every.upper,
        integer=whole,
    )


def needs_decision(plants: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which plants are a yes or no: a fixed cost or a smallest size, not standing yet."""
    asks = (plants["capital_fixed"] > 0) | (plants["minimum"] > 0)
    return (asks & ~plants["standing"]).to_numpy(bool)


def _incidence(links: pd.DataFrame, candidates: int, plants: int) -> sparse.csr_array:
    """Return candidates and plants (rows) as sums of variables (columns)."""
    place = (links["candidate"].to_numpy(int), np.arange(len(links)))
    one = sparse.coo_array((np.ones(len(links)), place), shape=(candidates, len(links)))
    return sparse.csr_array(sparse.block_diag([one, sparse.eye_array(plants)], format="csr"))


def _widened(part: Block, more: int) -> Block:
    blank = sparse.csr_array((part.rows.shape[0], more))
    rows = sparse.csr_array(sparse.hstack([part.rows, blank], format="csr"))
    return Block(rows=rows, lower=part.lower, upper=part.upper)


def _most(found: Exchanges) -> Vector:
    """Return the most that each link can take."""
    candidates, links = found.candidates, found.heat.links
    offered = candidates["offer"].map(found.offers["amount"]).astype(float)
    needed = candidates["demand"].map(found.demands["amount"]).astype(float)
    return largest(candidates, offered, needed).to_numpy(float)[links["candidate"]]


def _turned(found: Exchanges, process: pd.Series, amount: pd.Series) -> pd.DataFrame:
    """Return how amounts at processes shrink as their utility turns down: row, column, value."""
    shares = _turndown_shares(found)
    if shares.empty:
        return shares.rename(columns={"utility": "row", "share": "value"})
    rows = pd.DataFrame(
        {
            "row": np.arange(len(process)),
            "utility": numbered(process, found.down),
            "amount": amount,
        }
    ).dropna(subset="utility")
    merged = rows.merge(shares, on="utility")
    return merged.assign(value=merged["amount"] * merged["share"])[["row", "column", "value"]]


def _turndown_shares(found: Exchanges) -> pd.DataFrame:
    table = found.candidates[["demand", "served"]]
    table = table.assign(column=np.arange(len(table)))
    return turned_down(table, found.demands, found.down)


def _offers(found: Exchanges) -> Block:
    """Each offer is used or discarded (heat: see `_heat`)."""
    offers, candidates = found.offers, found.candidates
    matter = candidates[candidates["offer"].map(offers["kind"]) != "heat"]
    used = pd.DataFrame({"row": matter["offer"], "column": matter.index, "value": 1.0})
    turned = _turned(found, offers["process"], offers["amount"])
    turned = turned[turned["row"].isin(used["row"])]
    entries = pd.concat([used, turned])
    return block(len(candidates), entries, upper=offers["amount"].to_numpy(float))


def _demands(found: Exchanges) -> Block:
    """Each demand is served or bought."""
    demands, candidates = found.demands, found.candidates
    met = candidates[candidates["demand"] >= 0]
    served = pd.DataFrame({"row": met["demand"], "column": met.index, "value": met["served"]})
    turned = _turned(found, demands["process"], demands["amount"])
    turned = turned[turned["row"].isin(served["row"])]
    entries = pd.concat([served, turned])
    return block(len(candidates), entries, upper=demands["amount"].to_numpy(float))


def _shares(catalogue: Catalogue, found: Exchanges) -> Block:
    """A pathway may serve a lot only up to its largest share, kept exchanges included."""
    capped = catalogue.pathway_limits.dropna(subset="max_share")
    share = capped.groupby("pathway")["max_share"].min()
    candidates, demands = found.candidates, found.demands
    rows = candidates[candidates["pathway"].isin(share.index) & (candidates["demand"] >= 0)]
    if rows.empty:
        return block(len(candidates))
    rows = rows.assign(lot=rows["demand"].map(demands["lot"]))
    groups = rows.groupby(["pathway", "lot"], sort=True)
    flows = found.effects.rows
    kept = flows[~flows["target"].str.startswith("@") & (flows["displaced_amount"] > 0)]
    served = kept.groupby(["pathway", "lot"])["displaced_amount"].sum()
    bought = demands.groupby("lot")["amount"].sum()
    all_served = kept.groupby("lot")["displaced_amount"].sum()
    first = groups[["pathway", "lot"]].first().reset_index(drop=True)
    lot = first["lot"]
    whole = lot.map(bought).fillna(0.0) + lot.map(all_served).fillna(0.0)
    already = served.reindex(pd.MultiIndex.from_frame(first)).fillna(0.0).to_numpy(float)
    upper = first["pathway"].map(share) * whole - already
    entries = pd.DataFrame({"row": groups.ngroup(), "column": rows.index, "value": rows["served"]})
    return block(len(candidates), entries, upper=upper.clip(lower=0.0).to_numpy(float))


def _markets(park: Park, found: Exchanges) -> Block:
    """No market is asked for more than its maximum, or for more than today where that is more."""
    capped = park.markets.dropna(subset="maximum").reset_index(drop=True)
    flows, entries = found.effects.rows, found.effects.entries
    key = pd.MultiIndex.from_frame(capped[["boundary", "resource"]])
    number = pd.Series(np.arange(len(capped)), index=key)
    crossing = pd.MultiIndex.from_arrays([boundary_of(flows), flows["resource"]])
    market = pd.Series(number.reindex(crossing).to_numpy(float), index=flows.index)
    used = flows["amount"].groupby(market).sum().reindex(range(len(capped))).fillna(0.0)
    touched = entries[entries["column"] < found.effects.candidates]
    table = pd.DataFrame(
        {
            "row": touched["row"].map(market),
            "column": touched["column"],
            "value": touched["amount"],
        }
    ).dropna(subset="row")
    room = (capped["maximum"] - used).clip(lower=0.0)
    return block(len(found.candidates), table, upper=room.to_numpy(float))


def _turning(found: Exchanges) -> Block:
    """No utility turns down below its lowest activity."""
    shares = _turndown_shares(found).rename(columns={"utility": "row", "share": "value"})
    return block(len(found.candidates), shares, upper=found.down.most)


def _plants(park: Park, found: Exchanges) -> Block:
    """A plant takes no more than its capacity and, where that is a decision, only if built."""
    plants, candidates = found.effects.plants, found.candidates
    count, columns = len(plants), len(candidates) + len(plants)
    if not count:
        return block(columns)
    number = pd.Series(np.arange(count), index=plants.index)
    inside = candidates[candidates["plant"] != ""]
    fed = pd.DataFrame(
        {
            "row": inside["plant"].map(number).astype(float),
            "column": inside.index,
            "value": inside["input"],
        }
    )
    kept = _kept_input(park, plants)
    room = (plants["capacity"] - kept).clip(lower=0.0)
    offered = inside["offer"].map(found.offers["amount"]).astype(float)
    needed = inside["demand"].map(found.demands["amount"]).astype(float)
    most = (largest(inside, offered, needed) * inside["input"]).groupby(inside["plant"]).sum()
    ceiling = room.fillna(np.inf).clip(upper=most).to_numpy(float)
    decided = needs_decision(plants)
    gate = pd.DataFrame(
        {
            "row": np.flatnonzero(decided),
            "column": plants["column"].to_numpy(int)[decided],
            "value": -ceiling[decided],
        }
    )
    least = gate.assign(value=plants["minimum"].to_numpy(float)[decided])
    above = block(
        columns, pd.concat([fed, gate]), upper=np.where(decided, 0.0, room.fillna(np.inf))
    )
    small = pd.concat([fed.assign(value=-fed["value"]), least])
    below = block(columns, small, upper=np.where(decided, 0.0, np.inf))
    return stacked([above, below])


def _kept_input(park: Park, plants: pd.DataFrame) -> pd.Series:
    """Return what plants that stand already take by earlier plans [taken unit/year]."""
    flows = park.flows[park.flows["id"].str.endswith(":taken")]
    return flows.groupby("target")["amount"].sum().reindex(plants.index).fillna(0.0)


def _built(found: Exchanges, incidence: sparse.csr_array, carried: int) -> Block:
    """Each link of a plant that is a decision is closed while the plant is not built (tight)."""
    plants, links = found.effects.plants, found.heat.links
    columns = incidence.shape[1] + carried
    decided = plants[needs_decision(plants)]
    plant = links["candidate"].map(found.candidates["plant"])
    gated = np.flatnonzero(plant.isin(decided.index))
    if not len(gated):
        return block(columns)
    number = pd.Series(np.arange(len(plants)), index=plants.index)
    row = np.arange(len(gated))
    gate = len(links) + plant.iloc[gated].map(number).to_numpy(int)
    entries = pd.DataFrame(
        {
            "row": np.concatenate([row, row]),
            "column": np.concatenate([gated, gate]),
            "value": np.concatenate([np.ones(len(gated)), -_most(found)[gated]]),
        }
    )
    return block(columns, entries, upper=np.zeros(len(gated)))


def _heat(found: Exchanges, incidence: sparse.csr_array) -> tuple[Block, int]:
    """Heat cascades down from where it stands and, once it has arrived, down from there.

    Returns the rows over all variables and how many of those carry heat to the next cell.
    """
    links, fixed = found.heat.links, incidence.shape[1]
    tables = (
        (found.heat.supply, "offer", "draw_cell", found.offers),
        (found.heat.need, "demand", "serve_cell", found.demands),
    )
    sides = []
    for standing, end, cell, streams in tables:
        own = links["candidate"].map(found.candidates[end]).astype(int)
        used = pd.DataFrame({end: own, "cell": links[cell], "link": np.arange(len(links))})
        used = used[used["cell"] >= 0]
        steps = standing[standing[end].isin(used[end])].reset_index(drop=True)
        process = steps[end].map(streams["process"])
        turned = _by_link(_turned(found, process, steps["amount"]), links)
        used = used.merge(steps[[end, "cell"]].assign(row=steps.index), on=[end, "cell"])
        sides.append((steps, end, used, turned))
    (hot, _, drawn, less), (cold, _, arriving, fewer) = sides
    columns = fixed + len(hot) + len(cold)
    taken = drawn.assign(column=drawn["link"], value=1.0)
    stands = hot["amount"].to_numpy(float)
    above = _passed_on(hot, "offer", fixed)
    supply = block(columns, pd.concat([taken, above, less]), upper=stands)
    served = arriving["link"].map(links["candidate"]).map(found.candidates["served"])
    given = arriving.assign(column=arriving["link"], value=served.astype(float))
    below = _passed_on(cold, "demand", fixed + len(hot))
    last = ~cold["demand"].eq(cold["demand"].shift(-1))
    ends = pd.DataFrame(
        {"row": np.flatnonzero(last), "column": fixed + len(hot) + cold.index[last]}
    )
    closed = block(columns, ends.assign(row=range(len(ends)), value=1.0), upper=np.zeros(len(ends)))
    needs = cold["amount"].to_numpy(float)
    need = block(
        columns, pd.concat([given, below.assign(value=-below["value"]), fewer]), upper=needs
    )
    return stacked([supply, need, closed]), len(hot) + len(cold)


def _passed_on(steps: pd.DataFrame, end: str, first: int) -> pd.DataFrame:
    """Return what each cell passes on to the next (+1) and gets from the one before (-1)."""
    passing = pd.DataFrame({"row": steps.index, "column": first + steps.index, "value": 1.0})
    follows = steps[end].eq(steps[end].shift())
    before = passing[follows].assign(column=lambda t: t["column"] - 1, value=-1.0)
    return pd.concat([passing, before])


def _by_link(entries: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Return entries over candidates as entries over their links."""
    numbers = pd.DataFrame({"column": links["candidate"], "link": np.arange(len(links))})
    merged = entries.merge(numbers, on="column")
    return merged.assign(column=merged["link"])[["row", "column", "value"]]
