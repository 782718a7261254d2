"""Numbers a planner reads at a glance: few digits, a word for the size, the unit beside it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

MINUS = "\N{MINUS SIGN}"
NARROW = "\N{NARROW NO-BREAK SPACE}"
_STEPS = {
    "en": ((1e9, " billion"), (1e6, " million")),
    "zh": ((1e8, "亿"), (1e4, "万")),
}
_COLUMN_STEPS = {
    "en": ((1e6, "million "), (1e3, "thousand ")),
    "zh": ((1e4, "万"),),
}
_CHART_STEPS = {
    "en": ((1e9, "billion "), *_COLUMN_STEPS["en"]),
    "zh": ((1e8, "亿"), *_COLUMN_STEPS["zh"]),
}
_UNITS = {"m3": "m³", "Nm3": "Nm³", "degC": "°C", "t*km": "t·km", "fraction": "", "1": ""}
_UNITS_ZH = {"t": "吨", "t*km": "吨公里", "t CO2e": "吨 CO₂e", "km": "公里", "a": "年"}
_MONEY_ZH = {"CNY": "元"}


def plain(value: float, digits: int = 3) -> str:
    """Return a number to `digits` significant digits, thousands apart, never in exponents.

    Examples
    --------
    >>> plain(1234.56), plain(0.012345), plain(-0.5), plain(30.0)
    ('1,230', '0.0123', '−0.5', '30')
    """
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return ("" if value > 0 else MINUS) + "∞"
    rounded = float(f"{value:.{digits}g}")
    if rounded == 0:
        return "0"
    places = max(0, digits - 1 - math.floor(math.log10(abs(rounded))))
    text = f"{abs(rounded):,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return (MINUS if rounded < 0 else "") + text


def quantity(value: float, unit: str, language: str, digits: int = 3) -> str:
    """Return an amount with its unit, large ones in words of size.

    Examples
    --------
    >>> quantity(1_067_212, "t", "en"), quantity(1_067_212, "t", "zh"), quantity(82.0, "GJ", "en")
    ('1.07 million t', '107万吨', '82 GJ')
    """
    number, shown = sized(value, language, digits), unit_text(unit, language)
    tight = shown[:1] > "\u2fff" or number[-1:] > "\u2fff"
    return number + (f"{'' if tight else ' '}{shown}" if shown else "")


def money(value: float, currency: str, language: str, digits: int = 3) -> str:
    """Return a sum of money.

    Examples
    --------
    >>> money(2_389_002_372, "CNY", "en"), money(2_389_002_372, "CNY", "zh")
    ('2.39 billion CNY', '23.9亿元')
    >>> money(-41_000, "EUR", "zh")
    '−4.1万 EUR'
    """
    shown = currency_text(currency, language)
    tight = shown[:1] > "\u2fff"
    return f"{sized(value, language, digits)}{'' if tight else ' '}{shown}"


def percent(share: float, digits: int = 3) -> str:
    r"""Return a share as per cent.

    Examples
    --------
    >>> percent(0.0062), percent(1.0)
    ('0.62\u202f%', '100\u202f%')
    """
    return f"{plain(100 * share, digits)}{NARROW}%"


def unit_text(unit: str, language: str) -> str:
    """Return a unit as people write it.

    Examples
    --------
    >>> unit_text("m3", "en"), unit_text("t", "zh"), unit_text("t CO2e", "en")
    ('m³', '吨', 't CO₂e')
    """
    if language == "zh" and unit in _UNITS_ZH:
        return _UNITS_ZH[unit]
    return _UNITS.get(unit, unit.replace("CO2", "CO₂"))


def currency_text(currency: str, language: str) -> str:
    """Return a currency as people write it."""
    return _MONEY_ZH.get(currency, currency) if language == "zh" else currency


@dataclass(frozen=True, kw_only=True)
class Scale:
    """What the numbers of one column are divided by, the word for it, and decimals shown."""

    divisor: float
    word: str
    decimals: int

    def text(self, value: float) -> str:
        """Return a number of the column; what would round to nothing is nearly nothing.

        Examples
        --------
        >>> scale([2.0e6, 400.0], "en").text(2.0e6), scale([2.0e6], "en").text(400.0)
        ('2.00', '≈0')
        """
        if not math.isfinite(value):
            return plain(value)
        least = 10.0**-self.decimals
        scaled = value / self.divisor
        if 0 < abs(scaled) < least / 2:
            return "≈0"
        text = f"{abs(scaled):,.{self.decimals}f}"
        return (MINUS if scaled < 0 else "") + text


def scale(values: Iterable[float], language: str, *, chart: bool = False) -> Scale:
    """Return the scale at which the largest of `values` reads well, and in tables small ones too.

    Examples
    --------
    >>> scale([2.4e9], "en").word, scale([2.4e9], "en", chart=True).word
    ('million ', 'billion ')
    """
    largest = max((abs(v) for v in values if math.isfinite(v)), default=0.0)
    for divisor, word in (_CHART_STEPS if chart else _COLUMN_STEPS)[language]:
        if largest >= divisor:
            return Scale(divisor=divisor, word=word, decimals=2 if divisor > 1e4 else 1)
    return Scale(divisor=1.0, word="", decimals=0 if largest >= 100 else 2)


def sized(value: float, language: str, digits: int = 3) -> str:
    """Return a number with the word for its size.

    Examples
    --------
    >>> sized(2_389_002_372.0, "en"), sized(2_389_002_372.0, "zh"), sized(410.0, "en")
    ('2.39 billion', '23.9亿', '410')
    """
    for step, word in _STEPS[language]:
        if math.isfinite(value) and abs(float(f"{value:.{digits}g}")) >= step:
            return plain(value / step, digits) + word
    return plain(value, digits)
