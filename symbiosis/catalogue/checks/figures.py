"""Figures: every number that its row's own grade does not speak for has a row that does."""

import numpy as np
import pandas as pd

from symbiosis.catalogue.checks.broken import broken
from symbiosis.catalogue.rules import Tables
from symbiosis.catalogue.tables import CATALOGUE_TABLES
from symbiosis.errors import Problem

# The grade of a pathway's row speaks for its yield, that of a mode for its distance.
_VOUCHED_FOR = {
    "pathways": (
        *("ratio", "capital_fixed", "capital_per_capacity", "operating_cost", "minimum"),
        *("capacity", "lifetime", "max_distance", "loss_per_km", "temperature_lift"),
        "reference_moisture",
    ),
    "modes": ("loss_per_km",),
    "resources": ("density", "heating_value"),
}


def figure_problems(tables: Tables) -> list[Problem]:
    """Return numbers without a figure, and figures that repeat no cell."""
    cells = _cells(tables)
    figures = tables["figures"]
    listed = pd.MultiIndex.from_frame(figures[["table", "id", "column"]])
    return [*_missing(cells, listed), *_strays(figures, cells, listed)]


def _cells(tables: Tables) -> pd.DataFrame:
    """Return table, id, column, row and value of every number that a figure may repeat."""
    parts = []
    for name, columns in _VOUCHED_FOR.items():
        rows = tables[name]
        removals = [str(c) for c in rows if str(c).startswith("removes_")]
        ids = rows["kind"] + ":" + rows["mode"] if name == "modes" else rows["id"]
        blanks = {c: _blank(name, c) for c in (*columns, *removals)}
        wide = rows[[*blanks]].assign(id=ids, row=rows.index)
        long = wide.melt(["id", "row"], var_name="column")
        usual = long["value"].eq(long["column"].map(blanks))
        parts.append(long.assign(table=name, usual=usual))
    return pd.concat(parts, ignore_index=True).dropna(subset=["value"])


def _blank(table: str, column: str) -> float:
    """Return the number that a blank cell stands for, which needs no figure."""
    declared = CATALOGUE_TABLES[table].column(column)
    return float(declared.blank) if declared is not None else np.nan


def _missing(cells: pd.DataFrame, listed: pd.MultiIndex) -> list[Problem]:
    vouched = pd.MultiIndex.from_frame(cells[["table", "id", "column"]]).isin(listed)
    bare = cells[~vouched & ~cells["usual"]]
    found: list[Problem] = []
    for (name, column), rows in bare.groupby(["table", "column"], sort=False):
        fails = pd.Series(True, index=rows["row"])
        words = "'" + rows["id"].astype(str) + f",{column}'"
        remedy = (f"add a row '{name}," + words.str[1:] + " with grade and citation").set_axis(
            rows["row"]
        )
        found += broken(str(name), str(column), fails, "no row in figures.csv says whence", remedy)
    return found


def _strays(figures: pd.DataFrame, cells: pd.DataFrame, listed: pd.MultiIndex) -> list[Problem]:
    """Return figures of cells that are not there or that hold another number."""
    key = ["table", "id", "column"]
    values = cells.drop_duplicates(key).set_index(key)["value"]
    cell = pd.Series(values.reindex(listed).to_numpy(), index=figures.index)
    known = figures["table"].isin(list(_VOUCHED_FOR))
    unlike = known & cell.notna() & ~np.isclose(cell, figures["value"], rtol=1e-9, atol=0.0)
    where = figures["table"] + ".csv, " + figures["id"] + ", " + figures["column"]
    return [
        *broken(
            "figures",
            "id",
            ~known | cell.isna(),
            "no number in " + where,
            "name the cell that it speaks for, or take the row out",
        ),
        *broken(
            "figures",
            "value",
            unlike & figures["value"].notna(),
            figures["value"].map(str) + ", where " + where + " says " + cell.map(str),
            "let both say the same",
        ),
    ]
