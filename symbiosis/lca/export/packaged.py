"""A database as index pairs and values: a bw_processing datapackage in memory or as a zip."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from symbiosis.lca.distributions import COLUMNS as SPREAD
from symbiosis.lca.export.database import Database
from symbiosis.lca.export.whole import appearing

_LABELLED = {
    "nodes": (
        *(("production", "rows"), ("production", "cols")),
        *(("inputs", "rows"), ("inputs", "cols"), ("emissions", "cols")),
    ),
    "flows": (("emissions", "rows"), ("characterization", "rows")),
}


def written_datapackage(database: Database, path: Path) -> None:
    """Write a zip that ``bw_processing.load_datapackage`` reads, with the labels of its numbers.

    The tables ``nodes`` and ``flows`` in it say what each whole number is, ``indicators`` holds
    the characterisation of all indicators; the matrix holds that of the first.
    """
    with appearing(path) as fresh:
        package = datapackage(database, file=fresh)
        position = database.positions()
        for name, table in {"nodes": database.nodes, "flows": database.flows}.items():
            numbered = table.assign(id=table["code"].map(position))
            ends = [(group, end) for group, end in _LABELLED[name] if group in package.groups]
            package.add_csv_metadata(dataframe=numbered, valid_for=ends, name=name)
        characters = database.characters.assign(flow=database.characters["flow"].map(position))
        package.add_csv_metadata(dataframe=characters, valid_for=[], name="indicators")
        package.metadata["description"] = database.comment
        package.finalize_serialization()


def datapackage(database: Database, indicator: str | None = None, file: Path | None = None) -> Any:
    """Return a database as a datapackage whose whole numbers are `Database.positions`.

    Parameters
    ----------
    indicator : str, optional
        What the matrix of characterisation holds; by default the first.
    file : Path, optional
        A zip to write; without one the datapackage is in memory only.
    """
    import bw_processing

    where = {} if file is None else {"fs": _zip(file), "name": "symbiosis"}
    package = bw_processing.create_datapackage(**where)
    position = pd.Series(database.positions())
    edges, characters = database.edges, database.characters
    nodes = database.nodes["code"].map(position).to_numpy()
    inputs = edges[edges["type"].eq("technosphere")]
    emitted = edges[edges["type"].eq("biosphere")]
    _add(package, "technosphere", "production", nodes, nodes, np.ones(len(nodes)))
    for matrix, table, flip in (("technosphere", inputs, True), ("biosphere", emitted, False)):
        _add(
            package,
            matrix,
            "inputs" if flip else "emissions",
            table["supplier"].map(position).to_numpy(),
            table["consumer"].map(position).to_numpy(),
            table["amount"].to_numpy(float),
            flip=flip,
            spread=table,
        )
    name = indicator or next(iter(database.indicators()), "")
    chosen = characters[characters["indicator"].eq(name)]
    at = chosen["flow"].map(position).to_numpy()
    _add(package, "characterization", "characterization", at, at, chosen["value"].to_numpy(float))
    return package


def _add(
    package: Any,
    matrix: str,
    name: str,
    row: Any,
    column: Any,
    value: Any,
    *,
    flip: bool = False,
    spread: pd.DataFrame | None = None,
) -> None:
    import bw_processing

    if not len(value):
        return
    pairs = np.empty(len(value), dtype=bw_processing.INDICES_DTYPE)
    pairs["row"], pairs["col"] = row, column
    extra = {} if spread is None else {"distributions_array": _distributions(spread)}
    package.add_persistent_vector(
        matrix=f"{matrix}_matrix",
        name=name,
        indices_array=pairs,
        data_array=np.asarray(value, dtype=np.float64),
        flip_array=np.full(len(value), flip),
        **extra,
    )


def _distributions(table: pd.DataFrame) -> Any:
    import bw_processing

    found = np.empty(len(table), dtype=bw_processing.UNCERTAINTY_DTYPE)
    for name in SPREAD:
        found[name] = table[name].to_numpy()
    return found


def _zip(file: Path) -> Any:
    from bw_processing.io_helpers import generic_zipfile_filesystem

    return generic_zipfile_filesystem(dirpath=file.parent, filename=file.name, write=True)
