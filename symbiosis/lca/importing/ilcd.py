"""ILCD: processes, flows, flow properties and unit groups as XML in a zip or folder."""

import math
from dataclasses import dataclass
from pathlib import Path

from symbiosis.errors import Problem
from symbiosis.lca.importing import xml
from symbiosis.lca.importing.archive import Member, members
from symbiosis.lca.importing.form import Emission, Flow, Input, Output, Rows
from symbiosis.lca.importing.spread import PLAIN, Spread, lognormal, normal, triangular, uniform

_KINDS = ("processDataSet", "flowDataSet", "flowPropertyDataSet", "unitGroupDataSet")
# Reference data that every ILCD package shares and many leave out.
_PROPERTY_UNITS = {
    "93a60a56-a3c8-11da-a746-0800200b9a66": "kg",  # mass
    "93a60a56-a3c8-11da-a746-0800200c9a66": "MJ",  # net calorific value
    "93a60a56-a3c8-22da-a746-0800200c9a66": "m3",  # volume
    "93a60a56-a3c8-14da-a746-0800200c9a66": "MJ",  # gross calorific value
    "93a60a56-a3c8-19da-a746-0800200c9a66": "m2",  # area
    "01846770-4cfe-4a25-8ad9-919d8d378345": "unit",  # number of items
    "838aaa20-0117-11db-92e3-0800200c9a66": "t*km",  # goods transport (mass times distance)
}


@dataclass(frozen=True, kw_only=True)
class _Package:
    """What the package holds, by kind and UUID."""

    documents: dict[str, dict[str, tuple[Member, xml.Element]]]
    rows: Rows


@dataclass(frozen=True, kw_only=True)
class _FlowSet:
    """What an exchange needs to know of its flow."""

    id: str
    name: str
    kind: str
    cas: str
    compartment: str
    unit: str
    scale: float  # of the reference property, per unit of amount


def read(path: Path, rows: Rows) -> None:
    """Add all processes of an ILCD zip or folder to `rows`."""
    package = _Package(documents={kind: {} for kind in _KINDS}, rows=rows)
    for count, member in enumerate(members(path, ".xml"), start=1):
        root = xml.root(member)
        kind = xml.name(root)
        if kind in package.documents:
            _keep(member, root, kind, package)
        if count % 2000 == 0:
            rows.say(f"... {count} documents read")
    if not package.documents["processDataSet"]:
        what = "holds no processDataSet"
        rows.problems.append(Problem(path.name, what, "export processes as ILCD"))
    rows.versions["ILCD"] = next(
        (str(root.get("version")) for _, root in package.documents["processDataSet"].values()), ""
    )
    for key, (member, root) in package.documents["processDataSet"].items():
        _process(key, member, root, package)


def _keep(member: Member, root: xml.Element, kind: str, package: _Package) -> None:
    key = next(
        (str(one.text).strip() for one in root.iter() if xml.name(one) == "UUID" and one.text), ""
    )
    if not key:
        package.rows.problems.append(Problem(f"{member.where}, UUID", "is missing", "give it"))
    elif key in package.documents[kind]:
        first = package.documents[kind][key][0].where
        what = f"the UUID '{key}' stands in {first} too"
        package.rows.problems.append(Problem(member.where, what, "keep one version"))
    package.documents[kind][key] = (member, root)


def _process(key: str, member: Member, root: xml.Element, package: _Package) -> None:
    rows, info = package.rows, "processInformation"
    name = xml.content(root, f"{info}/dataSetInformation/name/baseName")
    exchanges = list(xml.below(root, "exchanges/exchange"))
    at = xml.first(root, f"{info}/geography/locationOfOperationSupplyOrProduction")
    location = str(at.get("location") or "") if at is not None else ""
    year = _year(xml.content(root, f"{info}/time/referenceYear"))
    references = {
        (one.text or "").strip()
        for one in xml.below(root, f"{info}/quantitativeReference/referenceToReferenceFlow")
    }
    named = [one for one in exchanges if one.get("dataSetInternalID") in references]
    if not named:
        what = "has no reference flow (quantitativeReference names no exchange)"
        problem = Problem(f"{member.where}, process '{name}'", what, "name the product it gives")
        rows.problems.append(problem)
        return
    flows = {one: _flow(member, one, package) for one in exchanges}
    outputs = [one for one in exchanges if one in named or _is_product(one, flows[one])]
    products = {}
    for one in outputs:
        flow = flows[one]
        where = xml.line(member, one, f"exchange '{flow.name}'")
        amount = _amount(one, where, rows) * flow.scale
        taken = xml.content(one, "exchangeDirection").casefold() == "input"
        products[one.get("dataSetInternalID")] = f"{key}|{flow.id}"
        rows.outputs.append(
            Output(
                *(f"{key}|{flow.id}", key, flow.id, name, flow.name, location, flow.unit),
                -amount if taken else amount,
                share=1.0 if len(outputs) == 1 else math.nan,
                year=year,
                where=where,
            )
        )
    for one in exchanges:
        if one not in outputs:
            _exchange(key, member, one, flows[one], location, products, rows)


def _is_product(exchange: xml.Element, flow: _FlowSet) -> bool:
    given = xml.content(exchange, "exchangeDirection").casefold() == "output"
    return given and flow.kind == "product flow"


def _flow(member: Member, exchange: xml.Element, package: _Package) -> _FlowSet:
    """Return the flow of an exchange, with the unit that its amounts are in."""
    reference = xml.first(exchange, "referenceToFlowDataSet")
    key = str(reference.get("refObjectId") or "") if reference is not None else ""
    label = xml.content(exchange, "referenceToFlowDataSet/shortDescription")
    where = xml.line(member, exchange, f"exchange '{label}'")
    if key not in package.documents["flowDataSet"]:
        what = f"the flow data set '{key}' is not in the package"
        package.rows.problems.append(Problem(where, what, "export the process with its flows"))
        return _FlowSet(id=key, name=label, kind="", cas="", compartment="", unit="kg", scale=1.0)
    _, root = package.documents["flowDataSet"][key]
    info = "flowInformation/dataSetInformation"
    place = xml.content(
        root,
        f"{info}/classificationInformation/elementaryFlowCategorization/category",
    )
    places = [
        " ".join((one.text or "").split())
        for one in xml.below(
            root, f"{info}/classificationInformation/elementaryFlowCategorization/category"
        )
    ]
    unit, scale = _unit(root, where, package)
    kind = xml.content(root, "modellingAndValidation/LCIMethod/typeOfDataSet")
    return _FlowSet(
        id=key,
        name=xml.content(root, f"{info}/name/baseName") or label,
        kind=kind.casefold(),
        cas=xml.content(root, f"{info}/CASNumber"),
        compartment=" / ".join(places) or place,
        unit=unit,
        scale=scale,
    )


def _unit(flow: xml.Element, where: str, package: _Package) -> tuple[str, float]:
    """Return the reference unit of a flow and how many of it a flow's amount of 1 is."""
    reference = xml.content(
        flow, "flowInformation/quantitativeReference/referenceToReferenceFlowProperty"
    )
    chosen = [
        one
        for one in xml.below(flow, "flowProperties/flowProperty")
        if one.get("dataSetInternalID") == reference
    ]
    pointer = xml.first(chosen[0], "referenceToFlowPropertyDataSet") if chosen else None
    if pointer is None:
        what = "its flow has no reference flow property"
        package.rows.problems.append(Problem(where, what, "correct the flow data set"))
        return "kg", 1.0
    key = str(pointer.get("refObjectId"))
    scale = package.rows.number(xml.content(chosen[0], "meanValue"), f"{where}, meanValue", 1.0)
    held = package.documents["flowPropertyDataSet"].get(key)
    if held is not None:
        group = xml.first(
            held[1], "flowPropertiesInformation/quantitativeReference/referenceToReferenceUnitGroup"
        )
        name = _group_unit(str(group.get("refObjectId")) if group is not None else "", package)
        if name:
            return name, scale
    if key not in _PROPERTY_UNITS:
        what = f"the flow property '{key}' is not in the package"
        remedy = "export the process with its flow properties and unit groups"
        package.rows.problems.append(Problem(where, what, remedy))
    return _PROPERTY_UNITS.get(key, "kg"), scale


def _group_unit(key: str, package: _Package) -> str:
    """Return the name of the reference unit of a unit group; "" where it is not there."""
    held = package.documents["unitGroupDataSet"].get(key)
    if held is None:
        return ""
    path = "unitGroupInformation/quantitativeReference/referenceToReferenceUnit"
    reference = xml.content(held[1], path)
    for unit in xml.below(held[1], "units/unit"):
        if unit.get("dataSetInternalID") == reference:
            return xml.content(unit, "name")
    return ""


def _amount(exchange: xml.Element, where: str, rows: Rows) -> float:
    text = xml.content(exchange, "resultingAmount") or xml.content(exchange, "meanAmount")
    if xml.content(exchange, "referenceToVariable"):
        rows.formulas.append(f"{where}: {xml.content(exchange, 'referenceToVariable')}")
    return rows.number(text, where)


def _exchange(
    process: str,
    member: Member,
    one: xml.Element,
    flow: _FlowSet,
    home: str,
    products: dict[str | None, str],
    rows: Rows,
) -> None:
    where = xml.line(member, one, f"exchange '{flow.name}'")
    amount = _amount(one, where, rows) * flow.scale
    taken = xml.content(one, "exchangeDirection").casefold() == "input"
    location = xml.content(one, "location") or home
    for output, share in _allocated(one, where, products, rows) or [("", 1.0)]:
        if flow.kind == "elementary flow":
            held = Flow(flow.id, flow.name, flow.cas, flow.compartment, flow.unit)
            rows.flows.setdefault(flow.id, held)
            spread = _spread(one, amount * share, share * flow.scale, where, rows)
            entry = Emission(process, output, flow.id, flow.unit, amount * share, spread, where)
            rows.emissions.append(entry)
        else:
            sign = share if taken else -share
            spread = _spread(one, sign * amount, sign * flow.scale, where, rows)
            rows.inputs.append(
                Input(
                    *(process, output, "", flow.id, flow.name, location, flow.unit),
                    *(sign * amount, spread, where),
                )
            )


def _allocated(
    one: xml.Element, where: str, products: dict[str | None, str], rows: Rows
) -> list[tuple[str, float]]:
    """Return the products that bear an exchange, each with its share."""
    return [
        (
            products[part.get("internalReferenceToCoProduct")],
            rows.number(part.get("allocatedFraction"), where) / 100.0,
        )
        for part in xml.below(one, "allocations/allocation")
        if len(products) > 1 and part.get("internalReferenceToCoProduct") in products
    ]


def _spread(one: xml.Element, amount: float, scale: float, where: str, rows: Rows) -> Spread:
    def number(name: str) -> float:
        return rows.number(xml.content(one, name), f"{where}, {name}", math.nan)

    deviation = number("relativeStandardDeviation95In")
    low, high = sorted((number("minimumAmount") * scale, number("maximumAmount") * scale))
    match xml.content(one, "uncertaintyDistributionType").casefold():
        case "log-normal" if deviation > 1:
            return lognormal(amount, math.log(deviation) / 2.0)
        case "normal" if deviation > 0:
            return normal(amount, abs(amount) * deviation / 100.0 / 2.0)
        case "triangular":
            return triangular(amount, low, high)
        case "uniform":
            return uniform(low, high)
    return PLAIN


def _year(text: str) -> float:
    return float(text[:4]) if text[:4].isdigit() else math.nan
