"""Scenario files: settings, limits and changes to the tables of a park."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeVar

import pandas as pd

from symbiosis.errors import InvalidData, Problem
from symbiosis.io.cells import cell_text
from symbiosis.io.heading import toml_mapping
from symbiosis.io.raw import RawTable, raw_table
from symbiosis.io.settings import settings_from
from symbiosis.io.typed import typed_table
from symbiosis.model import TABLES, Settings, Table, empty_table
from symbiosis.model.validation import Fault, did_you_mean, wording

T = TypeVar("T")
Act = Literal["value", "times", "remove"]
_ACTS: tuple[Act, ...] = ("value", "times", "remove")
_CHANGE_KEYS = ("table", "id", "column", *_ACTS)
_KEYS = ("name", "title", "description", "settings", "limits", "changes")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change to the rows called `id` of a table.

    Attributes
    ----------
    table, id, column : str
        Where; the column is blank where the row is removed.
    act : str
        ``value`` puts `value` there, ``times`` multiplies by it, ``remove`` takes the row out.
    value : str, float, bool or None
        In the table's own unit, as the park holds it.
    """

    table: str
    id: str
    column: str = ""
    act: Act
    value: object = None


@dataclass(frozen=True, kw_only=True)
class ScenarioFile:
    """What a scenario file says; `settings` are checked, and hold only what it names."""

    name: str
    settings: Mapping[str, object] = field(default_factory=dict)
    limits: pd.DataFrame = field(default_factory=lambda: empty_table("limits"))
    changes: tuple[Change, ...] = ()


def read_scenario(path: Path) -> ScenarioFile:
    """Return the scenario in a TOML file.

    Raises
    ------
    InvalidData
        With every unknown key and every value that cannot be; whether the names exist is known
        only with a park.
    """
    if not path.is_file():
        raise InvalidData([Problem(str(path), "no such scenario", "name a TOML file")])
    mapping, problems = toml_mapping(path)
    for key in mapping.keys() - {*_KEYS}:
        advice = did_you_mean(key, _KEYS) or f"keys are {', '.join(_KEYS)}"
        problems.append(Problem(f"{path.name}, {key}", f"unknown key '{key}'", advice))
    settings = mapping.get("settings", {})
    limits, changes = mapping.get("limits", []), mapping.get("changes", [])
    found = ScenarioFile(
        name=str(mapping.get("name") or mapping.get("title") or path.stem),
        settings=_checked(lambda: _settings(settings, f"{path.name}, settings"), {}, problems),
        limits=_checked(
            lambda: limits_frame(_tables(limits, f"{path.name}, limits"), f"{path.name}, limits"),
            empty_table("limits"),
            problems,
        ),
        changes=_checked(lambda: _changes(changes, f"{path.name}, changes"), (), problems),
    )
    if problems:
        raise InvalidData(problems)
    return found


def limits_frame(limits: Iterable[Mapping[str, object]], where: str = "limits") -> pd.DataFrame:
    """Return limits written as mappings as the table of limits.csv; a blank id is its number."""
    rows = list(limits)
    known = [column.name for column in TABLES["limits"].columns]
    problems = [
        Problem(
            f"{where}[{i}], {key}",
            f"unknown key '{key}'",
            did_you_mean(key, known) or f"keys are {', '.join(known)}",
        )
        for i, row in enumerate(rows)
        for key in row
        if key not in known
    ]
    if problems:
        raise InvalidData(problems)
    named = [{"id": f"limit-{i}", **row} for i, row in enumerate(rows, start=1)]
    cells = [known, *([cell_text(row.get(column)) for column in known] for row in named)]
    raw, _ = raw_table("limits", where, cells, range(len(cells)))
    return _typed_limits(raw) if raw is not None else empty_table("limits")


def _typed_limits(raw: RawTable) -> pd.DataFrame:
    typed = typed_table(raw)
    if typed.faults:
        raise InvalidData([_limit_problem(fault, raw) for fault in typed.faults])
    return typed.frame


def _limit_problem(fault: Fault, raw: RawTable) -> Problem:
    row = fault.row or 0
    what = wording(fault, lambda column: raw.cells[column][row])
    return Problem(f"{raw.place}[{row}], {fault.column}", what, fault.remedy)


def _settings(settings: object, where: str) -> Mapping[str, object]:
    if not isinstance(settings, Mapping):
        advice = "write [settings] on a line of its own"
        raise InvalidData([Problem(where, f"{settings!r} is not a table", advice)])
    settings_from(settings, Settings(), where)
    return dict(settings)


def _changes(changes: object, where: str) -> tuple[Change, ...]:
    rows = _tables(changes, where)
    problems = [p for i, row in enumerate(rows) for p in _change_problems(row, f"{where}[{i}]")]
    if problems:
        raise InvalidData(problems)
    return tuple(_change(row) for row in rows)


def _change(row: Mapping[str, object]) -> Change:
    act = next(act for act in _ACTS if act in row)
    value = None if act == "remove" else row[act]
    column = str(row.get("column", ""))
    return Change(table=str(row["table"]), id=str(row["id"]), column=column, act=act, value=value)


def _change_problems(row: Mapping[str, object], where: str) -> Iterator[Problem]:
    for key in row.keys() - {*_CHANGE_KEYS}:
        advice = did_you_mean(key, _CHANGE_KEYS) or f"keys are {', '.join(_CHANGE_KEYS)}"
        yield Problem(f"{where}, {key}", f"unknown key '{key}'", advice)
    acts = [act for act in _ACTS if act in row]
    if len(acts) != 1:
        yield Problem(where, f"{' and '.join(acts) or 'nothing'} to do", f"one of {_ACTS}")
    table = TABLES.get(str(row.get("table", "")))
    if table is None:
        what = f"unknown table '{row.get('table', '')}'"
        advice = (
            did_you_mean(str(row.get("table", "")), list(TABLES)) or f"one of {', '.join(TABLES)}"
        )
        yield Problem(f"{where}, table", what, advice)
    if not isinstance(row.get("id"), str) or not row["id"]:
        yield Problem(f"{where}, id", "no id", "name the row that changes")
    if len(acts) == 1 and table is not None:
        yield from _value_problems(row, acts[0], table, where)


def _value_problems(
    row: Mapping[str, object], act: Act, table: Table, where: str
) -> Iterator[Problem]:
    """Yield what does not fit: a column that is not there, or a value that is not of its kind."""
    value = row[act]
    if act == "remove":
        if value is not True:
            yield Problem(f"{where}, remove", f"{value!r} is not true", "write remove = true")
        return
    column = table.column(str(row.get("column", "")))
    if column is None:
        what = f"unknown column '{row.get('column', '')}' of {table.name}"
        known = [column.name for column in table.columns]
        advice = did_you_mean(str(row.get("column", "")), known) or f"one of {', '.join(known)}"
        yield Problem(f"{where}, column", what, advice)
        return
    kind = "number" if act == "times" else column.kind
    if act == "times" and column.kind != "number":
        what = f"{column.name} is not a number, it cannot be multiplied"
        yield Problem(f"{where}, times", what, "write value")
    elif not _is_of_kind(value, kind):
        yield Problem(f"{where}, {act}", f"{value!r} is not a {kind}", f"write a {kind}")


def _is_of_kind(value: object, kind: str) -> bool:
    if kind == "text":
        return isinstance(value, str)
    if kind == "boolean":
        return isinstance(value, bool)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return is_number and math.isfinite(float(str(value)))


def _checked(read: Callable[[], T], otherwise: T, problems: list[Problem]) -> T:
    """Return what `read` returns; where it finds problems, keep them and return `otherwise`."""
    try:
        return read()
    except InvalidData as error:
        problems += error.problems
        return otherwise


def _tables(value: object, where: str) -> list[Mapping[str, object]]:
    if isinstance(value, list) and all(isinstance(row, Mapping) for row in value):
        return value
    advice = "write [[limits]] or [[changes]] on a line of its own"
    raise InvalidData([Problem(where, "not a list of tables", advice)])
