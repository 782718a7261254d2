"""Who reads a page: the language, and how a row is named and linked from where the page stands."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from catalogued.cells import Cell, Part, interval, joined, link, number
from catalogued.shelf import Row, Shelf, anchor
from catalogued.words import word


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A shelf as seen from one page."""

    shelf: Shelf
    language: str
    address: Callable[[str], str]  # of a page of the catalogue, from this one

    def word(self, key: str) -> str:
        """Return a word in the reader's language."""
        return word(key, self.language)

    def words(self, *keys: str) -> list[str]:
        """Return the words of a table's head."""
        return [self.word(key) for key in keys]

    def name(self, table: str, identifier: str) -> str:
        """Return what a row is called."""
        return self.shelf.name(table, identifier, self.language)

    def other_name(self, row: Row) -> str:
        """Return what a row is called in the other language."""
        return str(row["name" if self.language == "zh" else "name_zh"])

    def to(self, table: str, identifier: str, text: str = "") -> Part:
        """Return a link to a row; plain text where the row has no place."""
        text = text or self.name(table, identifier)
        if identifier not in self.shelf.tables[table]:
            return text
        page = self.shelf.page(table, identifier)
        return link(text, f"{self.address(page)}#{anchor(table, identifier)}")

    def all_of(self, table: str, identifiers: Iterable[str], most: int = 1000) -> list[Part]:
        """Return links to rows, each once, the first ones only where they are too many."""
        once = [*dict.fromkeys(identifiers)]
        shown = joined(self.to(table, name) for name in once[:most])
        if len(once) > most:
            shown.append(" " + self.word("and more").format(n=len(once) - most))
        return shown

    def sources(self, citation: str) -> list[Part]:
        """Return the sources of a number as links."""
        ids = [name.strip() for name in str(citation).split(";") if name.strip()]
        return joined((self.to("sources", name, name) for name in ids), "; ")

    def evidence(self, row: Row) -> list[Part]:
        """Return a number's grade and sources."""
        sources = self.sources(row["citation"])
        return [f"{self.word(str(row['grade']))}: " if sources else str(row["grade"]), *sources]

    def ranged(self, row: Row, column: str = "value", unit: str = "") -> str:
        """Return a number with its unit and its range."""
        ends = (row.get("low", math.nan), row.get("high", math.nan))
        return self.number(row[column], unit or str(row["unit"])) + interval(*ends)

    def number(self, value: float, unit: str = "") -> str:
        """Return a number with its unit."""
        return number(value, unit, self.language)

    def some(self, rows: Iterable[tuple[str, Cell]]) -> list[tuple[Cell, Cell]]:
        """Return the rows of a list of properties that say something."""
        return [(self.word(key), cell) for key, cell in rows if _says_something(cell)]


def _says_something(cell: Cell) -> bool:
    if isinstance(cell, str):
        return bool(cell.strip())
    return bool(cell) if isinstance(cell, list) else True
