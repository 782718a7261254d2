"""The page of sources: each document or rule, and what rests on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pandas as pd
from docutils import nodes

from catalogued.cells import Cell, Part, section, table, target, web_links
from catalogued.reader import Reader
from catalogued.shelf import Row, Shelf, anchor, rows_of

LINKED = {"pathways": "pathways", "resources": "resources", "blueprints": "blueprints"}
PARTS = {  # rows of these belong to a row that has a place: its table and the column of its id
    "pathway_flows": ("pathways", "pathway"),
    "pathway_limits": ("pathways", "pathway"),
    "blueprint_flows": ("blueprints", "blueprint"),
    "blueprint_qualities": ("blueprints", "blueprint"),
    "codes": ("resources", "resource"),
}
OTHERS = ("factors", "context", "modes", "currencies")
MOST = 12  # links of a kind; recall and estimate stand behind hundreds


def page(reader: Reader) -> list[nodes.Node]:
    """Return the sources of the catalogue with what cites them, and those of the inventory."""
    cited = citing(reader.shelf)
    head = reader.words("source", "title", "address", "year", "access", "cited by")
    rows = [
        [
            target(anchor("sources", str(row["id"])), str(row["id"])),
            *_document(row),
            _cited(reader, cited.get(str(row["id"]), {})),
        ]
        for row in rows_of(reader.shelf.catalogue.sources)
    ]
    inventory = pd.read_csv(
        reader.shelf.folder / "inventory" / "sources.csv", dtype=str, keep_default_na=False
    )
    return [
        section("sources-catalogue", reader.word("catalogue sources"), table(head, rows)),
        section(
            "sources-inventory",
            reader.word("inventory sources"),
            sources_table(reader, rows_of(inventory)),
        ),
    ]


def sources_table(reader: Reader, rows: Iterable[Row]) -> nodes.table:
    """Return sources without what cites them."""
    head = reader.words("source", "title", "address", "year", "access")
    return table(head, ([str(row["id"]), *_document(row)] for row in rows))


def _document(row: Row) -> list[Cell]:
    title, year, access = (str(row.get(key, "")) for key in ("title", "year", "access"))
    return [title, web_links(str(row.get("address", ""))), year, access]


def citing(shelf: Shelf) -> Mapping[str, Mapping[str, list[str]]]:
    """Return what cites each source: ids by table, or a blank id per row that has no place."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    places = [(name, name, "id") for name in LINKED]
    places += [(name, *place) for name, place in PARTS.items()]
    places += [(name, name, "") for name in OTHERS]
    for name, place, column in places:
        for row in rows_of(getattr(shelf.catalogue, name)):
            _note(found, row, place, str(row[column]) if column else "")
    for row in rows_of(shelf.catalogue.figures):
        _note(found, row, str(row["table"]), str(row["id"]))
    return found


def _note(found: dict[str, dict[str, list[str]]], row: Row, place: str, identifier: str) -> None:
    for source in str(row["citation"]).split(";"):
        found[source.strip()][place].append(identifier)


def _cited(reader: Reader, tables: Mapping[str, list[str]]) -> list[Part]:
    shown: list[list[Part]] = []
    for name, ids in tables.items():
        if name in LINKED:
            links = reader.all_of(name, sorted(set(ids)), MOST)
            shown.append([f"{reader.word(name)}: ", *links])
        else:
            shown.append([f"{reader.word(name)}: {len(ids)}"])
    return [part for at, several in enumerate(shown) for part in (["; "] * (at > 0) + several)]
