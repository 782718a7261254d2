"""The second route to a score: the same inventory as a full Brightway calculation, in memory."""

import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd

from symbiosis.lca.inventory import Inventory
from symbiosis.lca.linking import linked_exchanges


def brightway_score(
    inventory: Inventory,
    demand: Mapping[str, float],
    convention: str = "location",
    year: int | None = None,
    indicator: str = "gwp100",
) -> float:
    """Return the score of `demand` by a forward calculation with bw2calc.

    Shares with `factors` only the reading and the linking; matrices and solver are Brightway's.
    Needs no Brightway project, writes nothing to disk and prints nothing.

    Parameters
    ----------
    inventory : Inventory
        Activities, exchanges and characterisation.
    demand : mapping of str to float
        Activity id to amount, in the activity's unit.
    convention, year, indicator
        As for `factors`.

    Returns
    -------
    float
        In the indicator's own unit, [kg CO2e] for gwp100 (`factors` gives tonnes).
    """
    position = {name: at for at, name in enumerate(inventory.activities["id"])}
    with without_projects():
        import bw2calc
    calculation = bw2calc.LCA(
        demand={position[name]: amount for name, amount in demand.items()},
        data_objs=[_datapackage(inventory, convention, year, indicator)],
    )
    calculation.lci()
    calculation.lcia()
    return float(calculation.score)


def _datapackage(inventory: Inventory, convention: str, year: int | None, indicator: str) -> Any:
    """Return the linked inventory as an in-memory datapackage of index pairs and values."""
    import bw_processing

    package = bw_processing.create_datapackage()
    for matrix, table, flip in _entries(inventory, convention, year, indicator):
        pairs = np.array(
            list(zip(table["row"], table["column"], strict=True)), dtype=bw_processing.INDICES_DTYPE
        )
        package.add_persistent_vector(
            matrix=matrix,
            indices_array=pairs,
            data_array=table["value"].to_numpy(float),
            flip_array=np.full(len(table), flip),
        )
    return package


def _entries(
    inventory: Inventory, convention: str, year: int | None, indicator: str
) -> Iterator[tuple[str, pd.DataFrame, bool]]:
    """Yield matrix, entries (row, column, value) and whether the sign turns on the way in."""
    names = inventory.activities["id"]
    activity = pd.Series(range(len(names)), index=names)
    flows = inventory.elementary_flows["id"]
    flow = pd.Series(range(len(names), len(names) + len(flows)), index=flows)
    linked = linked_exchanges(inventory, convention, year)
    inputs = linked[linked["type"].eq("technosphere")]
    emitted = linked[linked["type"].eq("biosphere")]
    table = inventory.characterisation
    characters = table[table["indicator"].eq(indicator)]
    at = characters["flow"].map(flow)
    yield "technosphere_matrix", _triples(activity, activity, pd.Series(1.0, activity.index)), False
    yield (
        "technosphere_matrix",
        _triples(
            inputs["supplier"].map(activity), inputs["activity"].map(activity), inputs["amount"]
        ),
        True,
    )
    yield (
        "biosphere_matrix",
        _triples(emitted["flow"].map(flow), emitted["activity"].map(activity), emitted["amount"]),
        False,
    )
    yield "characterization_matrix", _triples(at, at, characters["value"]), False


def _triples(
    row: "pd.Series[int]", column: "pd.Series[int]", value: "pd.Series[float]"
) -> pd.DataFrame:
    return pd.DataFrame(
        {"row": row.to_numpy(), "column": column.to_numpy(), "value": value.to_numpy()}
    )


@contextmanager
def without_projects() -> Iterator[None]:
    """Keep bw2calc from loading bw2data, which would create a project on disk at import.

    bw2calc takes a missing bw2data as it comes. Nothing changes where bw2data is loaded already.
    """
    hidden = "bw2data" not in sys.modules
    if hidden:
        sys.modules["bw2data"] = None  # type: ignore[assignment]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # advice on faster solvers
            yield
    finally:
        if hidden:
            del sys.modules["bw2data"]
