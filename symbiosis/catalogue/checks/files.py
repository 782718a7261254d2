"""The files of a catalogue: whole rows, declared columns, and a data package that names them."""

import csv
import json
from pathlib import Path

from symbiosis.catalogue.cells import FIRST_ROW, TABLE
from symbiosis.catalogue.tables import CATALOGUE_TABLES
from symbiosis.errors import Problem
from symbiosis.model.validation import did_you_mean

PACKAGE = "datapackage.json"
LICENCE = "CC-BY-4.0"
_NEEDED = ("resources", "pathways", "pathway_flows", "factors", "figures", "sources")


def file_problems(folder: Path) -> list[Problem]:
    """Return files that are missing, unknown, ragged, or not as ``datapackage.json`` has them."""
    files = {file.stem: _lines(file) for file in sorted(folder.glob("*.csv"))}
    found = [
        Problem(TABLE.format(name), "no such file", "a catalogue has one; copy that which ships")
        for name in _NEEDED
        if name not in files
    ]
    for name, lines in files.items():
        found += _headers(name, lines[0] if lines else [])
        found += _ragged(name, lines)
    return [*found, *_package(folder, {name: lines[0] for name, lines in files.items() if lines})]


def _lines(file: Path) -> list[list[str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            return list(csv.reader(text))
    except (UnicodeDecodeError, csv.Error):
        return []  # reading the catalogue says so


def _headers(name: str, header: list[str]) -> list[Problem]:
    if name not in CATALOGUE_TABLES:
        advice = (
            did_you_mean(name, list(CATALOGUE_TABLES)) or "no table of a catalogue has this name"
        )
        return [Problem(TABLE.format(name), "unknown file", advice)]
    table = CATALOGUE_TABLES[name]
    declared = [column.name for column in table.columns]
    return [
        Problem(
            TABLE.format(name),
            f"unknown column '{column}'",
            did_you_mean(column, declared) or "take it out: nothing reads it",
        )
        for column in header
        if table.column(column) is None
    ]


def _ragged(name: str, lines: list[list[str]]) -> list[Problem]:
    """Return rows with more or fewer cells than the header has, and blank lines."""
    wide = len(lines[0]) if lines else 0
    found = []
    for row, cells in enumerate(lines[1:], FIRST_ROW):
        where = f"{TABLE.format(name)}, row {row}"
        if not cells:
            found.append(Problem(where, "a blank line", "take it out: it shifts the rows below"))
        elif len(cells) != wide:
            advice = "a comma for every column; quotation marks around text that holds a comma"
            found.append(Problem(where, f"{len(cells)} cells under {wide} headings", advice))
    return found


def _package(folder: Path, headers: dict[str, list[str]]) -> list[Problem]:
    """Return how ``datapackage.json`` and the files differ."""
    where = f"catalogue/{PACKAGE}"
    try:
        package = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
        described = {
            str(part["path"]): [str(field["name"]) for field in part["schema"]["fields"]]
            for part in package["resources"]
        }
        licences = [str(licence["name"]) for licence in package["licenses"]]
    except FileNotFoundError:
        return [Problem(where, "no such file", "copy that of the catalogue that ships")]
    except (ValueError, KeyError, TypeError) as error:
        advice = "describe each file with its fields, and the licence"
        return [Problem(where, f"cannot be read as a data package: {error!r}", advice)]
    found = [] if LICENCE in licences else [Problem(where, f"not {LICENCE}", "name the licence")]
    here = {f"{name}.csv": header for name, header in headers.items()}
    for file in sorted({*here, *described}):
        found += _undescribed(where, file, here.get(file), described.get(file))
    return found


def _undescribed(
    where: str, file: str, header: list[str] | None, fields: list[str] | None
) -> list[Problem]:
    if header is None:
        return [Problem(where, f"describes {file}, which is not there", "take it out")]
    if fields is None:
        return [Problem(where, f"does not describe {file}", "add it with its fields")]
    if header == fields:
        return []
    odd = [name for name in (*header, *fields) if (name in header) != (name in fields)]
    what = f"describes other columns of {file}: {', '.join(odd) or 'in another order'}"
    return [Problem(where, what, "describe the columns that the file has, in their order")]
