"""Rows of plants: what one may take, and that none is used which is not built."""

import numpy as np
import pandas as pd
from scipy import sparse

from symbiosis.matching.blocks import Block, block, stacked
from symbiosis.matching.exchanges import Exchanges, largest_links, needs_decision
from symbiosis.matching.rules import largest
from symbiosis.model import Park


def plant_rows(park: Park, found: Exchanges) -> Block:
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


def built_rows(found: Exchanges, incidence: sparse.csr_array, carried: int) -> Block:
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
            "value": np.concatenate([np.ones(len(gated)), -largest_links(found)[gated]]),
        }
    )
    return block(columns, entries, upper=np.zeros(len(gated)))
