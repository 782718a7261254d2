"""CSV and Excel in the layout of bw2io: Database, Activity and Exchanges one below the other."""

import csv
import io
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from symbiosis.errors import Problem
from symbiosis.lca.importing.archive import is_zip, members, text
from symbiosis.lca.importing.brightway_rows import Activity, Exchange, add
from symbiosis.lca.importing.form import Rows
from symbiosis.lca.importing.spread import from_codes

Line = tuple[str, list[str]]  # where it stands, its cells

_PARAMETERS = ("project parameters", "database parameters", "parameters")
_SPREAD = {
    "uncertainty type": "uncertainty_type",
    "uncertainty_type": "uncertainty_type",
    "loc": "loc",
    "scale": "scale",
    "shape": "shape",
    "minimum": "minimum",
    "maximum": "maximum",
}


@dataclass(kw_only=True)
class _Sheet:
    """What of a sheet stands above the line being read."""

    database: str = ""
    section: str = ""
    columns: list[str] = field(default_factory=list)
    wants_columns: bool = False


def read_csv(path: Path, rows: Rows) -> None:
    """Add the activities of CSV files in bw2io layout to `rows`."""
    for member in members(path, ".csv"):
        content = text(member, "utf-8-sig")
        start = next((line for line in content.splitlines() if line.strip()), "")
        delimiter = max(",;\t", key=start.count)
        reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
        lines = ((f"{member.where}, row {reader.line_num}", cells) for cells in reader)
        _sheet(lines, member.where, rows)


def read_excel(path: Path, rows: Rows) -> None:
    """Add the activities of workbooks in bw2io layout to `rows`; a sheet may be skipped."""
    files = sorted(path.glob("*.xlsx")) if path.is_dir() else [path]
    for file in files:
        if not is_zip(file):
            what = "is no workbook"
            rows.problems.append(Problem(file.name, what, "save it as .xlsx again"))
            continue
        list(members(file, "[content_types].xml"))  # refuses bombs and what is cut short
        _workbook(file, rows)


def _workbook(file: Path, rows: Rows) -> None:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(file)
        sheets = [(name, book.get_sheet_by_name(name).to_python()) for name in book.sheet_names]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        remedy = "save it as .xlsx again"
        rows.problems.append(Problem(file.name, f"is no whole workbook: {error}", remedy))
        return
    for name, cells in sheets:
        place = f"{file.name}, sheet {name}"
        lines = ((f"{place}, row {at}", _texts(row)) for at, row in enumerate(cells, start=1))
        if cells and any(str(cell).strip().casefold() == "skip" for cell in cells[0][:1]):
            rows.warnings.append(f"{place}: skipped, as its first cell says")
            continue
        _sheet(lines, place, rows)


def _texts(cells: Iterable[object]) -> list[str]:
    return [f"{cell:.17g}" if isinstance(cell, float) else str(cell) for cell in cells]


def _sheet(lines: Iterator[Line], place: str, rows: Rows) -> None:
    sheet = _Sheet()
    activities: list[Activity] = []
    for where, cells in lines:
        if not any(cell.strip() for cell in cells):
            if sheet.columns or not sheet.wants_columns:
                sheet.section = "activity" if sheet.section == "activity" else ""
            sheet.columns, sheet.wants_columns = [], False
        elif not _heading(where, cells, sheet, activities):
            _line(where, cells, sheet, activities, rows)
    if not sheet.database or not activities:
        what = "has no row 'Database' or no row 'Activity'"
        rows.problems.append(Problem(place, what, "write it in the layout of bw2io"))
    add(activities, rows)


def _heading(where: str, cells: list[str], sheet: _Sheet, activities: list[Activity]) -> bool:
    """Return whether a line opens a part of the sheet, and note which."""
    head = cells[0].strip().casefold()
    if head in _PARAMETERS:
        sheet.section, sheet.columns, sheet.wants_columns = "parameters", [], True
    elif head == "exchanges" and activities:
        sheet.section, sheet.columns, sheet.wants_columns = "exchanges", [], True
    elif head == "database" and sheet.section != "exchanges":
        sheet.database, sheet.section = _cell(cells, 1), "database"
    elif head == "activity" and sheet.section != "exchanges":
        sheet.section = "activity"
        entry = Activity(name=_cell(cells, 1), database=sheet.database, where=where)
        activities.append(entry)
    else:
        return False
    return True


def _line(
    where: str, cells: list[str], sheet: _Sheet, activities: list[Activity], rows: Rows
) -> None:
    """Keep what a line says in the part of the sheet that it stands in."""
    named = dict(zip(sheet.columns, cells, strict=False))
    if sheet.wants_columns:
        sheet.columns, sheet.wants_columns = [cell.strip() for cell in cells], False
    elif sheet.section == "parameters":
        _parameter(where, named, rows)
    elif sheet.section == "activity":
        activities[-1].fields.setdefault(cells[0].strip().casefold(), _cell(cells, 1))
    elif sheet.section == "exchanges":
        activities[-1].exchanges.append(_exchange(where, named, rows))


def _cell(cells: list[str], at: int) -> str:
    return cells[at].strip() if len(cells) > at else ""


def _parameter(where: str, cells: dict[str, str], rows: Rows) -> None:
    if cells.get("formula", "").strip():
        rows.formulas.append(f"{where}, {cells.get('name', '')}: {cells['formula']}")


def _exchange(where: str, cells: dict[str, str], rows: Rows) -> Exchange:
    name = cells.get("name", "").strip()
    spread = {
        column: rows.number(cells[label], f"{where}, {label}", math.nan)
        for label, column in _SPREAD.items()
        if cells.get(label, "").strip()
    }
    if cells.get("formula", "").strip():
        rows.formulas.append(f"{where}, {name}: {cells['formula']}")
    code = cells.get("code", "").strip() or cells.get("input", "").strip()
    return Exchange(
        name=name,
        product=cells.get("reference product", "").strip() or cells.get("product", "").strip(),
        location=cells.get("location", "").strip(),
        unit=cells.get("unit", "").strip(),
        kind=cells.get("type", "").strip().casefold(),
        amount=rows.number(cells.get("amount", "").strip(), f"{where}, amount"),
        provider=f"{cells.get('database', '').strip()}|{code}" if code else "",
        compartment=cells.get("categories", "").strip().split("::")[0],
        subcompartment=cells.get("categories", "").strip(),
        cas=cells.get("CAS number", cells.get("cas", "")).strip(),
        spread=from_codes(spread),
        where=where,
    )
