"""Sentences for the rules' verdicts on a pair, with their figures."""

from collections.abc import Callable, Hashable, Mapping

import numpy as np
import pandas as pd

from symbiosis.reporting.language import language_of, translator
from symbiosis.reporting.numbers import money, percent, plain, sized, unit_text
from symbiosis.reporting.wording import Vocabulary, boundary_text, indicator_text, mode_text

Row = Mapping[str, object] | Mapping[Hashable, object] | pd.Series


def verdict_text(verdict: Row, language: str, words: Vocabulary | None = None) -> str:
    """Return one sentence for a rule's verdict on a pair, with its figures.

    Parameters
    ----------
    verdict : mapping or Series
        A row of `symbiosis.matching.rules.COLUMNS` (``pair`` is not read).
    language : str
        ``en`` or ``zh``.
    words : Vocabulary, optional
        Without it, ids stand for names and qualities have no unit.

    Examples
    --------
    >>> far = {"rule": "reach", "item": "road", "passes": False, "value": 187.2, "limit": 100.0}
    >>> verdict_text(far | {"sense": "<=", "unit": "km"}, "en")
    'too far: 187 km by road, at most 100 km'
    """
    known = words or Vocabulary(language=language_of(language))
    rule, passes = str(verdict["rule"]), bool(verdict["passes"])
    sentences = _sentences(translator(language))
    bound = "least" if verdict["sense"] == ">=" else "most"
    for key in ((rule, passes, bound), (rule, passes)):
        if key in sentences:
            text = sentences[key]
            break
    else:
        text = sentences[("other", passes)]
    if rule == "distance" and passes and np.isinf(_number(verdict["limit"])):
        text = sentences[("distance", "free")]
    value, limit = _figures(verdict, known)
    item = _item(rule, _text(verdict["item"]), known)
    return text.format(rule=rule, item=item, value=value, limit=limit)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float, np.number)) else float("nan")


def _item(rule: str, item: str, words: Vocabulary) -> str:
    """Return what a verdict is about, in words."""
    _ = translator(words.language)
    if rule == "figures":
        what, _between, where = item.partition(" at ")
        indicator, _of, resource = what.partition(" of ")
        return _("{indicator} of {resource} ({boundary})").format(
            indicator=indicator_text(indicator, words.language),
            resource=words.name("resources", resource),
            boundary=boundary_text(where, words.language),
        )
    if rule == "reach":
        return mode_text(item, words.language)
    table = {
        "process": "processes",
        "utility": "processes",
        "internal": "enterprises",
        "market": "resources",
        "permit": "resources",
        "size": "pathways",
        "heat pump": "pathways",
    }.get(rule, "properties")
    return words.name(table, item)


def _figures(verdict: Row, words: Vocabulary) -> tuple[str, str]:
    """Return value and limit with their unit, with digits enough to tell them apart."""
    for digits in range(3, 8):
        value = _figure(verdict, "value", words, digits)
        limit = _figure(verdict, "limit", words, digits)
        if value != limit or verdict["value"] == verdict["limit"]:
            break
    return value, limit


def _figure(verdict: Row, which: str, words: Vocabulary, digits: int) -> str:
    _ = translator(words.language)
    value, unit = _number(verdict[which]), _text(verdict["unit"])
    rule, item = str(verdict["rule"]), _text(verdict["item"])
    if rule in {"standard", "quality", "quality unknown", "blend"} and not unit:
        unit = words.units.get(item, "")
    if np.isnan(value):
        return _("unknown")
    if unit in {"%", "fraction"}:
        return percent(value, digits)
    if rule == "worth":
        return money(value, unit, words.language, digits).rstrip()
    if rule == "size":
        return sized(value, words.language, digits)
    return f"{plain(value, digits)} {unit_text(unit, words.language)}".rstrip()


def _sentences(_: Callable[[str], str]) -> Mapping[tuple[object, ...], str]:
    """Return a sentence per rule and verdict; ``most`` and ``least`` tell limits apart."""
    return {
        ("process", False): _("would go back into the process it comes from: {item}"),
        ("process", True): _("goes to another process"),
        ("internal", False): _("within one enterprise ({item}), which the setting forbids"),
        ("internal", True): _("exchange within one enterprise is allowed"),
        ("heat pump", False): _("would need a heat pump, which the setting leaves out: {item}"),
        ("heat pump", True): _("heat pumps are allowed: {item}"),
        ("market", False): _("sells out already: {item} would be missed by who buys it today"),
        ("market", True): _("does not sell out today: {item}"),
        ("utility", False): _("the utility that serves it today cannot turn down: {item}"),
        ("utility", True): _("the utility that serves it today can turn down: {item}"),
        ("distance", False): _("too far: {value}, at most {limit} by the setting"),
        ("distance", True): _("distance {value}, at most {limit} by the setting"),
        ("distance", "free"): _("distance {value}, no limit set"),
        ("reach", False): _("too far: {value} by {item}, at most {limit}"),
        ("reach", True): _("within reach: {value} by {item}, at most {limit}"),
        ("size", False): _("too little for the smallest plant: {value} a year, at least {limit}"),
        ("size", True): _("enough for the smallest plant: {value} a year, at least {limit}"),
        ("permit", False): _("needs a permit for {item}"),
        ("permit", True): _("has a permit for {item}"),
        ("moisture", False): _("too wet: moisture {value}, at most {limit}"),
        ("moisture", True): _("moisture {value}, at most {limit}"),
        ("temperature unknown", False): _("temperature unknown"),
        ("temperature", False): _("too cold: {value} where at least {limit} is needed"),
        ("temperature", True): _("hot enough: {value} where at least {limit} is needed"),
        ("level", False): _("too cold for this use: {value}, at least {limit}"),
        ("level", True): _("hot enough for this use: {value}, at least {limit}"),
        ("delivery", False): _("needed too hot: from {value}, this way delivers at most {limit}"),
        ("delivery", True): _("needed from {value}, this way delivers at most {limit}"),
        ("standard", False, "most"): _("{item} {value}, the pathway takes at most {limit}"),
        ("standard", True, "most"): _("{item} {value}, the pathway takes up to {limit}"),
        ("standard", False, "least"): _("{item} {value}, the pathway needs at least {limit}"),
        ("standard", True, "least"): _("{item} {value}, at least {limit} as the pathway needs"),
        ("quality", False, "most"): _("{item} {value}, the receiver takes at most {limit}"),
        ("quality", True, "most"): _("{item} {value}, the receiver takes up to {limit}"),
        ("quality", False, "least"): _("{item} {value}, the receiver needs at least {limit}"),
        ("quality", True, "least"): _("{item} {value}, at least {limit} as the receiver needs"),
        ("quality unknown", False, "most"): _("quality unknown: {item} (at most {limit})"),
        ("quality unknown", False, "least"): _("quality unknown: {item} (at least {limit})"),
        ("blend", True, "most"): _(
            "meets the limit only in a blend: {item} {value}, at most {limit}"
        ),
        ("blend", True, "least"): _(
            "meets the limit only in a blend: {item} {value}, at least {limit}"
        ),
        ("figures", False): _("figures missing: {item}"),
        ("figures", True): _("figure missing, counted as nothing: {item}"),
        ("worth", False): _("costs more than it saves: {value} against {limit} a year"),
        ("worth", True): _("saves more than it costs: {limit} against {value} a year"),
        ("other", False): _("{rule}: {item} {value}, limit {limit}"),
        ("other", True): _("{rule}: {item} {value}, within {limit}"),
    }
