"""The rules an inventory keeps, each a whole-column test that names the rows breaking it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

import pandas as pd

from symbiosis.errors import Problem
from symbiosis.lca.grades import GRADES
from symbiosis.lca.pedigree import scores_of

Tables: TypeAlias = Mapping[str, pd.DataFrame]
Mask: TypeAlias = "pd.Series[bool]"

BOUNDARIES = ("@supply", "@disposal", "@stock")
KINDS = ("unit_process", "aggregated")
TYPES = ("technosphere", "biosphere")
AGGREGATED_FLOW = "co2e_aggregated"
RESOURCE_UNITS: Mapping[str, tuple[str, float]] = {"kg": ("t", 1000.0)}


def problems(tables: Tables) -> Iterator[Problem]:
    """Yield every rule that the tables of an inventory break, as ``file, row, column: what``."""
    rules: tuple[Callable[[Tables], Iterator[Problem]], ...] = (
        _names,
        _regions,
        _activities,
        _exchanges,
        _units,
        _characterisation,
        _covers,
        _pedigrees,
        _evidence,
    )
    for rule in rules:
        yield from rule(tables)


def _names(tables: Tables) -> Iterator[Problem]:
    for name in ("activities", "elementary_flows", "regions"):
        ids = tables[name]["id"]
        yield from _rows(name, "id", ids.eq(""), ids, "has no id", "name it")
        yield from _rows(name, "id", ids.duplicated(), ids, "stands twice", "keep one")


def _regions(tables: Tables) -> Iterator[Problem]:
    regions = tables["regions"]
    parent = regions["parent"]
    known = set(regions["id"])
    yield from _unknown("regions", "parent", parent, known | {""})
    parents = dict(zip(regions["id"], parent, strict=True))
    circular = [_is_circular(region, parents) for region in regions["id"]]
    mask = pd.Series(circular, index=regions.index, dtype=bool)
    yield from _rows("regions", "parent", mask, parent, "leads in a circle", "end at a widest one")


def _is_circular(region: str, parents: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    while region and region not in seen:
        seen.add(region)
        region = parents.get(region, "")
    return bool(region)


def _activities(tables: Tables) -> Iterator[Problem]:
    activities = tables["activities"]
    yield from _unknown("activities", "boundary", activities["boundary"], BOUNDARIES)
    yield from _unknown("activities", "kind", activities["kind"], KINDS)
    yield from _unknown("activities", "region", activities["region"], set(tables["regions"]["id"]))
    key = ["boundary", "product", "region", "year", "convention"]
    again = activities.duplicated(key)
    remedy = "give it another region, year or convention"
    yield from _rows("activities", "product", again, activities["product"], "stands twice", remedy)
    empty = ~activities["id"].isin(tables["exchanges"]["activity"])
    what = "has no exchange"
    yield from _rows(
        "activities", "id", empty, activities["id"], what, "a known zero is a row of 0"
    )


def _exchanges(tables: Tables) -> Iterator[Problem]:
    exchanges = tables["exchanges"]
    emitted = exchanges["type"].eq("biosphere")
    yield from _unknown("exchanges", "activity", exchanges["activity"], tables["activities"]["id"])
    yield from _unknown("exchanges", "type", exchanges["type"], TYPES)
    yield from _unknown("exchanges", "boundary", exchanges["boundary"], (*BOUNDARIES, ""))
    places = {*tables["regions"]["id"], ""}
    yield from _unknown("exchanges", "region", exchanges["region"], places)
    known = tables["elementary_flows"]["id"]
    yield from _unknown("exchanges", "flow", exchanges.loc[emitted, "flow"], known)
    blank = exchanges["amount"].isna()
    yield from _rows("exchanges", "amount", blank, exchanges["flow"], "has no amount", "give it")


def _units(tables: Tables) -> Iterator[Problem]:
    activities, exchanges = tables["activities"], tables["exchanges"]
    product_unit = activities.groupby("product")["unit"].first()
    unequal = activities["unit"].ne(activities["product"].map(product_unit))
    remedy = "write all activities of a product per the same unit"
    yield from _rows("activities", "unit", unequal, activities["unit"], "differs", remedy)
    flow_unit = tables["elementary_flows"].drop_duplicates("id").set_index("id")["unit"]
    emitted = exchanges["type"].eq("biosphere")
    due = exchanges["flow"].map(product_unit).where(~emitted, exchanges["flow"].map(flow_unit))
    unequal = due.notna() & exchanges["unit"].ne(due)
    remedy = "write it in the unit of the activity or elementary flow"
    yield from _rows("exchanges", "unit", unequal, exchanges["unit"], "differs", remedy)


def _characterisation(tables: Tables) -> Iterator[Problem]:
    factors, flows = tables["characterisation"], tables["elementary_flows"]
    yield from _unknown("characterisation", "flow", factors["flow"], flows["id"])
    again = factors.duplicated(["indicator", "flow"])
    yield from _rows("characterisation", "flow", again, factors["flow"], "stands twice", "keep one")
    blank = factors["value"].isna()
    yield from _rows("characterisation", "value", blank, factors["flow"], "has no value", "give it")
    named = flows["catalogue_resource"]
    again = named.ne("") & named.duplicated()
    remedy = "one elementary flow per resource"
    yield from _rows("elementary_flows", "catalogue_resource", again, named, "stands twice", remedy)


def _covers(tables: Tables) -> Iterator[Problem]:
    if "covers" not in tables["activities"]:
        return
    cells = tables["activities"]["covers"]
    known = set(tables["characterisation"]["indicator"])
    fit = {cell: not cell or set(cell.split(";")) <= known for cell in cells.unique()}
    remedy = "write indicators of characterisation.csv, separated by ;"
    yield from _rows("activities", "covers", ~cells.map(fit), cells, "is unknown", remedy)


def _pedigrees(tables: Tables) -> Iterator[Problem]:
    if "pedigree" not in tables["exchanges"]:
        return
    cells = tables["exchanges"]["pedigree"]
    fit = {cell: not cell or scores_of(cell) is not None for cell in cells.unique()}
    remedy = "write five scores from 1 to 5 such as 2,3,1,1,4"
    broken = ~cells.map(fit)
    yield from _rows("exchanges", "pedigree", broken, cells, "holds no pedigree scores", remedy)


def _evidence(tables: Tables) -> Iterator[Problem]:
    values = {"exchanges": "amount", "characterisation": "value", "activities": None}
    for name, column in values.items():
        table = tables[name]
        yield from _unknown(name, "grade", table["grade"], GRADES)
        uncited = table["citation"].eq("")
        yield from _rows(name, "citation", uncited, table["grade"], "has no citation", "name it")
        if column is not None:
            yield from _ranges(name, table, table[column])


def _ranges(name: str, table: pd.DataFrame, value: "pd.Series[float]") -> Iterator[Problem]:
    low, high = table["low"], table["high"]
    bare = table["grade"].eq("unverified") & (low.isna() | high.isna())
    remedy = "give low and high"
    yield from _rows(name, "grade", bare, table["grade"], "has no range", remedy)
    outside = low.gt(value) | high.lt(value) | low.gt(high)
    yield from _rows(name, "low", outside, value, "is outside its range", "low <= value <= high")


def _unknown(
    name: str, column: str, cells: "pd.Series[str]", known: Iterable[str]
) -> Iterator[Problem]:
    allowed = list(known)
    remedy = f"one of {', '.join(allowed)}" if len(allowed) < 10 else "see the table it points to"
    yield from _rows(name, column, ~cells.isin(allowed), cells, "is unknown", remedy)


def _rows(
    name: str,
    column: str,
    broken: Mask,
    shown: "pd.Series[str] | pd.Series[float]",
    what: str,
    remedy: str,
) -> Iterator[Problem]:
    for row in broken.index[broken]:
        yield Problem(f"{name}.csv, row {row + 2}, {column}", f"'{shown[row]}' {what}", remedy)
