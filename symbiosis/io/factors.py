"""The park's own factors per unit of the resource."""

from dataclasses import replace

import numpy as np
import pandas as pd

from symbiosis.errors import InvalidData, Problem
from symbiosis.io.groups import Measure, groups, measures
from symbiosis.model import TABLES, Park
from symbiosis.model.validation import Fault
from symbiosis.units import UnitError, factor_scale, is_unit, per

_NUMBERS = ("value", "sd", "low", "high")


def per_resource_unit(
    factors: pd.DataFrame, resources: pd.DataFrame, currency: str
) -> tuple[pd.DataFrame, list[Fault]]:
    """Return factors per unit of the resource: ``cost`` in `currency`, ``gwp100`` in t CO2e.

    Any other indicator keeps what stands before the slash of its unit; a blank unit is the
    right one.
    """
    if factors.empty:
        return factors, []
    known = measures(resources)
    scales, units = np.ones(len(factors)), factors["unit"].to_numpy(dtype=object, copy=True)
    faults: list[Fault] = []
    for (unit, resource, indicator), rows in groups(factors, "unit", "resource", "indicator"):
        if not unit or resource not in known:
            continue
        numerator = {"cost": currency, "gwp100": "t CO2e"}.get(indicator, "")
        try:
            scales[rows], units[rows] = _scale(unit, numerator, known[resource])
        except UnitError as error:
            if not is_unit(known[resource].unit):
                continue  # the resource's own fault, told once
            what = f"factor of '{resource}': {error.what}"
            faults += [Fault("factors", int(row), "unit", what, error.remedy) for row in rows]
    changed = {name: factors[name] * scales for name in _NUMBERS}
    unit_texts = pd.Series(units, index=factors.index, dtype="str")
    return factors.assign(**changed, unit=unit_texts), faults


def with_factors(park: Park, factors: pd.DataFrame) -> Park:
    """Return a park with more factors, which stand after those it has.

    Parameters
    ----------
    factors : DataFrame
        Columns as of factors.csv; of those of a park what is missing is blank.

    Raises
    ------
    InvalidData
        If a unit is not per unit of the resource.
    """
    texts = [c for c, kind in park.factors.dtypes.items() if kind == "str"]
    rows = factors.reindex(columns=park.factors.columns)
    rows = rows.assign(**rows[texts].astype(object).fillna("")).astype(park.factors.dtypes)
    fresh, faults = per_resource_unit(rows, park.resources, park.currency)
    if faults:
        raise InvalidData([Problem("factors", fault.what, fault.remedy) for fault in faults])
    key = list(TABLES["factors"].key)
    both = pd.concat([park.factors, fresh]).drop_duplicates(key)
    return replace(park, factors=both.reset_index(drop=True))


def _scale(unit: str, numerator: str, of: Measure) -> tuple[float, str]:
    """Return the scale and the unit that it leads to, through contents where need be."""
    own, slash, divisor = unit.partition("/")
    if not slash and not numerator:
        right = per(unit, of.unit)
        raise UnitError(f"'{unit}' is not per unit of the resource", f"write {right}")
    # What stands before the slash may be no unit at all (kg Sb eq): only the divisor is converted.
    scale = factor_scale(
        unit if numerator else f"1/{divisor}",
        numerator or "1",
        of.unit,
        content_mass=of.content_mass,
        content_energy=of.content_energy,
    )
    return scale, per(numerator or own.strip(), of.unit)
