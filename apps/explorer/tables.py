"""Rows of the report as tables on the page: sorted by value, read as text."""

from collections.abc import Callable, Hashable, Sequence
from typing import cast

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.elements.lib.column_types import ColumnConfig

from symbiosis.reporting.exchange_rows import ExchangeRow, Figure, exchange_scales
from symbiosis.reporting.figures import indicator_unit
from symbiosis.reporting.language import translator
from symbiosis.reporting.miss_rows import Miss
from symbiosis.reporting.numbers import currency_text
from symbiosis.reporting.style import BURDEN
from symbiosis.scenarios import Outcome

Widths = dict[str, ColumnConfig | str | None]  # as Streamlit reads them, by heading


def exchange_table(rows: Sequence[ExchangeRow], outcome: Outcome, language: str) -> Styler:
    """Return the exchanges, the largest saving first."""
    _ = translator(language)
    saves = saving_heads(outcome, language)
    price = f"{_('Price')} [{currency_text(outcome.park.currency, language)}]"
    words = {
        _("From"): [row.giver for row in rows],
        _("To"): [_("itself") if row.internal else row.taker for row in rows],
        _("Resource"): [row.resource for row in rows],
        _("Amount per year"): [row.amount.text for row in rows],
    }
    figures = {head: [row.saved[i] for row in rows] for i, head in enumerate(saves)}
    terms = {
        f"{_('Payback')} [{_('years')}]": [row.payback for row in rows],
        f"{_('Distance')} [km]": [row.distance for row in rows],
    }
    columns = {
        **words,
        **{head: _values(column) for head, column in figures.items()},
        price: [row.price for row in rows],
        **{head: _values(column) for head, column in terms.items()},
        _("Pathway"): [row.pathway for row in rows],
        _("Unverified figures"): [row.unverified for row in rows],
    }
    readings: dict[str, str | Callable[[object], str] | None] = {
        head: _reading(column) for head, column in (figures | terms).items()
    }
    style = pd.DataFrame(columns).style.format(readings)
    return style.map(_burden, subset=list[Hashable](saves))


def exchange_widths(language: str) -> Widths:
    """Return how wide columns of `exchange_table` are [pixels]; others fit what they hold."""
    _ = translator(language)
    wide = {_("From"): 210, _("To"): 210, _("Resource"): 170, _("Pathway"): 260}
    return {head: st.column_config.Column(width=width) for head, width in wide.items()}


def miss_widths(language: str) -> Widths:
    """Return how wide columns of `miss_table` are [pixels]; others fit what they hold."""
    _ = translator(language)
    wide = {_("From"): 200, _("To"): 200, _("Resource"): 170, _("Reason"): 420}
    return {head: st.column_config.Column(width=width) for head, width in wide.items()}


def saving_heads(outcome: Outcome, language: str) -> list[str]:
    """Return what the columns of savings are called, an indicator each."""
    _ = translator(language)
    return [
        f"{_('Saves')} [{sizes.word}{indicator_unit(outcome, name, language)}]"
        for name, sizes in exchange_scales(outcome, language).items()
    ]


def account_table(row: ExchangeRow, outcome: Outcome, language: str) -> pd.DataFrame:
    """Return how an exchange adds up: its parts, then who bears what of them."""
    _ = translator(language)
    sides = [(_("of which {side}").format(side=name), figures) for name, figures in row.sides]
    lines = [*row.parts, *sides]
    heads = saving_heads(outcome, language)
    return pd.DataFrame(
        {
            _("How it adds up"): [name for name, _figures in lines],
            **{head: [figures[i].text for _name, figures in lines] for i, head in enumerate(heads)},
        }
    )


def miss_table(rows: Sequence[Miss], language: str) -> pd.DataFrame:
    """Return the pairs that came nearest, and why they are no exchange."""
    _ = translator(language)
    return pd.DataFrame(
        {
            _("From"): [row.giver for row in rows],
            _("To"): [row.taker for row in rows],
            _("Resource"): [row.resource for row in rows],
            _("Reason"): [row.reason for row in rows],
            _("Pathway"): [row.pathway for row in rows],
        }
    )


def _values(figures: Sequence[Figure]) -> list[float]:
    return [figure.value for figure in figures]


def _reading(figures: Sequence[Figure]) -> Callable[[object], str]:
    """Return how the values of a column are read."""
    texts = {figure.value: figure.text for figure in figures}
    return lambda value: texts.get(cast(float, value), "–")


def _burden(value: object) -> str:
    return f"color: {BURDEN}" if cast(float, value) < 0 else ""
