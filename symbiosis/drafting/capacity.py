"""A capacity as people write it, in the unit of a plant type per year."""

import re
import unicodedata
from math import isnan

import numpy as np

from symbiosis.errors import Problem
from symbiosis.io.cells import number
from symbiosis.units import UnitError, annual_amounts

_CAPACITY = re.compile(
    r"(?:年产|日产)?\s*(?P<number>[+-]?[\d.]*\d(?:[eE][+-]?\d+)?)\s*(?P<unit>.*)"
)
_SIZES = ("万", "亿")


def written(capacity: str, unit: str) -> tuple[float, str]:
    """Return the number and the unit of a capacity; NaN where no number stands first.

    Examples
    --------
    >>> written("40万吨/年", ""), written("1.5e5", "t"), written("30 万", "吨"), written("big", "")
    ((40.0, '万吨/年'), (150000.0, 't'), (30.0, '万吨'), (nan, ''))
    """
    plain = unicodedata.normalize("NFKC", capacity).strip()
    found = _CAPACITY.fullmatch(plain)
    if found is None:
        return float("nan"), ""
    own, given = found["unit"].strip(), unicodedata.normalize("NFKC", unit).strip()
    if own in _SIZES:
        own += given
    if plain.startswith("日产") and "/" not in own:
        own = f"{own or given}/day"
    return number(found["number"]), own or given


def annual_capacity(
    capacity: str,
    unit: str,
    plant_unit: str,
    *,
    operating_hours: float,
    content_mass: float,
    content_energy: float,
) -> float | Problem:
    """Return a capacity [plant_unit per year], or what is wrong with it (its place left blank).

    Parameters
    ----------
    capacity, unit : str
        As written; a blank unit is the plant type's, per year.
    operating_hours : float
        What a capacity per hour, or a power, is multiplied by [h/year].
    content_mass, content_energy : float
        Of the product, in [t] and [GJ] per unit; NaN where unknown.
    """
    amount, given = written(capacity, unit)
    if isnan(amount):
        advice = f"write a number with a unit, such as 300 kt/year; blank means {plant_unit}/year"
        return Problem("", f"'{capacity}' is not a capacity", advice)
    if amount <= 0:
        return Problem("", f"'{capacity}' is not above zero", "write a positive number")
    try:
        return float(
            annual_amounts(
                np.array([amount]),
                given or plant_unit,
                plant_unit,
                operating_hours=operating_hours,
                content_mass=content_mass,
                content_energy=content_energy,
            )[0]
        )
    except UnitError:
        what = f"'{given}' does not measure a plant counted in {plant_unit}"
        return Problem("", what, f"give its capacity in {plant_unit} per year")
