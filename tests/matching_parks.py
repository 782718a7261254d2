"""Arbitrary parks in which much can be exchanged: made from a seed and a size, so that they shrink.

Materials whose pathways close in mass and carbon by construction, water with two contaminants,
heat with temperatures, a boiler with fuel, ash and flue gas, plants with fixed cost, smallest size
and capacity, shares, markets, losses, distances, limits and existing exchanges.
"""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from symbiosis.catalogue import Catalogue, for_park, read_catalogue
from symbiosis.io import park_of
from symbiosis.model import Park

Row = dict[str, Any]
MATERIALS = ("ore", "slag", "filler", "binder")
RNG = np.random.Generator


@cache
def shipped() -> Catalogue:
    """Return the catalogue that ships, read once."""
    return read_catalogue()


def local(park: Park) -> Catalogue:
    """Return the catalogue as a park sees it: every factor comes from the park itself."""
    return for_park(shipped(), park)


def matching_parks() -> st.SearchStrategy[Park]:
    """Draw a park for matching."""
    return st.builds(
        random_park,
        seed=st.integers(0, 2**32 - 1),
        enterprises=st.integers(1, 4),
        materials=st.integers(0, 5),
        waters=st.integers(0, 4),
        heats=st.integers(0, 4),
        boilers=st.integers(0, 2),
        plants=st.booleans(),
    )


def random_park(
    seed: int,
    enterprises: int = 3,
    materials: int = 4,
    waters: int = 3,
    heats: int = 3,
    boilers: int = 1,
    plants: bool = True,
    settings: Row | None = None,
) -> Park:
    """Return the park of a seed; counts are offers (and as many demands) of each kind."""
    rng = np.random.default_rng(seed)
    hosts = [f"e{i}" for i in range(enterprises)]
    tables: dict[str, list[Row]] = {
        "enterprises": [
            {"id": e, "name": f"=Firm {e}", "permits": "hazardous" if rng.random() < 0.7 else ""}
            for e in hosts
        ],
        "processes": [],
        "flows": [],
        "qualities": [],
        "resources": _resources(rng),
        "factors": _factors(rng),
        "distances": [
            {"source": a, "target": b, "distance_km": round(float(rng.uniform(0, 40)), 1)}
            for i, a in enumerate(hosts)
            for b in hosts[i + 1 :]
        ],
    }
    for count, add in ((materials, _material), (waters, _water), (heats, _heat)):
        for number in range(count):
            add(rng, tables, hosts, number)
    for number in range(boilers):
        _boiler(rng, tables, hosts, number)
    if plants:
        _pathways(rng, tables)
    if rng.random() < 0.5:
        tables["markets"] = [
            {"boundary": "@sales", "resource": r, "maximum": _amount(rng), "price": _price(rng)}
            for r in ("slag", "binder")
        ]
    heading = {"title": f"park {seed}", "settings": {**_settings(rng), **(settings or {})}}
    return park_of(tables, shipped(), heading)


def _amount(rng: RNG) -> float:
    return float(np.exp(rng.uniform(np.log(5), np.log(5000))))


def _price(rng: RNG) -> float:
    return float(rng.uniform(0, 100))


def _settings(rng: RNG) -> Row:
    chosen: Row = {"objective": str(rng.choice(["cost", "gwp100", "cost + 30*gwp100"]))}
    if rng.random() < 0.3:
        chosen["carbon_price"] = float(rng.uniform(0, 100))
        chosen["carbon_price_on"] = str(rng.choice(["all", "direct"]))
    if rng.random() < 0.2:
        chosen["internal"] = False
    if rng.random() < 0.3:
        chosen["allocation"] = "cut-off"
    return chosen


def _resources(rng: RNG) -> list[Row]:
    rows: list[Row] = [
        {
            "id": name,
            "name": name,
            "kind": "material",
            "unit": "t",
            "content_C": share,
            "hazardous": name == "slag" and rng.random() < 0.3,
        }
        for name, share in zip(MATERIALS, (0.1, 0.2, 0.3, 0.4), strict=True)
    ]
    return [
        *rows,
        {"id": "reagent", "name": "reagent", "kind": "material", "unit": "t", "content_C": 0.5},
        {"id": "residue", "name": "residue", "kind": "material", "unit": "t", "content_C": 0.25},
        {"id": "soot", "name": "soot", "kind": "material", "unit": "t", "content_C": 1.0},
        {"id": "inert", "name": "inert", "kind": "material", "unit": "t", "content_C": 0.0},
        {"id": "fuel", "name": "fuel", "kind": "material", "unit": "t", "content_C": 0.6},
        {"id": "water", "name": "water", "kind": "water", "unit": "m3", "content_mass": 1},
    ]


def _factors(rng: RNG) -> list[Row]:
    rows: list[Row] = []
    for name in (*MATERIALS, "reagent", "residue", "soot", "inert", "fuel", "water"):
        for boundary in ("@supply", "@disposal", "@stock", "@sales"):
            sign = -1 if boundary == "@sales" else 1
            cost = sign * float(rng.uniform(0, 100))
            unit = "m3" if name == "water" else "t"
            rows += [
                _factor(boundary, name, "cost", cost, f"CNY/{unit}"),
                _factor(boundary, name, "gwp100", float(rng.uniform(0, 2)), f"t CO2e/{unit}"),
            ]
    return rows


def _factor(boundary: str, resource: str, indicator: str, value: float, unit: str) -> Row:
    return {
        "boundary": boundary,
        "resource": resource,
        "indicator": indicator,
        "value": value,
        "unit": unit,
    }


def _process(rng: RNG, tables: dict[str, list[Row]], hosts: list[str], name: str) -> str:
    host = hosts[int(rng.integers(len(hosts)))]
    tables["processes"].append({"id": name, "enterprise": host, "name": name})
    return name


def _flow(name: str, source: str, target: str, resource: str, amount: float, unit: str) -> Row:
    return {
        "id": name,
        "source": source,
        "target": target,
        "resource": resource,
        "amount": amount,
        "unit": unit,
    }


def _material(rng: RNG, tables: dict[str, list[Row]], hosts: list[str], n: int) -> None:
    giver = _process(rng, tables, hosts, f"gives{n}")
    taker = _process(rng, tables, hosts, f"takes{n}")
    out = str(rng.choice(["@disposal", "@stock"]))
    given, taken = rng.choice(MATERIALS, 2)
    offer = _flow(f"by{n}", giver, out, str(given), _amount(rng), "t")
    need = _flow(f"buy{n}", "@supply", taker, str(taken), _amount(rng), "t")
    if rng.random() < 0.2:
        offer["market_constrained"] = True
    if rng.random() < 0.3:
        need["unit_cost"] = float(rng.uniform(0, 200))
    if rng.random() < 0.3:
        offer |= {"low": 0.8 * offer["amount"], "high": 1.1 * offer["amount"]}
    tables["flows"] += [offer, need]
    for name in ("chloride", "moisture"):
        if rng.random() < 0.5:
            value = float(rng.uniform(0, 0.5))
            tables["qualities"].append({"flow": f"by{n}", "property": name, "value": value})
    if rng.random() < 0.5:
        dry = "dry" if rng.random() < 0.3 else ""
        limit = {"flow": f"buy{n}", "property": "chloride", "maximum": float(rng.uniform(0, 0.4))}
        tables["qualities"].append({**limit, "basis": dry})


def _water(rng: RNG, tables: dict[str, list[Row]], hosts: list[str], n: int) -> None:
    giver = _process(rng, tables, hosts, f"drains{n}")
    taker = _process(rng, tables, hosts, f"drinks{n}")
    tables["flows"] += [
        _flow(f"effluent{n}", giver, "@disposal", "water", _amount(rng), "m3"),
        _flow(f"water{n}", "@supply", taker, "water", _amount(rng), "m3"),
    ]
    for name in ("cod", "tds"):
        value, limit = (float(rng.uniform(0, 500)) for _ in range(2))
        row = {"property": name, "unit": "mg/L"}
        tables["qualities"] += [
            {**row, "flow": f"effluent{n}", "value": value},
            {**row, "flow": f"water{n}", "maximum": limit},
        ]


def _heat(rng: RNG, tables: dict[str, list[Row]], hosts: list[str], n: int) -> None:
    giver = _process(rng, tables, hosts, f"cools{n}")
    taker = _process(rng, tables, hosts, f"warms{n}")
    hot = _flow(f"hot{n}", giver, "@nature", "heat", _amount(rng), "GJ")
    cold = _flow(f"cold{n}", "@supply", taker, "heat", _amount(rng), "GJ")
    cold["unit_cost"] = float(rng.uniform(20, 60))
    tables["flows"] += [hot, cold]
    _range(rng, tables, f"hot{n}", rising=False, least=60, most=250)
    _range(rng, tables, f"cold{n}", rising=True, least=20, most=180)


def _range(
    rng: RNG, tables: dict[str, list[Row]], flow: str, *, rising: bool, least: float, most: float
) -> None:
    ends = np.round(np.sort(rng.uniform(least, most, 2)), int(rng.integers(0, 3)))
    if rng.random() < 0.25:
        ends[:] = ends[0]
    first, last = ends if rising else ends[::-1]
    tables["qualities"] += [
        {"flow": flow, "property": "temperature_from", "value": float(first), "unit": "degC"},
        {"flow": flow, "property": "temperature_to", "value": float(last), "unit": "degC"},
    ]


def _boiler(rng: RNG, tables: dict[str, list[Row]], hosts: list[str], n: int) -> None:
    boiler = _process(rng, tables, hosts, f"boiler{n}")
    users = [_process(rng, tables, hosts, f"user{n}{i}") for i in range(2)]
    heats = [_amount(rng), _amount(rng)]
    total = sum(heats)
    tables["processes"][-3] |= {
        "flexible": True,
        "activity": total,
        "minimum_activity": 0.3 * total if rng.random() < 0.3 else None,
    }
    for i, (user, heat) in enumerate(zip(users, heats, strict=True)):
        flow = _flow(f"steam{n}{i}", boiler, user, "heat", heat, "GJ")
        flow["unit_cost"] = float(rng.uniform(0, 50))
        tables["flows"].append(flow)
        _range(rng, tables, f"steam{n}{i}", rising=True, least=20, most=180)
    tables["flows"] += [
        _flow(f"coal{n}", "@supply", boiler, "fuel", 0.05 * total, "t"),
        _flow(f"ash{n}", boiler, "@disposal", "slag", 0.01 * total, "t"),
        _flow(f"flue{n}", boiler, "@nature", "carbon_dioxide", 0.1 * total, "t"),
        _flow(f"stack{n}", boiler, "@nature", "heat", 0.1 * total, "GJ"),
    ]
    _range(rng, tables, f"stack{n}", rising=False, least=60, most=200)


def _pathways(rng: RNG, tables: dict[str, list[Row]]) -> None:
    """Add routes that close: what is not given is residue, soot or inert, whatever the yield."""
    carbon = dict(zip(MATERIALS, (0.1, 0.2, 0.3, 0.4), strict=True))
    tables["pathways"], tables["pathway_flows"] = [], []
    for n in range(int(rng.integers(1, 4))):
        takes, gives, replaces = (str(r) for r in rng.choice(MATERIALS, 3))
        reagent, made = float(rng.uniform(0, 0.2)), float(rng.uniform(0.3, 0.9))
        residue = float(rng.uniform(0, 0.05))
        left = 1 + reagent - made - residue
        left_carbon = carbon[takes] + 0.5 * reagent - made * carbon[gives] - 0.25 * residue
        if not 0 <= left_carbon <= left:
            continue
        pathway: Row = {
            "id": f"route{n}",
            "takes": takes,
            "gives": gives,
            "replaces": replaces,
            "yield": made,
            "ratio": float(rng.uniform(0.5, 1.2)),
            "site": str(rng.choice(["giver", "taker"])),
            "operating_cost": float(rng.uniform(0, 20)),
            "capital_per_capacity": float(rng.uniform(0, 50)),
            "loss_per_km": float(rng.choice([0, 0.002])),
            "removes_chloride": float(rng.uniform(0, 1)),
        }
        if rng.random() < 0.5:
            pathway |= {"capital_fixed": float(rng.uniform(0, 20000))}
        if rng.random() < 0.4:
            pathway |= {"minimum": float(rng.uniform(0, 500))}
        if rng.random() < 0.3:
            pathway |= {"capacity": float(rng.uniform(500, 3000))}
        tables["pathways"].append(pathway)
        for direction, boundary, resource, amount in (
            ("in", "@supply", "reagent", reagent),
            ("out", "@disposal", "residue", residue),
            ("out", "@sales", "soot", left_carbon),
            ("out", "@disposal", "inert", left - left_carbon),
        ):
            tables["pathway_flows"].append(
                {
                    "pathway": f"route{n}",
                    "direction": direction,
                    "boundary": boundary,
                    "resource": resource,
                    "amount": amount,
                    "unit": "t",
                }
            )
    if tables["pathways"] and rng.random() < 0.3:
        tables["pathway_limits"] = [
            {"pathway": tables["pathways"][0]["id"], "property": "share", "max_share": 0.4}
        ]


def plan_prices(search: Any, rng: RNG) -> "pd.Series[float]":
    """Return arbitrary prices per candidate and plant: what they are best for is any plan."""
    effects = search.found.effects
    count = effects.candidates + len(effects.plants)
    return pd.Series(rng.normal(size=count))
