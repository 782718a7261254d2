"""How far an amount may be off: distributions by the codes of stats_arrays, and their ends."""

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

UNKNOWN, LOGNORMAL, NORMAL, UNIFORM, TRIANGULAR = 0, 2, 3, 4, 5
Z95 = 1.959963984540054


class Spread(NamedTuple):
    """A distribution as stats_arrays writes it; NaN where a parameter does not apply."""

    uncertainty_type: int = UNKNOWN
    loc: float = math.nan
    scale: float = math.nan
    shape: float = math.nan
    minimum: float = math.nan
    maximum: float = math.nan


PLAIN = Spread()


def lognormal(amount: float, sigma: float) -> Spread:
    """Return a lognormal about `amount` as its median; `sigma` is that of the logarithm."""
    if not amount or not 0 < sigma < 50:
        return PLAIN
    return Spread(LOGNORMAL, loc=math.log(abs(amount)), scale=sigma)


def normal(amount: float, deviation: float) -> Spread:
    """Return a normal distribution about `amount`."""
    return Spread(NORMAL, loc=amount, scale=deviation) if 0 < deviation < math.inf else PLAIN


def triangular(amount: float, low: float, high: float) -> Spread:
    """Return a triangle with its tip at `amount`."""
    fits = low <= amount <= high and low < high
    return Spread(TRIANGULAR, loc=amount, minimum=low, maximum=high) if fits else PLAIN


def uniform(low: float, high: float) -> Spread:
    """Return the distribution in which all from `low` to `high` is as likely."""
    return Spread(UNIFORM, minimum=low, maximum=high) if low < high else PLAIN


def from_codes(cells: Mapping[str, float]) -> Spread:
    """Return the distribution whose parameters stand in columns of stats_arrays' names."""
    code = cells.get("uncertainty_type", math.nan)
    if math.isnan(code) or int(code) not in (LOGNORMAL, NORMAL, UNIFORM, TRIANGULAR):
        return PLAIN
    rest = {name: cells.get(name, math.nan) for name in Spread._fields[1:]}
    return Spread(int(code), **rest)


def scaled(rows: pd.DataFrame, scale: "pd.Series[float]") -> pd.DataFrame:
    """Return rows with amount and distribution times `scale`, which may turn the sign."""
    size, code = scale.abs(), rows["uncertainty_type"]
    logarithmic = code.eq(LOGNORMAL)
    ends = pd.DataFrame({"a": rows["minimum"] * scale, "b": rows["maximum"] * scale})
    with np.errstate(divide="ignore"):
        shift = pd.Series(np.log(size.to_numpy(float)), index=rows.index)
    return rows.assign(
        amount=rows["amount"] * scale,
        loc=(rows["loc"] + shift).where(logarithmic, rows["loc"] * scale),
        scale=rows["scale"].where(logarithmic, rows["scale"] * size),
        minimum=ends.min(axis=1, skipna=False),
        maximum=ends.max(axis=1, skipna=False),
    )


def ends(rows: pd.DataFrame) -> pd.DataFrame:
    """Return ``low`` and ``high``: the middle 95 % of a lognormal or normal, else its ends.

    NaN where nothing is known of the distribution. The amount always lies between the two.
    """
    code, amount = rows["uncertainty_type"], rows["amount"]
    factor = pd.Series(np.exp(Z95 * rows["scale"].where(code.eq(LOGNORMAL), 0.0).to_numpy(float)))
    factor.index = rows.index
    wide = rows["scale"] * Z95
    bounded = code.isin([UNIFORM, TRIANGULAR])
    a, b = amount / factor, amount * factor
    low = a.where(amount >= 0, b).where(code.eq(LOGNORMAL))
    high = b.where(amount >= 0, a).where(code.eq(LOGNORMAL))
    low = low.where(~code.eq(NORMAL), amount - wide).where(~bounded, rows["minimum"])
    high = high.where(~code.eq(NORMAL), amount + wide).where(~bounded, rows["maximum"])
    return pd.DataFrame(
        {
            "low": low.where(low.isna() | low.le(amount), amount),
            "high": high.where(high.isna() | high.ge(amount), amount),
        }
    )
