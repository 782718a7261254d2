"""Units: those of the resource, so that a row reads as it is counted."""

import pandas as pd

from symbiosis.catalogue.checks.broken import broken
from symbiosis.catalogue.rules import Tables
from symbiosis.catalogue.tables import HOME
from symbiosis.errors import Problem
from symbiosis.units import same_dimension

_BY_RESOURCE = (
    ("pathway_flows", "resource"),
    ("blueprint_flows", "resource"),
    ("blueprints", "product"),
)


def unit_problems(tables: Tables) -> list[Problem]:
    """Return amounts, prices and qualities in another unit than their resource or property has.

    A unit of another dimension is left to `read_catalogue` where that reads it.
    """
    units = _units(tables["resources"])
    found: list[Problem] = []
    for name, column in _BY_RESOURCE:
        due = tables[name][column].map(units)
        read_before = name == "pathway_flows"
        found += _unlike(name, tables[name]["unit"], due, read_before=read_before)
    prices = tables["factors"]
    priced = prices["indicator"].eq("cost")
    due = f"{HOME}/" + prices["resource"].map(units).str.replace("currency", HOME)
    found += _unlike("factors", prices["unit"], due.where(priced), read_before=True)
    qualities = tables["blueprint_qualities"]
    due = qualities["property"].map(_units(tables["properties"]))
    return [*found, *_unlike("blueprint_qualities", qualities["unit"], due, read_before=False)]


def _units(table: pd.DataFrame) -> "pd.Series[str]":
    return table.drop_duplicates("id").set_index("id")["unit"]


def _unlike(
    name: str, given: "pd.Series[str]", due: "pd.Series[str]", *, read_before: bool
) -> list[Problem]:
    unlike = due.notna() & given.ne("") & given.ne(due)
    if read_before:
        for row in unlike.index[unlike]:
            unlike[row] = same_dimension(given[row].replace("currency", HOME), due[row])
    return broken(name, "unit", unlike, "'" + given + "'", "write it in '" + due.fillna("") + "'")
