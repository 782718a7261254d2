"""The figures that a result may rest on: each with its range, grade and citation.

Tables are taken column by column: a plan rests on about a thousand figures out of a dozen tables,
and `match` weighs them every time.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.io.provenance import Provenance
from symbiosis.model import Park
from symbiosis.scenarios.origins import CATALOGUE, PARK

Array: TypeAlias = npt.NDArray[Any]
Figures: TypeAlias = Mapping[str, Array]
COLUMNS = (*("room", "table", "id", "column", "value", "low", "high", "unit", "grade", "citation"),)
NUMBERS = ("value", "low", "high")
EVIDENCE = ("low", "high", "grade", "citation")
NAME = ("table", "id", "column")
PLACES = ("latitude", "longitude")


def picked(table: pd.DataFrame, chosen: Array, *columns: str) -> dict[str, Array]:
    """Return the chosen rows of some columns; one that the table has not is blank."""
    blank: dict[str, object] = dict.fromkeys(NUMBERS, np.nan)
    return {
        name: table[name].to_numpy()[chosen]
        if name in table.columns
        else np.full(int(chosen.sum()), blank.get(name, ""), dtype=object)
        for name in columns
    }


def among(values: pd.Series, wanted: Collection[str]) -> npt.NDArray[np.bool_]:
    """Return which values are wanted."""
    known = frozenset(wanted)
    return np.fromiter((v in known for v in values.tolist()), dtype=bool, count=len(values))


def flow_figures(park: Park, flows: Collection[str]) -> list[Figures]:
    """Return what the park says of `flows`: amounts [resource unit/year] and unit costs."""
    columns = ("id", "amount", "unit_cost", "unit", *EVIDENCE)
    rows = picked(park.flows, among(park.flows["id"], flows), *columns)
    paid = ~np.isnan(rows["unit_cost"].astype(float))
    costs = {name: values[paid] for name, values in rows.items()}
    price = [f"{park.currency}/{unit}" for unit in costs["unit"]]
    own = dict.fromkeys(("low", "high"), np.nan)
    return [
        _figures(rows, "flows", "amount", rows["amount"]),
        _figures(costs | own, "flows", "unit_cost", costs["unit_cost"], unit=price),
    ]


def quality_figures(park: Park, stated: Provenance, flows: Collection[str]) -> list[Figures]:
    """Return the qualities of `flows` and the limits of their receivers, graded as the flow.

    What reading fills in of a purchase (the value that its limit implies) is nobody's figure and
    left out.
    """
    bounds = ("value", "minimum", "maximum")
    table = park.qualities
    rows = picked(table, among(table["flow"], flows), "flow", "property", "unit", *bounds)
    whose = picked(
        park.flows, among(park.flows["id"], rows["flow"]), "id", "source", "grade", "citation"
    )
    place = {name: i for i, name in enumerate(whose["id"])}
    at = np.array([place[name] for name in rows["flow"]], dtype=int)
    rows |= {name: whose[name][at] for name in ("source", "grade", "citation")}
    rows["id"] = rows["flow"].astype(object) + "|" + rows["property"].astype(object)
    told = stated.figures["table"].eq("qualities") & stated.figures["column"].eq("value")
    known = frozenset(stated.figures.loc[told, "id"])
    implied = (rows["source"] == "@supply") & ~np.array([i in known for i in rows["id"]], bool)
    found = []
    for name in bounds:
        there = ~np.isnan(rows[name].astype(float)) & ~(implied & (name == "value"))
        chosen = {column: values[there] for column, values in rows.items()}
        ends = dict.fromkeys(("low", "high"), np.nan)
        found.append(_figures(chosen | ends, "qualities", name, chosen[name]))
    return found


def pathway_figures(
    park: Park, stated: Provenance, catalogue: Catalogue, pathways: Collection[str]
) -> list[Figures]:
    """Return the figures of `pathways`: yields, side flows, costs, reach, what they accept.

    Parameters
    ----------
    catalogue : Catalogue
        As the park sees it. Costs and reach are listed as the catalogue has them, in its units.
    """
    ours = frozenset(park.pathways["id"])
    table, side = catalogue.pathways, catalogue.pathway_flows
    rows = picked(table, among(table["id"], pathways), "id", "yield", "gives", *EVIDENCE)
    named = ("pathway", "direction", "boundary", "resource", "amount", "unit", *EVIDENCE)
    flows = picked(side, among(side["pathway"], pathways), *named)
    ways = (flows["direction"], flows["boundary"], flows["resource"])
    found = [
        _figures(rows, "pathways", "yield", rows["yield"], unit=rows["gives"]),
        _figures(
            flows | {"id": flows["pathway"]},
            "pathway_flows",
            [" ".join(way) for way in zip(*ways, strict=True)],
            flows["amount"],
        ),
    ]
    for told, which in ((catalogue.figures, ours), (stated.figures, set(pathways) - ours)):
        chosen = among(told["id"], set(pathways) - which) & (told["table"] == "pathways").to_numpy()
        other = picked(told, chosen, "id", "column", "value", "unit", *EVIDENCE)
        found.append(_figures(other, "pathways", other["column"], other["value"]))
    found += _limits(catalogue, pathways)
    rooms = {True: PARK, False: CATALOGUE}
    return [
        {**figures, "room": np.array([rooms[i in ours] for i in figures["id"]], dtype=object)}
        for figures in found
    ]


def _limits(catalogue: Catalogue, pathways: Collection[str]) -> Iterable[Figures]:
    """Yield what `pathways` accept; a limit has the unit of its property."""
    table = catalogue.pathway_limits
    bounds = ("minimum", "maximum", "max_share")
    columns = ("pathway", "property", "at", *bounds, *EVIDENCE)
    rows = picked(table, among(table["pathway"], pathways), *columns)
    units = _by_id(catalogue.properties, "unit")
    for bound in bounds:
        there = ~np.isnan(rows[bound].astype(float))
        chosen = {name: values[there] for name, values in rows.items()}
        yield _figures(
            chosen | {"id": chosen["pathway"]},
            "pathway_limits",
            [f"{a} {p} {bound}" for a, p in zip(chosen["at"], chosen["property"], strict=True)],
            chosen[bound],
            unit=[units.get(name, "") for name in chosen["property"]],
        )


def place_figures(stated: Provenance, enterprises: Collection[str]) -> list[Figures]:
    """Return what figures.csv says of where `enterprises` are and how far apart."""
    known, told = frozenset(enterprises), stated.figures
    names = (told[name].tolist() for name in NAME)
    chosen = np.array(
        [
            (table == "enterprises" and name in known and column in PLACES)
            or (table == "distances" and known.issuperset(name.split("|")))
            for table, name, column in zip(*names, strict=True)
        ],
        dtype=bool,
    )
    rows = picked(told, chosen, *NAME, "value", "unit", *EVIDENCE)
    return [_figures(rows, rows["table"], rows["column"], rows["value"])]


def market_figures(park: Park, resources: Collection[str]) -> list[Figures]:
    """Return how much of `resources` the park's markets take [resource unit/year]."""
    table = park.markets
    chosen = (table["boundary"] == "@sales").to_numpy() & table["maximum"].notna().to_numpy()
    chosen &= among(table["resource"], resources)
    rows = picked(table, chosen, "resource", "maximum", "citation")
    units = _by_id(park.resources, "unit")
    evidence = {"low": np.nan, "high": np.nan, "grade": "", "citation": rows["citation"]}
    name = np.array([f"@sales|{resource}" for resource in rows["resource"]], dtype=object)
    unit = [units.get(resource, "") for resource in rows["resource"]]
    return [_figures({"id": name, **evidence}, "markets", "maximum", rows["maximum"], unit=unit)]


def mode_figures(catalogue: Catalogue, used: Collection[tuple[str, str]]) -> list[Figures]:
    """Return reach and loss of the modes that are `used`, as (kind, mode) [km; 1/km]."""
    table = catalogue.modes
    pairs = zip(table["kind"].tolist(), table["mode"].tolist(), strict=True)
    chosen = np.array([pair in used for pair in pairs], dtype=bool)
    found: list[Figures] = []
    for column, unit in (("max_distance_km", "km"), ("loss_per_km", "1/km")):
        there = chosen & table[column].notna().to_numpy()
        rows = picked(table, there, column, "kind", "mode", *EVIDENCE)
        name = rows["kind"].astype(object) + "|" + rows["mode"].astype(object)
        figures = _figures(rows | {"id": name}, "modes", column, rows[column], unit=unit)
        found.append({**figures, "room": np.full(len(name), CATALOGUE, dtype=object)})
    return found


def settled(tables: Iterable[Figures], stated: Provenance) -> pd.DataFrame:
    """Return figures in one table, each once, with columns `COLUMNS`.

    Of a figure that the park states in figures.csv, range, grade and citation are taken from
    there, the range in proportion, since it may be in another unit or under another scenario; only
    an amount has the grade of its own row first. A figure that nobody graded is unverified.
    """
    parts = list(tables)
    whole = {name: np.concatenate([part[name] for part in parts]) for name in COLUMNS}
    keys = zip(*(whole[name] for name in NAME), strict=True)
    first = {key: i for i, key in reversed(list(enumerate(keys)))}
    kept = np.array(sorted(first.values()), dtype=int)
    whole = {name: values[kept] for name, values in whole.items()}
    _restate(whole, stated)
    whole["grade"] = np.where(whole["grade"] == "", "unverified", whole["grade"])
    return pd.DataFrame(whole).astype(dict.fromkeys(NUMBERS, float))


def _restate(figures: dict[str, Array], stated: Provenance) -> None:
    told = stated.figures
    names = zip(*(told[name].tolist() for name in NAME), strict=True)
    place = {key: i for i, key in enumerate(names)}
    keys = zip(*(figures[name] for name in NAME), strict=True)
    at = np.array([place.get(key, -1) for key in keys], dtype=int)
    amount = (figures["table"] == "flows") & (figures["column"] == "amount")
    named = (at >= 0) & (figures["room"] == PARK) & ~(amount & (figures["grade"] != ""))
    at = at[named]
    before = told["value"].to_numpy(float)[at]
    same = (before == 0) | np.isnan(before)
    scale = figures["value"][named].astype(float) / np.where(same, 1.0, before)
    for end in ("low", "high"):
        figures[end][named] = told[end].to_numpy(float)[at] * np.where(same, 1.0, scale)
    for name in ("grade", "citation"):
        figures[name][named] = told[name].to_numpy()[at]


def _by_id(table: pd.DataFrame, column: str) -> dict[str, str]:
    return dict(zip(table["id"].tolist(), table[column].tolist(), strict=True))


def _figures(
    rows: Mapping[str, Any],
    table: "str | Array",
    column: "str | Iterable[str]",
    value: Array,
    unit: "str | Iterable[str] | None" = None,
) -> Figures:
    """Return figures of the park from `rows`, which hold id, unit and what stands behind them."""
    count = len(value)
    unit = rows["unit"] if unit is None else unit
    texts = {"room": PARK, "table": table, "id": rows["id"], "column": column, "unit": unit}
    texts |= {name: rows[name] for name in ("grade", "citation")}
    numbers = {"value": value, "low": rows["low"], "high": rows["high"]}
    return {
        **{name: _filled(values, count, object) for name, values in texts.items()},
        **{name: _filled(values, count, float) for name, values in numbers.items()},
    }


def _filled(values: Any, count: int, kind: type) -> Array:
    if isinstance(values, (str, float)):
        return np.full(count, values, dtype=kind)
    array: Array = np.array(list(values), dtype=kind)
    return np.where(pd.isna(array), "", array) if kind is object and count else array
