"""The page of prices: what things cost, when, where, and how that is known."""

import math

from docutils import nodes

from catalogued.cells import Cell, section, table
from catalogued.reader import Reader
from catalogued.shelf import Row, rows_of

BOUNDARIES = ("@supply", "@sales", "@disposal", "@stock", "@nature")


def page(reader: Reader) -> list[nodes.Node]:
    """Return context first, then the prices of resources by boundary."""
    context = rows_of(reader.shelf.catalogue.context)
    head = reader.words("name", "region", "year", "value", "evidence", "note")
    body: list[nodes.Node] = [
        section(
            "price-context",
            reader.word("price context"),
            table(head, (_context(reader, row) for row in context)),
        )
    ]
    head = reader.words("resource", "region", "year", "value", "evidence", "note")
    for boundary in BOUNDARIES:
        rows = [
            row
            for row in reader.shelf.by("factors", "boundary")[boundary]
            if row["indicator"] == "cost"
        ]
        if rows:
            title = f"{reader.word(boundary)} ({boundary})"
            prices = table(head, (_price(reader, row) for row in rows))
            body.append(section(f"prices-{boundary[1:]}", title, prices))
    return body


def _context(reader: Reader, row: Row) -> list[Cell]:
    shown = reader.name("context", str(row["id"]))
    return [shown, *_dated(reader, row), str(row["note"])]


def _price(reader: Reader, row: Row) -> list[Cell]:
    return [[reader.to("resources", str(row["resource"]))], *_dated(reader, row), str(row["note"])]


def _dated(reader: Reader, row: Row) -> list[Cell]:
    year = "" if math.isnan(row["year"]) else f"{row['year']:.0f}"
    return [str(row["region"]), year, reader.ranged(row), reader.evidence(row)]
