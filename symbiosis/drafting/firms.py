"""Reading a list of firms: a table of names, plants and capacities, in English or Chinese."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isnan, nan
from pathlib import Path

from symbiosis.catalogue import datasets_folder
from symbiosis.drafting.headings import columns_of, heading_problems, unit_in
from symbiosis.errors import InvalidData, Problem
from symbiosis.io.cells import number
from symbiosis.io.csv_folder import csv_table
from symbiosis.io.raw import RawTable
from symbiosis.io.workbook import first_sheet

_RANGES = {
    "latitude": (-90.0, 90.0),
    "longitude": (-180.0, 180.0),
    "operating_hours": (1.0, 8760.0),
}
_SAME = ("name_zh", "latitude", "longitude", "park", "permits")  # what a firm has one of
_REMARKS = ("note", "remark", "remarks", "备注", "序号", "no")


@dataclass(frozen=True, kw_only=True)
class Firm:
    """A row of a list: a firm and one of its plants. Numbers are NaN and texts blank if unknown.

    Attributes
    ----------
    row : int
        Where it stands in the file; the header is row 1.
    plant, capacity, unit : str
        As written; `unit` is the cell's of that name, else the one in the heading of the capacity.
    latitude, longitude : float
        In [degree].
    operating_hours : float
        In [h/year].
    """

    row: int
    name: str
    name_zh: str = ""
    plant: str
    capacity: str
    unit: str = ""
    latitude: float = nan
    longitude: float = nan
    park: str = ""
    permits: str = ""
    operating_hours: float = nan


@dataclass(frozen=True, kw_only=True)
class FirmList:
    """A list as read: its file, its rows, and what is wrong with some of their cells.

    ``headings`` says what the file calls a column, so that a message can call it the same;
    ``ignored`` are its columns that mean nothing here.
    """

    file: str
    place: str
    firms: tuple[Firm, ...]
    headings: Mapping[str, str]
    ignored: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def where(self, firm: Firm, column: str) -> str:
        """Return where a cell of a firm stands, for a person to look it up."""
        return f"{self.place}, row {firm.row}, {self.headings.get(column, column)}"


def firms_file(name: str) -> Path:
    """Return the file that `name` stands for: a path, else a list that ships."""
    shipped = datasets_folder() / "firms"
    if not Path(name).exists() and (shipped / f"{name}.csv").is_file():
        return shipped / f"{name}.csv"
    return Path(name)


def read_firms(path: Path) -> FirmList:
    """Return the firms in a CSV file or in the first sheet of an .xlsx workbook.

    Raises
    ------
    InvalidData
        Where the file cannot be read as a table of firms. What is wrong with single cells stands
        in the list, so that it can be told together with what is not understood.
    """
    table, problems = _table(path)
    if table is None:
        raise InvalidData(problems)
    columns = columns_of(table.cells)
    problems = heading_problems(columns, table.place)
    if not len(table.lines):
        problems.append(Problem(table.place, "no firms", "add a row for each plant of a firm"))
    if problems:
        raise InvalidData(problems)
    headings = {column: heading for heading, column in columns.items()}
    firms = tuple(_firm(table, headings, row) for row in range(len(table.lines)))
    ignored = tuple(name for name in table.cells if name and _is_unknown(name, columns))
    known = FirmList(
        file=path.name, place=table.place, firms=firms, headings=headings, ignored=ignored
    )
    wrong = [*_wrong_cells(table, headings), *_blank_cells(known), *_contradictions(known)]
    return FirmList(**{**vars(known), "problems": tuple(wrong)})


def firm_key(name: str) -> str:
    """Return what makes two names the same firm: all but case and width."""
    return unicodedata.normalize("NFKC", name).casefold()


def _table(path: Path) -> tuple[RawTable | None, list[Problem]]:
    if not path.is_file():
        shipped = sorted(file.stem for file in (datasets_folder() / "firms").glob("*.csv"))
        advice = f"name a .csv or .xlsx file, or a list that ships: {', '.join(shipped)}"
        return None, [Problem(str(path), "no such list of firms", advice)]
    if path.suffix.casefold() in (".xlsx", ".xlsm"):
        return first_sheet(path, path.name)
    return csv_table(path, path.name)


def _firm(table: RawTable, headings: Mapping[str, str], row: int) -> Firm:
    def text(column: str) -> str:
        cell = table.cells[headings[column]][row] if column in headings else ""
        return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", cell).split())

    return Firm(
        row=int(table.lines[row]),
        name=text("name"),
        name_zh=text("name_zh"),
        plant=text("plant"),
        capacity=text("capacity"),
        unit=text("unit") or unit_in(headings["capacity"]),
        latitude=number(text("latitude")),
        longitude=number(text("longitude")),
        park=text("park"),
        permits=text("permits"),
        operating_hours=number(text("operating_hours")),
    )


def _wrong_cells(table: RawTable, headings: Mapping[str, str]) -> Iterator[Problem]:
    for column, (low, high) in _RANGES.items():
        heading = headings.get(column, "")
        for row, cell in enumerate(table.cells.get(heading, ())):
            if cell and isnan(number(cell)):
                what, advice = f"'{cell}' is not a number", "write a number, or leave it blank"
                yield Problem(table.where(row, heading), what, advice)
            elif cell and not low <= number(cell) <= high:
                what = f"'{cell}' is not between {low:g} and {high:g}"
                yield Problem(table.where(row, heading), what, "correct it")


def _blank_cells(known: FirmList) -> Iterator[Problem]:
    for firm in known.firms:
        for column in ("name", "plant", "capacity"):
            if not getattr(firm, column):
                yield Problem(known.where(firm, column), f"{column} is blank", "fill it in")


def _contradictions(known: FirmList) -> Iterator[Problem]:
    """Yield what two rows of one firm say differently."""
    first: dict[tuple[str, str], Firm] = {}
    for firm in known.firms:
        for column in _SAME:
            value = getattr(firm, column)
            if value == "" or value != value:
                continue
            earlier = first.setdefault((firm_key(firm.name), column), firm)
            if getattr(earlier, column) != value:
                what = f"'{value}' where row {earlier.row} of the same firm says otherwise"
                yield Problem(known.where(firm, column), what, "a firm has one: make them alike")


def _is_unknown(heading: str, columns: Mapping[str, str]) -> bool:
    return heading not in columns and heading.casefold() not in _REMARKS
