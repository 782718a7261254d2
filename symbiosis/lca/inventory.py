"""A life-cycle inventory as tables, read from a folder of CSV or Parquet and checked once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from symbiosis.errors import InvalidData, Problem
from symbiosis.lca.checks import problems

_RANGE = ("low", "high")
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "activities": (
            *("id", "product", "boundary", "unit", "region", "year", "convention", "name"),
            *("name_zh", "kind", "grade", "low", "high", "citation", "note"),
        ),
        "exchanges": (
            *("activity", "type", "flow", "boundary", "amount", "unit", "region"),
            *("low", "high", "grade", "citation", "note"),
        ),
        "elementary_flows": ("id", "name", "name_zh", "unit", "catalogue_resource"),
        "characterisation": (
            *("indicator", "flow", "value", "unit", "low", "high", "grade", "citation", "note"),
        ),
        "regions": ("id", "name_zh", "parent"),
        "sources": ("id", "title", "address", "year"),
    }
)
NUMBERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "activities": ("year", *_RANGE),
        "exchanges": ("amount", *_RANGE),
        "elementary_flows": (),
        "characterisation": ("value", *_RANGE),
        "regions": (),
        "sources": (),
    }
)

OPTIONAL = frozenset({"sources"})  # nothing is scored with it
# Columns that exchanges may have: a distribution as stats_arrays writes it.
DISTRIBUTION = ("uncertainty_type", "loc", "scale", "shape", "minimum", "maximum")


def _empty(table: str) -> pd.DataFrame:
    return pd.DataFrame(columns=list(COLUMNS[table]), dtype=str)


# Like a catalogue it equals itself only, which lets it key a cache.
@dataclass(frozen=True, kw_only=True, eq=False)
class Inventory:
    """What it takes from nature and from the market to supply or discard one unit of a resource.

    Attributes
    ----------
    activities : DataFrame
        One row gives one unit of `product` at `boundary` in `region`.
    exchanges : DataFrame
        What one unit of an activity takes (``technosphere``) and emits (``biosphere``, [kg]).
    elementary_flows : DataFrame
        What is emitted to and taken from nature, and the resource of the catalogue it is.
    characterisation : DataFrame
        Indicator per unit of elementary flow, for example [kg CO2e/kg].
    regions : DataFrame
        Each region and the wider one that stands in for it.
    sources : DataFrame
        The documents cited; without rows where the folder has no sources.csv.
    """

    activities: pd.DataFrame
    exchanges: pd.DataFrame
    elementary_flows: pd.DataFrame
    characterisation: pd.DataFrame
    regions: pd.DataFrame
    sources: pd.DataFrame = field(default_factory=partial(_empty, "sources"))


def read_inventory(folder: Path) -> Inventory:
    """Return the inventory in `folder`; raise `InvalidData` with every broken rule otherwise."""
    found: list[Problem] = []
    tables = {field.name: _read(folder, field.name, found) for field in fields(Inventory)}
    if found:
        raise InvalidData(found)
    if found := list(problems(tables)):
        raise InvalidData(found)
    return Inventory(**tables)


def _read(folder: Path, table: str, found: list[Problem]) -> pd.DataFrame:
    path, columnar = folder / f"{table}.csv", folder / f"{table}.parquet"
    if table in OPTIONAL and not (path.exists() or columnar.exists()):
        return _empty(table)
    if columnar.exists():
        if path.exists():
            found.append(Problem(path.name, f"stands beside {columnar.name}", "keep one of them"))
        return _columnar(columnar, table, found)
    try:
        text = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        found.append(Problem(path.name, f"cannot be read: {error}", f"put it in {folder}"))
        return _empty(table)
    missing = [column for column in COLUMNS[table] if column not in text.columns]
    if missing:
        found.append(Problem(path.name, f"lacks {', '.join(missing)}", "add the column"))
        return text.reindex(columns=list(COLUMNS[table]))
    return text.assign(**{c: _numbers(text[c], path.name, found) for c in _numeric(table, text)})


def _numeric(table: str, cells: pd.DataFrame) -> list[str]:
    """Return the columns that hold numbers; a distribution's are there or not."""
    extra = DISTRIBUTION if table == "exchanges" else ()
    return [*NUMBERS[table], *(column for column in extra if column in cells)]


def _columnar(path: Path, table: str, found: list[Problem]) -> pd.DataFrame:
    """Return a table kept in columns, as an import of a large database writes it."""
    try:
        cells = pd.read_parquet(path)
    except (OSError, ValueError) as error:
        found.append(Problem(path.name, f"cannot be read: {error}", "write it again"))
        return _empty(table)
    missing = [column for column in COLUMNS[table] if column not in cells.columns]
    if missing:
        found.append(Problem(path.name, f"lacks {', '.join(missing)}", "add the column"))
        return cells.reindex(columns=list(COLUMNS[table]))
    numeric = _numeric(table, cells)
    wrong = [column for column in numeric if not pd.api.types.is_numeric_dtype(cells[column])]
    for column in wrong:
        problem = Problem(f"{path.name}, {column}", "holds no numbers", "write it again")
        found.append(problem)
    texts = [column for column in cells.columns if column not in numeric]
    numbers = {column: cells[column].astype(float) for column in set(numeric) - set(wrong)}
    return cells.assign(**numbers, **{c: cells[c].astype(str).fillna("") for c in texts})


def _numbers(text: "pd.Series[str]", file: str, found: list[Problem]) -> "pd.Series[float]":
    """Return the cells as numbers, NaN where blank; what is neither is added to `found`."""
    numbers = pd.to_numeric(text.where(text.str.strip() != ""), errors="coerce").astype(float)
    for row in text.index[numbers.isna() & (text.str.strip() != "")]:
        where = f"{file}, row {row + 2}, {text.name}"
        found.append(Problem(where, f"'{text[row]}' is no number", "write a number or leave it"))
    return numbers
