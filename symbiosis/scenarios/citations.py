"""The documents that figures cite, told apart by the room whose list names them."""

import re

import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.io.provenance import Provenance
from symbiosis.lca import Inventory
from symbiosis.scenarios.origins import CATALOGUE, INVENTORY, PARK
from symbiosis.scenarios.outcome import Outcome
from symbiosis.scenarios.summary import Json, records

COLUMNS = ("room", "id", "title", "address", "year")
BETWEEN = re.compile(r"[;\s]+")


def known_documents(catalogue: Catalogue, inventory: Inventory, stated: Provenance) -> pd.DataFrame:
    """Return all documents that may be cited: columns room, id, title, address, year.

    The same id may stand for one document in the catalogue and for another in a park: an id means
    what the room of the figure says, and only where that room does not know it what another does.
    """
    rooms = {PARK: stated.sources, CATALOGUE: catalogue.sources, INVENTORY: inventory.sources}
    tables = [
        table.assign(room=room).reindex(columns=list(COLUMNS)) for room, table in rooms.items()
    ]
    return pd.concat(tables, ignore_index=True).astype(object).fillna("")


def outcome_documents(outcome: Outcome) -> pd.DataFrame:
    """Return all documents that the figures behind an outcome may cite (see `known_documents`)."""
    return known_documents(outcome.catalogue, outcome.inventory, outcome.provenance)


def cited(figures: pd.DataFrame, known: pd.DataFrame) -> list[list[Json]]:
    """Return for each figure the documents that it cites, as mappings of `COLUMNS`.

    An id that no room knows is a document with a blank title and the figure's own room.
    """
    by_name = {(row["room"], row["id"]): row for row in reversed(records(known))}
    rooms = [*dict.fromkeys(known["room"])]
    found = []
    for room, citation in zip(figures["room"], figures["citation"], strict=True):
        row = []
        for name in (word for word in BETWEEN.split(citation) if word):
            places = [by_name[(r, name)] for r in (room, *rooms) if (r, name) in by_name]
            blank: Json = {"room": room, "id": name, "title": "", "address": "", "year": ""}
            row.append(places[0] if places else blank)
        found.append(row)
    return found


def sources_document(figures: pd.DataFrame, known: pd.DataFrame) -> list[Json]:
    """Return figures as plain values ready for JSON, each with the documents that it cites."""
    rows = records(figures.drop(columns="citation"))
    return [{**row, "citation": c} for row, c in zip(rows, cited(figures, known), strict=True)]


def outcome_sources(outcome: Outcome, figures: pd.DataFrame) -> list[Json]:
    """Return figures behind an outcome, each with the documents that it cites."""
    return sources_document(figures, outcome_documents(outcome))


def sources_table(figures: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Return figures with a column ``sources``: title, year and address of what each cites."""
    texts = ["; ".join(map(document_text, row)) for row in cited(figures, known)]
    return figures.assign(sources=texts)


def document_text(document: Json) -> str:
    """Return a document in a line: title (year) address; its id where it has no title.

    Examples
    --------
    >>> document_text({"id": "S1", "title": "A paper", "year": "2024", "address": "doi:10.1/x"})
    'A paper (2024) doi:10.1/x'
    """
    year = f" ({document['year']})" if document["year"] else ""
    return f"{document['title'] or document['id']}{year} {document['address']}".strip()
