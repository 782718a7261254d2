"""Figures, grades and sources as rows of text, and the pairs that came nearest."""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import cast

import pandas as pd

from symbiosis.catalogue import GRADES
from symbiosis.reporting.language import translator
from symbiosis.reporting.nearest import reasons
from symbiosis.reporting.numbers import plain, unit_text
from symbiosis.reporting.wording import (
    Vocabulary,
    boundary_text,
    grade_text,
    indicator_text,
    rule_text,
)

GRADE_COLOURS = ("#0F7B6C", "#3C9D8F", "#0072B2", "#56B4E9", "#E69F00", "#D55E00")


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """A figure behind the plan: what it is, value with range and unit, grade, sources' ids."""

    what: str
    value: str
    interval: str
    unit: str
    grade: str
    grade_name: str
    sources: list[str]


@dataclass(frozen=True, kw_only=True)
class SourceRow:
    """A document that figures are cited from; ``address`` is a link or ""."""

    identifier: str
    title: str
    address: str
    year: str


@dataclass(frozen=True, kw_only=True)
class GradeShare:
    """How many figures are of one grade."""

    name: str
    grade: str
    count: int
    share: float
    colour: str


@dataclass(frozen=True, kw_only=True)
class Miss:
    """A pair that came near, and why it is none."""

    giver: str
    taker: str
    resource: str
    pathway: str
    rule: str
    reason: str
    failed: int


def figure_rows(figures: pd.DataFrame, words: Vocabulary) -> dict[str, list[FigureRow]]:
    """Return the figures of `evidence` by pathway; prices and climate factors under ``""``."""
    found: dict[str, list[FigureRow]] = {}
    for row in figures.to_dict("records"):
        key = "" if row["table"] == "factors" else str(row["id"])
        found.setdefault(key, []).append(_figure_row(row, words))
    return found


def _figure_row(row: Mapping[Hashable, object], words: Vocabulary) -> FigureRow:
    _ = translator(words.language)
    low, high = _shown(row["low"]), _shown(row["high"])
    grade = _word(row["grade"])
    return FigureRow(
        what=_what(row, words),
        value=_shown(row["value"]) or "–",
        interval=_("{low} to {high}").format(low=low, high=high) if low and high else "",
        unit=_unit(row, words),
        grade=grade or "ungraded",
        grade_name=grade_text(grade, words.language),
        sources=[word for word in re.split(r"[;\s]+", _word(row["citation"])) if word],
    )


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _shown(value: object) -> str:
    number = float(cast(float, value)) if isinstance(value, (int, float)) else float("nan")
    return "" if pd.isna(number) else plain(number, 4)


def _unit(row: Mapping[Hashable, object], words: Vocabulary) -> str:
    unit = _word(row["unit"])
    if row["table"] == "pathways" and row["column"] == "yield":
        return words.name("resources", unit)
    return unit_text(unit, words.language)


def _what(row: Mapping[Hashable, object], words: Vocabulary) -> str:
    """Return what a figure is: a factor of a resource, or a property of a pathway."""
    _, column = translator(words.language), _word(row["column"])
    if row["table"] == "factors":
        boundary, _between, resource = _word(row["id"]).partition(" ")
        return _("{resource}, {boundary}: {indicator}").format(
            resource=words.name("resources", resource),
            boundary=boundary_text(boundary, words.language),
            indicator=indicator_text(column, words.language),
        )
    direction, _between, resource = column.partition(" ")
    if row["table"] == "pathway_flows":
        text = _("takes in {resource}") if direction == "in" else _("puts out {resource}")
        return text.format(resource=words.name("resources", resource))
    return _columns(words).get(column, column.replace("_", " "))


def _columns(words: Vocabulary) -> Mapping[str, str]:
    """Return what the columns of pathways are called."""
    _ = translator(words.language)
    return {
        "yield": _("yield per unit taken"),
        "ratio": _("need served per unit given"),
        "capital_fixed": _("investment, fixed"),
        "capital_per_capacity": _("investment per capacity"),
        "operating_cost": _("operating cost"),
        "minimum": _("smallest plant"),
        "capacity": _("largest plant"),
        "lifetime": _("lifetime"),
        "max_distance": _("reach"),
        "loss_per_km": _("loss per km"),
        "temperature_lift": _("temperature lift"),
        "reference_moisture": _("reference moisture"),
    }


def source_rows(figures: pd.DataFrame, known: pd.DataFrame) -> list[SourceRow]:
    """Return the documents that figures cite, in the order of the `known` sources."""
    cited = set(figures["citation"].fillna("").str.split(r"[;\s]+").explode())
    rows = known[known["id"].isin(cited)]
    return [
        SourceRow(
            identifier=str(row["id"]),
            title=_word(row["title"]),
            address=web_address(_word(row["address"])),
            year=_word(row["year"]),
        )
        for row in rows.to_dict("records")
    ]


def web_address(address: str) -> str:
    """Return the first address of a source that a browser may open, "" if there is none.

    Examples
    --------
    >>> web_address("doi:10.1000/1"), web_address("standard"), web_address("javascript:alert(1)")
    ('https://doi.org/10.1000/1', '', '')
    """
    first = address.split(" ; ")[0].strip()
    if first.startswith("doi:"):
        return f"https://doi.org/{first.removeprefix('doi:')}"
    return first if re.match(r"https?://[^\s\"'<>]+$", first) else ""


def grade_shares(figures: pd.DataFrame, words: Vocabulary) -> list[GradeShare]:
    """Return how many figures are of which grade, the best first."""
    counts = figures["grade"].fillna("").value_counts()
    total = max(int(counts.sum()), 1)
    colours = dict(zip(GRADES, GRADE_COLOURS, strict=True)) | {"": "#9AA0A6"}
    return [
        GradeShare(
            name=grade_text(grade, words.language),
            grade=grade or "ungraded",
            count=int(counts[grade]),
            share=100.0 * int(counts[grade]) / total,
            colour=colour,
        )
        for grade, colour in colours.items()
        if grade in counts
    ]


def miss_rows(misses: pd.DataFrame, failures: pd.DataFrame, words: Vocabulary) -> list[Miss]:
    """Return the pairs that were nearest to being exchanges, with their reasons in words.

    Parameters
    ----------
    misses, failures : DataFrame
        Of `nearest_misses` and `failed_verdicts`.
    """
    texts = reasons(misses, failures, words)
    _ = translator(words.language)
    return [
        Miss(
            giver=words.name("enterprises", row["from_enterprise"]),
            taker=words.name("enterprises", row["to_enterprise"])
            if row["to_enterprise"]
            else _("market"),
            resource=words.name("resources", row["resource"]),
            pathway=words.name("pathways", row["pathway"]),
            rule=rule_text(row["rule"], words.language),
            reason=text[:1].upper() + text[1:],
            failed=int(row["failed"]),
        )
        for row, text in zip(misses.to_dict("records"), texts, strict=True)
    ]
