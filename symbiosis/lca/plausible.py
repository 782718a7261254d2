"""What a readable inventory may still get wrong: units, elements, signs and loops."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from symbiosis.errors import Problem
from symbiosis.lca.chemistry import created_elements
from symbiosis.lca.inventory import Inventory
from symbiosis.lca.linking import linked_exchanges
from symbiosis.lca.matrices import amounts, placed

TAKEN_UP = "taken up"  # how the note of a negative amount begins


def implausible(inventory: Inventory, resources: pd.DataFrame) -> Iterator[Problem]:
    """Yield what is wrong with an inventory of ours, as ``file, row, column: what``.

    What `read_inventory` refuses comes before this. An imported database is not held to it: its
    products are no resources of the catalogue.

    Parameters
    ----------
    inventory : Inventory
        As read.
    resources : DataFrame
        Of the catalogue: id, unit, kind, ``content_<element>`` [t per unit of the resource].
    """
    yield from foreign_units(inventory.activities, resources)
    yield from unmarked_credits(inventory.exchanges)
    yield from created_elements(inventory, resources)
    yield from amplifying_loops(inventory)


def foreign_units(activities: pd.DataFrame, resources: pd.DataFrame) -> Iterator[Problem]:
    """Yield the activities that are in another unit than the resource they give."""
    due = activities["product"].map(resources.set_index("id")["unit"])
    wrong = activities.assign(due=due)[due.notna() & activities["unit"].ne(due)]
    for row, unit, right in wrong[["unit", "due"]].itertuples():
        what = f"'{unit}' is not the unit of the resource, {right}"
        yield Problem(f"activities.csv, row {row + 2}, unit", what, f"write it per {right}")


def unmarked_credits(exchanges: pd.DataFrame) -> Iterator[Problem]:
    """Yield negative amounts, which are credits, save what is taken up from nature and says so."""
    marked = exchanges["type"].eq("biosphere") & exchanges["note"].str.startswith(TAKEN_UP)
    wrong = exchanges[exchanges["amount"].lt(0) & ~marked]
    for row, amount in wrong[["amount"]].itertuples():
        remedy = f"no credits; what nature gives has a note that begins with '{TAKEN_UP}'"
        yield Problem(f"exchanges.csv, row {row + 2}, amount", f"{amount:g} is negative", remedy)


def amplifying_loops(inventory: Inventory) -> Iterator[Problem]:
    """Yield the loops of activities that consume as much as they give, or more.

    For one unit of final demand such a loop would run for ever: the spectral radius of what its
    members take of each other, at the high ends, is one or more.
    """
    names = pd.Index(inventory.activities["id"])
    flows = pd.Index(inventory.elementary_flows["id"])
    rows = pd.Series(inventory.activities.index, index=names)
    told: set[frozenset[str]] = set()
    for convention in _conventions(inventory):
        linked = linked_exchanges(inventory, convention, None)
        pattern = placed(linked, names, flows)
        taken, size = np.abs(amounts(linked, "high"))[pattern.inputs], len(names)
        ends = pattern.row[pattern.inputs], pattern.column[pattern.inputs]
        matrix = sparse.csr_array((taken, ends), (size, size))
        for members in _loops(matrix):
            radius = float(np.abs(np.linalg.eigvals(matrix[members][:, members].toarray())).max())
            loop = frozenset(names[members])
            if radius < 1.0 or loop in told:
                continue
            told.add(loop)
            what = f"{', '.join(sorted(loop))} take {radius:.3g} of each unit they give"
            where = f"activities.csv, row {rows[names[members[0]]] + 2}, id"
            yield Problem(where, what, "check the amounts in the loop")


def _conventions(inventory: Inventory) -> list[str]:
    found = sorted(set(inventory.activities["convention"]) - {""})
    return found or [""]


def _loops(matrix: "sparse.csr_array[np.float64]") -> Iterator[np.ndarray[tuple[int], np.dtype]]:
    """Yield the positions of the activities of each loop."""
    _, group = connected_components(matrix, directed=True, connection="strong")
    looped = (np.bincount(group)[group] > 1) | (matrix.diagonal() > 0)
    for number in np.unique(group[looped]):
        yield np.flatnonzero(group == number)
