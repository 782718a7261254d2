"""A database as openLCA JSON-LD (olca-schema 2), a zip that openLCA imports."""

import json
import math
from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from symbiosis.lca.distributions import LOGNORMAL, NORMAL, TRIANGULAR, UNIFORM
from symbiosis.lca.export.database import Database
from symbiosis.lca.export.whole import appearing

Json = dict[str, object]
Entity = tuple[str, Json]

# Quantity to its units; the first is the reference, numbers are how many of it a unit is.
QUANTITIES: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "Mass": {"kg": 1.0, "t": 1000.0},
        "Energy": {"MJ": 1.0, "GJ": 1000.0, "kWh": 3.6, "MWh": 3600.0},
        "Volume": {"m3": 1.0},
        "Duration": {"year": 1.0},
        "Goods transport (mass*distance)": {"t*km": 1.0, "kg*km": 0.001},
    }
)


def written_jsonld(database: Database, path: Path) -> None:
    """Write a zip of processes, flows, units and an impact method; ids follow from the codes.

    A unit that no common quantity has gets a quantity of its own. Every input names its provider.
    """
    with appearing(path) as fresh, ZipFile(fresh, "w", ZIP_DEFLATED) as archive:
        archive.writestr(_dated("olca-schema.json"), '{"version": 2}')
        for folder, entity in _entities(database):
            text = json.dumps(entity, ensure_ascii=False, allow_nan=False)
            archive.writestr(_dated(f"{folder}/{entity['@id']}.json"), text)


def _dated(name: str) -> ZipInfo:
    """Return an entry without the time of writing, so that equal databases give equal files."""
    entry = ZipInfo(name, (2000, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    return entry


def identifier(*parts: str) -> str:
    """Return the id of an entity: the same for the same parts, always."""
    return str(uuid5(NAMESPACE_URL, "symbiosis/" + "/".join(parts)))


def _entities(database: Database) -> Iterator[Entity]:
    units = sorted({*database.nodes["unit"], *database.flows["unit"]})
    for quantity in sorted({_quantity(unit) for unit in units}):
        yield from _quantity_entities(quantity)
    for place in sorted(set(database.nodes["location"]) - {""}):
        yield "locations", {**_head("Location", "location", place), "code": place}
    for code, name, unit in database.flows[["code", "name", "unit"]].itertuples(index=False):
        yield "flows", _flow(database, code, name, unit, "ELEMENTARY_FLOW")
    for row in database.nodes.to_dict("records"):
        yield "flows", _flow(database, row["code"], row["name"], row["unit"], "PRODUCT_FLOW")
    edges = dict(list(database.edges.groupby("consumer", sort=False)))
    units_of = dict(zip(database.nodes["code"], database.nodes["unit"], strict=True))
    units_of |= dict(zip(database.flows["code"], database.flows["unit"], strict=True))
    for row in database.nodes.to_dict("records"):
        yield "processes", _process(database, row, edges.get(row["code"]), units_of)
    yield from _method(database, units_of)


def _head(kind: str, role: str, *name: str) -> Json:
    return {"@type": kind, "@id": identifier(role, *name), "name": name[-1]}


def _reference(kind: str, role: str, *name: str) -> Json:
    return _head(kind, role, *name)


def _quantity(unit: str) -> str:
    return next((name for name, units in QUANTITIES.items() if unit in units), f"Amount in {unit}")


def _units(quantity: str) -> Mapping[str, float]:
    return QUANTITIES.get(quantity, {quantity.removeprefix("Amount in "): 1.0})


def _unit(unit: str) -> Json:
    return _reference("Unit", "unit", _quantity(unit), unit)


def _property(unit: str) -> Json:
    return _reference("FlowProperty", "property", _quantity(unit))


def _quantity_entities(quantity: str) -> Iterator[Entity]:
    units = [
        {
            **_head("Unit", "unit", quantity, name),
            "conversionFactor": factor,
            "isRefUnit": number == 0,
        }
        for number, (name, factor) in enumerate(_units(quantity).items())
    ]
    group = {**_head("UnitGroup", "group", quantity), "name": f"Units of {quantity.lower()}"}
    held = _reference("FlowProperty", "property", quantity)
    yield "unit_groups", {**group, "units": units, "defaultFlowProperty": held}
    kind = {"flowPropertyType": "PHYSICAL_QUANTITY", "unitGroup": group}
    yield "flow_properties", {**held, **kind}


def _flow(database: Database, code: str, name: str, unit: str, kind: str) -> Json:
    held = {
        "@type": "FlowPropertyFactor",
        "conversionFactor": 1.0,
        "flowProperty": _property(unit),
        "isRefFlowProperty": True,
    }
    elementary = kind == "ELEMENTARY_FLOW"
    return {
        **_head("Flow", "flow", database.name, code),
        "name": name,
        "category": "symbiosis" if elementary else f"symbiosis/{_folder(database.name)}",
        "flowType": kind,
        "flowProperties": [held],
    }


def _folder(name: str) -> str:
    return name.replace("/", " ")


def _process(
    database: Database,
    row: Mapping[Hashable, str],
    edges: pd.DataFrame | None,
    units: Mapping[str, str],
) -> Json:
    product = _exchange(database, 1, row["code"], units, 1.0, is_input=False)
    exchanges = [{**product, "isQuantitativeReference": True}]
    records = [] if edges is None else edges.to_dict("records")
    for number, edge in enumerate(records, start=2):
        taken = edge["type"] == "technosphere"
        amount = float(edge["amount"])
        found = _exchange(database, number, edge["supplier"], units, amount, is_input=taken)
        if taken:
            provider = _reference("Process", "process", database.name, edge["supplier"])
            found["defaultProvider"] = provider
        spread = _uncertainty(edge)
        exchanges.append({**found, **spread, "description": str(edge["comment"])})
    return {
        **_head("Process", "process", database.name, row["code"]),
        "name": row["name"],
        "description": row["comment"],
        "category": f"symbiosis/{_folder(database.name)}/{row['kind']}",
        "processType": "UNIT_PROCESS",
        "location": _reference("Location", "location", row["location"]),
        "lastInternalId": len(exchanges),
        "exchanges": exchanges,
    }


def _exchange(
    database: Database,
    number: int,
    code: str,
    units: Mapping[str, str],
    amount: float,
    *,
    is_input: bool,
) -> Json:
    return {
        "@type": "Exchange",
        "internalId": number,
        "isInput": is_input,
        "isAvoidedProduct": False,
        "isQuantitativeReference": False,
        "amount": amount,
        "flow": _reference("Flow", "flow", database.name, code),
        "flowProperty": _property(units[code]),
        "unit": _unit(units[code]),
    }


def _uncertainty(edge: Mapping[Hashable, float]) -> Json:
    """Return how an amount is spread, where openLCA has a name for it."""
    kind = int(edge["uncertainty_type"])
    found: Json = {"@type": "Uncertainty"}
    if kind == LOGNORMAL and not edge["negative"]:
        found |= {"distributionType": "LOG_NORMAL_DISTRIBUTION"}
        found |= {"geomMean": math.exp(edge["loc"]), "geomSd": math.exp(edge["scale"])}
    elif kind == NORMAL:
        found |= {"distributionType": "NORMAL_DISTRIBUTION"}
        found |= {"mean": edge["loc"], "sd": edge["scale"]}
    elif kind == TRIANGULAR:
        found |= {"distributionType": "TRIANGLE_DISTRIBUTION", "mode": edge["loc"]}
        found |= {"minimum": edge["minimum"], "maximum": edge["maximum"]}
    elif kind == UNIFORM:
        found |= {"distributionType": "UNIFORM_DISTRIBUTION"}
        found |= {"minimum": edge["minimum"], "maximum": edge["maximum"]}
    else:
        return {}
    return {"uncertainty": found}


def _method(database: Database, units: Mapping[str, str]) -> Iterator[Entity]:
    categories = []
    for name, table in database.characters.groupby("indicator", sort=False):
        head = _head("ImpactCategory", "impact", database.name, str(name))
        factors = [
            {
                "@type": "ImpactFactor",
                "value": float(row["value"]),
                "flow": _reference("Flow", "flow", database.name, row["flow"]),
                "flowProperty": _property(units[row["flow"]]),
                "unit": _unit(units[row["flow"]]),
            }
            for row in table.to_dict("records")
        ]
        unit = str(table["unit"].iloc[0]).split("/")[0]
        yield "lcia_categories", {**head, "refUnit": unit, "impactFactors": factors}
        categories.append(head)
    head = _head("ImpactMethod", "method", database.name)
    method = {**head, "name": f"symbiosis, {database.name}", "impactCategories": categories}
    yield "lcia_methods", method
