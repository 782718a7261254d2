"""Amounts in the resource's unit: of flows per year, of pathways per unit taken."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import pandas as pd

from symbiosis.io.groups import Measure, Rows, groups, measures
from symbiosis.model.validation import Fault
from symbiosis.units import UnitError, Vector, annual_amounts, contained_amounts, is_unit

_IN_THE_UNIT = ("amount", "sd", "low", "high")
_Scale: TypeAlias = Callable[[Rows, str, Measure], Vector]


def annual_flows(
    flows: pd.DataFrame, processes: pd.DataFrame, resources: pd.DataFrame
) -> tuple[pd.DataFrame, list[Fault]]:
    """Return flows with amount, sd, low and high [resource unit per year], and unfit units."""
    hours = processes.drop_duplicates("id").set_index("id")["operating_hours"]
    of_source = flows["source"].map(hours)
    operating = of_source.fillna(flows["target"].map(hours)).fillna(8760.0).to_numpy(float)

    def scale(rows: Rows, unit: str, of: Measure) -> Vector:
        return annual_amounts(
            np.ones(len(rows)),
            unit,
            of.unit,
            operating_hours=operating[rows],
            content_mass=of.content_mass,
            content_energy=of.content_energy,
        )

    return _in_resource_units("flows", flows, resources, scale)


def pathway_amounts(
    pathway_flows: pd.DataFrame, resources: pd.DataFrame
) -> tuple[pd.DataFrame, list[Fault]]:
    """Return side flows of pathways with amount, low and high [resource unit per unit taken]."""

    def scale(rows: Rows, unit: str, of: Measure) -> Vector:
        return contained_amounts(
            np.ones(len(rows)),
            unit,
            of.unit,
            content_mass=of.content_mass,
            content_energy=of.content_energy,
        )

    return _in_resource_units("pathway_flows", pathway_flows, resources, scale)


def in_currency(units: pd.Series, currency: str) -> pd.Series:
    """Return unit texts with the word ``currency`` replaced by the park's own."""
    return units.str.replace(r"\bcurrency\b", currency, regex=True)


def _in_resource_units(
    table: str, frame: pd.DataFrame, resources: pd.DataFrame, scale: _Scale
) -> tuple[pd.DataFrame, list[Fault]]:
    """Scale each group of rows of one unit and one known resource; the rest is left alone."""
    if frame.empty:
        return frame, []
    known = measures(resources)
    scales, units = np.ones(len(frame)), frame["unit"].to_numpy(dtype=object, copy=True)
    faults: list[Fault] = []
    for (unit, resource), rows in groups(frame, "unit", "resource"):
        if not unit or resource not in known:
            continue
        try:
            scales[rows] = scale(rows, unit, known[resource])
            units[rows] = known[resource].unit
        except UnitError as error:
            if not is_unit(known[resource].unit):
                continue  # the resource's own fault, told once
            what = f"resource '{resource}': {error.what}"
            faults += [Fault(table, int(row), "unit", what, error.remedy) for row in rows]
    changed = {name: frame[name] * scales for name in _IN_THE_UNIT if name in frame}
    return frame.assign(**changed, unit=pd.Series(units, index=frame.index, dtype="str")), faults
