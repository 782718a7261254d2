"""Settings from a mapping (TOML) or from ``key=value`` texts."""

import math
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace

import tomli_w

from symbiosis.errors import InvalidData, Problem
from symbiosis.io.cells import number
from symbiosis.model import KINDS, Settings
from symbiosis.model.allocation import ALLOCATIONS
from symbiosis.model.validation import did_you_mean

_NAME = r"[A-Za-z_][\w.:-]*"
_TERM = (
    rf"(?:(?:\d+\.?\d*(?:[eE][+-]?\d+)?\s*\*\s*)?{_NAME}|{_NAME}\s*\*\s*\d+\.?\d*(?:[eE][+-]?\d+)?)"
)
_OBJECTIVE = re.compile(rf"\s*-?\s*{_TERM}(?:\s*[+-]\s*{_TERM})*\s*")
_INFINITE = {"inf": math.inf, "+inf": math.inf}


class _UnfitError(Exception):
    """A value that a setting cannot take: what is wrong, and what it can take."""


def settings_from(mapping: Mapping[str, object], base: Settings, where: str) -> Settings:
    """Return `base` with the settings of `mapping` in place.

    Parameters
    ----------
    mapping : mapping of str to object
        As read from TOML, or from `assigned`; tables by kind or mode are mappings.
    where : str
        Where the mapping stands, for messages.

    Raises
    ------
    InvalidData
        With every unknown key and every value of the wrong type or out of range.
    """
    values: dict[str, object] = {}
    problems = []
    for key, value in mapping.items():
        place = f"{where}, {key}" if where else key
        if key not in _READERS:
            advice = did_you_mean(key, list(_READERS)) or f"settings are {', '.join(_READERS)}"
            problems.append(Problem(place, f"unknown setting '{key}'", advice))
            continue
        try:
            values[key] = _READERS[key](value)
        except _UnfitError as error:
            problems.append(Problem(place, *error.args))
    if problems:
        raise InvalidData(problems)
    return replace(base, **values)  # type: ignore[arg-type]  # each reader returns its field's type


def settings_mapping(settings: Settings) -> dict[str, object]:
    """Return all settings as values that TOML can hold; the opposite of `settings_from`."""
    values = {f.name: getattr(settings, f.name) for f in fields(settings)}
    return {name: _plain(value) for name, value in values.items()}


def assigned(assignments: Iterable[str]) -> dict[str, object]:
    """Return the mapping that ``key=value`` texts write; ``table.key=value`` fills a table.

    Examples
    --------
    >>> assigned(["carbon_price=80", "transport_cost.road=0.5", "internal=false"])
    {'carbon_price': 80, 'transport_cost': {'road': 0.5}, 'internal': False}
    """
    mapping: dict[str, object] = {}
    problems = []
    for text in assignments:
        key, equals, value = (part.strip() for part in text.partition("="))
        if not key or not equals:
            problems.append(Problem(f"--set {text}", "not key=value", "e.g. carbon_price=80"))
            continue
        name, _, inner = key.partition(".")
        if inner:
            table = mapping.get(name)
            mapping[name] = {**(table if isinstance(table, dict) else {}), inner: toml_value(value)}
        else:
            mapping[name] = toml_value(value)
    if problems:
        raise InvalidData(problems)
    return mapping


def toml_value(text: str) -> object:
    """Return what `text` is in TOML: a number, a truth value, a list or table; else the text."""
    if "\n" in text or "\r" in text:
        return text
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, RecursionError):
        return text
    return value if isinstance(value, (bool, int, float, str, list, dict)) else text


def toml_text(value: object) -> str:
    """Return `value` as the TOML that `toml_value` reads."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key} = {toml_text(of)}" for key, of in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(toml_text(of) for of in value) + "]"
    return tomli_w.dumps({"value": value}).removeprefix("value = ").rstrip("\n")


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


def _number(value: object) -> float:
    """Return a number from a number or a text; infinity is one, NaN is not."""
    if isinstance(value, str):
        read = _INFINITE.get(value.strip().casefold(), number(value.strip()))
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        read = float(value)
    else:
        read = math.nan
    if math.isnan(read):
        raise _UnfitError(f"{value!r} is not a number", "write a number")
    return read


def _between(
    low: float, high: float, *, above: bool = False, finite: bool = True
) -> Callable[[object], float]:
    def reader(value: object) -> float:
        read = _number(value)
        inside = low < read <= high if above else low <= read <= high
        if not inside or (finite and math.isinf(read)):
            side = "above" if above else "at least"
            limits = f"a number {side} {low:g}" + (f", at most {high:g}" if high < math.inf else "")
            raise _UnfitError(f"{value!r} is out of range", f"write {limits}")
        return read

    return reader


def _by_kind(one: Callable[[object], float]) -> Callable[[object], float | dict[str, float]]:
    """Return a reader of a number, or of a table of numbers by kind or mode."""

    def reader(value: object) -> float | dict[str, float]:
        if not isinstance(value, Mapping):
            return one(value)
        for key in value:
            if not re.fullmatch(r"[A-Za-z_]\w*", str(key)):
                advice = f"write a mode such as road, or one of {', '.join(KINDS)}"
                raise _UnfitError(f"'{key}' is neither a kind nor a mode", advice)
        return {str(key): one(inner) for key, inner in value.items()}

    return reader


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().casefold() in ("true", "false"):
        return value.strip().casefold() == "true"
    raise _UnfitError(f"{value!r} is neither true nor false", "write true or false")


def _whole(value: object) -> int:
    read = _number(value)
    if not read.is_integer() or read < 0 or read > 2**31 - 1:
        raise _UnfitError(f"{value!r} is not a whole number from 0", "write e.g. 0")
    return int(read)


def _one_of(*words: str) -> Callable[[object], str]:
    def reader(value: object) -> str:
        if value in words:
            return str(value)
        advice = did_you_mean(str(value), words) or f"write one of {', '.join(words)}"
        raise _UnfitError(f"unknown word {value!r}", advice)

    return reader


def _objective(value: object) -> str:
    if isinstance(value, str) and _OBJECTIVE.fullmatch(value):
        return value.strip()
    advice = "write an indicator or a sum such as cost + 50*gwp100"
    raise _UnfitError(f"{value!r} is not an objective", advice)


def _indicators(value: object) -> tuple[str, ...]:
    words = value.split(",") if isinstance(value, str) else value
    if not isinstance(words, (list, tuple)) or not words:
        raise _UnfitError(f"{value!r} is not a list of indicators", 'write ["cost", "gwp100"]')
    names = [word.strip() if isinstance(word, str) else word for word in words]
    for name in names:
        if not isinstance(name, str) or not re.fullmatch(_NAME, name):
            raise _UnfitError(f"{name!r} is not an indicator", 'write ["cost", "gwp100"]')
    return tuple(dict.fromkeys(names))


_READERS: Mapping[str, Callable[[object], object]] = {
    "objective": _objective,
    "carbon_price": _between(0.0, math.inf),
    "carbon_price_on": _one_of("all", "direct"),
    "heat_min_approach": _between(0.0, math.inf),
    "heat_pumps": _truth,
    "max_distance": _by_kind(_between(0.0, math.inf, finite=False)),
    "transport_cost": _by_kind(_between(0.0, math.inf)),
    "detour": _between(1.0, math.inf),
    "default_distance": _between(0.0, math.inf),
    "internal": _truth,
    "discount_rate": _between(0.0, 1.0),
    "lifetime": _between(0.0, math.inf, above=True),
    "allocation": _one_of(*ALLOCATIONS),
    "marginal_credit": _between(0.0, 1.0),
    "lost_output": _one_of("replaced", "none"),
    "allow_gaps": _truth,
    "indicators": _indicators,
    "electricity": _one_of("location", "residual", "footprint", "park_method"),
    "time_limit": _between(0.0, math.inf, above=True, finite=False),
    "mip_gap": _between(0.0, 1.0),
    "seed": _whole,
}
