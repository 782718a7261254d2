"""ecoSpold 1: datasets linked by number, else by name and location; co-products with fractions."""

import math
from pathlib import Path

from symbiosis.errors import Problem
from symbiosis.lca.importing import xml
from symbiosis.lca.importing.archive import Member, members
from symbiosis.lca.importing.form import Emission, Flow, Input, Output, Rows
from symbiosis.lca.importing.spread import PLAIN, Spread, lognormal, normal, triangular, uniform

_REFERENCE, _BY_PRODUCT, _WASTE, _TO_NATURE = "0", "2", "3", "4"
_FROM_NATURE = "4"
_OUTPUTS = (_REFERENCE, _BY_PRODUCT)


def read(path: Path, rows: Rows) -> None:
    """Add all datasets of an ecoSpold 1 file, folder or zip to `rows`."""
    rows.versions["ecoSpold"] = "1"
    for count, member in enumerate(members(path, ".xml"), start=1):
        root = xml.root(member)
        datasets = list(xml.children(root, "dataset"))
        if not datasets:
            rows.problems.append(Problem(member.where, "holds no dataset", "is it ecoSpold 1?"))
        for dataset in datasets:
            _dataset(member, dataset, rows)
        if count % 1000 == 0:
            rows.say(f"... {count} files read")


def _dataset(member: Member, dataset: xml.Element, rows: Rows) -> None:
    info = "metaInformation/processInformation"
    function = xml.first(dataset, f"{info}/referenceFunction")
    data = xml.first(dataset, "flowData")
    number = dataset.get("number") or ""
    if function is None or data is None:
        what = "has no referenceFunction or no flowData"
        where = xml.line(member, dataset, f"dataset {number}")
        rows.problems.append(Problem(where, what, "export the dataset again"))
        return
    name = function.get("name") or ""
    geography = xml.first(dataset, f"{info}/geography")
    location = (geography.get("location") if geography is not None else "") or ""
    year = _year(xml.content(dataset, f"{info}/timePeriod/endYear"))
    process = f"{number}|{name}|{location}"
    exchanges = list(xml.children(data, "exchange"))
    outputs = [one for one in exchanges if xml.content(one, "outputGroup") in _OUTPUTS]
    if not outputs:
        where = xml.line(member, dataset, f"dataset '{name}'")
        what = "has no reference product (an exchange with outputGroup 0 or 2)"
        rows.problems.append(Problem(where, what, "add the product it gives"))
        return
    keys = {}
    for one in outputs:
        label = one.get("name") or name
        where = xml.line(member, one, f"exchange '{label}'")
        # The number of a dataset with one product is that of the product in other datasets.
        key = number if len(outputs) == 1 and number else one.get("number") or label
        keys[one.get("number") or ""] = f"{key}|{label}|{location}"
        output = Output(
            *(f"{key}|{label}|{location}", process, label, name, label, location),
            one.get("unit") or function.get("unit") or "",
            rows.number(one.get("meanValue"), where),
            share=1.0 if len(outputs) == 1 else math.nan,
            year=year,
            where=where,
        )
        rows.outputs.append(output)
    fractions = _fractions(member, data, rows) if len(outputs) > 1 else {}
    for one in exchanges:
        if one not in outputs:
            parts = [
                (keys.get(product, product), fraction)
                for product, fraction in fractions.get(one.get("number") or "", {}).items()
            ]
            _exchange(member, process, one, location, parts, rows)


def _fractions(member: Member, data: xml.Element, rows: Rows) -> dict[str, dict[str, float]]:
    """Return per exchange number the share of it that each co-product bears."""
    found: dict[str, dict[str, float]] = {}
    for one in xml.children(data, "allocation"):
        where = xml.line(member, one, "allocation")
        share = rows.number(one.get("fraction"), where) / 100.0
        product = one.get("referenceToCoProduct") or ""
        for exchange in xml.below(one, "referenceToInputOutput"):
            found.setdefault((exchange.text or "").strip(), {})[product] = share
    return found


def _exchange(
    member: Member,
    process: str,
    one: xml.Element,
    home: str,
    parts: list[tuple[str, float]],
    rows: Rows,
) -> None:
    name, unit = one.get("name") or "", one.get("unit") or ""
    where = xml.line(member, one, f"exchange '{name}'")
    amount = rows.number(one.get("meanValue"), where)
    taken, given = xml.content(one, "inputGroup"), xml.content(one, "outputGroup")
    if not taken and not given:
        remedy = "say inputGroup 1-5 or outputGroup 0-4"
        rows.problems.append(Problem(where, "is neither input nor output", remedy))
        return
    for output, share in parts or [("", 1.0)]:
        part = amount * share
        if taken == _FROM_NATURE or given == _TO_NATURE:
            place = one.get("category") or ""
            key = f"{name}|{place}|{one.get('subCategory') or ''}|{unit}"
            flow = Flow(key, name, one.get("CASNumber") or "", place, unit)
            rows.flows.setdefault(key, flow)
            spread = _spread(one, part, share, rows)
            rows.emissions.append(Emission(process, output, key, unit, part, spread, where))
        else:
            signed = -part if given == _WASTE else part
            location = one.get("location") or home
            provider = f"{one.get('number')}|{name}|{location}" if one.get("number") else ""
            spread = _spread(one, signed, share, rows)
            entry = Input(process, output, provider, name, name, location, unit, signed, spread)
            rows.inputs.append(entry._replace(where=where))


def _spread(one: xml.Element, amount: float, share: float, rows: Rows) -> Spread:
    """Return the distribution of an exchange, of which `share` counts here."""
    code = one.get("uncertaintyType") or "0"
    at = "standardDeviation95"
    deviation = rows.number(one.get("standardDeviation95"), at, math.nan)
    low = rows.number(one.get("minValue"), "minValue", math.nan) * share
    high = rows.number(one.get("maxValue"), "maxValue", math.nan) * share
    if amount < 0:
        low, high = -high, -low
    match code:
        case "1" if deviation > 1:
            return lognormal(amount, math.log(deviation) / 2.0)
        case "2" if deviation > 0:
            return normal(amount, deviation * share / 2.0)
        case "3":
            return triangular(amount, low, high)
        case "4":
            return uniform(low, high)
    return PLAIN


def _year(text: str) -> float:
    return float(text[:4]) if text[:4].isdigit() else math.nan
