"""Figures, grades and sources as rows of text."""

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import pandas as pd

from symbiosis.catalogue import GRADES
from symbiosis.reporting.figure_names import figure_name
from symbiosis.reporting.language import translator
from symbiosis.reporting.numbers import percent, plain, unit_text
from symbiosis.reporting.wording import Vocabulary, grade_text
from symbiosis.scenarios import cited

GRADE_COLOURS = ("#0F7B6C", "#3C9D8F", "#0072B2", "#56B4E9", "#E69F00", "#D55E00")
OF_PATHWAYS = frozenset({"pathways", "pathway_flows", "pathway_limits"})
PRICES, OTHERS = "", "others"
MOST_WEIGHTY = 15
Document = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """A figure behind the plan: what it is, value with range and unit, grade, documents cited.

    ``sources`` are (anchor, id); ``carries`` is the share of the result that rests on it, by
    indicator.
    """

    what: str
    value: str
    interval: str
    unit: str
    grade: str
    grade_name: str
    sources: list[tuple[str, str]]
    carries: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class SourceRow:
    """A document that figures are cited from; ``address`` is a link or ""."""

    anchor: str
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


def figure_rows(
    figures: pd.DataFrame, known: pd.DataFrame, words: Vocabulary
) -> dict[str, list[FigureRow]]:
    """Return the figures of `evidence` by what they are of.

    Parameters
    ----------
    known : DataFrame
        The documents that may be cited (`symbiosis.scenarios.known_documents`).

    Returns
    -------
    dict
        By pathway, by ``flow <id>``, prices and climate factors under `PRICES`, qualities, places,
        markets and modes under `OTHERS`.
    """
    found: dict[str, list[FigureRow]] = {}
    for row, documents in zip(figures.to_dict("records"), cited(figures, known), strict=True):
        found.setdefault(_heading(row), []).append(_figure_row(row, documents, words))
    return found


def _heading(row: Mapping[Hashable, object]) -> str:
    table = row["table"]
    if table in OF_PATHWAYS:
        return str(row["id"])
    if table == "flows":
        return f"flow {row['id']}"
    return PRICES if table == "factors" else OTHERS


def weightiest(figures: pd.DataFrame, known: pd.DataFrame, words: Vocabulary) -> list[FigureRow]:
    """Return the unverified figures that carry most of the result: what to verify first."""
    shares = [str(name) for name in figures if str(name).endswith("_share")]
    weak = figures[(figures["grade"] == "unverified") & (figures[shares].max(axis=1) > 0)]
    first = weak.sort_values(shares, ascending=False, kind="stable").head(MOST_WEIGHTY)
    rows = zip(first.to_dict("records"), cited(first, known), strict=True)
    return [_figure_row(row, documents, words, shares) for row, documents in rows]


def _figure_row(
    row: Mapping[Hashable, object],
    documents: Sequence[Document],
    words: Vocabulary,
    shares: Sequence[str] = (),
) -> FigureRow:
    _ = translator(words.language)
    low, high = _shown(row["low"]), _shown(row["high"])
    grade = _word(row["grade"])
    return FigureRow(
        what=figure_name(row, words),
        value=_shown(row["value"]) or "–",
        interval=_("{low} to {high}").format(low=low, high=high) if low and high else "",
        unit=_unit(row, words),
        grade=grade or "ungraded",
        grade_name=grade_text(grade, words.language),
        sources=[(_anchor(document), str(document["id"])) for document in documents],
        carries=[percent(cast(float, row[name]), 2) for name in shares],
    )


def _anchor(document: Document) -> str:
    """Return the place of a document in the page; the same id in another room is another one."""
    return f"{document['room']}-{document['id']}"


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


def source_rows(figures: pd.DataFrame, known: pd.DataFrame) -> list[SourceRow]:
    """Return the documents that figures cite, in the order of the `known` documents."""
    rows = {_anchor(document): document for row in cited(figures, known) for document in row}
    order = {f"{r}-{i}": n for n, (r, i) in enumerate(zip(known["room"], known["id"], strict=True))}
    return [
        SourceRow(
            anchor=anchor,
            identifier=str(rows[anchor]["id"]),
            title=str(rows[anchor]["title"]),
            address=web_address(str(rows[anchor]["address"])),
            year=str(rows[anchor]["year"]),
        )
        for anchor in sorted(set(rows) & set(order), key=order.__getitem__)
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
