"""The one matching problem: matter, water and heat as the rows of one linear program."""

import numpy as np
import pandas as pd
from scipy import sparse

from symbiosis.catalogue import Catalogue
from symbiosis.matching.blending import blends
from symbiosis.matching.blocks import Block, Vector, block, over_columns, stacked
from symbiosis.matching.exchanges import (
    Exchanges,
    largest_links,
    needs_decision,
    turndown_shares,
    turned_at,
)
from symbiosis.matching.heat_rows import heat_rows
from symbiosis.matching.highs import LinearProgram
from symbiosis.matching.limits import limit_rows
from symbiosis.matching.plant_rows import built_rows, plant_rows
from symbiosis.model import Park
from symbiosis.views.footprint import boundary_of


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
            plant_rows(park, found),
            limit_rows(park, factors, effects, found.candidates),
        ]
    )
    heat, carried = heat_rows(found, incidence)
    body = _widened(over_columns(with_plants, incidence), carried)
    every = stacked([body, heat, built_rows(found, incidence, carried)])
    most = largest_links(found)
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


def _incidence(links: pd.DataFrame, candidates: int, plants: int) -> sparse.csr_array:
    """Return candidates and plants (rows) as sums of variables (columns)."""
    place = (links["candidate"].to_numpy(int), np.arange(len(links)))
    one = sparse.coo_array((np.ones(len(links)), place), shape=(candidates, len(links)))
    return sparse.csr_array(sparse.block_diag([one, sparse.eye_array(plants)], format="csr"))


def _widened(part: Block, more: int) -> Block:
    blank = sparse.csr_array((part.rows.shape[0], more))
    rows = sparse.csr_array(sparse.hstack([part.rows, blank], format="csr"))
    return Block(rows=rows, lower=part.lower, upper=part.upper)


def _offers(found: Exchanges) -> Block:
    """Each offer is used or discarded (heat: see `_heat`)."""
    offers, candidates = found.offers, found.candidates
    matter = candidates[candidates["offer"].map(offers["kind"]) != "heat"]
    used = pd.DataFrame({"row": matter["offer"], "column": matter.index, "value": 1.0})
    turned = turned_at(found, offers["process"], offers["amount"])
    turned = turned[turned["row"].isin(used["row"])]
    entries = pd.concat([used, turned])
    return block(len(candidates), entries, upper=offers["amount"].to_numpy(float))


def _demands(found: Exchanges) -> Block:
    """Each demand is served or bought."""
    demands, candidates = found.demands, found.candidates
    met = candidates[candidates["demand"] >= 0]
    served = pd.DataFrame({"row": met["demand"], "column": met.index, "value": met["served"]})
    turned = turned_at(found, demands["process"], demands["amount"])
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
    shares = turndown_shares(found).rename(columns={"utility": "row", "share": "value"})
    return block(len(found.candidates), shares, upper=found.down.most)
