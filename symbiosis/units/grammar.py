"""What a unit text means, as a unit of pint.

Texts are read by a small grammar of our own and only single names are looked up in pint, so
that no text of a file is ever evaluated.
"""

import re
from functools import cache, lru_cache
from typing import Any

from symbiosis.units.error import UnitError

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
_PLAIN = str.maketrans("·⋅×²³−", "***23-")


@cache
def registry() -> Any:
    """Return the one registry. Pint takes a third of a second to load, so only on use."""
    import pint

    units: Any = pint.UnitRegistry(on_redefinition="ignore", cache_folder=None)
    for definition in _DEFINITIONS:
        units.define(definition)
    return units


@lru_cache(maxsize=4096)
def unit_of(text: str) -> Any:
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
    unit, signs, sign = registry().Unit(""), [1], 1
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
            last = (registry().Unit("") if kind == "one" else _named(word)) ** (signs[-1] * sign)
            unit, sign, expects_factor = unit * last, 1, False
    if expects_factor or len(signs) > 1:
        raise _unknown(text)
    return unit


def _named(word: str) -> Any:
    """Return the unit of one name: the park's, pint's, a power such as m3, or a currency."""
    if word in _AMBIGUOUS:
        raise UnitError(f"'{word}' can be misread", f"write {_AMBIGUOUS[word]}")
    if word in _ALIASES:
        return unit_of(_ALIASES[word])
    for mark, name in (("万", "ten_thousand"), ("亿", "hundred_million")):
        if word.startswith(mark) and len(word) > 1:
            return registry().Unit(name) * _named(word[1:])
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

    units = registry()
    try:
        canonical = units.get_name(name)
    except (pint.PintError, AttributeError, ValueError, KeyError):
        return None
    if any(unit == "ton" for _, unit, _ in units.parse_unit_name(name)):
        raise UnitError(f"'{name}' can be misread", "write t (1000 kg), kt or Mt")
    return units.Unit(units.UnitsContainer({canonical: 1})) if canonical else None


def _currency(code: str) -> Any:
    """Return a currency as a unit of its own dimension: no rate of exchange is assumed."""
    units = registry()
    units.define(f"{code} = [currency_{code}]")
    return units.Unit(code)


def _unknown(text: str) -> UnitError:
    return UnitError(f"unknown unit '{text}'", "write a unit such as t, kt/year, m3, MWh or GJ/h")
