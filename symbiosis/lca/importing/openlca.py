"""openLCA JSON-LD (schema 1 and 2): processes, flows and units as JSON documents in a zip."""

import math
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from symbiosis.errors import Problem
from symbiosis.lca.importing.archive import members
from symbiosis.lca.importing.form import Emission, Flow, Input, Output, Rows
from symbiosis.lca.importing.json_documents import Document, document, part, parts, string
from symbiosis.lca.importing.measure import unit_name
from symbiosis.lca.importing.spread import PLAIN, Spread, lognormal, normal, triangular, uniform

_FOLDERS = ("processes", "flows", "unit_groups", "flow_properties", "locations")


@dataclass(frozen=True, kw_only=True)
class _Package:
    """What the zip holds, by folder and id, with where it stands."""

    documents: dict[str, dict[str, Document]]
    places: dict[str, str]
    units: dict[str, tuple[str, float]]  # unit id -> (name here or of the reference, how many)
    rows: Rows

    def flow(self, reference: Document) -> Document:
        return self.documents["flows"].get(string(reference, "@id"), reference)


def read(path: Path, rows: Rows) -> None:
    """Add all processes of a JSON-LD zip or folder to `rows`."""
    documents: dict[str, dict[str, Document]] = {folder: {} for folder in _FOLDERS}
    places: dict[str, str] = {}
    for count, member in enumerate(members(path, ".json"), start=1):
        names = PurePosixPath(member.name).parts
        if len(names) < 2:
            if names[-1] == "openlca.json":
                rows.versions["openLCA schema"] = string(document(member), "schemaVersion")
            continue
        if names[-2] not in documents:
            continue
        found = document(member)
        key = string(found, "@id")
        if not key:
            rows.problems.append(Problem(f"{member.where}, @id", "is missing", "give it"))
        if key in documents[names[-2]]:
            problem = Problem(f"{member.where}, @id", f"'{key}' stands twice", "keep one")
            rows.problems.append(problem)
        documents[names[-2]][key] = found
        places[key] = member.where
        if count % 2000 == 0:
            rows.say(f"... {count} documents read")
    if not documents["processes"]:
        what = "holds no processes/*.json"
        rows.problems.append(Problem(path.name, what, "export processes as JSON-LD"))
    units = _units(documents["unit_groups"], rows)
    package = _Package(documents=documents, places=places, units=units, rows=rows)
    for process in documents["processes"].values():
        _process(process, package)


def _units(groups: dict[str, Document], rows: Rows) -> dict[str, tuple[str, float]]:
    """Return each unit as one known here: itself, else the reference of its group."""
    found: dict[str, tuple[str, float]] = {}
    for group in groups.values():
        units = parts(group, "units")
        reference = next((u for u in units if u.get("isRefUnit") or u.get("referenceUnit")), None)
        for unit in units:
            name = string(unit, "name")
            known = unit_name(name) is not None or reference is None
            where = f"unit group '{string(group, 'name')}', unit '{name}'"
            scale = rows.number(unit.get("conversionFactor"), where, 1.0)
            entry = (name, 1.0) if known else (string(reference or {}, "name"), scale)
            found[string(unit, "@id")] = entry
    return found


def _process(process: Document, package: _Package) -> None:
    key, name = string(process, "@id"), string(process, "name")
    where = f"{package.places[key]}, process '{name}'"
    rows = package.rows
    exchanges = parts(process, "exchanges")
    outputs = [one for one in exchanges if _is_output(one, package)]
    if not any(_flag(one, "isQuantitativeReference", "quantitativeReference") for one in outputs):
        what = "has no reference product (an exchange with isQuantitativeReference)"
        rows.problems.append(Problem(where, what, "mark the product it gives"))
        return
    shares = _shares(process, outputs, where, package)
    location = _location(process, package)
    year = _year(string(part(process, "processDocumentation"), "validUntil"))
    for one in outputs:
        flow, label = string(part(one, "flow"), "@id"), _label(one, package)
        amount, unit = _measured(one, f"{where}, exchange '{label}'", package)
        signed = -amount if _flag(one, "isInput", "input") else amount
        output = Output(
            *(f"{key}|{flow}", key, flow, name, label, location, unit, signed),
            share=shares.get(flow, math.nan),
            year=year,
            where=f"{where}, exchange '{label}'",
        )
        rows.outputs.append(output)
    for one in exchanges:
        if not any(one is output for output in outputs):
            _exchange(key, one, location, where, package)


def _flag(of: Document, *names: str) -> bool:
    return any(of.get(name) is True for name in names)


def _kind(exchange: Document, package: _Package) -> str:
    reference = part(exchange, "flow")
    return string(package.flow(reference), "flowType") or string(reference, "flowType")


def _label(exchange: Document, package: _Package) -> str:
    return string(part(exchange, "flow"), "name") or string(
        package.flow(part(exchange, "flow")), "name"
    )


def _is_output(exchange: Document, package: _Package) -> bool:
    """Return whether an exchange is a product given or a waste treated, with an amount."""
    if _flag(exchange, "isAvoidedProduct", "avoidedProduct"):
        return False
    if _flag(exchange, "isQuantitativeReference", "quantitativeReference"):
        return True
    given, kind = not _flag(exchange, "isInput", "input"), _kind(exchange, package)
    is_product = kind == "PRODUCT_FLOW" and given
    is_treated = kind == "WASTE_FLOW" and not given
    return (is_product or is_treated) and bool(exchange.get("amount"))


def _shares(
    process: Document, outputs: list[Document], where: str, package: _Package
) -> dict[str, float]:
    """Return the share of each product by the process's own method of allocation."""
    if len(outputs) == 1:
        return {string(part(outputs[0], "flow"), "@id"): 1.0}
    method = string(process, "defaultAllocationMethod") or "PHYSICAL_ALLOCATION"
    if method == "CAUSAL_ALLOCATION":
        package.rows.warnings.append(f"{where}: allocated by amounts, not by cause")
    return {
        string(part(one, "product"), "@id"): package.rows.number(
            one.get("value"), f"{where}, allocationFactors"
        )
        for one in parts(process, "allocationFactors")
        if string(one, "allocationType") == method != "CAUSAL_ALLOCATION"
    }


def _exchange(process: str, one: Document, home: str, where: str, package: _Package) -> None:
    rows, label = package.rows, _label(one, package)
    place = f"{where}, exchange '{label}'"
    amount, unit = _measured(one, place, package)
    kind, taken = _kind(one, package), _flag(one, "isInput", "input")
    flow = string(part(one, "flow"), "@id")
    if string(one, "amountFormula"):
        rows.formulas.append(f"{place}: {string(one, 'amountFormula')}")
    if kind == "ELEMENTARY_FLOW":
        found = package.flow(part(one, "flow"))
        compartment = string(found, "category") or string(part(found, "category"), "name")
        cas = string(found, "cas")
        rows.flows.setdefault(flow, Flow(flow, label, cas, compartment, unit))
        spread = _spread(one, amount, 1.0, place, rows)
        rows.emissions.append(Emission(process, "", flow, unit, amount, spread, place))
        return
    if kind not in ("PRODUCT_FLOW", "WASTE_FLOW"):
        remedy = "add flows/<id>.json with its flowType"
        rows.problems.append(Problem(place, f"the flow '{flow}' is not in the package", remedy))
        return
    avoided = _flag(one, "isAvoidedProduct", "avoidedProduct")
    sign = 1.0 if taken and not avoided else -1.0
    provider = string(part(one, "defaultProvider"), "@id")
    spread = _spread(one, sign * amount, sign, place, rows)
    entry = Input(
        *(process, "", f"{provider}|{flow}" if provider else "", flow, label, home, unit),
        *(sign * amount, spread, place),
    )
    rows.inputs.append(entry)


def _measured(one: Document, where: str, package: _Package) -> tuple[float, str]:
    """Return an amount and its unit, in the reference unit of its group where need be."""
    unit = part(one, "unit")
    name, scale = package.units.get(string(unit, "@id"), (string(unit, "name"), 1.0))
    return package.rows.number(one.get("amount"), f"{where}, amount") * scale, name


def _location(process: Document, package: _Package) -> str:
    reference = part(process, "location")
    found = package.documents["locations"].get(string(reference, "@id"), reference)
    return string(found, "code") or string(found, "name")


def _spread(one: Document, amount: float, sign: float, where: str, rows: Rows) -> Spread:
    cells = part(one, "uncertainty")
    place = f"{where}, uncertainty"
    low, high = (rows.number(cells.get(end), place, math.nan) for end in ("minimum", "maximum"))
    if sign < 0:
        low, high = -high, -low
    match string(cells, "distributionType"):
        case "LOG_NORMAL_DISTRIBUTION":
            deviation = rows.number(cells.get("geomSd"), place, math.nan)
            return lognormal(amount, math.log(deviation)) if deviation > 1 else PLAIN
        case "NORMAL_DISTRIBUTION":
            return normal(amount, rows.number(cells.get("sd"), place, math.nan))
        case "TRIANGLE_DISTRIBUTION":
            return triangular(amount, low, high)
        case "UNIFORM_DISTRIBUTION":
            return uniform(low, high)
    return PLAIN


def _year(date: str) -> float:
    return float(date[:4]) if date[:4].isdigit() else math.nan
