"""A Monte Carlo as plain values ready for JSON."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from symbiosis.matching.plan import exchange_ids
from symbiosis.scenarios.monte_carlo import PERCENTILES, MonteCarlo
from symbiosis.scenarios.resting import Vector
from symbiosis.scenarios.summary import Json, records

ENDS = ("low", "median", "high")


def interval(values: Vector) -> dict[str, float]:
    """Return the median of samples and the ends of the interval that 95 % of them lie in."""
    ends = np.percentile(values, PERCENTILES)
    return {name: float(end) for name, end in zip(ENDS, ends, strict=True)}


def monte_carlo_document(found: MonteCarlo, exchanges: pd.DataFrame | None = None) -> Json:
    """Return what a Monte Carlo says, by indicator.

    Parameters
    ----------
    exchanges : DataFrame, optional
        Those of the outcome.

    Returns
    -------
    mapping
        By indicator: samples, seed, low, median, high (of the saving, without a plan of the
        footprint [indicator unit/year]), inputs (table, id, column, unit, share of the variance);
        of a plan also before and after (low, median, high each), probability (that the plan saves)
        and exchanges (that each saves, by offer:pathway:demand) [0..1].
    """
    return {name: _indicator(found, name, exchanges) for name in found.before}


def _indicator(found: MonteCarlo, name: str, exchanges: pd.DataFrame | None) -> Json:
    rows = found.inputs[found.inputs["indicator"] == name].drop(columns="indicator")
    common: Json = {"samples": found.samples, "seed": found.seed, "inputs": records(rows)}
    before = found.before[name]
    if name not in found.saving or exchanges is None:
        return {**interval(before), **common}
    saving = found.saving[name]
    return {
        **interval(saving),
        "probability": float((saving > 0).mean()),
        **common,
        "before": interval(before),
        "after": interval(before - saving),
        "exchanges": _probabilities(found.exchanges[f"{name}_probability"], exchanges),
    }


def _probabilities(probability: pd.Series, exchanges: pd.DataFrame) -> Mapping[str, float]:
    names = exchange_ids(exchanges, "offer_id", "demand_id")
    return {name: float(p) for name, p in zip(names, probability, strict=True)}
