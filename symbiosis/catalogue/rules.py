"""The rules a catalogue keeps: ids are unique, references resolve, numbers carry evidence."""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

import pandas as pd

from symbiosis.catalogue.cells import place
from symbiosis.catalogue.tables import CATALOGUE_TABLES, GRADES
from symbiosis.errors import Problem
from symbiosis.model import BOUNDARIES, KINDS

Tables = Mapping[str, pd.DataFrame]

_REFERENCES = (
    ("pathways", "takes", "resources", "id"),
    ("pathways", "gives", "resources", "id"),
    ("pathways", "replaces", "resources", "id"),
    ("pathways", "mode", "modes", "mode"),
    ("pathway_flows", "pathway", "pathways", "id"),
    ("pathway_flows", "resource", "resources", "id"),
    ("pathway_limits", "pathway", "pathways", "id"),
    ("pathway_limits", "property", "properties", "id"),
    ("factors", "resource", "resources", "id"),
    ("modes", "resource", "resources", "id"),
    ("allocation", "resource", "resources", "id"),
    ("carbon_origins", "resource", "resources", "id"),
    ("carbon_storage", "pathway", "pathways", "id"),
)
_WORDS = (
    ("resources", "kind", KINDS),
    ("pathways", "site", ("giver", "taker")),
    ("pathway_flows", "direction", ("in", "out")),
    ("pathway_flows", "boundary", BOUNDARIES),
    ("pathway_limits", "at", ("taken", "given")),
    ("factors", "boundary", BOUNDARIES),
    ("modes", "kind", KINDS),
    ("properties", "mixes", ("linear", "pairwise")),
    ("carbon_origins", "carbon_origin", ("fossil", "biogenic", "mixed")),
    ("carbon_origins", "carbon_storage", ("delayed", "stored", "none")),
    ("carbon_storage", "carbon_storage", ("delayed", "stored", "none")),
)
# The number that low and high stand around.
_ESTIMATES = (
    ("pathways", "yield"),
    ("pathway_flows", "amount"),
    ("factors", "value"),
    ("allocation", "A"),
    ("currencies", "cny_per_unit"),
    ("figures", "value"),
)


def broken_rules(tables: Tables) -> Iterator[Problem]:
    """Yield every problem of a catalogue's tables, each already in its declared kinds."""
    for name, table in tables.items():
        yield from _blanks(name, table)
        yield from _repeated(name, table)
        yield from _evidence(name, table, tables["sources"])
    for name, column, target, key in _REFERENCES:
        yield from _unknown(name, column, tables[name][column], set(tables[target][key]))
    for name, column, words in _WORDS:
        yield from _unknown(name, column, tables[name][column], words)
    for name, column in _ESTIMATES:
        yield from _ranges(name, column, tables[name])


def _rows(mask: pd.Series) -> list[int]:
    return [int(row) for row in mask.index[mask]]


def _blanks(name: str, table: pd.DataFrame) -> Iterator[Problem]:
    """Yield needed cells that are blank, and key cells (they name the row)."""
    declared = CATALOGUE_TABLES[name]
    optional = {"region", "year", "convention"}
    needed = {c.name for c in declared.columns if c.needed} | ({*declared.key} - optional)
    for column in sorted(needed):
        for row in _rows(table[column].isin([""]) | table[column].isna()):
            yield Problem(place(name, row, column), "blank", "fill it in")


def _repeated(name: str, table: pd.DataFrame) -> Iterator[Problem]:
    key = list(CATALOGUE_TABLES[name].key)
    for row in _rows(table.duplicated(key)):
        words = ", ".join(str(table.loc[row, column]) for column in key)
        yield Problem(place(name, row, key[0]), f"'{words}' stands twice", "keep one row")


def _evidence(name: str, table: pd.DataFrame, sources: pd.DataFrame) -> Iterator[Problem]:
    """Yield rows without a grade or a citation, or with one that does not exist."""
    if name == "sources" or "citation" not in table:
        return
    for column in ("grade", "citation"):
        for row in _rows(table[column] == ""):
            yield Problem(place(name, row, column), f"no {column}", "say how it is known")
    yield from _unknown(name, "grade", table["grade"], GRADES)
    cited = table["citation"].str.split(";").explode().str.strip()
    yield from _unknown(name, "citation", cited, set(sources["id"]))


def _unknown(name: str, column: str, cells: pd.Series, known: Collection[str]) -> Iterator[Problem]:
    """Yield cells that are neither blank nor among `known`."""
    wrong = ~cells.isin([*known, ""])
    for row, cell in cells[wrong].items():
        close = get_close_matches(str(cell), known, n=1)
        remedy = f"did you mean '{close[0]}'?" if close else "add it, or name one that is there"
        yield Problem(place(name, int(str(row)), column), f"unknown '{cell}'", remedy)


def _ranges(name: str, column: str, table: pd.DataFrame) -> Iterator[Problem]:
    """Yield numbers outside their range, and unverified ones without a range."""
    low, value, high = (table[c] for c in ("low", column, "high"))
    for row in _rows((low > value) | (value > high)):
        what = f"{value[row]} is not between {low[row]} and {high[row]}"
        yield Problem(place(name, row, column), what, "put low, value and high in order")
    for row in _rows((table["grade"] == "unverified") & (low.isna() | high.isna())):
        what = "an unverified number without low and high"
        yield Problem(place(name, row, column), what, "give the range it may lie in")
