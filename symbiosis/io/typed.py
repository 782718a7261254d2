"""From raw tables to tables of their declared columns and kinds."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from symbiosis.io.cells import booleans, number, numbers
from symbiosis.io.raw import RawTable
from symbiosis.model import TABLES, Column, Table, empty_table
from symbiosis.model.validation import Fault, did_you_mean, faults_at

REMARKS = ("note", "how")  # for people: left out without a warning


class SymbiosisWarning(UserWarning):
    """Something in the user's files that was passed over."""


class UnknownColumns(SymbiosisWarning):
    """Columns or keys that mean nothing to symbiosis and were left out."""


@dataclass(frozen=True)
class TypedTable:
    """A table in its declared kinds; ``given`` says of each column where a cell was filled."""

    frame: pd.DataFrame
    given: Mapping[str, npt.NDArray[np.bool_]]
    faults: tuple[Fault, ...] = ()


def typed_tables(raw: Mapping[str, RawTable]) -> dict[str, TypedTable]:
    """Return every table of a park, without rows where there is no file."""
    return {name: typed_table(raw[name]) if name in raw else _absent(name) for name in TABLES}


def typed_table(raw: RawTable) -> TypedTable:
    """Return the declared columns of `raw`; warn of those that no table declares."""
    table = TABLES[raw.name]
    columns = [*table.columns, *_family_columns(raw, table)]
    _warn_of_unknown(raw, table)
    faults = _missing_columns(raw, table)
    frame: dict[str, pd.Series] = {}
    given: dict[str, npt.NDArray[np.bool_]] = {}
    for column in columns:
        cells = raw.cells.get(column.name, [""] * len(raw.lines))
        given[column.name] = np.array([cell != "" for cell in cells], dtype=np.bool_)
        frame[column.name], wrong = _typed(cells, column, raw.name)
        faults += wrong
        if _is_needed(column, raw.name) and column.name in raw.cells:
            what, advice = f"{column.name} is blank", "fill it in"
            faults += faults_at(raw.name, column.name, ~given[column.name], what, advice)
    return TypedTable(pd.DataFrame(frame), given, tuple(faults))


@cache
def _absent(name: str) -> TypedTable:
    """Return a table without rows; nothing changes a table, so one serves all."""
    frame = empty_table(name)
    return TypedTable(frame, {str(column): np.zeros(0, dtype=np.bool_) for column in frame})


def _is_needed(column: Column, table: str) -> bool:
    """Return whether a cell must be filled; the catalogue fills all of a resource but its id."""
    return column.needed and (table != "resources" or column.name == "id")


def _family_columns(raw: RawTable, table: Table) -> list[Column]:
    """Return the filled columns that the file adds to a family, such as ``content_Cu``."""
    declared = {column.name for column in table.columns}
    filled = sorted(name for name, cells in raw.cells.items() if any(cells))
    free = (table.column(name) for name in filled if name not in declared)
    return [column for column in free if column is not None]


def _missing_columns(raw: RawTable, table: Table) -> list[Fault]:
    faults = []
    for column in table.columns:
        if _is_needed(column, raw.name) and column.name not in raw.cells:
            advice = did_you_mean(column.name, _unknown(raw, table)).replace("?", " (rename it)")
            what = f"column '{column.name}' is missing"
            faults.append(Fault(raw.name, None, "", what, advice or "add it to the header row"))
    return faults


def _unknown(raw: RawTable, table: Table) -> list[str]:
    return [n for n in raw.cells if table.column(n) is None and n not in REMARKS]


def _warn_of_unknown(raw: RawTable, table: Table) -> None:
    unknown = _unknown(raw, table)
    if unknown:
        names = ", ".join(f"'{name}'" for name in unknown)
        text = f"{raw.place}: left out unknown columns {names}"
        warnings.warn(UnknownColumns(text), stacklevel=2)


def _typed(cells: list[str], column: Column, table: str) -> tuple[pd.Series, list[Fault]]:
    """Return one column in its kind, blanks filled, and its cells that are not of that kind."""
    if column.kind == "text":
        blank = str(column.blank)
        return pd.Series([cell or blank for cell in cells], dtype="str"), []
    if column.kind == "boolean":
        truth, wrong = booleans(cells, bool(column.blank))
        what = f"{column.name} {{{column.name}}} is neither true nor false"
        return pd.Series(truth), faults_at(table, column.name, wrong, what, "write true or false")
    values, wrong = numbers(cells)
    faults = [
        Fault(
            table,
            int(row),
            column.name,
            f"{column.name} {{{column.name}}} is not a number",
            _number_advice(cells[row]),
        )
        for row in np.flatnonzero(wrong)
    ]
    if column.default is not None:
        values = np.where([cell == "" for cell in cells], float(column.blank), values)
    return pd.Series(values, dtype="float64"), faults


def _number_advice(cell: str) -> str:
    if cell.endswith("%") and not np.isnan(number(cell[:-1].strip())):
        return f"write {number(cell[:-1].strip()) / 100:g}"
    if "," in cell or "'" in cell or " " in cell:
        return "use a point for decimals and nothing between thousands"
    return "write a finite number, or leave it blank if it is unknown"
