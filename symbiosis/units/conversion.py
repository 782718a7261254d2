"""Amounts, qualities and factors from one unit to another, as scales for whole arrays."""

import math
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from symbiosis.units.error import UnitError
from symbiosis.units.grammar import registry, unit_of

Vector: TypeAlias = npt.NDArray[np.float64]

HOURS_PER_YEAR = 8760.0
_CALENDAR = frozenset({"day", "week", "month", "year"})
_PER_YEAR = re.compile(r"\s*/\s*(?:a|yr|year|年)\s*$")


def is_unit(text: str) -> bool:
    """Return whether `text` can be read as a unit."""
    try:
        unit_of(text)
    except UnitError:
        return False
    return True


def same_dimension(a: str, b: str) -> bool:
    """Return whether amounts in the units `a` and `b` can be added; units that are not, cannot."""
    try:
        return bool(unit_of(a).dimensionality == unit_of(b).dimensionality)
    except UnitError:
        return False


def converted(values: Vector, unit: str, target: str) -> Vector:
    """Return `values` given in `unit` as numbers in `target`; temperatures with their offsets.

    Examples
    --------
    >>> converted(np.array([1.0, 2.0]), "GJ", "MJ")
    array([1000., 2000.])
    >>> converted(np.array([300.0]), "K", "degC")
    array([26.85])
    """
    if unit == target:
        return np.array(values, dtype=np.float64)
    given, wanted = unit_of(unit), unit_of(target)
    if given.dimensionality != wanted.dimensionality:
        raise UnitError(f"'{unit}' is not a unit like '{target}'", f"give it in {target}")
    return _changed(np.asarray(values, dtype=np.float64), given, wanted, unit)


def contained_amounts(
    values: Vector,
    unit: str,
    resource_unit: str,
    *,
    content_mass: Vector | float = math.nan,
    content_energy: Vector | float = math.nan,
) -> Vector:
    """Return amounts [resource_unit] of a resource from `values` in any unit that measures it.

    A mass of a resource that is not counted in mass goes through `content_mass` [t per unit], an
    energy through `content_energy` [GJ per unit].

    Examples
    --------
    >>> contained_amounts(np.array([5.5]), "GJ", "t", content_energy=2.75)
    array([2.])
    """
    if unit == resource_unit:
        return np.array(values, dtype=np.float64)
    return np.asarray(values, dtype=np.float64) * _content_scale(
        unit_of(unit), unit, resource_unit, content_mass, content_energy
    )


def annual_amounts(
    values: Vector,
    unit: str,
    resource_unit: str,
    *,
    operating_hours: Vector | float = HOURS_PER_YEAR,
    content_mass: Vector | float = math.nan,
    content_energy: Vector | float = math.nan,
) -> Vector:
    """Return amounts [resource_unit per year] from `values` in `unit`.

    Without a time they are per year. Amounts per hour or second and power are multiplied by
    `operating_hours` [h/year]; amounts per day, week or month hold all year (365 d).

    Examples
    --------
    >>> annual_amounts(np.array([2.0]), "t/day", "t")
    array([730.])
    >>> annual_amounts(np.array([3.0]), "MW", "GJ", operating_hours=8000.0)
    array([86400.])
    """
    if _PER_YEAR.sub("", unit) == resource_unit:  # exact, and without loading pint
        return np.array(values, dtype=np.float64)
    given, hours = unit_of(unit), 1.0
    if _is_rate(given, resource_unit):
        if _is_calendar(given):
            given = given * unit_of("year")
        else:
            given, hours = given * unit_of("hour"), operating_hours  # type: ignore[assignment]
    scale = _content_scale(given, unit, resource_unit, content_mass, content_energy)
    return np.asarray(values, dtype=np.float64) * scale * hours


def factor_scale(
    unit: str,
    numerator: str,
    resource_unit: str,
    *,
    content_mass: float = math.nan,
    content_energy: float = math.nan,
) -> float:
    """Return what turns a factor in `unit` into `numerator` per `resource_unit`.

    Examples
    --------
    >>> factor_scale("kg CO2e/t", "t CO2e", "t")
    0.001
    """
    if unit in (f"{numerator}/{resource_unit}", per(numerator, resource_unit)):
        return 1.0
    top, wanted = unit_of(numerator), unit_of(resource_unit)
    for given in _readings(unit):
        measure = top / given
        if measure.dimensionality == wanted.dimensionality:
            return _scale(given, top / wanted)
        for content, base in ((content_mass, "t"), (content_energy, "GJ")):
            if measure.dimensionality == unit_of(base).dimensionality and math.isfinite(content):
                return _scale(given, top / unit_of(base)) * content
    right = per(numerator, resource_unit)
    raise UnitError(f"'{unit}' is not a unit like '{right}'", f"give it in {right}")


def per(numerator: str, resource_unit: str) -> str:
    """Return the text of the unit `numerator` per `resource_unit`."""
    plain = not re.search(r"[*/ ]", resource_unit)
    return f"{numerator}/{resource_unit}" if plain else f"{numerator}/({resource_unit})"


def _readings(unit: str) -> Iterator[Any]:
    """Yield what a factor's unit may mean: as it stands, then all behind the slash as divisor.

    ``CNY/t km`` is CNY km/t by the grammar, but where CNY per t km is asked for only that fits.
    """
    yield unit_of(unit)
    top, _, bottom = unit.partition("/")
    if bottom and "/" not in bottom and "(" not in bottom:
        yield unit_of(top) / unit_of(bottom)


def _content_scale(
    given: Any, unit: str, resource_unit: str, mass: Vector | float, energy: Vector | float
) -> Vector | float:
    """Return resource units per `given`, through the resource's contents where that is needed."""
    wanted = unit_of(resource_unit)
    if given.dimensionality == wanted.dimensionality:
        return _scale(given, wanted)
    for content, base, name in ((mass, "t", "content_mass"), (energy, "GJ", "content_energy")):
        if given.dimensionality == unit_of(base).dimensionality:
            if not np.all(np.asarray(content) > 0):
                raise UnitError(
                    f"'{unit}' does not measure a resource counted in {resource_unit} whose "
                    f"{name} is unknown or zero",
                    f"give the amount in {resource_unit}, or the resource's {name} "
                    f"[{base} per {resource_unit}] in resources.csv",
                )
            return _scale(given, unit_of(base)) / content
    raise UnitError(
        f"'{unit}' does not measure a resource counted in {resource_unit}",
        f"give the amount in {resource_unit}, per year or with a time such as {resource_unit}/day",
    )


def _is_rate(given: Any, resource_unit: str) -> bool:
    """Return whether `given` is an amount per time; an amount by itself counts per year."""
    measures = {unit_of(unit).dimensionality for unit in (resource_unit, "t", "GJ")}
    rate = given * unit_of("hour")
    return given.dimensionality not in measures and rate.dimensionality in measures


def _is_calendar(given: Any) -> bool:
    return any(name in _CALENDAR and power < 0 for name, power in given._units.items())


def _scale(given: Any, wanted: Any) -> float:
    return float(_changed(np.array([1.0]), given, wanted, f"{given}")[0])


def _changed(values: Vector, given: Any, wanted: Any, unit: str) -> Vector:
    import pint

    try:
        return np.asarray(registry().convert(values, given, wanted), dtype=np.float64)
    except (pint.PintError, ArithmeticError, ValueError) as error:
        raise UnitError(f"'{unit}' cannot be converted to {wanted}") from error
