"""The names that settings use: indicators, kinds and modes, known only with a catalogue."""

from collections.abc import Iterable, Iterator, Mapping

from symbiosis.catalogue import Catalogue
from symbiosis.errors import InvalidData, Problem
from symbiosis.matching import weights
from symbiosis.model import KINDS, Settings
from symbiosis.model.validation import did_you_mean
from symbiosis.views.footprint import CLIMATE, COST, DIRECT_CLIMATE


def check_names(settings: Settings, catalogue: Catalogue, scored: Iterable[str] = ()) -> None:
    """Refuse settings that name what is not there: they would count nothing, or limit nothing.

    Parameters
    ----------
    scored : iterable of str
        Indicators that the inventory characterises, besides those of the catalogue's factors.

    Raises
    ------
    InvalidData
        With every indicator that no factor knows, and every kind or mode that does not exist.
    """
    more = {*catalogue.factors["indicator"], *scored} - {COST, CLIMATE}
    indicators = [COST, CLIMATE, *sorted(more)]
    ways = [*KINDS, *sorted(set(catalogue.modes["mode"]))]
    asked = [name for name in weights(settings) if name != DIRECT_CLIMATE]
    problems = [
        *_unknown("objective", "indicator", asked, indicators),
        *_unknown("indicators", "indicator", settings.indicators, indicators),
        *_unknown("max_distance", "kind or mode", _keys(settings.max_distance), ways),
        *_unknown("transport_cost", "kind or mode", _keys(settings.transport_cost), ways),
    ]
    if problems:
        raise InvalidData(problems)


def _keys(value: float | Mapping[str, float]) -> list[str]:
    return list(value) if isinstance(value, Mapping) else []


def _unknown(setting: str, what: str, names: Iterable[str], known: list[str]) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            advice = did_you_mean(name, known) or f"known are {', '.join(known)}"
            yield Problem(f"settings, {setting}", f"unknown {what} '{name}'", advice)
