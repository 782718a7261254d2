"""From the text of a CSV file to the declared kinds of its columns."""

from pathlib import Path

import numpy as np
import pandas as pd

from symbiosis.catalogue.tables import CATALOGUE_TABLES, empty
from symbiosis.errors import Problem
from symbiosis.model import Column

TABLE, FIRST_ROW = "catalogue/{}.csv", 2
_BOOLEANS = {"true": True, "false": False}
_KINDS = {"text": "str", "number": "float64", "boolean": "bool"}


def place(table: str, row: int, column: str) -> str:
    """Return where a cell stands, `row` counted from 0 below the header."""
    return f"{TABLE.format(table)}, row {row + FIRST_ROW}, {column}"


def typed_table(name: str, folder: Path) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the table `name` of `folder` with its declared columns, and what was unreadable.

    A file that is not there is a table without rows; a column that is not declared is left out.
    """
    file = folder / f"{name}.csv"
    if not file.is_file():
        return empty(name), []
    try:
        raw = pd.read_csv(
            file, dtype=str, keep_default_na=False, index_col=False, encoding="utf-8-sig"
        ).fillna("")
    except ValueError as error:  # pandas' own and those of the encoding are all of this kind
        advice = "save it as CSV in UTF-8, with a header row"
        return empty(name), [Problem(TABLE.format(name), f"cannot be read: {error}", advice)]
    problems = _missing_columns(name, raw)
    cells = {c.name: _typed(raw, c, name, problems) for c in _columns(name, raw)}
    return pd.DataFrame(cells, index=raw.index), problems


def _columns(name: str, raw: pd.DataFrame) -> list[Column]:
    """Return the declared columns, then those of the table's families that the file has."""
    table = CATALOGUE_TABLES[name]
    declared = {column.name for column in table.columns}
    free = (table.column(str(header)) for header in raw.columns if header not in declared)
    return [*table.columns, *(column for column in free if column)]


def _missing_columns(name: str, raw: pd.DataFrame) -> list[Problem]:
    needed = [c.name for c in CATALOGUE_TABLES[name].columns if c.needed]
    return [
        Problem(TABLE.format(name), f"no column '{column}'", "add it to the header row")
        for column in needed
        if column not in raw
    ]


def _typed(raw: pd.DataFrame, column: Column, table: str, problems: list[Problem]) -> pd.Series:
    """Return one column in its kind; cells that are not of it go to `problems`."""
    if column.name not in raw:
        return pd.Series(column.blank, index=raw.index, dtype=_KINDS[column.kind])
    text = raw[column.name].str.strip()
    blank = text == ""
    if column.kind == "text":
        return text.where(~blank, str(column.blank))
    read = _numbers(text) if column.kind == "number" else text.map(_BOOLEANS)
    wanted = "a number" if column.kind == "number" else "true or false"
    problems += [
        Problem(place(table, row, column.name), f"'{text[row]}' is not {wanted}", f"write {wanted}")
        for row in raw.index[read.isna() & ~blank]
    ]
    if column.kind == "number":
        return read.fillna(float(column.blank)).astype("float64")
    return read.eq(True).where(read.notna(), bool(column.blank)).astype("bool")


def _numbers(text: pd.Series) -> "pd.Series[float]":
    numbers = pd.to_numeric(text, errors="coerce")
    return numbers.where(np.isfinite(numbers))
