"""The resources of a park: its own before the catalogue's, with their contents."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from symbiosis.io.typed import TypedTable
from symbiosis.model import KINDS, LAYERS, TABLES
from symbiosis.model.validation import RESOURCES_NAMED, Fault, Tables, did_you_mean
from symbiosis.units import UnitError, converted, is_unit, same_dimension

_CONTENTS = tuple(f"content_{layer}" for layer in (*LAYERS, "energy"))
_MEASURES = (("content_mass", "t"), ("content_energy", "GJ"))


def vocabulary(
    own: TypedTable, catalogue: pd.DataFrame, currency: str
) -> tuple[pd.DataFrame, list[Fault]]:
    """Return all resources that a park may name, and the faults of those it defines itself.

    Blank cells of the park's own rows take the catalogue's value, contents converted to the
    park's unit where that differs. The unit ``currency`` becomes the park's.

    Returns
    -------
    DataFrame
        Columns of TABLES["resources"] and ``content_*`` [t per unit; energy: GJ per unit].
    """
    columns = _columns(own.frame, catalogue)
    known = _completed(catalogue, columns).drop_duplicates("id").set_index("id")
    mine = _completed(own.frame, columns)
    mine = mine.loc[mine["id"] != ""].drop_duplicates("id")
    rows = mine.index.to_numpy()
    mine = mine.set_index("id")
    merged = _merged(mine, known, own.given["hazardous"][rows])
    faults = list(_own_faults(merged.loc[mine.index], dict(zip(mine.index, rows, strict=True))))
    everything = merged.reset_index()
    everything["unit"] = everything["unit"].replace("currency", currency)
    return _with_default_contents(everything), faults


def named_resources(tables: Tables, known: pd.DataFrame, own: pd.Series) -> pd.DataFrame:
    """Return the rows of `known` that the park's tables name, in order of id."""
    named = [tables[table][column] for table, column in RESOURCES_NAMED]
    wanted = set(pd.concat([*named, own]))
    rows = known.loc[known["id"].isin(wanted)].sort_values("id").reset_index(drop=True)
    more = [name for name in rows if str(name).startswith("content_") and name not in _CONTENTS]
    return rows.drop(columns=[name for name in more if rows[name].isna().all()])


def _columns(*frames: pd.DataFrame) -> dict[str, object]:
    """Return every column and what a blank in it is; contents that only one side has come last."""
    table = TABLES["resources"]
    names = [str(name) for frame in frames for name in frame if str(name).startswith("content_")]
    more = sorted({*names} - {*_CONTENTS})
    blanks: dict[str, object] = {column.name: column.blank for column in table.columns}
    return blanks | dict.fromkeys((*_CONTENTS, *more), np.nan)


def _completed(frame: pd.DataFrame, columns: Mapping[str, object]) -> pd.DataFrame:
    kinds = {str: "str", float: "float64", bool: "bool"}
    return pd.DataFrame(
        {
            name: frame[name]
            if name in frame
            else pd.Series(blank, index=frame.index, dtype=kinds[type(blank)])
            for name, blank in columns.items()
        }
    )


def _merged(mine: pd.DataFrame, known: pd.DataFrame, hazard_given: object) -> pd.DataFrame:
    """Return `known` with the rows of `mine` over them, blanks of `mine` filled from `known`."""
    if mine.empty:
        return known
    theirs = _in_my_units(known.reindex(mine.index), mine["unit"])
    filled = mine.copy()
    for name in mine.columns:
        if name == "hazardous":
            there = theirs[name].eq(True)
            filled[name] = mine[name].where(pd.Series(hazard_given, mine.index), there).astype(bool)
        elif pd.api.types.is_float_dtype(mine[name]):
            filled[name] = mine[name].fillna(theirs[name]).astype("float64")
        else:
            filled[name] = mine[name].where(mine[name] != "", theirs[name].fillna(""))
    rest = known.loc[~known.index.isin(mine.index)]
    return pd.concat([filled, rest]) if len(rest) else filled


def _in_my_units(theirs: pd.DataFrame, units: pd.Series) -> pd.DataFrame:
    """Return the catalogue's contents per unit of the park's, unknown where that means nothing."""
    contents = [name for name in theirs if str(name).startswith("content_")]
    changed = (units != "") & theirs["unit"].notna() & (units != theirs["unit"])
    scales = pd.Series(1.0, index=theirs.index)
    for resource in theirs.index[changed]:
        scales[resource] = _scale(units[resource], theirs.loc[resource, "unit"])
    return theirs.assign(**{str(name): theirs[name] * scales for name in contents})


def _scale(unit: str, target: str) -> float:
    try:
        return float(converted(np.array([1.0]), unit, target)[0])
    except UnitError:
        return np.nan


def _own_faults(merged: pd.DataFrame, rows: Mapping[str, int]) -> Iterator[Fault]:
    for of in merged.reset_index().to_dict("records"):
        row = rows[of["id"]]
        for column in ("name", "kind", "unit"):
            if not of[column]:
                what = f"{column} of {{id}} is blank"
                yield Fault("resources", row, column, what, "fill it in: the catalogue has it not")
        if of["kind"] and of["kind"] not in KINDS:
            advice = did_you_mean(of["kind"], KINDS) or f"write one of {', '.join(KINDS)}"
            yield Fault("resources", row, "kind", "unknown kind {kind}", advice)
        if of["unit"] and not is_unit(of["unit"]):
            advice = "write a unit such as t, m3, MWh or GJ"
            yield Fault("resources", row, "unit", "unknown unit {unit}", advice)
        yield from _too_much(of, row)


def _too_much(of: Mapping[Hashable, Any], row: int) -> Iterator[Fault]:
    mass = of["content_mass"]
    if np.isnan(mass) and is_unit(of["unit"]) and same_dimension(of["unit"], "t"):
        mass = _scale(of["unit"], "t")
    parts = [str(name) for name in of if str(name).startswith("content_")]
    for name in parts:
        if name not in ("content_energy", "content_mass") and of[name] > mass * (1 + 1e-9):
            what = f"{name} of {{id}} is {of[name]:g} t in {mass:g} t"
            yield Fault("resources", row, name, what, "contents are fractions, not per cent")


def _with_default_contents(resources: pd.DataFrame) -> pd.DataFrame:
    """Return resources whose mass or energy follows from their unit; a tonne holds 1 t."""
    for column, base in _MEASURES:
        for unit in resources.loc[resources[column].isna(), "unit"].unique():
            if unit == base or (is_unit(unit) and same_dimension(unit, base)):
                blank = resources[column].isna() & (resources["unit"] == unit)
                resources.loc[blank, column] = _scale(unit, base)
    return resources
