"""What a unit text means: pint's units and the park's own, as scales for whole arrays.

Texts are read by a small grammar of our own and only single names are looked up in pint, so
that no text of a file is ever evaluated.
"""

import math
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from symbiosis.errors import SymbiosisError

Vector: TypeAlias = npt.NDArray[np.float64]

HOURS_PER_YEAR = 8760.0
LONGEST = 60

# A year is 365 d by contract; pint's own `kt` is a knot, and its month a twelfth of 365.25 d.
_DEFINITIONS = (
    "year = 365 * day = a = yr",
    "kilotonne = 1e6 * kilogram = kt",
    "normal_cubic_metre = [normal_volume] = Nm3",
    "tonne_of_coal_equivalent = 29.3076 * gigajoule = tce",
    "gram_of_coal_equivalent = 29.3076 * kilojoule = gce",
    "carbon_dioxide_equivalent = 1 = CO2e",
    "acidity = 1 = pH",
    "turbidity = [turbidity] = NTU",
    "part_per_billion = 1e-9 = ppb",
    "ten_thousand = 1e4",
    "hundred_million = 1e8",
    "currency = [currency]",
)
_CALENDAR = frozenset({"day", "week", "month", "year"})
_ALIASES = {
    "°C": "degC", "℃": "degC", "°F": "degF", "‰": "permille", "wk": "week", "tkm": "t*km",
    "吨": "t", "公斤": "kg", "立方米": "m3", "标立方米": "Nm3", "千瓦时": "kWh", "度": "kWh",
    "公里": "km", "元": "CNY", "年": "a", "月": "month", "天": "day", "日": "day", "小时": "h",
    "吨标煤": "tce",
}  # fmt: skip
_AMBIGUOUS = {
    "ton": "t (1000 kg)", "tons": "t (1000 kg)", "KWH": "kWh", "MWH": "MWh", "GWH": "GWh",
    "TCE": "tce", "KG": "kg", "TKM": "t*km", "M3": "m3", "NM3": "Nm3", "nm3": "Nm3",
}  # fmt: skip
_CARBON = re.compile(r"CO[2₂](?:[-_ ]?(?:equivalent|eq|e))?(?![A-Za-z])")
_TOKEN = re.compile(
    r"\s*(?:(?P<name>[^\W\d_]\w*|[%‰℃]|°[CF])|(?P<power>(?:\^|\*\*)\s*-?[1-9](?!\d))"
    r"|(?P<sign>[*/()])|(?P<one>1(?![\w.])))"
)
_PER_YEAR = re.compile(r"\s*/\s*(?:a|yr|year|年)\s*$")
_PLAIN = str.maketrans("·⋅×²³−", "***23-")


class UnitError(SymbiosisError):
    """A unit that cannot be read or does not fit; ``what`` is wrong and ``remedy`` is advice."""

    def __init__(self, what: str, remedy: str = "") -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what} ({remedy})" if remedy else what)


def is_unit(text: str) -> bool:
    """Return whether `text` can be read as a unit."""
    try:
        _unit(text)
    except UnitError:
        return False
    return True


def same_dimension(a: str, b: str) -> bool:
    """Return whether amounts in the units `a` and `b` can be added; units that are not, cannot."""
    try:
        return bool(_unit(a).dimensionality == _unit(b).dimensionality)
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
    given, wanted = _unit(unit), _unit(target)
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
        _unit(unit), unit, resource_unit, content_mass, content_energy
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
    given, hours = _unit(unit), 1.0
    if _is_rate(given, resource_unit):
        if _is_calendar(given):
            given = given * _unit("year")
        else:
            given, hours = given * _unit("hour"), operating_hours  # type: ignore[assignment]
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
    top, wanted = _unit(numerator), _unit(resource_unit)
    for given in _readings(unit):
        measure = top / given
        if measure.dimensionality == wanted.dimensionality:
            return _scale(given, top / wanted)
        for content, base in ((content_mass, "t"), (content_energy, "GJ")):
            if measure.dimensionality == _unit(base).dimensionality and math.isfinite(content):
                return _scale(given, top / _unit(base)) * content
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
    yield _unit(unit)
    top, _, bottom = unit.partition("/")
    if bottom and "/" not in bottom and "(" not in bottom:
        yield _unit(top) / _unit(bottom)


def _content_scale(
    given: Any, unit: str, resource_unit: str, mass: Vector | float, energy: Vector | float
) -> Vector | float:
    """Return resource units per `given`, through the resource's contents where that is needed."""
    wanted = _unit(resource_unit)
    if given.dimensionality == wanted.dimensionality:
        return _scale(given, wanted)
    for content, base, name in ((mass, "t", "content_mass"), (energy, "GJ", "content_energy")):
        if given.dimensionality == _unit(base).dimensionality:
            if not np.all(np.asarray(content) > 0):
                raise UnitError(
                    f"'{unit}' does not measure a resource counted in {resource_unit} whose "
                    f"{name} is unknown or zero",
                    f"give the amount in {resource_unit}, or the resource's {name} "
                    f"[{base} per {resource_unit}] in resources.csv",
                )
            return _scale(given, _unit(base)) / content
    raise UnitError(
        f"'{unit}' does not measure a resource counted in {resource_unit}",
        f"give the amount in {resource_unit}, per year or with a time such as {resource_unit}/day",
    )


def _is_rate(given: Any, resource_unit: str) -> bool:
    """Return whether `given` is an amount per time; an amount by itself counts per year."""
    measures = {_unit(unit).dimensionality for unit in (resource_unit, "t", "GJ")}
    rate = given * _unit("hour")
    return given.dimensionality not in measures and rate.dimensionality in measures


def _is_calendar(given: Any) -> bool:
    return any(name in _CALENDAR and power < 0 for name, power in given._units.items())


def _scale(given: Any, wanted: Any) -> float:
    return float(_changed(np.array([1.0]), given, wanted, f"{given}")[0])


def _changed(values: Vector, given: Any, wanted: Any, unit: str) -> Vector:
    import pint

    try:
        return np.asarray(_registry().convert(values, given, wanted), dtype=np.float64)
    except (pint.PintError, ArithmeticError, ValueError) as error:
        raise UnitError(f"'{unit}' cannot be converted to {wanted}") from error


@cache
def _registry() -> Any:
    """Return the one registry. Pint takes a third of a second to load, so only on use."""
    import pint

    registry: Any = pint.UnitRegistry(on_redefinition="ignore", cache_folder=None)
    for definition in _DEFINITIONS:
        registry.define(definition)
    return registry


@lru_cache(maxsize=4096)
def _unit(text: str) -> Any:
    """Return the pint unit that `text` names."""
    if not text.strip():
        raise UnitError("no unit is given", "write a unit such as t, m3, MWh or GJ")
    if len(text) > LONGEST:
        raise UnitError(f"'{text[:20]}...' is too long for a unit", "write a unit such as t/year")
    return _product(_tokens(text), text)


def _tokens(text: str) -> list[tuple[str, str]]:
    """Return the words of a unit text as (kind, word), in order."""
    plain = _CARBON.sub(" CO2e ", re.sub(r"\bper\b", "/", text)).translate(_PLAIN).strip()
    plain = re.sub(r"(?<=[A-Za-z])\.(?=[A-Za-z])", "*", plain)
    tokens, position = [], 0
    while position < len(plain):
        match = _TOKEN.match(plain, position)
        if match is None:
            raise _unknown(text)
        tokens.append((str(match.lastgroup), match.group().strip()))
        position = match.end()
    return tokens


def _product(tokens: list[tuple[str, str]], text: str) -> Any:
    """Return the product of the words; a slash divides by what comes next, brackets by all in them.

    ``signs`` is the exponent that each open bracket gives to what stands in it.
    """
    unit, signs, sign = _registry().Unit(""), [1], 1
    expects_factor, last = True, None
    for kind, word in tokens:
        if word == ")":
            if len(signs) == 1 or expects_factor:
                raise _unknown(text)
            signs.pop()
            last = None  # a power of a bracket is no unit anyone writes
        elif word in "*/" and kind == "sign":
            if expects_factor:
                raise _unknown(text)
            sign, expects_factor, last = (-1 if word == "/" else 1), True, None
        elif kind == "power":
            if last is None:
                raise _unknown(text)
            unit, last = unit * last ** (int(re.sub(r"[^\d-]", "", word)) - 1), None
        elif word == "(":
            signs.append(signs[-1] * sign)
            sign, expects_factor, last = 1, True, None
        else:
            last = (_registry().Unit("") if kind == "one" else _named(word)) ** (signs[-1] * sign)
            unit, sign, expects_factor = unit * last, 1, False
    if expects_factor or len(signs) > 1:
        raise _unknown(text)
    return unit


def _named(word: str) -> Any:
    """Return the unit of one name: the park's, pint's, a power such as m3, or a currency."""
    if word in _AMBIGUOUS:
        raise UnitError(f"'{word}' can be misread", f"write {_AMBIGUOUS[word]}")
    if word in _ALIASES:
        return _unit(_ALIASES[word])
    for mark, name in (("万", "ten_thousand"), ("亿", "hundred_million")):
        if word.startswith(mark) and len(word) > 1:
            return _registry().Unit(name) * _named(word[1:])
    known = _looked_up(word)
    if known is not None:
        return known
    power = re.fullmatch(r"(\D+)([2-9])", word)
    base = _looked_up(power[1]) if power else None
    if power and base is not None:
        return base ** int(power[2])
    if re.fullmatch("[A-Z]{3}", word):
        return _currency(word)
    raise _unknown(word)


def _looked_up(name: str) -> Any:
    import pint

    registry = _registry()
    try:
        canonical = registry.get_name(name)
    except (pint.PintError, AttributeError, ValueError, KeyError):
        return None
    return registry.Unit(registry.UnitsContainer({canonical: 1})) if canonical else None


def _currency(code: str) -> Any:
    """Return a currency as a unit of its own dimension: no rate of exchange is assumed."""
    registry = _registry()
    registry.define(f"{code} = [currency_{code}]")
    return registry.Unit(code)


def _unknown(text: str) -> UnitError:
    return UnitError(f"unknown unit '{text}'", "write a unit such as t, kt/year, m3, MWh or GJ/h")
