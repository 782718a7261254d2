"""Words for what the program finds: rules, parts, boundaries, grades and names."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from symbiosis.catalogue import Catalogue, label
from symbiosis.model import Park
from symbiosis.reporting.language import language_of, translator
from symbiosis.reporting.numbers import money, percent, plain, sized, unit_text

RATIOS = frozenset({"ph", "water_demand", "quality_coefficient"})  # unit 1, and no share
Row = Mapping[str, object] | Mapping[Hashable, object] | pd.Series


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """What the things of a park are called in one language.

    Attributes
    ----------
    language : str
        ``en`` or ``zh``.
    names : mapping of table to (mapping of id to name)
        Tables enterprises, processes, resources, pathways, properties.
    units : mapping of str to str
        Property -> unit; ``%`` for a fraction.
    """

    language: str
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)

    def name(self, table: str, identifier: str) -> str:
        """Return the name of a row of `table`; an unknown id is read as words."""
        found = self.names.get(table, {}).get(identifier)
        return found or identifier.replace("_", " ")


def vocabulary(park: Park, catalogue: Catalogue, language: str) -> Vocabulary:
    """Return what a park and its catalogue call their things in `language`."""
    spoken = language_of(language)
    _ = translator(spoken)
    tables = {
        "enterprises": (park.enterprises,),
        "processes": (park.processes,),
        "resources": (catalogue.resources, park.resources),
        "pathways": (catalogue.pathways, park.pathways),
        "properties": (catalogue.properties,),
    }
    named = {name: _named(rows, spoken) for name, rows in tables.items()}
    named["pathways"]["identity"] = _("used as it is")
    return Vocabulary(language=spoken, names=named, units=_property_units(catalogue.properties))


def heading_of(park: Park, language: str) -> tuple[str, str]:
    """Return the park's title and description in `language`, in English where it has no other."""
    if language_of(language) == "zh":
        return park.title_zh or park.title, park.description_zh or park.description
    return park.title, park.description


def name_of(table: pd.DataFrame, identifier: str, language: str) -> str:
    """Return the name of a row of `table` in `language`, else its id (`catalogue.label`)."""
    return label(table, identifier, language)


def _named(tables: tuple[pd.DataFrame, ...], language: str) -> dict[str, str]:
    """Return id -> name of tables, later ones first, blank names left out."""
    order = ("name", "name_zh") if language == "zh" else ("name_zh", "name")
    return {
        str(key): str(name)
        for table in tables
        for column in order
        if column in table
        for key, name in zip(table["id"], table[column], strict=True)
        if isinstance(name, str) and name
    }


def _property_units(properties: pd.DataFrame) -> dict[str, str]:
    """Return the unit of each property, ``%`` where a fraction is meant."""
    units = dict(zip(properties["id"].astype(str), properties["unit"].astype(str), strict=True))
    return {
        name: ("" if name in RATIOS else "%") if unit in {"", "1"} else unit
        for name, unit in units.items()
    }


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


def rule_text(rule: str, language: str) -> str:
    """Return what a rule is called."""
    _ = translator(language)
    return {
        "process": _("same process"),
        "internal": _("same enterprise"),
        "heat pump": _("heat pump"),
        "market": _("sells out"),
        "utility": _("utility"),
        "distance": _("distance"),
        "reach": _("reach"),
        "size": _("plant size"),
        "permit": _("permit"),
        "moisture": _("moisture"),
        "temperature unknown": _("temperature unknown"),
        "temperature": _("temperature"),
        "level": _("temperature level"),
        "delivery": _("delivery temperature"),
        "standard": _("pathway's limit"),
        "quality": _("receiver's limit"),
        "quality unknown": _("quality unknown"),
        "blend": _("blend"),
        "figures": _("figures missing"),
        "worth": _("worth"),
    }.get(rule, rule)


def part_text(part: str, language: str) -> str:
    """Return what a part of an exchange's account is called (`matching.effects.PARTS`)."""
    _ = translator(language)
    return {
        "avoided_purchase": _("avoided purchase"),
        "avoided_disposal": _("avoided disposal"),
        "coproducts": _("co-products"),
        "processing": _("processing"),
        "side_flows": _("side flows"),
        "transport": _("transport"),
        "capital": _("capital (annualised)"),
        "net": _("net"),
        "giver": _("giver"),
        "taker": _("taker"),
        "unallocated": _("others"),
    }.get(part, part.replace("_", " "))


def indicator_text(indicator: str, language: str) -> str:
    """Return what an indicator is called."""
    _ = translator(language)
    return {
        "cost": _("cost"),
        "gwp100": _("climate change (GWP100)"),
        "gwp100 direct": _("direct emissions (GWP100)"),
    }.get(indicator, indicator)


def boundary_text(boundary: str, language: str) -> str:
    """Return what a boundary of the park is called."""
    _ = translator(language)
    return {
        "@supply": _("purchase"),
        "@nature": _("nature"),
        "@sales": _("sale"),
        "@disposal": _("disposal"),
        "@stock": _("stock"),
    }.get(boundary, boundary)


def grade_text(grade: str, language: str) -> str:
    """Return what a grade of evidence is called."""
    _ = translator(language)
    return {
        "measured": _("measured"),
        "official": _("official"),
        "peer-reviewed": _("peer-reviewed"),
        "secondary": _("secondary"),
        "derived": _("derived"),
        "unverified": _("unverified"),
        "": _("ungraded"),
    }.get(grade, grade)


def kind_text(kind: str, language: str) -> str:
    """Return what a kind of resource is called."""
    _ = translator(language)
    return {
        "material": _("materials"),
        "water": _("water"),
        "heat": _("heat"),
        "gas": _("gases"),
        "electricity": _("electricity"),
        "service": _("services"),
    }.get(kind, kind)


def mode_text(mode: str, language: str) -> str:
    """Return what a mode of transport is called."""
    _ = translator(language)
    return {
        "road": _("road"),
        "rail": _("rail"),
        "ship": _("ship"),
        "pipe_water": _("water pipe"),
        "pipe_heat": _("heat pipe"),
        "pipe_gas": _("gas pipe"),
        "grid": _("power line"),
    }.get(mode, mode.replace("_", " "))


def status_text(status: str, language: str) -> str:
    """Return how sure a plan is to be the best one."""
    _ = translator(language)
    return {
        "optimal": _("optimal"),
        "gap": _("gap"),
        "time_limit": _("time_limit"),
    }.get(status, status)
