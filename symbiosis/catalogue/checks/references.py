"""References between tables that reading leaves open: blueprints, codes, words of a column."""

from collections.abc import Collection

import pandas as pd

from symbiosis.catalogue.checks.broken import broken
from symbiosis.catalogue.rules import Tables
from symbiosis.errors import Problem
from symbiosis.model import BOUNDARIES
from symbiosis.model.validation import did_you_mean

CODES = ("ewc", "ewc_hazardous", "waste_class", "cn_code", "hs_code", "cpc")
_REFERENCES = (
    ("blueprints", "product", "resources"),
    ("blueprint_flows", "blueprint", "blueprints"),
    ("blueprint_flows", "resource", "resources"),
    ("blueprint_qualities", "blueprint", "blueprints"),
    ("blueprint_qualities", "property", "properties"),
    ("codes", "resource", "resources"),
)
_BASES = ("wet", "dry")
_WORDS = (
    ("blueprint_flows", "direction", ("in", "out")),
    ("blueprint_flows", "boundary", BOUNDARIES),
    ("blueprint_flows", "tradable", ("true", "false")),
    ("blueprint_qualities", "basis", _BASES),
    ("pathway_limits", "basis", _BASES),
    ("resources", "basis", _BASES),
    ("codes", "column", CODES),
)
_COMES_FROM = ("@supply", "@nature", "@stock")


def reference_problems(tables: Tables) -> list[Problem]:
    """Return cells that name a row, a word or a flow that is not there."""
    found: list[Problem] = []
    for name, column, target in _REFERENCES:
        found += _unknown(name, column, tables[name][column], set(tables[target]["id"]))
    for name, column, words in _WORDS:
        found += _unknown(name, column, tables[name][column], words)
    for name in ("pathway_flows", "blueprint_flows"):
        found += _wrong_way(name, tables[name])
    return [*found, *_orphans(tables)]


def _unknown(
    name: str, column: str, cells: "pd.Series[str]", known: Collection[str]
) -> list[Problem]:
    wrong = cells.ne("") & ~cells.isin(list(known))
    otherwise = "add it, or name one that is there"
    remedy = cells[wrong].map(lambda cell: did_you_mean(cell, known) or otherwise)
    return broken(name, column, wrong, "unknown '" + cells + "'", remedy)


def _wrong_way(name: str, rows: pd.DataFrame) -> list[Problem]:
    """Return flows in from where things only go, and out to where they only come from."""
    into, out = rows["direction"].eq("in"), rows["direction"].eq("out")
    known = rows["boundary"].isin(BOUNDARIES)
    enters = into & known & ~rows["boundary"].isin(_COMES_FROM)
    leaves = out & rows["boundary"].eq("@supply")
    what = "'" + rows["boundary"] + "' does not go with direction '" + rows["direction"] + "'"
    return [
        *broken(name, "boundary", enters, what, "name @supply or @nature, or turn the direction"),
        *broken(name, "boundary", leaves, what, "name @sales, @disposal or @nature, or turn it"),
    ]


def _orphans(tables: Tables) -> list[Problem]:
    """Return qualities of flows that their plant type does not have."""
    flows, rows = tables["blueprint_flows"], tables["blueprint_qualities"]
    known = set(zip(flows["blueprint"], flows["flow"], strict=True))
    pairs = zip(rows["blueprint"], rows["flow"], strict=True)
    orphan = pd.Series([pair not in known for pair in pairs], index=rows.index, dtype=bool)
    orphan &= rows["blueprint"].isin(tables["blueprints"]["id"])
    what = "'" + rows["blueprint"] + "' has no flow '" + rows["flow"] + "'"
    return broken("blueprint_qualities", "flow", orphan, what, "name one of blueprint_flows.csv")
