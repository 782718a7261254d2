"""A database in the layout of bw2io's Excel and CSV importers."""

import csv
import math
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from symbiosis.lca.export.database import Database
from symbiosis.lca.export.whole import appearing, unused

Cell = str | float
FIELDS = ("code", "location", "unit", "reference product", "type", "comment")
EXCHANGE = (
    *("name", "amount", "unit", "location", "reference product", "type", "code"),
    *("uncertainty type", "loc", "scale", "minimum", "maximum", "negative", "comment"),
)
_NUMBERS = ("loc", "scale", "minimum", "maximum")


def written_workbook(database: Database, path: Path) -> None:
    """Write a workbook that ``bw2io.ExcelImporter`` reads, the characterisation on its own sheet.

    Links are by ``code``: ``importer.match_database(fields=["code"])``.
    """
    import xlsxwriter

    with appearing(path) as fresh, xlsxwriter.Workbook(fresh, {"nan_inf_to_errors": False}) as book:
        sheets = {"inventory": inventory_rows(database), "characterisation": _characters(database)}
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):  # as text, whatever it looks like
                        sheet.write_string(at, column, cell)
                    else:
                        sheet.write_number(at, column, cell)


def written_csv(database: Database, path: Path) -> None:
    """Write a file that ``bw2io.CSVImporter`` reads, and its characterisation beside it."""
    beside = path.with_name(f"{path.stem}-characterisation{path.suffix}")
    unused(beside)
    with appearing(path) as fresh, appearing(beside) as second:
        _write(fresh, inventory_rows(database))
        _write(second, _characters(database))


def inventory_rows(database: Database) -> Iterator[list[Cell]]:
    """Yield the rows of the sheet: the database, then a block for each activity and flow."""
    yield ["Database", database.name]
    yield ["comment", _text(database.comment)]
    yield []
    ends = _ends(database)
    edges = dict(list(database.edges.groupby("consumer", sort=False)))
    for code, name, product, unit, location, comment in zip(
        *(database.nodes[c] for c in ("code", "name", "product", "unit", "location", "comment")),
        strict=True,
    ):
        values = (code, location, unit, product, "process", comment)
        yield from _block(name, dict(zip(FIELDS, values, strict=True)))
        yield ["Exchanges"]
        yield list(EXCHANGE)
        yield [_text(name), 1.0, unit, location, _text(product), "production", code]
        if code in edges:
            yield from _exchanges(edges[code], ends)
        yield []
    for code, name, unit in database.flows[["code", "name", "unit"]].itertuples(index=False):
        yield from _block(name, {"code": code, "unit": unit, "type": "emission"})
        yield []


def _block(name: str, fields: dict[str, str]) -> Iterator[list[Cell]]:
    yield ["Activity", _text(name)]
    for field, value in fields.items():
        if value:
            yield [field, _text(value)]


def _exchanges(edges: pd.DataFrame, ends: dict[str, list[Cell]]) -> Iterator[list[Cell]]:
    for row in edges.to_dict("records"):
        name, unit, location, product = ends[row["supplier"]]
        numbers = ["" if math.isnan(row[c]) else float(row[c]) for c in _NUMBERS]
        yield [
            *(name, float(row["amount"]), unit, location, product, row["type"], row["supplier"]),
            float(row["uncertainty_type"]),
            *numbers,
            str(bool(row["negative"])),
            _text(row["comment"]),
        ]


def _ends(database: Database) -> dict[str, list[Cell]]:
    """Return name, unit, location and product of each node and flow."""
    nodes = database.nodes[["code", "name", "unit", "location", "product"]]
    found: dict[str, list[Cell]] = {
        code: [_text(cell) for cell in cells] for code, *cells in nodes.itertuples(index=False)
    }
    for code, name, unit in database.flows[["code", "name", "unit"]].itertuples(index=False):
        found[code] = [_text(name), unit, "", ""]
    return found


def _characters(database: Database) -> Iterator[list[Cell]]:
    yield ["skip", "what each elementary flow counts; bw2io passes this sheet over"]
    yield ["indicator", "code", "value", "unit"]
    for row in database.characters.to_dict("records"):
        yield [_text(row["indicator"]), row["flow"], float(row["value"]), row["unit"]]


def _text(text: object) -> str:
    """Return text that no reader takes apart: two colons would make it a tuple."""
    return " ".join(str(text).replace("::", ": :").split())


def _write(path: Path, rows: Iterator[list[Cell]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [repr(cell) if isinstance(cell, float) else cell for cell in row] for row in rows
        )
