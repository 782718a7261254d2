"""Rows of the heat cascade: what stands in each cell is used there or passed on."""

import numpy as np
import pandas as pd
from scipy import sparse

from symbiosis.matching.blocks import Block, block, stacked
from symbiosis.matching.exchanges import Exchanges, turned_at


def heat_rows(found: Exchanges, incidence: sparse.csr_array) -> tuple[Block, int]:
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
        turned = _by_link(turned_at(found, process, steps["amount"]), links)
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
