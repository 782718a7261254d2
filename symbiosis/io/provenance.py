"""What a park says of its own figures: figures.csv and sources.csv beside its tables."""

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pandas as pd

from symbiosis.errors import InvalidData, Problem
from symbiosis.io.csv_folder import csv_table
from symbiosis.io.raw import RawTable

FIGURES = ("table", "id", "column", "value", "low", "high", "unit", "grade", "citation", "how")
SOURCES = ("id", "title", "address", "year", "access")
NUMBERS = frozenset({"value", "low", "high"})
NEEDED = {"figures": ("table", "id", "column"), "sources": ("id", "title")}


def _empty(columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {name: pd.Series(dtype="float64" if name in NUMBERS else "str") for name in columns}
    )


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What stands behind the figures of a park's tables.

    Attributes
    ----------
    figures : DataFrame
        Columns `FIGURES`: figures that share a row with others, each with its grade. The ``id``
        of a row named by several columns has them joined by ``|`` (``flow|property``).
    sources : DataFrame
        Columns `SOURCES`: the documents that the park cites.
    """

    figures: pd.DataFrame = field(default_factory=partial(_empty, FIGURES))
    sources: pd.DataFrame = field(default_factory=partial(_empty, SOURCES))


UNSTATED = Provenance()


def read_provenance(path: Path) -> Provenance:
    """Return what the park at `path` says of its figures; nothing where it says nothing.

    Parameters
    ----------
    path : Path
        The park's folder; a workbook has no place for this and says nothing.

    Raises
    ------
    InvalidData
        With every problem: what cannot be read, columns that lack, numbers that are none.
    """
    if not path.is_dir():
        return Provenance()
    problems: list[Problem] = []
    figures = _read(path, "figures", FIGURES, problems)
    sources = _read(path, "sources", SOURCES, problems)
    if problems:
        raise InvalidData(problems)
    return Provenance(figures=figures, sources=sources)


def _read(
    folder: Path, name: str, columns: tuple[str, ...], problems: list[Problem]
) -> pd.DataFrame:
    file = folder / f"{name}.csv"
    if not file.is_file():
        return _empty(columns)
    table, unreadable = csv_table(file, name)
    problems += unreadable
    if table is None:
        return _empty(columns)
    lacking = [column for column in NEEDED[name] if column not in table.cells]
    if lacking:
        advice = "add it to the header row"
        problems += [Problem(table.place, f"no column '{c}'", advice) for c in lacking]
        return _empty(columns)
    return pd.DataFrame({c: _cells(table, c, problems) for c in columns})


def _cells(table: RawTable, column: str, problems: list[Problem]) -> pd.Series:
    """Return a column, blank where the file has it not; numbers that are none are `problems`."""
    texts = pd.Series(table.cells.get(column, [""] * len(table.lines)), dtype="str")
    if column not in NUMBERS:
        return texts
    numbers = pd.to_numeric(texts.where(texts != ""), errors="coerce").astype("float64")
    problems += [
        Problem(table.where(int(row), column), f"'{texts[row]}' is no number", "write a number")
        for row in texts.index[numbers.isna() & (texts != "")]
    ]
    return numbers
