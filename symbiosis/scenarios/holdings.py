"""What ships, as plain values ready for JSON: parks, catalogue, inventory, and how well known."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from symbiosis.catalogue import (
    CATALOGUE_TABLES,
    GRADES,
    Catalogue,
    park_folder,
    shipped_parks,
)
from symbiosis.io import read_park
from symbiosis.lca import Inventory
from symbiosis.scenarios.summary import Json

LICENCE = "CC-BY-4.0"  # of catalogue and inventory as compilations; a park says its own
_FIRST = ("resources", "pathways", "pathway_flows", "pathway_limits", "factors", "sources")


def shipped(catalogue: Catalogue, inventory: Inventory) -> Json:
    """Return what ships: the parks, the rows of each table, licences and shares of grades."""
    tables = {name: getattr(catalogue, name) for name in [*_FIRST, *CATALOGUE_TABLES]}
    rows = {
        "activities": len(inventory.activities),
        "exchanges": len(inventory.exchanges),
        "sources": len(inventory.sources),
    }
    return {
        "parks": [park_holdings(park_folder(name), catalogue) for name in shipped_parks()],
        "catalogue": {name: len(table) for name, table in tables.items()},
        "catalogue_licence": LICENCE,
        "catalogue_grades": _grades(tables),
        "inventory": rows,
        "inventory_licence": LICENCE,
        "inventory_grades": _grades({"exchanges": inventory.exchanges}),
    }


def park_holdings(folder: Path, catalogue: Catalogue) -> Json:
    """Return what a park's folder holds.

    Returns
    -------
    dict
        Counts of rows; ``links`` are flows from one enterprise to another that exist;
        ``grade_shares`` are the shares of the flows whose amount is of a grade, best first.

    Raises
    ------
    InvalidData
        If it is not a park.
    """
    park = read_park(folder, catalogue)
    owner = park.processes.set_index("id")["enterprise"]
    giver, taker = (park.flows[end].map(owner) for end in ("source", "target"))
    between = giver.notna() & taker.notna() & (giver != taker)
    return {
        "name": folder.name,
        "title": park.title,
        "title_zh": park.title_zh,
        "year": park.year,
        "region": park.region,
        "currency": park.currency,
        "enterprises": len(park.enterprises),
        "processes": len(park.processes),
        "flows": len(park.flows),
        "links": int((between & (park.flows["status"] != "proposed")).sum()),
        "licence": park.licence,
        "grade_shares": _shares(park.flows["grade"]),
    }


def _shares(grades: "pd.Series[str]") -> dict[str, float]:
    """Return the share of rows of each grade, best first; blank ones are ``none``."""
    counted = grades.fillna("").replace("", "none").value_counts(normalize=True)
    return {grade: float(counted[grade]) for grade in (*GRADES, "none") if grade in counted}


def _grades(tables: Mapping[str, pd.DataFrame]) -> dict[str, dict[str, float]]:
    return {name: _shares(table["grade"]) for name, table in tables.items() if "grade" in table}
