"""Qualities in the unit of their property, and what a purchase's limits say of its value."""

from collections.abc import Mapping

import pandas as pd

from symbiosis.io.groups import groups
from symbiosis.model.validation import Fault, dry_factor
from symbiosis.units import UnitError, converted

_NUMBERS = ("value", "minimum", "maximum")
_PURCHASE_SOURCES = ("@supply", "@nature")


def canonical_qualities(
    qualities: pd.DataFrame, properties: pd.DataFrame
) -> tuple[pd.DataFrame, list[Fault]]:
    """Return qualities in one unit per property: the catalogue's, else the first one written.

    Temperatures are in degC; a blank unit means the property's own.
    """
    if qualities.empty:
        return qualities, []
    faults: list[Fault] = []
    known = dict(zip(properties["id"], properties["unit"], strict=True))
    numbers = {name: qualities[name].to_numpy(copy=True) for name in _NUMBERS}
    targets = _canonical_units(qualities, known)
    for (name, unit), rows in groups(qualities, "property", "unit"):
        target = targets[name]
        try:
            for values in numbers.values():
                values[rows] = converted(values[rows], unit or target, target)
        except UnitError as error:
            what = f"property '{name}': {error.what}"
            faults += [Fault("qualities", int(row), "unit", what, error.remedy) for row in rows]
    unit_texts = qualities["property"].map(targets).astype("str")
    return qualities.assign(**numbers, unit=unit_texts), faults


def with_purchase_values(qualities: pd.DataFrame, flows: pd.DataFrame) -> pd.DataFrame:
    """Return qualities where what is bought has a value wherever it has a limit.

    A blank value is the minimum where a minimum stands, else 0 where a maximum stands.
    """
    source = flows.drop_duplicates("id").set_index("id")["source"]
    bought = qualities["flow"].map(source).isin(_PURCHASE_SOURCES)
    blank = bought & qualities["value"].isna()
    at_least = qualities["minimum"] / dry_factor(qualities)
    least = at_least.where(at_least.notna(), qualities["maximum"] * 0.0)
    return qualities.assign(value=qualities["value"].where(~blank, least))


def _canonical_units(qualities: pd.DataFrame, known: Mapping[str, str]) -> dict[str, str]:
    """Return the unit of each property that is named."""
    written = qualities.loc[qualities["unit"] != ""].drop_duplicates("property")
    first = dict(zip(written["property"], written["unit"], strict=True))
    return {
        name: known.get(name, "degC" if name.startswith("temperature") else first.get(name, ""))
        for name in qualities["property"].unique()
    }
