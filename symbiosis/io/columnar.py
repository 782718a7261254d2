"""Parquet files as raw tables, and tables as Parquet."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from symbiosis.errors import Problem
from symbiosis.io.cells import cell_text
from symbiosis.io.limits_of_size import size_problem
from symbiosis.io.raw import RawTable, raw_table


def parquet_table(file: Path, name: str) -> tuple[RawTable | None, list[Problem]]:
    """Return the table in a Parquet file, or what keeps it from being read.

    Rows are counted as in a CSV file: the first is row 2.
    """
    place = file.name
    try:
        too_large = size_problem(file, place)
        if too_large:
            return None, [too_large]
        table = pq.ParquetFile(file).read()
    except (OSError, pa.ArrowException) as error:
        what = f"not a Parquet file: {str(error).splitlines()[0]}"
        return None, [Problem(place, what, "write it again from its source")]
    columns = [[cell_text(cell) for cell in column.to_pylist()] for column in table.columns]
    rows = [[str(column).strip() for column in table.column_names], *zip(*columns, strict=True)]
    return raw_table(name, place, rows, range(1, len(rows) + 1))


def write_parquet(frame: pd.DataFrame, file: Path) -> None:
    """Write a table in its declared kinds; an unknown number is a null."""
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), file)
