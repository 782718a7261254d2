"""A small catalogue without a fault: a few pathways and a plant type, with all they rest on."""

from collections.abc import Mapping
from functools import cache

import pandas as pd

from symbiosis.catalogue import CATALOGUE_TABLES, datasets_folder
from symbiosis.catalogue.cells import typed_table

Tables = Mapping[str, pd.DataFrame]
PATHWAYS = (
    *("phosphogypsum_to_retarder", "ferrous_sulfate_to_monohydrate", "heat_pump_40k"),
    *("high_heat_to_power", "steam_pipeline", "biogas_to_power", "effluent_to_process_water"),
)
PLANTS = ("alumina_refinery",)
_KEPT = (
    *(("pathways", "id", PATHWAYS), ("pathway_flows", "pathway", PATHWAYS)),
    *(("pathway_limits", "pathway", PATHWAYS), ("blueprints", "id", PLANTS)),
    *(("blueprint_flows", "blueprint", PLANTS), ("blueprint_qualities", "blueprint", PLANTS)),
)


@cache
def small() -> Tables:
    """Return the tables of `PATHWAYS` and `PLANTS` out of those that ship, rows counted from 0."""
    folder = datasets_folder() / "catalogue"
    tables = {name: typed_table(name, folder)[0] for name in CATALOGUE_TABLES}
    for name, column, kept in _KEPT:
        tables[name] = tables[name][tables[name][column].isin(kept)]
    named = [tables["pathways"][column] for column in ("takes", "gives", "replaces")]
    named += [tables[name]["resource"] for name in ("pathway_flows", "blueprint_flows", "modes")]
    resources = set(pd.concat(named))
    for name, column in (("resources", "id"), ("factors", "resource"), ("codes", "resource")):
        tables[name] = tables[name][tables[name][column].isin(resources)]
    figures = tables["figures"]
    listed = {"resources": resources, "pathways": set(PATHWAYS)}
    mine = [
        table not in listed or identifier in listed[table]
        for table, identifier in zip(figures["table"], figures["id"], strict=True)
    ]
    tables["figures"] = figures[mine]
    return {name: rows.reset_index(drop=True) for name, rows in tables.items()}


def planted(table: str, column: str, cell: object, /, **row: str) -> Tables:
    """Return the small catalogue with one cell changed, its row named by other cells."""
    rows = small()[table].copy()
    chosen = pd.Series(True, index=rows.index)
    for name, value in row.items():
        chosen &= rows[name].eq(value)
    assert chosen.sum() == 1, f"{chosen.sum()} rows of {table} are {row}"
    rows.loc[chosen, column] = cell
    return {**small(), table: rows}


def without(table: str, **row: str) -> Tables:
    """Return the small catalogue without the rows of `table` that hold all these cells."""
    rows = small()[table]
    dropped = pd.Series(True, index=rows.index)
    for name, value in row.items():
        dropped &= rows[name].eq(value)
    assert dropped.any(), f"no row of {table} is {row}"
    return {**small(), table: rows[~dropped].reset_index(drop=True)}
