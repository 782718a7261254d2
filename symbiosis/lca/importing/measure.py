"""The names that other tools give to units, as this library writes them."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np

from symbiosis.units import UnitError, contained_amounts, converted, is_unit

# Counted or of a kind that no resource is measured in: kept, never converted.
COUNTED = frozenset(
    {"unit", "guest night", "person*km", "vehicle*km", "ha*a", "m2*a", "m*a", "kg*day", "t*a"}
    | {"kg*a", "m3*a", "kBq", "Bq", "EUR2005", "USD2005"}
    | {"m3*day", "l*day", "m2*day", "person*day", "vehicle", "person", "dozen", "mol", "kBq*a"}
)
_NAMES: Mapping[str, str] = {
    "kilogram": "kg", "gram": "g", "milligram": "mg", "microgram": "ug", "ton": "t",
    "tonne": "t", "metric ton": "t", "ton (metric)": "t", "tons": "t",
    "cubic meter": "m3", "cubic metre": "m3", "m^3": "m3", "m³": "m3", "litre": "l", "liter": "l",
    "standard cubic meter": "Nm3", "sm3": "Nm3", "nm3": "Nm3", "normal cubic meter": "Nm3",
    "kilowatt hour": "kWh", "kwh": "kWh", "megawatt hour": "MWh", "mwh": "MWh",
    "watt hour": "Wh", "megajoule": "MJ", "gigajoule": "GJ", "terajoule": "TJ",
    "kilojoule": "kJ", "joule": "J", "square meter": "m2", "square metre": "m2", "m²": "m2",
    "meter": "m", "metre": "m", "kilometer": "km", "kilometre": "km", "hectare": "ha",
    "ton kilometer": "t*km", "ton-kilometer": "t*km", "tonne kilometer": "t*km", "tkm": "t*km",
    "metric ton*km": "t*km", "metric ton-km": "t*km", "kgkm": "kg*km", "kg*km": "kg*km",
    "person kilometer": "person*km", "p*km": "person*km", "pkm": "person*km",
    "personkm": "person*km", "vehicle-kilometer": "vehicle*km", "vkm": "vehicle*km",
    "v*km": "vehicle*km", "square meter-year": "m2*a", "m2a": "m2*a", "m2*year": "m2*a",
    "square meter year": "m2*a", "meter-year": "m*a", "my": "m*a", "m*year": "m*a",
    "cubic meter-year": "m3*a", "m3a": "m3*a", "m3y": "m3*a", "kilogram day": "kg*day",
    "hectare-year": "ha*a", "ha a": "ha*a", "kilo becquerel": "kBq", "kilobecquerel": "kBq",
    "becquerel": "Bq", "hour": "h", "hr": "h", "item(s)": "unit", "item": "unit", "items": "unit",
    "p": "unit", "piece": "unit", "pcs": "unit", "units": "unit", "unit": "unit", "number": "unit",
    "dimensionless": "unit", "kg*a": "kg*a", "euro": "EUR", "us dollar": "USD",
    "livestock unit": "unit", "guest night": "guest night", "l*day": "l*day",
}  # fmt: skip


@lru_cache(maxsize=4096)
def unit_name(text: str) -> str | None:
    """Return how this library writes the unit that a tool calls `text`; None where unknown.

    Examples
    --------
    >>> unit_name("kilogram"), unit_name("Item(s)"), unit_name("flurb")
    ('kg', 'unit', None)
    """
    plain = re.sub(r"\s+", " ", text).strip()
    # Letters' size tells mg from Mg and mJ from MJ: only names without such twins are folded.
    name = _NAMES.get(plain) or _NAMES.get(plain.casefold()) or plain
    return name if name in COUNTED or (name and is_unit(name)) else None


@lru_cache(maxsize=4096)
def unit_scale(unit: str, target: str) -> float | None:
    """Return how many `target` one `unit` is; None where one does not measure the other."""
    if unit == target:
        return 1.0
    if unit in COUNTED or target in COUNTED:
        return None
    try:
        return float(converted(np.array([1.0]), unit, target)[0])
    except UnitError:
        return None


def resource_scale(unit: str, resource_unit: str, mass: float, energy: float) -> float:
    """Return how many `unit` measure one unit of a resource, through its contents if need be.

    Raises
    ------
    UnitError
        Where `unit` measures neither the resource nor what is in it.
    """
    if unit in COUNTED:
        raise UnitError(f"'{unit}' does not measure a resource counted in {resource_unit}", "")
    one = contained_amounts(
        np.array([1.0]), unit, resource_unit, content_mass=mass, content_energy=energy
    )
    return float(1.0 / one[0])


def known_names(units: Iterable[str]) -> dict[str, str | None]:
    """Return each unit text with its name here."""
    return {unit: unit_name(unit) for unit in units}
