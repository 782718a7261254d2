"""The data behind the pages, with what is where and who uses what worked out once."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from docutils import nodes

from symbiosis.catalogue import Catalogue, read_catalogue
from symbiosis.scenarios import park_holdings

Row = Mapping[str, Any]
FAMILIES = ("mineral", "chemical", "organic", "materials", "energy")
TRADES = ("process", "mining", "light", "services")
_MINERAL = {"01", "10"}  # chapters of the List of Waste: mining, thermal processes
_CHEMICAL = {"05", "06", "07", "08", "09", "11", "13", "14", "16"}


def family(resource: Row) -> str:
    """Return the family that a resource is listed in: by-products by chapter, else by kind.

    >>> family({"kind": "material", "ewc": "06 09 04"}), family({"kind": "gas", "ewc": ""})
    ('chemical', 'energy')
    """
    chapter = str(resource["ewc"])[:2]
    if resource["kind"] != "material":
        return "energy"
    if not chapter:
        return "materials"
    if chapter in _MINERAL:
        return "mineral"
    return "chemical" if chapter in _CHEMICAL else "organic"


def trade(blueprint: Row) -> str:
    """Return the group of trades of a plant type, by its class of GB/T 4754.

    >>> trade({"sector": "2611"}), trade({"sector": "0141"}), trade({"sector": ""})
    ('process', 'light', 'services')
    """
    division = str(blueprint["sector"])[:2]
    if not division.isdigit() or int(division) > 43:
        return "services"
    if 6 <= int(division) <= 12 or 30 <= int(division) <= 34:
        return "mining"
    return "process" if int(division) in {25, 26, 27, 28, 39, 42} else "light"


def rows_of(table: pd.DataFrame) -> list[Row]:
    """Return the rows of a table."""
    return table.to_dict("records")  # type: ignore[return-value]


def grouped(table: pd.DataFrame, column: str) -> Mapping[str, list[Row]]:
    """Return the rows of a table by what stands in a column."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(table):
        found[str(row[column])].append(row)
    return found


@dataclass(frozen=True, kw_only=True, eq=False)
class Shelf:
    """A folder of datasets with its catalogue read."""

    folder: Path
    catalogue: Catalogue

    @cached_property
    def tables(self) -> Mapping[str, Mapping[str, Row]]:
        """The rows that have a place on a page, by table and id."""
        names = ("resources", "pathways", "blueprints", "properties", "sources", "context")
        return {
            name: {str(row["id"]): row for row in rows_of(getattr(self.catalogue, name))}
            for name in names
        }

    def by(self, name: str, column: str) -> Mapping[str, list[Row]]:
        """Return the rows of a table by a column; worked out once."""
        key = (name, column)
        if key not in self._groups:
            self._groups[key] = grouped(getattr(self.catalogue, name), column)
        return self._groups[key]

    @cached_property
    def _groups(self) -> dict[tuple[str, str], Mapping[str, list[Row]]]:
        return {}

    @cached_property
    def figures(self) -> Mapping[tuple[str, str], Mapping[str, Row]]:
        """Where single numbers are from: by table and id, then column."""
        found: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
        for row in rows_of(self.catalogue.figures):
            found[str(row["table"]), str(row["id"])][str(row["column"])] = row
        return found

    @cached_property
    def parks(self) -> Mapping[Path, Row]:
        """What each park holds, by its folder."""
        folders = sorted(file.parent for file in (self.folder / "parks").glob("*/park.toml"))
        return {folder: park_holdings(folder, self.catalogue) for folder in folders}

    def page(self, table: str, identifier: str) -> str:
        """Return the page that a row stands on, without folder and ending."""
        row = self.tables[table][identifier]
        if table == "resources":
            return f"resources-{family(row)}"
        if table == "pathways":
            taken = self.tables["resources"].get(str(row["takes"]))
            return f"pathways-{family(taken) if taken else 'materials'}"
        return f"plants-{trade(row)}" if table == "blueprints" else table

    def name(self, table: str, identifier: str, language: str) -> str:
        """Return what a row is called; its id where it has no name or is not there."""
        row = self.tables[table].get(identifier, {})
        first, second = ("name_zh", "name") if language == "zh" else ("name", "name_zh")
        return str(row.get(first) or row.get(second) or identifier)

    def unit(self, resource: str) -> str:
        """Return the unit of a resource."""
        return str(self.tables["resources"].get(resource, {}).get("unit", ""))


def read_shelf(folder: Path) -> Shelf:
    """Return the shelf of a folder with ``catalogue``, ``inventory`` and ``parks``."""
    return Shelf(folder=folder, catalogue=read_catalogue(folder / "catalogue"))


def anchor(table: str, identifier: str) -> str:
    """Return the place of a row on its page.

    >>> anchor("resources", "fly_ash")
    'resources-fly-ash'
    """
    return f"{table}-{nodes.make_id(identifier)}"
