"""The table of what the catalogue holds."""

from docutils import nodes

from catalogued.cells import Cell, table
from catalogued.reader import Reader
from symbiosis.catalogue import CATALOGUE_TABLES, GRADES


def page(reader: Reader) -> list[nodes.Node]:
    """Return the rows of each table, and how many of them are of each grade."""
    rows: list[list[Cell]] = []
    for name in CATALOGUE_TABLES:
        found = getattr(reader.shelf.catalogue, name)
        grades = found["grade"].value_counts() if "grade" in found else {}
        shown = [f"{reader.word(g)} {grades[g]}" for g in GRADES if g in grades]
        rows.append([reader.word(name), f"{len(found):,}", ", ".join(shown)])
    return [table(reader.words("table", "count", "grade"), rows)]
