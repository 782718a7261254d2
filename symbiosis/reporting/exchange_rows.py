"""Exchanges as rows of text: the table of the report and what stands behind each row."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from symbiosis.matching.account import SIDES
from symbiosis.matching.effects import PARTS
from symbiosis.model import IDENTITY, Park
from symbiosis.reporting.carbon_text import carbon_text
from symbiosis.reporting.language import translator
from symbiosis.reporting.numbers import Scale, percent, plain, quantity, scale, unit_text
from symbiosis.reporting.verdicts import verdict_text
from symbiosis.reporting.wording import Vocabulary, part_text
from symbiosis.scenarios import Evidence, Outcome, evidence, unverified_figures
from symbiosis.scenarios.carbon import carbon_marks

Text = Mapping[Hashable, object]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number in a table: what is read, and what it is sorted by."""

    text: str
    value: float

    @property
    def burden(self) -> bool:
        """Return whether the number is below zero."""
        return self.value < 0


@dataclass(frozen=True, kw_only=True)
class ExchangeRow:
    """An exchange as the report shows it.

    ``parts`` are (name, a figure per indicator), ``ends`` the flows that it joins, ``unverified``
    counts figures of its pathway, ``doubtful`` is the share of what it saves in the first
    indicator that rests on unverified figures.
    """

    giver: str
    taker: str
    internal: bool
    resource: str
    becomes: str
    pathway: str
    pathway_id: str
    ends: list[str]
    amount: Figure
    saved: list[Figure]
    price: str
    payback: Figure
    investment: str
    distance: Figure
    unverified: int
    doubtful: str
    parts: list[tuple[str, list[Figure]]]
    sides: list[tuple[str, list[Figure]]]
    rules: list[str]
    carbon: list[str]


def exchange_scales(outcome: Outcome, language: str) -> dict[str, Scale]:
    """Return how the savings of all exchanges are shown, by indicator."""
    table = outcome.exchanges
    names = outcome.park.settings.indicators
    return {name: scale(table[f"{name}_net"], language) for name in names}


def exchange_rows(
    outcome: Outcome, words: Vocabulary, behind: Evidence | None = None
) -> list[ExchangeRow]:
    """Return the exchanges, the one that saves most first.

    Parameters
    ----------
    behind : Evidence, optional
        What `symbiosis.scenarios.evidence` gives for the outcome, if it is known already.
    """
    known = behind or evidence(outcome)
    indicator = outcome.park.settings.indicators[0]
    table = outcome.exchanges.join(carbon_marks(outcome))
    table = table.assign(
        weak=unverified_figures(outcome, known.figures),
        doubtful=known.exchanges[f"{indicator}_unverified_share"],
    )
    first = f"{indicator}_net"
    scales = exchange_scales(outcome, words.language)
    units = resource_units(outcome.park)
    rules = _rules(outcome, table, words)
    ordered = table.sort_values(first, ascending=False, kind="stable").to_dict("records")
    return [_row(row, outcome, words, scales, units, rules) for row in ordered]


def resource_units(park: Park) -> dict[str, str]:
    """Return the unit of each resource of a park, by id."""
    return dict(zip(park.resources["id"], park.resources["unit"], strict=True))


def _row(
    row: Text,
    outcome: Outcome,
    words: Vocabulary,
    scales: Mapping[str, Scale],
    units: Mapping[str, str],
    rules: Mapping[object, list[str]],
) -> ExchangeRow:
    _ = translator(words.language)
    sold = _number(row["demand"]) < 0
    unit = units.get(str(row["resource"]), "")
    identity = row["pathway"] == IDENTITY
    given = str(row["gives"])
    becomes = "" if identity or given == row["resource"] else words.name("resources", given)
    taken = _number(row["taken"])
    return ExchangeRow(
        giver=words.name("enterprises", str(row["giver"])),
        taker=_("market") if sold else words.name("enterprises", str(row["taker"])),
        internal=not sold and row["giver"] == row["taker"],
        resource=words.name("resources", str(row["resource"])),
        becomes=becomes,
        pathway=words.name("pathways", str(row["pathway"])),
        pathway_id=str(row["pathway"]),
        ends=[str(row["offer_id"]), str(row["demand_id"])],
        amount=Figure(text=quantity(taken, unit, words.language), value=taken),
        saved=[_figure(row, f"{name}_net", scales[name]) for name in scales],
        price=_price_interval(row, unit, words),
        payback=_payback(row, words),
        investment=_investment(row, outcome, words),
        distance=Figure(text=_distance(row), value=_number(row["distance_km"])),
        unverified=int(_number(row["weak"])),
        doubtful=percent(_number(row["doubtful"])) if _number(row["doubtful"]) else "",
        parts=[
            (part_text(part, words.language), _figures(row, part, scales))
            for part in (*PARTS, "net")
        ],
        sides=[(part_text(side, words.language), _figures(row, side, scales)) for side in SIDES],
        rules=rules.get(row["pair"], []),
        carbon=carbon_text(str(row["carbon_origin"]), str(row["carbon_storage"]), _),
    )


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float, np.number)) else float("nan")


def _figure(row: Text, column: str, sizes: Scale) -> Figure:
    value = _number(row[column])
    return Figure(text=sizes.text(value), value=value)


def _figures(row: Text, part: str, scales: Mapping[str, Scale]) -> list[Figure]:
    found = [_figure(row, f"{name}_{part}", scales[name]) for name in scales]
    return [Figure(text="·", value=0.0) if abs(f.value) < 1e-9 else f for f in found]


def _price_interval(row: Text, unit: str, words: Vocabulary) -> str:
    """Return between which prices both gain [money per unit taken, paid by taker to giver].

    Within one enterprise, and from a market, there is nothing to agree on.
    """
    _ = translator(words.language)
    if _number(row["demand"]) < 0 or row["giver"] == row["taker"]:
        return "–"
    low, high = (plain(_number(row[column])) for column in ("value_low", "value_high"))
    if _number(row["value_low"]) > _number(row["value_high"]):
        return _("none")
    interval = _("{low} to {high}").format(low=low, high=high)
    return f"{interval} /{unit_text(unit, words.language)}"


def _payback(row: Text, words: Vocabulary) -> Figure:
    _ = translator(words.language)
    years, investment = _number(row["payback_years"]), _number(row["investment"])
    if np.isnan(years):
        return Figure(text=_("never"), value=float("inf"))
    if not investment:
        return Figure(text="–", value=0.0)
    return Figure(text="<0.1" if years < 0.05 else f"{years:.1f}", value=years)


def _investment(row: Text, outcome: Outcome, words: Vocabulary) -> str:
    value = _number(row["investment"])
    return quantity(value, outcome.park.currency, words.language) if value else ""


def _distance(row: Text) -> str:
    way = _number(row["distance_km"])
    return "–" if way == 0 else plain(way, 2 if way < 10 else 3)


def _rules(outcome: Outcome, table: pd.DataFrame, words: Vocabulary) -> dict[object, list[str]]:
    """Return what each exchange was judged by, in words, by pair."""
    judged = outcome.search.verdicts
    chosen = judged[judged["pair"].isin(table["pair"])]
    found: dict[object, list[str]] = {}
    for row in chosen.to_dict("records"):
        if row["rule"] == "distance" and np.isinf(row["limit"]):
            continue  # says nothing that the reach does not say
        text = verdict_text(row, words.language, words)
        found.setdefault(row["pair"], []).append(text[:1].upper() + text[1:])
    return found
