"""What the tables of the catalogue hold: those of a park with more columns, and some of its own."""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from symbiosis.model import LAYERS, TABLES, Column, Table

HOME = "CNY"  # the money of every number that ships
GRADES = ("measured", "official", "peer-reviewed", "secondary", "derived", "unverified")
CONTENTS = tuple(f"content_{layer}" for layer in (*LAYERS, "energy"))
ELEMENTS = tuple(f"content_{layer}" for layer in LAYERS if layer not in {"mass", "water"})
_EVIDENCE = ("low#", "high#", "grade", "citation", "note")


def _columns(*words: str) -> tuple[Column, ...]:
    """Return columns from their names; ``#`` marks a number and ``?`` a boolean."""
    kinds = {"#": "number", "?": "boolean"}
    return tuple(Column(w.rstrip("#?"), kinds.get(w[-1], "text")) for w in words)  # type: ignore[arg-type]


def _with(name: str, *words: str) -> Table:
    """Return the park's table `name` with more columns."""
    table = TABLES[name]
    columns = table.columns + _columns(*words)
    return Table(name, columns, table.key, table.families, needed=True)


_CATALOGUE_TABLES = (
    _with(
        "resources",
        *("synonyms", "synonyms_zh", "ewc_hazardous", "waste_class", "hs_code", "codes_grade"),
        *("density#", "heating_value#", *(f"{content}#" for content in CONTENTS)),
        *("formula", "note"),
    ),
    _with("pathways", "readiness", "facts_id", "note"),
    _with("pathway_flows", "note"),
    _with("pathway_limits", "low#", "high#", "note"),
    _with("factors", "note"),
    _with("allocation", *("low#", "high#", "grade", "note")),
    Table(
        "carbon_origins",
        _columns("resource", "carbon_origin", "carbon_storage", "grade", "citation", "note"),
        key=("resource",),
    ),
    Table(
        "carbon_storage",
        _columns("pathway", "carbon_storage", "grade", "citation", "note"),
        key=("pathway",),
    ),
    Table(
        "modes",
        _columns("kind", "mode", "resource", "default?", "max_distance_km#", "loss_per_km#")
        + _columns(*_EVIDENCE),
        key=("kind", "mode"),
    ),
    Table(
        "currencies",
        _columns("currency", "cny_per_unit#", "year#", *_EVIDENCE),
        key=("currency", "year"),
    ),
    Table(
        "properties",
        _columns("id", "name", "name_zh", "unit", "mixes", "note"),
        key=("id",),
    ),
    Table(
        "figures",
        _columns("table", "id", "column", "value#", "low#", "high#", "unit", "grade", "citation")
        + _columns("how"),
        key=("table", "id", "column"),
    ),
    Table(
        "codes", _columns("resource", "column", "code", "grade", "citation"), ("resource", "column")
    ),
    Table(
        "context",
        _columns("id", "name", "name_zh", "region", "year#", "value#", "unit", *_EVIDENCE),
        key=("id",),
    ),
    Table(
        "blueprints",
        _columns("id", "name", "name_zh", "synonyms", "synonyms_zh", "product", "unit")
        + _columns("capacity_low#", "capacity_high#", "operating_hours#", "sector", "isic")
        + _columns("readiness", "grade", "citation", "note"),
        key=("id",),
    ),
    Table(
        "blueprint_flows",
        _columns("blueprint", "flow", "direction", "boundary", "resource", "amount#", "unit")
        + _columns("temperature_from#", "temperature_to#", "tradable", *_EVIDENCE),
        key=("blueprint", "flow"),
    ),
    Table(
        "blueprint_qualities",
        _columns("blueprint", "flow", "property", "unit", "value#", "minimum#", "maximum#")
        + _columns("basis", *_EVIDENCE),
        key=("blueprint", "flow", "property"),
    ),
    Table("sources", _columns("id", "title", "address", "year", "access"), key=("id",)),
)

CATALOGUE_TABLES: Mapping[str, Table] = MappingProxyType({t.name: t for t in _CATALOGUE_TABLES})


def empty(name: str) -> pd.DataFrame:
    """Return the catalogue's table `name` without rows."""
    kinds = {"text": "str", "number": "float64", "boolean": "bool"}
    columns = CATALOGUE_TABLES[name].columns
    return pd.DataFrame({c.name: pd.Series(dtype=kinds[c.kind]) for c in columns})
