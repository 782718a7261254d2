"""Whether activities in loops give more than they take."""

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from symbiosis.errors import Problem
from symbiosis.lca.inventory import Inventory

MOST_TOLD = 5
MOST_STEPS = 20_000
ENDLESS = 1e100


def loop_problems(inventory: Inventory) -> list[Problem]:
    """Return a problem for each loop that takes as much of its products as it gives.

    Credits are left out: with inputs alone, such a loop gives nothing to anyone else.
    """
    exchanges, ids = inventory.exchanges, pd.Index(inventory.activities["id"])
    taken = exchanges[exchanges["type"].eq("technosphere") & exchanges["amount"].gt(0.0)]
    at = ids.get_indexer(pd.Index(taken["flow"])), ids.get_indexer(pd.Index(taken["activity"]))
    size = len(ids)
    inputs = sparse.csc_array((taken["amount"].to_numpy(float), at), shape=(size, size))
    _, group = connected_components(inputs, directed=True, connection="strong")
    looped = np.bincount(group)[group] > 1
    looped |= inputs.diagonal() > 0.0
    if not looped.any():
        return []
    broken = _endless(sparse.csc_array(inputs[looped][:, looped]))
    return _told(inventory, np.flatnonzero(looped)[broken], group) if broken.any() else []


def _endless(inputs: "sparse.csc_array[np.float64]") -> "np.ndarray[tuple[int], np.dtype[np.bool]]":
    """Return which activities need ever more, the further up their chain one looks.

    What one unit of each takes at the n-th step falls below one at some n exactly where the whole
    chain adds up to something finite. No factorisation: those of tangled loops fill memory.
    """
    steps = sparse.csr_array(inputs.T)
    needs = before = np.ones(steps.shape[0], dtype=np.float64)
    for step in range(1, MOST_STEPS + 1):
        needs = np.asarray(steps @ needs, dtype=np.float64)
        if needs.max() < 1.0:
            return np.zeros(len(needs), dtype=bool)
        if needs.max() > ENDLESS:
            return np.asarray(needs > np.sqrt(ENDLESS))
        if step == MOST_STEPS // 2:
            before = needs
    return np.asarray((needs >= 1.0) & (needs >= before * (1 - 1e-9)))


def _told(
    inventory: Inventory,
    broken: "np.ndarray[tuple[int], np.dtype[np.intp]]",
    group: "np.ndarray[tuple[int], np.dtype[np.int32]]",
) -> list[Problem]:
    names = inventory.activities["name"].to_numpy()
    problems = []
    for loop in np.unique(group[broken])[:MOST_TOLD]:
        members = names[group == loop]
        more = f" and {len(members) - 4} more" if len(members) > 4 else ""
        where = "loop of " + ", ".join(f"'{name}'" for name in members[:4]) + more
        what = "takes as much of its own products as it gives, or more"
        problems.append(Problem(where, what, "correct the amounts in the loop"))
    return problems
