"""ecoSpold 2: one dataset a file, activities linked by their ids."""

import math
from pathlib import Path

from symbiosis.errors import Problem
from symbiosis.lca.importing import xml
from symbiosis.lca.importing.archive import Member, members
from symbiosis.lca.importing.form import Emission, Flow, Input, Output, Rows
from symbiosis.lca.importing.spread import PLAIN, Spread, lognormal, normal, triangular, uniform

_DATASETS = ("activityDataset", "childActivityDataset")
_REFERENCE, _BY_PRODUCT = "0", "2"
STEP = 1000


def read(path: Path, rows: Rows) -> None:
    """Add all datasets of an ecoSpold 2 file, folder or zip to `rows`."""
    rows.versions["ecoSpold"] = "2"
    for count, member in enumerate(members(path, ".spold", ".xml"), start=1):
        root = xml.root(member)
        found = list(xml.children(root, *_DATASETS))
        if not found and xml.name(root) == "ecoSpold":
            rows.problems.append(
                Problem(member.where, "holds no activity dataset", "is it master data?")
            )
        for dataset in found:
            _dataset(member, dataset, rows)
        if count % STEP == 0:
            rows.say(f"... {count} datasets read")


def _dataset(member: Member, dataset: xml.Element, rows: Rows) -> None:
    activity = xml.first(dataset, "activityDescription/activity")
    data = xml.first(dataset, "flowData")
    if activity is None or data is None or not activity.get("id"):
        what = "has no activity with an id, or no flowData"
        rows.problems.append(Problem(member.where, what, "export the dataset again"))
        return
    process = str(activity.get("id"))
    name = xml.content(activity, "activityName")
    location = xml.content(dataset, "activityDescription/geography/shortname")
    period = xml.first(dataset, "activityDescription/timePeriod")
    year = _year(period.get("endDate") if period is not None else None)
    exchanges = list(xml.children(data, "intermediateExchange"))
    given = [one for one in exchanges if _is_output(one)]
    whole = f"{process}_{given[0].get('intermediateExchangeId')}" if given else process
    if not any(xml.content(one, "outputGroup") == _REFERENCE for one in given):
        what = "has no reference product (an intermediateExchange with outputGroup 0 and an amount)"
        rows.problems.append(Problem(member.where, what, "export the dataset again"))
        return
    # One dataset a product shares its activity's id: the pair names it.
    process = whole if len(given) == 1 else process
    for one in exchanges:
        where = xml.line(member, one, f"intermediateExchange '{xml.content(one, 'name')}'")
        amount = rows.number(one.get("amount"), where)
        product = str(one.get("intermediateExchangeId") or "")
        unit = xml.content(one, "unitName")
        _formula(one, where, rows)
        if one in given:
            product_name = xml.content(one, "name")
            key = f"{activity.get('id')}_{product}"
            output = Output(
                *(key, process, product, name, product_name, location, unit, amount),
                share=math.nan if len(given) > 1 else 1.0,
                year=year,
                where=where,
            )
            rows.outputs.append(output)
        elif amount:
            link = one.get("activityLinkId")
            # What leaves as a by-product that is no output here goes to a treatment.
            signed = -amount if xml.first(one, "outputGroup") is not None else amount
            entry = Input(
                process=process,
                output="",
                provider=f"{link}_{product}" if link else "",
                product="" if link else product,
                name=xml.content(one, "name"),
                location=location,
                unit=unit,
                amount=signed,
                spread=_spread(one, signed, rows),
                where=where,
            )
            rows.inputs.append(entry)
    for one in xml.children(data, "elementaryExchange"):
        _elementary(member, process, one, rows)


def _is_output(exchange: xml.Element) -> bool:
    group = xml.content(exchange, "outputGroup")
    amount = exchange.get("amount") or ""
    try:
        nothing = float(amount) == 0.0
    except ValueError:
        nothing = False  # told as a problem where the number is read
    return group == _REFERENCE or (group == _BY_PRODUCT and not nothing)


def _elementary(member: Member, process: str, one: xml.Element, rows: Rows) -> None:
    label = xml.content(one, "name")
    where = xml.line(member, one, f"elementaryExchange '{label}'")
    amount = rows.number(one.get("amount"), where)
    _formula(one, where, rows)
    key = str(one.get("elementaryExchangeId") or one.get("id"))
    place = xml.content(one, "compartment/compartment")
    unit = xml.content(one, "unitName")
    rows.flows.setdefault(key, Flow(key, label, one.get("casNumber") or "", place, unit))
    if amount:
        spread = _spread(one, amount, rows)
        rows.emissions.append(Emission(process, "", key, unit, amount, spread, where))


def _formula(one: xml.Element, where: str, rows: Rows) -> None:
    if one.get("mathematicalRelation"):
        rows.formulas.append(f"{where}: {one.get('mathematicalRelation')}")


def _spread(one: xml.Element, amount: float, rows: Rows) -> Spread:
    """Return the distribution of an exchange; where it cannot be one, none."""
    found = xml.first(one, "uncertainty")
    for kind in found if found is not None else ():
        cells = {key: rows.number(text, "uncertainty", math.nan) for key, text in kind.items()}
        variance = cells.get(
            "varianceWithPedigreeUncertainty",
            cells.get("varianceWithPedigree", cells.get("variance", math.nan)),
        )
        match xml.name(kind):
            case "lognormal" if variance > 0:
                return lognormal(amount, math.sqrt(variance))
            case "normal" if variance > 0:
                return normal(amount, math.sqrt(variance))
            case "triangular":
                low, high = cells.get("minValue", math.nan), cells.get("maxValue", math.nan)
                return triangular(amount, low, high)
            case "uniform":
                return uniform(cells.get("minValue", math.nan), cells.get("maxValue", math.nan))
    return PLAIN


def _year(date: str | None) -> float:
    return float(date[:4]) if date and date[:4].isdigit() else math.nan
