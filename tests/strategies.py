"""Arbitrary small valid parks, for laws that must hold for any park.

`parks()` draws a park with several resources of each kind, unused by-products and purchases
that could meet, heat with temperatures, water with limits, flexible boilers, split lots,
distances or coordinates, and texts that look like formulas. Each piece draws rows (mappings) of
one or more tables; `park_of` makes the park, by the rules of reading a file.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from symbiosis.catalogue import CATALOGUE_TABLES, Catalogue
from symbiosis.io import park_of
from symbiosis.model import Park

Row = dict[str, Any]
Rows = dict[str, list[Row]]

MATERIALS = ("gypsum", "plaster", "acid", "slag", "石膏 2")
WATERS = ("river", "works_water")
HEATS = ("heat", "steam")
LIMITED = ("chloride", "moisture", "cod")  # these mix linearly
PROPERTIES = {"chloride": "1", "moisture": "1", "cod": "mg/L", "ph": "pH"}
FORMULA_LIKE = (
    "=1+1",
    "+2",
    "-3",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "'quoted",
    "007",
    "1e5",
    "NaN",
)


def catalogue() -> Catalogue:
    """Return a catalogue that knows a few properties and no resources."""
    kinds = {"text": "str", "number": "float64", "boolean": "bool"}
    columns = CATALOGUE_TABLES["properties"].columns
    rows = [{"id": name, "unit": unit, "mixes": "linear"} for name, unit in PROPERTIES.items()]
    properties = pd.DataFrame(
        {
            c.name: pd.Series([row.get(c.name, c.blank) for row in rows], dtype=kinds[c.kind])
            for c in columns
        }
    )
    return Catalogue(properties=properties)


CATALOGUE = catalogue()


def texts(min_size: int = 0) -> st.SearchStrategy[str]:
    """Draw a text as a cell may hold it: no control characters, no blanks around it."""
    odd = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), max_size=8).map(
        str.strip
    )
    lines = st.tuples(odd, odd).map(lambda parts: "\n".join(parts).strip())
    return (st.sampled_from(FORMULA_LIKE) | odd | lines).filter(lambda text: len(text) >= min_size)


def amounts(least: float = 0.01, most: float = 1e5) -> st.SearchStrategy[float]:
    """Draw an amount per year that a solver can tell from nothing."""
    return st.floats(least, most) | st.integers(1, int(most)).map(float)


def sometimes(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw a value, or a blank cell."""
    return st.none() | strategy


@st.composite
def resources(draw: st.DrawFn) -> list[Row]:
    """Draw what each resource is, with contents that are made up but possible."""
    share = st.floats(0, 1)
    rows = [
        {
            "id": name,
            "name": draw(texts(min_size=1)),
            "name_zh": draw(texts()),
            "kind": "material",
            "unit": "t",
            "hazardous": draw(st.booleans()),
            "content_mass": 1,
            **{f"content_{layer}": draw(sometimes(share)) for layer in ("C", "S", "Cu")},
        }
        for name in MATERIALS
    ]
    rows += [{"id": name, "name": name, "kind": "water", "unit": "m3"} for name in WATERS]
    rows += [
        {"id": "heat", "name": "heat", "kind": "heat", "unit": "GJ"},
        {"id": "steam", "name": "steam", "kind": "heat", "unit": "t", "content_energy": 2.75},
        {"id": "power", "name": "electricity", "kind": "electricity", "unit": "MWh"},
        {"id": "flue", "name": "flue gas", "kind": "gas", "unit": "t", "content_C": 0.27},
        {"id": "fuel_gas", "name": "gas", "kind": "gas", "unit": "Nm3", "content_energy": 0.036},
        {"id": "haulage", "name": "haulage", "kind": "service", "unit": "t*km"},
    ]
    return rows


@st.composite
def enterprises(draw: st.DrawFn, least: int = 2) -> list[Row]:
    """Draw enterprises; their ids are odd but allowed, their places known or not."""
    count = draw(st.integers(least, 5))
    mark = draw(st.sampled_from(["", "=", "-", "厂", "é ", '"', "#"]))
    return [
        {
            "id": f"{mark}e{i}",
            "name": draw(texts(min_size=1)),
            "sector": draw(texts()),
            "latitude": draw(sometimes(st.floats(26, 27))),
            "longitude": draw(sometimes(st.floats(107, 108))),
        }
        for i in range(count)
    ]


@st.composite
def processes(draw: st.DrawFn, owners: Sequence[str]) -> list[Row]:
    """Draw no, one or two processes for each enterprise; with none, it is a process itself."""
    rows = []
    for owner in owners:
        for i in range(draw(st.integers(0, 2))):
            rows.append(
                {
                    "id": f"{owner}.{i}",
                    "enterprise": owner,
                    "product": draw(texts()),
                    "activity": draw(sometimes(amounts())),
                    "margin": draw(sometimes(st.floats(-100, 100))),
                    "operating_hours": draw(sometimes(st.floats(1, 8760))),
                }
            )
    return rows


def _ends(owners: Sequence[str], there: Sequence[Row]) -> list[str]:
    """Return what a flow may name: processes, and enterprises that have none."""
    busy = {row["enterprise"] for row in there}
    return [*(row["id"] for row in there), *(owner for owner in owners if owner not in busy)]


@st.composite
def details(draw: st.DrawFn, amount: float) -> Row:
    """Draw the columns that any flow may have."""
    return {
        "amount": amount,
        "unit_cost": draw(sometimes(st.floats(-200, 2000))),
        "sd": draw(sometimes(st.floats(0, 1))),
        "low": draw(sometimes(st.floats(0, 1).map(lambda share: amount * share))),
        "high": draw(sometimes(st.floats(1, 2).map(lambda share: amount * share))),
        "citation": draw(texts()),
        "market_constrained": draw(st.booleans()),
    }


@st.composite
def limited(draw: st.DrawFn, flow: str, bought: bool) -> list[Row]:
    """Draw qualities of a flow: values of an offer, limits (and a fitting value) of a purchase."""
    names = draw(st.lists(st.sampled_from(LIMITED), unique=True, max_size=2))
    rows = []
    for name in names:
        most = 0.9 if name == "moisture" else 100.0
        value, limit = sorted([draw(st.floats(0, most)), draw(st.floats(0, most))])
        if not bought:
            rows.append({"flow": flow, "property": name, "value": limit})
        else:
            given = draw(sometimes(st.just(value)))
            rows.append({"flow": flow, "property": name, "value": given, "maximum": limit})
    return rows


@st.composite
def temperatures(draw: st.DrawFn, flow: str, rising: bool) -> list[Row]:
    """Draw from and to [degC] of a heat flow, or neither, or one point for condensing steam."""
    low, high = sorted(draw(st.lists(st.floats(10, 400), min_size=2, max_size=2)))
    first, last = (low, high) if rising else (high, low)
    if draw(st.booleans()):
        last = first
    if not draw(st.integers(0, 4)):
        return []
    return [
        {"flow": flow, "property": "temperature_from", "value": first, "unit": "degC"},
        {"flow": flow, "property": "temperature_to", "value": last, "unit": "degC"},
    ]


@st.composite
def boundary_flow(draw: st.DrawFn, name: str, process: str) -> Rows:
    """Draw an offer, a purchase, a sale or an emission, with the qualities that fit it."""
    resource = draw(st.sampled_from([*MATERIALS, *WATERS, *HEATS, "power", "flue", "fuel_gas"]))
    bought = draw(st.booleans())
    if resource == "flue":
        bought, outside = False, "@nature"
    elif bought:
        outside = draw(st.sampled_from(["@supply", "@supply", "@nature"]))
    else:
        outside = draw(st.sampled_from(["@disposal", "@nature", "@stock", "@sales"]))
    source, target = (outside, process) if bought else (process, outside)
    flow = {
        "id": name,
        "source": source,
        "target": target,
        "resource": resource,
        "unit": {"power": "MWh", "fuel_gas": "Nm3", "heat": "GJ"}.get(
            resource, "m3" if resource in WATERS else "t"
        ),
        "tradable": draw(sometimes(st.booleans())),
        **draw(details(draw(amounts()))),
    }
    if resource in HEATS:
        qualities = draw(temperatures(name, rising=bought))
    else:
        qualities = draw(limited(name, bought)) if resource in (*MATERIALS, *WATERS) else []
    return {"flows": [flow], "qualities": qualities}


@st.composite
def split_flow(draw: st.DrawFn, name: str, process: str) -> Rows:
    """Draw one purchase in two rows of one lot, as a park after matching has it."""
    resource = draw(st.sampled_from(MATERIALS))
    rows = [
        {
            "id": f"{name}{part}",
            "source": "@supply",
            "target": process,
            "resource": resource,
            "unit": "t",
            "lot": name,
            **draw(details(draw(amounts()))),
        }
        for part in ("", "-2")
    ]
    return {"flows": rows, "qualities": [q for row in rows for q in draw(limited(row["id"], True))]}


@st.composite
def boiler(draw: st.DrawFn, owner: str, user: str) -> Rows:
    """Draw a flexible boiler that burns gas and heats another process."""
    heat = draw(amounts())
    identifier = f"{owner}.boiler"
    process = {
        "id": identifier,
        "enterprise": owner,
        "activity": heat,
        "minimum_activity": draw(sometimes(st.floats(0, 1).map(lambda share: heat * share))),
        "maximum_activity": draw(sometimes(st.floats(1, 2).map(lambda share: heat * share))),
        "flexible": True,
    }
    served = f"{identifier}>heat".replace(">", "/")
    flows = [
        _flow(f"{identifier}/gas", "@supply", identifier, "fuel_gas", heat * 30, "Nm3"),
        _flow(served, identifier, user, "heat", heat, "GJ"),
        _flow(f"{identifier}/flue", identifier, "@nature", "flue", heat * 0.06, "t"),
    ]
    qualities = draw(temperatures(served, rising=True))
    return {"processes": [process], "flows": flows, "qualities": qualities}


def _flow(name: str, source: str, target: str, resource: str, amount: float, unit: str) -> Row:
    ends = {"source": source, "target": target}
    return {"id": name, **ends, "resource": resource, "amount": amount, "unit": unit}


@st.composite
def internal_flow(draw: st.DrawFn, name: str, ends: Sequence[str]) -> Rows:
    """Draw a flow between two processes, perhaps one that displaced a purchase before."""
    source, target = draw(st.permutations(ends).map(lambda order: order[:2]))
    displaces = draw(st.sampled_from(["", *MATERIALS]))
    flow = {
        "id": name,
        "source": source,
        "target": target,
        "resource": draw(st.sampled_from(MATERIALS)),
        "unit": "t",
        "pathway": draw(st.sampled_from(["", "identity"])),
        "displaces": displaces,
        "displaced_amount": draw(amounts()) if displaces else None,
        **draw(details(draw(amounts()))),
    }
    return {"flows": [flow]}


@st.composite
def pathways(draw: st.DrawFn) -> Rows:
    """Draw at most one pathway of the park's own, with a side flow and a limit."""
    if not draw(st.booleans()):
        return {}
    takes, gives = draw(st.permutations(MATERIALS).map(lambda order: order[:2]))
    pathway = {
        "id": "own",
        "name": draw(texts()),
        "takes": takes,
        "gives": gives,
        "yield": draw(st.floats(0.1, 1)),
        "ratio": draw(sometimes(st.floats(0.5, 1.5))),
        "site": draw(st.sampled_from(["", "giver", "taker"])),
        "operating_cost": draw(sometimes(st.floats(0, 100))),
        "removes_chloride": draw(sometimes(st.floats(0, 1))),
    }
    side = {"direction": "in", "boundary": "@supply", "resource": "power", "unit": "MWh"}
    limit = {"property": "chloride", "at": draw(st.sampled_from(["taken", "given"]))}
    return {
        "pathways": [pathway],
        "pathway_flows": [{"pathway": "own", **side, "amount": draw(st.floats(0, 1))}],
        "pathway_limits": [{"pathway": "own", **limit, "maximum": draw(st.floats(0, 100))}],
    }


@st.composite
def surroundings(draw: st.DrawFn, owners: Sequence[str]) -> Rows:
    """Draw distances, markets, limits and factors."""
    pairs = [(a, b) for a in owners for b in owners if a < b]
    known = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3))
    factors = [
        {
            "boundary": boundary,
            "resource": resource,
            "indicator": indicator,
            "unit": unit,
            "value": draw(st.floats(-1000, 1000)),
        }
        for boundary, resource, indicator, unit in (
            ("@supply", "gypsum", "cost", "CNY/t"),
            ("@disposal", "gypsum", "gwp100", "t CO2e/t"),
            ("@supply", "haulage", "cost", "CNY/(t*km)"),
            ("@supply", "power", "water use", "m3/MWh"),
        )
        if draw(st.booleans())
    ]
    market = {"boundary": "@sales", "resource": "plaster", "maximum": draw(amounts())}
    limit = {"id": "cap", "measure": "discarded", "maximum": draw(amounts())}
    return {
        "distances": [
            {"source": a, "target": b, "distance_km": draw(st.floats(0, 300))} for a, b in known
        ],
        "markets": [market] if draw(st.booleans()) else [],
        "limits": [limit] if draw(st.booleans()) else [],
        "factors": factors,
    }


@st.composite
def settings(draw: st.DrawFn) -> Row:
    """Draw some settings away from their defaults."""
    everything = {
        "objective": st.sampled_from(["cost", "gwp100", "cost + 50*gwp100"]),
        "carbon_price": st.floats(0, 500),
        "heat_min_approach": st.floats(0, 50),
        "max_distance": st.floats(0, 1000) | st.just({"material": 50.0, "heat": 5.0}),
        "transport_cost": st.floats(0, 2) | st.just({"road": 0.5}),
        "internal": st.booleans(),
        "indicators": st.just(["cost", "gwp100", "water"]),
        "seed": st.integers(0, 99),
    }
    chosen = draw(st.lists(st.sampled_from(sorted(everything)), unique=True, max_size=4))
    return {name: draw(everything[name]) for name in chosen}


@st.composite
def headings(draw: st.DrawFn) -> Row:
    """Draw what park.toml says."""
    heading = {
        "title": draw(texts(min_size=1)),
        "description": draw(texts()),
        "region": "Guizhou",
        "licence": draw(st.sampled_from(["", "CC-BY-4.0", "all rights, ours"])),
        "sources": draw(st.lists(texts(), max_size=2)),
        "settings": draw(settings()),
    }
    year = draw(sometimes(st.integers(1990, 2030)))
    return heading if year is None else {**heading, "year": year}


@st.composite
def parks(draw: st.DrawFn) -> Park:
    """Draw a valid park of two to five enterprises."""
    hosts = draw(enterprises())
    owners = [row["id"] for row in hosts]
    own = draw(processes(owners))
    ends = _ends(owners, own)
    pieces: list[Mapping[str, list[Row]]] = [
        {"enterprises": hosts, "processes": own, "resources": draw(resources()), "flows": []},
        draw(pathways()),
        draw(surroundings(owners)),
    ]
    for i in range(draw(st.integers(0, 8))):
        pieces.append(draw(boundary_flow(f"f{i}", draw(st.sampled_from(ends)))))
    if draw(st.booleans()):
        pieces.append(draw(split_flow("lot", draw(st.sampled_from(ends)))))
    if len(ends) > 1 and draw(st.booleans()):
        pieces.append(draw(internal_flow("i0", ends)))
    busy = {row["enterprise"] for row in own}
    if busy and draw(st.booleans()):
        user = draw(st.sampled_from(ends))
        pieces.append(draw(boiler(draw(st.sampled_from(sorted(busy))), user)))
    return park_of(_joined(pieces), CATALOGUE, draw(headings()))


def _joined(pieces: Sequence[Mapping[str, list[Row]]]) -> Rows:
    names = dict.fromkeys(name for piece in pieces for name in piece)
    return {name: [row for piece in pieces for row in piece.get(name, [])] for name in names}
