"""The tables of a drafted park: each plant's flows are its capacity times figures of its type."""

from collections.abc import Sequence
from math import isnan

import pandas as pd

from symbiosis.catalogue import GRADES, Catalogue
from symbiosis.drafting.firms import firm_key
from symbiosis.drafting.identifiers import identifiers
from symbiosis.drafting.plants import Plant
from symbiosis.io.cells import cell_text

MARK = "drafted"  # what every citation of a drafted figure begins with
LIST = f"{MARK}:firms"
DIGITS = 10  # of a product; the figures behind it have three
SECTORS = "GB/T 4754"
_NUMBERS = ("amount", "low", "high")


def plant_table(found: Sequence[Plant], catalogue: Catalogue) -> pd.DataFrame:
    """Return a row per plant: ids, type, capacity [unit/year], and what its firm says of itself.

    Columns enterprise, process, blueprint, capacity, operating_hours [h/year], own_hours (whether
    they are the firm's own), and those of `Firm`.
    """
    firms = identifiers([firm_key(plant.firm.name) for plant in found])
    types = [plant.type.id for plant in found]
    wanted = [f"{firms[firm_key(p.firm.name)]}.{of}" for p, of in zip(found, types, strict=True)]
    seen: dict[str, int] = {}
    rows = []
    for plant, process in zip(found, wanted, strict=True):
        seen[process] = seen.get(process, 0) + 1
        rows.append(
            {
                **vars(plant.firm),
                "enterprise": firms[firm_key(plant.firm.name)],
                "process": process if seen[process] == 1 else f"{process}.{seen[process]}",
                "blueprint": plant.type.id,
                "capacity": plant.capacity,
                "written": f"{plant.firm.capacity} {plant.firm.unit}".strip(),
                "operating_hours": plant.operating_hours,
                "own_hours": not isnan(plant.firm.operating_hours),
            }
        )
    types_of = catalogue.blueprints.rename(
        columns={"id": "blueprint", "name": "type", "name_zh": "type_zh", "unit": "type_unit"}
    )
    columns = ["blueprint", "type", "type_zh", "type_unit", "product", "sector"]
    return pd.DataFrame(rows).merge(types_of[columns], on="blueprint", how="left")


def enterprise_table(plants: pd.DataFrame) -> pd.DataFrame:
    """Return a row per firm, with the first that any of its rows says."""
    texts = ["name", "name_zh", "park", "permits"]
    known = plants.assign(
        sector=(SECTORS + " " + plants["sector"]).where(plants["sector"] != "", ""),
        **{text: plants[text].where(plants[text] != "") for text in texts},
    )
    # first() passes over what is unknown
    rows = known.groupby("enterprise", sort=False).first().reset_index(names="id")
    rows = rows.fillna(dict.fromkeys(texts, ""))
    chinese = rows["name"].str.contains(r"[\u4e00-\u9fff]")
    zh = rows["name_zh"].where((rows["name_zh"] != "") | ~chinese, rows["name"])
    columns = ["id", "name", "name_zh", "sector", "latitude", "longitude", "park", "permits"]
    return rows.assign(name_zh=zh)[columns]


def process_table(plants: pd.DataFrame) -> pd.DataFrame:
    """Return a row per plant; its activity is its capacity [unit/year]."""
    return pd.DataFrame(
        {
            "id": plants["process"],
            "enterprise": plants["enterprise"],
            "name": plants["type"] + " / " + plants["type_zh"],
            "product": plants["product"],
            "activity": rounded(plants["capacity"]),
            "operating_hours": plants["operating_hours"],
        }
    )


def flow_table(plants: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Return the flows of all plants, amounts with low and high [resource unit/year].

    What a type says of one unit of capacity is multiplied by the capacity; grade and citation are
    those of the type's figure, marked, and ``how`` writes the product out.
    """
    rows = plants.merge(catalogue.blueprint_flows, on="blueprint", suffixes=("_firm", ""))
    incoming = rows["direction"] == "in"
    scaled = {name: rounded(rows[name] * rows["capacity"]) for name in _NUMBERS}
    return pd.DataFrame(
        {
            "id": rows["process"] + "." + rows["flow"],
            "source": rows["boundary"].where(incoming, rows["process"]),
            "target": rows["process"].where(incoming, rows["boundary"]),
            "resource": rows["resource"],
            "amount": scaled["amount"],
            "unit": rows["unit"],
            "low": scaled["low"],
            "high": scaled["high"],
            "tradable": rows["tradable"],
            "status": "existing",
            "grade": drafted_grade(rows["grade"]),
            "citation": drafted_citation(rows),
            "how": _how(rows),
        }
    )


def quality_rows(plants: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Return the qualities of all flows with the grade, range and source of each.

    Columns of qualities.csv, and low, high, grade, citation, how. The temperatures of heat are
    qualities that carry the evidence of their flow; no range of theirs is known.
    """
    known = plants.merge(catalogue.blueprint_qualities, on="blueprint", suffixes=("_firm", ""))
    rows = pd.concat([_temperatures(plants, catalogue), known], ignore_index=True)
    return pd.DataFrame(
        {
            "flow": rows["process"] + "." + rows["flow"],
            "property": rows["property"],
            "unit": rows["unit"],
            "value": rows["value"],
            "minimum": rows["minimum"],
            "maximum": rows["maximum"],
            "basis": rows["basis"],
            "low": rows["low"],
            "high": rows["high"],
            "grade": drafted_grade(rows["grade"]),
            "citation": drafted_citation(rows),
            "how": rows["note"],
        }
    )


def drafted_grade(grades: pd.Series) -> pd.Series:
    """Return grades no better than derived: a figure of a plant type is none of the firm."""
    best = GRADES.index("derived")
    worst = {grade: GRADES[max(rank, best)] for rank, grade in enumerate(GRADES)}
    return grades.map(worst).fillna("unverified")


def drafted_citation(rows: pd.DataFrame) -> pd.Series:
    """Return the source of each figure: the mark with its plant type, then what the type cites."""
    marked = MARK + ":" + rows["blueprint"]
    return (marked + ";" + rows["citation"]).where(rows["citation"] != "", marked)


def rounded(values: pd.Series) -> "pd.Series[float]":
    """Return numbers without the last digits, which multiplying has made up."""
    return values.map(lambda value: float(f"{value:.{DIGITS}g}")).astype("float64")


def _temperatures(plants: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    flows = plants.merge(catalogue.blueprint_flows, on="blueprint", suffixes=("_firm", ""))
    ends = [
        flows.assign(property=column, value=flows[column])
        for column in ("temperature_from", "temperature_to")
    ]
    rows = pd.concat(ends).sort_index(kind="stable").dropna(subset="value")
    blank = dict.fromkeys(("minimum", "maximum", "low", "high"), float("nan"))
    return rows.assign(unit="degC", basis="", note="typical of the plant type", **blank)


def _how(rows: pd.DataFrame) -> list[str]:
    columns = ("amount", "unit", "type_unit", "capacity", "note")
    return [
        f"{cell_text(amount)} {unit} per {of} x {cell_text(float(capacity))} {of}/year"
        + (f"; {note}" if note else "")
        for amount, unit, of, capacity, note in zip(*(rows[c] for c in columns), strict=True)
    ]
