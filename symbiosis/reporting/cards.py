"""The headlines of an outcome: what it saves, how many exchanges, how sure all that is."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import pandas as pd

from symbiosis.reporting.figures import indicator_unit
from symbiosis.reporting.language import translator
from symbiosis.reporting.numbers import percent, plain, quantity, sized
from symbiosis.reporting.wording import Vocabulary, indicator_text, status_text
from symbiosis.scenarios import Outcome
from symbiosis.views.footprint import COST

Document = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Card:
    """A headline: a number, what it is, what to know of it, and where it lies in its interval."""

    title: str
    value: str
    unit: str = ""
    notes: list[str]
    place: float | None = None  # of the value in its interval [%]
    ends: tuple[str, str] = ("", "")
    weak: bool = False


def cards(
    outcome: Outcome, document: Document, figures: pd.DataFrame, words: Vocabulary
) -> list[Card]:
    """Return the headlines of an outcome; `figures` is its `evidence`."""
    _ = translator(words.language)
    names = outcome.park.settings.indicators
    return [
        *(_saving_card(outcome, document, name, words) for name in names),
        _count_card(outcome, document, words),
        _use_card(outcome, words),
        _coverage_card(document, words),
        _grade_card(document, figures, words),
    ]


def _saving_card(outcome: Outcome, document: Document, name: str, words: Vocabulary) -> Card:
    _, language = translator(words.language), words.language
    value, low, high = (
        float(series[name]) for series in (outcome.saving, outcome.saving_low, outcome.saving_high)
    )
    titles = {COST: _("Saves in money"), "gwp100": _("Saves in climate impact")}
    before = float(cast(float, cast(Document, document["before"])[name]))
    notes = []
    if name != COST and before:
        share = percent(value / abs(before), 2)
        notes.append(_("{share} of the footprint today").format(share=share))
    spread = high - low
    known = not math.isnan(spread)  # no interval was asked for
    return Card(
        title=titles.get(name, indicator_text(name, language)),
        value=sized(value, language),
        unit=indicator_unit(outcome, name, language),
        notes=notes,
        place=100 * (value - low) / spread if known and spread > 0 else None,
        ends=(sized(low, language, 2), sized(high, language, 2)) if known else ("", ""),
    )


def _count_card(outcome: Outcome, document: Document, words: Vocabulary) -> Card:
    _, table = translator(words.language), outcome.exchanges
    sold = table["demand"] < 0
    inside = (table["giver"] == table["taker"]) & ~sold
    between = int((~sold & ~inside).sum())
    split = _("{between} between enterprises, {inside} within one, {sold} to markets")
    tried = _("chosen from {candidates} candidates ({status})")
    return Card(
        title=_("Exchanges"),
        value=str(len(table)),
        notes=[
            split.format(between=between, inside=int(inside.sum()), sold=int(sold.sum())),
            tried.format(
                candidates=plain(float(cast(float, document["candidates"])), 9),
                status=status_text(str(document["status"]), words.language),
            ),
        ],
    )


def _use_card(outcome: Outcome, words: Vocabulary) -> Card:
    _ = translator(words.language)
    used, offered = by_product_use(outcome)
    note = _("{used} of {offered} that are discarded today")
    return Card(
        title=_("By-products put to use"),
        value=percent(used / offered, 2) if offered else "–",
        notes=[
            note.format(
                used=quantity(used, "t", words.language),
                offered=quantity(offered, "t", words.language),
            ),
            _("solids and liquids, by mass"),
        ],
    )


def by_product_use(outcome: Outcome) -> tuple[float, float]:
    """Return how much of the materials on offer the plan uses, and how much there is [t/year]."""
    offers = outcome.search.found.offers
    heavy = offers[offers["kind"] == "material"]
    mass = heavy.set_index("id")["content_mass"].fillna(0.0)
    taken = outcome.exchanges.groupby("offer_id")["taken"].sum()
    used = (taken.reindex(mass.index).fillna(0.0) * mass).sum()
    return float(used), float((heavy["amount"] * heavy["content_mass"].fillna(0.0)).sum())


def _coverage_card(document: Document, words: Vocabulary) -> Card:
    _ = translator(words.language)
    shares = cast(Mapping[str, float], document["coverage"])
    notes = [
        f"{indicator_text(name, words.language)}: {percent(share, 3)}"
        for name, share in shares.items()
    ]
    least = min(shares.values(), default=1.0)
    return Card(
        title=_("Coverage"),
        value=percent(least, 3),
        notes=[_("of flows across the edge have a figure"), *(notes if least < 1 else [])],
        weak=least < 1,
    )


def _grade_card(document: Document, table: pd.DataFrame, words: Vocabulary) -> Card:
    _ = translator(words.language)
    weak = int((table["grade"] == "unverified").sum())
    note = _("{weak} of {all} figures behind the plan: treat results as a screening")
    shares = unverified_texts(document, words.language)
    return Card(
        title=_("Rests on unverified figures"),
        value=shares[0][1] if shares and len(table) else "–",
        notes=[
            *(_("of {indicator}, by value").format(indicator=name) for name, _share in shares[:1]),
            *(f"{name}: {share}" for name, share in shares[1:]),
            *([note.format(weak=weak, all=len(table))] if weak else []),
        ],
        weak=weak > 0,
    )


def unverified_texts(document: Document, language: str) -> list[tuple[str, str]]:
    """Return by indicator which share of the saving rests on unverified figures."""
    shares = cast(Mapping[str, float], document["unverified_share"])
    return [(indicator_text(name, language), percent(share)) for name, share in shares.items()]
