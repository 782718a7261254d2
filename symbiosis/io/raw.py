"""Tables as they stand in a file: text, and the line that each row was read from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from symbiosis.errors import Problem
from symbiosis.model import TABLES


@dataclass(frozen=True, kw_only=True)
class RawTable:
    """A table of text, blank where nothing stands.

    Attributes
    ----------
    name, place : str
        The table (``flows``), and how a message calls it (``flows.csv``, ``flows sheet``).
    cells : mapping of str to list of str
        The columns, all of one length.
    lines : ndarray of int, shape (rows,)
        Where each row begins in the file; the header is line 1.
    """

    name: str
    place: str
    cells: Mapping[str, list[str]]
    lines: npt.NDArray[np.int64]

    def where(self, row: int | None, column: str) -> str:
        """Return where a cell stands, for a person to look it up."""
        line = "" if row is None else f"row {self.lines[row]}"
        return ", ".join(part for part in (self.place, line, column) if part)


@dataclass(frozen=True, kw_only=True)
class RawPark:
    """Everything a folder or a workbook holds of a park, before it means anything.

    ``unread`` names the tables that are there, or should be, and cannot be read.
    """

    name: str
    heading: Mapping[str, object] = field(default_factory=dict)
    heading_place: str
    tables: Mapping[str, RawTable]
    problems: tuple[Problem, ...] = ()
    unread: frozenset[str] = frozenset()


def raw_table(
    name: str, place: str, rows: Sequence[Sequence[str]], lines: Sequence[int]
) -> tuple[RawTable | None, list[Problem]]:
    """Return the table whose header is the first of `rows`, and what is wrong with its shape.

    Rows without any text are passed over; what is longer than the header must be blank.
    """
    if not rows or not any(rows[0]):
        return None, [Problem(place, "there is no header row", "write the column names in row 1")]
    header, problems = list(rows[0]), _header_problems(place, rows[0])
    filled = [(row, line) for row, line in zip(rows[1:], lines[1:], strict=True) if any(row)]
    width = len(header)
    for row, line in filled:
        if len(row) < width or any(row[width:]):
            what = f"{len(row)} cells where the header has {width}"
            advice = "check the commas and quotes of this row"
            problems.append(Problem(f"{place}, row {line}", what, advice))
    if problems:
        return None, problems
    columns = zip(*(row[:width] for row, _ in filled), strict=True) if filled else [[]] * width
    cells = {name: list(column) for name, column in zip(header, columns, strict=True)}
    if "" in cells and not any(cells[""]):
        del cells[""]
    numbers = np.array([line for _, line in filled], dtype=np.int64)
    return RawTable(name=name, place=place, cells=cells, lines=numbers), []


def _header_problems(place: str, header: Sequence[str]) -> list[Problem]:
    named = [column for column in header if column]
    repeated = dict.fromkeys(column for column in named if named.count(column) > 1)
    problems = [
        Problem(f"{place}, row 1, {column}", f"column '{column}' stands here twice", "keep one")
        for column in repeated
    ]
    if len(named) == 1 and (";" in named[0] or "\t" in named[0]):
        what = f"one column '{named[0]}'"
        problems.append(Problem(f"{place}, row 1", what, "separate the columns by commas"))
    return problems


def collected(
    there: Mapping[str, tuple[RawTable | None, list[Problem]]], places: Mapping[str, str]
) -> tuple[dict[str, RawTable], frozenset[str], list[Problem]]:
    """Return the tables that could be read, the names of those that could not, and why."""
    problems = [problem for _, broken in there.values() for problem in broken]
    missing = [name for name, table in TABLES.items() if table.needed and name not in there]
    problems += [
        Problem(places[name], "it is missing", "add it, with a header row") for name in missing
    ]
    tables = {name: table for name, (table, _) in there.items() if table is not None}
    return tables, frozenset({*there, *missing} - {*tables}), problems
