"""Words for what the program finds: names, rules, parts, boundaries and grades."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd

from symbiosis.catalogue import Catalogue, label
from symbiosis.model import Park
from symbiosis.reporting.language import language_of, translator

RATIOS = frozenset({"ph", "water_demand", "quality_coefficient"})  # unit 1, and no share


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
        "gwp100_fossil": _("climate change, fossil or of unstated origin"),
        "gwp100_biogenic": _("climate change, of plants and animals"),
        "water_use": _("fresh water taken"),
        "primary_energy": _("primary energy"),
        "primary_energy_fossil": _("primary energy, fossil"),
        "solid_waste": _("solid waste put down"),
    }.get(indicator, indicator)


_INDICATOR_UNITS: Mapping[str, str] = MappingProxyType(
    {
        "gwp100": "t CO2e",
        "gwp100 direct": "t CO2e",
        "gwp100_fossil": "t CO2e",
        "gwp100_biogenic": "t CO2e",
        "water_use": "m3",
        "primary_energy": "GJ",
        "primary_energy_fossil": "GJ",
        "solid_waste": "t",
    }
)


def indicator_measure(indicator: str, currency: str) -> str:
    """Return the unit of an indicator that the inventory or a price gives, "" of others.

    Examples
    --------
    >>> indicator_measure("cost", "CNY"), indicator_measure("water_use", "CNY")
    ('CNY', 'm3')
    """
    return currency if indicator == "cost" else _INDICATOR_UNITS.get(indicator, "")


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
