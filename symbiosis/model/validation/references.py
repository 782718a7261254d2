"""Rules about names: what a table names must exist."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

import numpy as np
import pandas as pd

from symbiosis.model.schema import BOUNDARIES
from symbiosis.model.validation.fault import Fault, Tables
from symbiosis.model.validation.suggestion import did_you_mean

# (table, column): the table whose ids it names, and what one of them is called
_NAMES = {
    ("processes", "enterprise"): ("enterprises", "enterprise"),
    ("distances", "source"): ("enterprises", "enterprise"),
    ("distances", "target"): ("enterprises", "enterprise"),
    ("qualities", "flow"): ("flows", "flow"),
    ("pathway_flows", "pathway"): ("pathways", "pathway"),
    ("pathway_limits", "pathway"): ("pathways", "pathway"),
}
RESOURCES_NAMED = (
    ("flows", "resource"),
    ("flows", "displaces"),
    ("markets", "resource"),
    ("limits", "resource"),
    ("pathways", "takes"),
    ("pathways", "gives"),
    ("pathways", "replaces"),
    ("pathway_flows", "resource"),
    ("factors", "resource"),
    ("allocation", "resource"),
)
SUGGESTIONS = 50  # comparing names is slow: a table of wrong names gets advice for the first only


def reference_faults(
    tables: Tables,
    resources: pd.DataFrame,
    unread: Collection[str],
    meant: Callable[[str], str] | None = None,
) -> Iterator[Fault]:
    """Yield every cell that names what is not there; `resources` are all that may be named.

    Names of `unread` tables are taken on trust: what broke them is a problem already. `meant`
    advises on unknown resources, where somebody knows more words for them than their names.
    """
    for (table, column), (home, noun) in _NAMES.items():
        if home in unread or tables[table].empty:
            continue
        yield from unknown_names(table, column, tables[table][column], noun, tables[home]["id"])
    names = _resource_names(resources)
    for table, column in RESOURCES_NAMED:
        if "resources" not in unread and len(tables[table]):
            cells = tables[table][column]
            yield from unknown_names(table, column, cells, "resource", names, meant=meant)
    if {"enterprises", "processes"} & {*unread}:
        return
    ends = [*tables["processes"]["id"], *tables["enterprises"]["id"], *BOUNDARIES]
    known = {*tables["processes"]["id"], *BOUNDARIES}
    for column in ("source", "target"):
        cells = tables["flows"][column]
        yield from unknown_names("flows", column, cells, "process", ends, known)


def unknown_names(
    table: str,
    column: str,
    cells: pd.Series,
    noun: str,
    names: Iterable[str] | Mapping[str, str],
    known: Iterable[str] | None = None,
    meant: Callable[[str], str] | None = None,
) -> Iterator[Fault]:
    """Yield the cells that are neither blank nor `known`, with the nearest of `names`."""
    meanings = dict(names) if isinstance(names, Mapping) else {name: name for name in names}
    allowed = set(meanings.values()) if known is None else set(known)
    rows = np.flatnonzero(~cells.isin(allowed) & (cells != ""))
    strange = dict.fromkeys(cells.iloc[rows])
    advise = meant or (lambda name: did_you_mean(name, meanings))
    advice = {name: advise(name) for name in list(strange)[:SUGGESTIONS]}
    for row in rows:
        remedy = advice.get(cells.iloc[row]) or f"name {_one(noun)} that is there, or add it"
        yield Fault(table, int(row), column, f"unknown {noun} {{{column}}}", remedy)


def _resource_names(resources: pd.DataFrame) -> dict[str, str]:
    """Return the id of every resource by its id and by its English and Chinese names."""
    ids = resources["id"]
    by_name = {
        name: identifier
        for column in ("name_zh", "name")
        for name, identifier in zip(resources[column], ids, strict=True)
        if name
    }
    return by_name | dict(zip(ids, ids, strict=True))


def _one(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
