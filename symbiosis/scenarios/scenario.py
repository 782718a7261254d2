"""A scenario: settings, limits and changes under which a park is looked at."""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.errors import InvalidData, Problem
from symbiosis.io import Change, ScenarioFile, heading_mapping, park_of, settings_from
from symbiosis.model import TABLES, Park

RANGED = frozenset({"amount", "value", "yield"})  # figures with a range beside them
MOVES_ALONG = ("low", "high", "sd", "displaced_amount")


def under_scenario(park: Park, scenario: ScenarioFile, catalogue: Catalogue) -> Park:
    """Return the park with a scenario's changes made, its limits added and its settings on top.

    Raises
    ------
    InvalidData
        If a change names what the park does not have, or leaves a park that breaks a rule.
    """
    tables = {name: cast(pd.DataFrame, getattr(park, name)) for name in TABLES}
    problems = []
    for change in scenario.changes:
        tables[change.table], problem = _changed(tables[change.table], change, scenario.name)
        problems += problem
    if problems:
        raise InvalidData(problems)
    fresh = scenario.limits
    old = tables["limits"][~tables["limits"]["id"].isin(fresh["id"])]
    tables["limits"] = pd.concat([old, fresh], ignore_index=True)
    changed = with_settings(park, scenario.settings, f"{scenario.name}, settings")
    if not scenario.changes and fresh.empty:
        return changed
    return _checked(changed, tables, catalogue)


def with_settings(park: Park, settings: Mapping[str, object], where: str) -> Park:
    """Return the park with some of its settings replaced."""
    return replace(park, settings=settings_from(settings, park.settings, where))


def _checked(park: Park, tables: Mapping[str, pd.DataFrame], catalogue: Catalogue) -> Park:
    """Return the park of changed tables, once they have passed every rule of reading."""
    rows = {name: _rows(table) for name, table in tables.items()}
    return park_of(rows, catalogue, heading_mapping(park))


def _rows(table: pd.DataFrame) -> list[Mapping[str, object]]:
    filled = table.astype(object).where(table.notna(), None)
    return cast(list[Mapping[str, object]], filled.to_dict("records"))


def _changed(table: pd.DataFrame, change: Change, where: str) -> tuple[pd.DataFrame, list[Problem]]:
    keys = TABLES[change.table].key
    name = table[keys[0]].astype(str)
    whole = table[list(keys)].astype(str).agg(":".join, axis=1) if len(table) else name
    chosen = (name == change.id) | (whole == change.id)
    if not chosen.any():
        what = f"no row '{change.id}' in {change.table}"
        return table, [Problem(f"{where}, changes", what, "name a row of the park")]
    if change.act == "remove":
        return table[~chosen].reset_index(drop=True), []
    old = table[change.column]
    new = old * cast(float, change.value) if change.act == "times" else change.value
    changed = table.assign(**{change.column: old.where(~chosen, new)})
    if change.column not in RANGED:
        return changed, []
    share = (changed[change.column] / old).where(old != 0, 1.0)
    along = [name for name in MOVES_ALONG if name in table]
    return changed.assign(**{name: table[name] * share for name in along}), []
