"""A workbook: a sheet per table, and a sheet ``park`` of keys and values for park.toml."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import python_calamine
import xlsxwriter

from symbiosis.errors import InvalidData, Problem
from symbiosis.io.cells import cell_text
from symbiosis.io.heading import heading_mapping
from symbiosis.io.limits_of_size import LARGEST_FILE, LARGEST_SHEET, size_problem
from symbiosis.io.raw import RawPark, RawTable, collected, raw_table
from symbiosis.io.settings import toml_text, toml_value
from symbiosis.io.tables import written_tables
from symbiosis.model import LATER, TABLES, Park

HEADING_SHEET = "park"
MOST_PIXELS = 400  # width of a column
_LONGEST_TEXT = 32_767
_REFERENCE = re.compile(rb'<c[^>]*? r="([A-Z]{1,4})([0-9]{1,9})"')


class _Exact(float):
    """A number written with all its digits; the 16 of xlsxwriter lose the last bit."""

    def __format__(self, specification: str) -> str:
        return cell_text(float(self))


def workbook_park(file: Path) -> RawPark:
    """Return the raw tables of a workbook; raise where it cannot be opened at all."""
    problems = _unreadable(file)
    if problems:
        raise InvalidData(problems)
    try:
        book = python_calamine.CalamineWorkbook.from_path(file)
        sheets = {name: _rows(book, name) for name in _ours(book.sheet_names)}
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        what = f"not a workbook: {error}"
        raise InvalidData([Problem(file.name, what, "save it again as .xlsx")]) from error
    places = {name: f"{name} sheet" for name in (*TABLES, *LATER)}
    there = {name: _table(name, places[name], sheets[name]) for name in places if name in sheets}
    tables, unread, broken = collected(there, places)
    return RawPark(
        name=file.stem,
        heading=_heading(sheets.get(HEADING_SHEET, [])),
        heading_place=f"{HEADING_SHEET} sheet",
        tables=tables,
        problems=tuple(broken),
        unread=unread,
    )


def first_sheet(file: Path, name: str) -> tuple[RawTable | None, list[Problem]]:
    """Return the first sheet of a workbook as the table `name`, or what keeps it from it."""
    problems = _unreadable(file)
    if problems:
        return None, problems
    try:
        book = python_calamine.CalamineWorkbook.from_path(file)
        sheet = book.sheet_names[0]
        rows = _rows(book, sheet)
    except (python_calamine.CalamineError, OSError, ValueError, IndexError) as error:
        what = f"not a workbook: {error}"
        return None, [Problem(file.name, what, "save it again as .xlsx")]
    return _table(name, f"{sheet} sheet", rows)


def is_park_workbook(file: Path) -> bool:
    """Return whether `file` is a workbook with the sheets that a park must have."""
    try:
        names = python_calamine.CalamineWorkbook.from_path(file).sheet_names
    except (python_calamine.CalamineError, OSError, ValueError):
        return False
    return all(name in names for name, table in TABLES.items() if table.needed)


def write_workbook(park: Park, file: Path) -> None:
    """Write a park as a workbook; texts stay texts, also those that look like formulas."""
    tables = written_tables(park)
    problems = [problem for name in tables for problem in _too_long(name, tables[name])]
    if problems:
        raise InvalidData(problems)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True})
        top = book.add_worksheet(HEADING_SHEET)
        for row, pair in enumerate([("key", "value"), *_pairs(heading_mapping(park))]):
            _write_row(top, row, pair, bold if row == 0 else None)
        for name, frame in tables.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            _write_row(sheet, 0, [str(column) for column in frame], bold)
            columns = [frame[column].tolist() for column in frame]
            for row, cells in enumerate(zip(*columns, strict=True), start=1):
                _write_row(sheet, row, cells)
            sheet.autofilter(0, 0, len(frame), len(columns) - 1)
            sheet.autofit(MOST_PIXELS)
        top.autofit(MOST_PIXELS)


def _table(
    name: str, place: str, sheet: Sequence[Sequence[object]]
) -> tuple[RawTable | None, list[Problem]]:
    rows = [[cell_text(cell) for cell in row] for row in sheet]
    return raw_table(name, place, rows, range(1, len(rows) + 1))


def _write_row(
    sheet: "xlsxwriter.worksheet.Worksheet", row: int, cells: Sequence[object], style: object = None
) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.write_string(row, column, cell, style)
        elif isinstance(cell, bool):
            sheet.write_boolean(row, column, cell, style)
        elif isinstance(cell, (int, float)) and cell == cell:  # NaN is a blank
            sheet.write_number(row, column, _Exact(cell), style)


def _pairs(mapping: dict[str, object]) -> Iterator[tuple[str, object]]:
    """Yield keys with what a cell can hold: texts and numbers as they are, the rest as TOML."""
    for key, value in mapping.items():
        if key == "settings" and isinstance(value, dict):
            for name, setting in value.items():
                is_plain = isinstance(setting, str)
                yield f"settings.{name}", setting if is_plain else toml_text(setting)
        elif isinstance(value, list):
            yield key, toml_text(value)
        else:
            yield key, value


def _heading(rows: Sequence[Sequence[object]]) -> dict[str, object]:
    """Return what the sheet of keys and values says, as park.toml would."""
    mapping: dict[str, object] = {}
    settings: dict[str, object] = {}
    for row in rows:
        key = cell_text(row[0]) if row else ""
        value: object = row[1] if len(row) > 1 else ""
        if not key or value == "" or (key, value) == ("key", "value"):
            continue
        if key.startswith("settings."):
            settings[key.removeprefix("settings.")] = _setting(value)
        elif key == "sources" and isinstance(value, str) and value.lstrip().startswith("["):
            mapping[key] = toml_value(value)
        else:
            mapping[key] = value
    return {**mapping, "settings": settings} if settings else mapping


def _setting(value: object) -> object:
    return toml_value(value) if isinstance(value, str) else value


def _ours(names: Sequence[str]) -> list[str]:
    return [name for name in (HEADING_SHEET, *TABLES, *LATER) if name in names]


def _rows(book: python_calamine.CalamineWorkbook, name: str) -> list[Sequence[object]]:
    return [*book.get_sheet_by_name(name).to_python(skip_empty_area=False)]


def _unreadable(file: Path) -> list[Problem]:
    """Return why a workbook should not be opened: no zip, or more in it than it looks."""
    place = file.name
    try:
        too_large = size_problem(file, place)
        if too_large:
            return [too_large]
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > LARGEST_FILE:
                what = f"it unpacks to {unpacked / 1e6:.0f} MB"
                return [Problem(place, what, f"at most {LARGEST_FILE / 1e6:.0f} MB")]
            return _too_wide(archive, place)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError) as error:
        advice = "save it as .xlsx, without a password"
        return [Problem(place, f"not an .xlsx workbook: {error}", advice)]


def _too_wide(archive: zipfile.ZipFile, place: str) -> list[Problem]:
    """Return sheets with a cell so far out that the area up to it would not fit in memory."""
    problems = []
    for entry in archive.infolist():
        if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", entry.filename):
            continue
        cells = _REFERENCE.findall(archive.read(entry))
        rows = max((int(row) for _, row in cells), default=0)
        columns = max((_column_number(letters) for letters, _ in cells), default=0)
        if rows * columns > LARGEST_SHEET:
            what = f"sheet {entry.filename} spans {rows} rows and {columns} columns"
            problems.append(Problem(place, what, "delete the empty cells far out"))
    return problems


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_long(name: str, frame: pd.DataFrame) -> Iterator[Problem]:
    """Yield the texts that a workbook cannot hold."""
    for column in frame:
        for row, cell in enumerate(frame[column].tolist()):
            if isinstance(cell, str) and len(cell) > _LONGEST_TEXT:
                where = f"{name} sheet, row {row + 2}, {column}"
                what = f"a text of {len(cell)} characters"
                yield Problem(where, what, f"a cell holds {_LONGEST_TEXT}: write a folder instead")
