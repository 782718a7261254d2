"""What park.toml says of a park as a whole."""

import re
import tomllib
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from symbiosis.errors import InvalidData, Problem
from symbiosis.io.settings import settings_from, settings_mapping
from symbiosis.io.typed import UnknownColumns
from symbiosis.model import Park, Settings
from symbiosis.model.validation import did_you_mean

_TEXTS = ("title", "title_zh", "description", "description_zh", "region", "licence")
_KEYS = (*_TEXTS, "currency", "year", "sources", "settings")


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The fields of a park that are no tables."""

    title: str
    title_zh: str = ""
    description: str = ""
    description_zh: str = ""
    currency: str = "CNY"
    year: int | None = None
    region: str = ""
    licence: str = ""
    sources: tuple[str, ...] = ()
    settings: Settings = field(default_factory=Settings)


def toml_mapping(file: Path) -> tuple[dict[str, object], list[Problem]]:
    """Return what a TOML file says, or what keeps it from being read."""
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig")), []
    except OSError as error:
        return {}, [Problem(file.name, f"it cannot be read: {error.strerror}", "give a TOML file")]
    except UnicodeDecodeError:
        return {}, [Problem(file.name, "it is not UTF-8", "save it as UTF-8")]
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return {}, [Problem(file.name, f"not TOML: {error}", "text stands in double quotes")]


def read_heading(
    mapping: Mapping[str, object], place: str, fallback: str
) -> tuple[Heading, list[Problem]]:
    """Return the heading that `mapping` writes, titled `fallback` if untitled, and its problems."""
    problems: list[Problem] = []
    texts = {key: _text(mapping, key, place, problems) for key in _TEXTS}
    _warn_of_unknown(mapping, place)
    found = Heading(
        title=texts["title"] or fallback,
        title_zh=texts["title_zh"],
        description=texts["description"],
        description_zh=texts["description_zh"],
        currency=_currency(mapping.get("currency", "CNY"), place, problems),
        year=_year(mapping.get("year"), place, problems),
        region=texts["region"],
        licence=texts["licence"],
        sources=_sources(mapping.get("sources", []), place, problems),
        settings=_settings(mapping.get("settings", {}), place, problems),
    )
    return found, problems


def heading_mapping(park: Park) -> dict[str, object]:
    """Return what park.toml says of `park`, with all its settings."""
    mapping: dict[str, object] = {
        "title": park.title,
        "title_zh": park.title_zh,
        "description": park.description,
        "description_zh": park.description_zh,
        "currency": park.currency,
        "region": park.region,
        "licence": park.licence,
        "sources": list(park.sources),
        "settings": settings_mapping(park.settings),
    }
    return mapping if park.year is None else {**mapping, "year": park.year}


def _text(mapping: Mapping[str, object], key: str, place: str, problems: list[Problem]) -> str:
    value = mapping.get(key, "")
    if isinstance(value, str):
        return value
    problems.append(Problem(f"{place}, {key}", f"{value!r} is not text", "put it in quotes"))
    return ""


def _currency(value: object, place: str, problems: list[Problem]) -> str:
    if isinstance(value, str) and re.fullmatch("[A-Z]{3}", value):
        return value
    what, advice = f"{value!r} is not a currency", "write its ISO 4217 code, e.g. CNY"
    problems.append(Problem(f"{place}, currency", what, advice))
    return "CNY"


def _year(value: object, place: str, problems: list[Problem]) -> int | None:
    if value is None:
        return None
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number and value in range(1000, 10_000):
        return int(str(value).removesuffix(".0"))
    problems.append(Problem(f"{place}, year", f"{value!r} is not a year", "write e.g. 2025"))
    return None


def _sources(value: object, place: str, problems: list[Problem]) -> tuple[str, ...]:
    sources = [value] if isinstance(value, str) else value
    if isinstance(sources, list) and all(isinstance(source, str) for source in sources):
        return tuple(sources)
    what, advice = f"{value!r} is not a list of texts", 'write ["first source", "second source"]'
    problems.append(Problem(f"{place}, sources", what, advice))
    return ()


def _settings(value: object, place: str, problems: list[Problem]) -> Settings:
    if not isinstance(value, Mapping):
        what, advice = f"{value!r} is not a table", "write [settings] on a line of its own"
        problems.append(Problem(f"{place}, settings", what, advice))
        return Settings()
    try:
        return settings_from(value, Settings(), f"{place}, settings")
    except InvalidData as error:
        problems += error.problems
        return Settings()


def _warn_of_unknown(mapping: Mapping[str, object], place: str) -> None:
    unknown = [key for key in mapping if key not in _KEYS]
    if unknown:
        advice = [f"'{key}' {did_you_mean(key, _KEYS)}".strip() for key in unknown]
        text = f"{place}: left out unknown keys {', '.join(advice)}"
        warnings.warn(UnknownColumns(text), stacklevel=2)
