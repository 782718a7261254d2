"""Rules about qualities: temperatures that agree with a flow's ends, purchases that fit."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from symbiosis.model.schema import BOUNDARIES
from symbiosis.model.validation.fault import Fault, Tables, faults_at

ABSOLUTE_ZERO_C = -273.15
TOLERANCE = 1e-9
PURCHASE_SOURCES = ("@supply", "@nature")


def quality_faults(tables: Tables, resources: pd.DataFrame) -> Iterator[Fault]:
    """Yield every quality that contradicts its flow; values are in the property's own unit."""
    qualities = tables["qualities"]
    if qualities.empty:
        return
    yield from _too_cold(qualities)
    flows = tables["flows"].drop_duplicates("id").set_index("id")
    kinds = resources.drop_duplicates("id").set_index("id")["kind"]
    joined = qualities.join(flows[["source", "target", "resource"]], on="flow")
    yield from _contradictions(joined.assign(kind=joined["resource"].map(kinds)))
    yield from _unfit_purchases(joined)


def dry_factor(qualities: pd.DataFrame) -> pd.Series:
    """Return what turns each wet value into what its limits hold for: 1, or 1 / (1 - moisture)."""
    moisture = qualities.loc[qualities["property"] == "moisture"]
    share = moisture.drop_duplicates("flow").set_index("flow")["value"]
    wet = qualities["flow"].map(share).astype("float64").fillna(0.0).clip(upper=1 - 1e-12)
    return (1 / (1 - wet)).where(qualities["basis"] == "dry", 1.0)


def _too_cold(qualities: pd.DataFrame) -> Iterator[Fault]:
    temperatures = qualities["property"].str.startswith("temperature")
    for column in ("value", "minimum", "maximum"):
        cold = temperatures & (qualities[column] < ABSOLUTE_ZERO_C)
        what = f"{{property}} {{{column}}} is below absolute zero"
        yield from faults_at("qualities", column, cold, what, "check the number and its unit")


def _contradictions(qualities: pd.DataFrame) -> Iterator[Fault]:
    heat = qualities.loc[qualities["kind"] == "heat"]
    ends_of = [_temperatures(heat, side) for side in ("from", "to")]
    pairs = ends_of[0].join(ends_of[1], how="outer")
    for missing, there in (("from", "to"), ("to", "from")):
        for row in pairs.loc[pairs[f"value_{missing}"].isna(), f"row_{there}"].dropna():
            what = f"flow {{flow}} has temperature_{there} without temperature_{missing}"
            yield Fault("qualities", int(row), "property", what, f"add temperature_{missing}")
    ends = heat.drop_duplicates("flow").set_index("flow")[["source", "target"]]
    yield from _turned(pairs.dropna().join(ends))


def _turned(pairs: pd.DataFrame) -> Iterator[Fault]:
    """Yield heat rejected that warms up, and heat taken in that cools down."""
    hot, cold = pairs["target"].isin(BOUNDARIES), pairs["source"].isin(BOUNDARIES)
    rising = pairs["value_from"] < pairs["value_to"]
    falling = pairs["value_from"] > pairs["value_to"]
    for wrong, side in ((hot & rising, "leaves a process"), (cold & falling, "enters a process")):
        for flow, row in pairs.loc[wrong].iterrows():
            change = f"{row['value_from']:g} to {row['value_to']:g} degC"
            what = f"heat flow '{flow}' {side} and goes from {change}"
            advice = "heat that leaves cools, heat that enters warms: exchange the temperatures"
            yield Fault("qualities", int(row["row_to"]), "value", what, advice)


def _temperatures(heat: pd.DataFrame, side: str) -> pd.DataFrame:
    """Return by flow the temperature on one side [degC] and the row that it stands in."""
    of_side = (heat["property"] == f"temperature_{side}") & heat["value"].notna()
    rows = heat.loc[of_side].drop_duplicates("flow")
    columns = {f"value_{side}": rows["value"], f"row_{side}": rows.index}
    return pd.DataFrame(columns).set_axis(rows["flow"])


def _unfit_purchases(qualities: pd.DataFrame) -> Iterator[Fault]:
    possible = ~(qualities["minimum"] > qualities["maximum"])
    bought = qualities["source"].isin(PURCHASE_SOURCES) & possible
    value = qualities["value"] * dry_factor(qualities)
    slack = TOLERANCE * np.maximum(1.0, value.abs())
    advice = "correct the value or the limit: what is bought must fit its own use"
    above = bought & (value > qualities["maximum"] + slack)
    what = "{property} {value} of bought flow {flow} is above its own maximum {maximum}"
    yield from faults_at("qualities", "value", above, what, advice)
    below = bought & (value < qualities["minimum"] - slack)
    what = "{property} {value} of bought flow {flow} is below its own minimum {minimum}"
    yield from faults_at("qualities", "value", below, what, advice)
