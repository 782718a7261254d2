"""The page of an outcome: headlines, figures, exchanges, nearest misses, the report."""

from functools import partial

import streamlit as st
from answers import Answer, report
from literal import literal
from plotly.graph_objects import Figure
from tables import account_table, exchange_table, exchange_widths, miss_table, miss_widths

from symbiosis.reporting.cards import Card, cards
from symbiosis.reporting.exchange_rows import ExchangeRow, exchange_rows
from symbiosis.reporting.language import translator
from symbiosis.reporting.miss_rows import miss_rows
from symbiosis.reporting.network import network
from symbiosis.reporting.numbers import unit_text
from symbiosis.reporting.park_rows import facts
from symbiosis.reporting.sankey import flow_kinds, sankey
from symbiosis.reporting.style import TEXT
from symbiosis.reporting.wording import Vocabulary, heading_of, kind_text, vocabulary

PLAIN = {"displayModeBar": False}
TABLE_HEIGHT = 530  # pixels
ROOM = 44  # beside the network, for long names [pixels]
CARDS_IN_A_ROW = 3
INK_ON_DARK = "#E4E9E8"  # as in config.toml, and in the report
CHINESE = "\u2fff"  # letters after this one


def show(found: Answer, stem: str, language: str) -> None:
    """Show an answer in `language`; `stem` begins the name of the report's file."""
    _, outcome = translator(language), found.outcome
    words = vocabulary(outcome.park, outcome.catalogue, language)
    _heading(found, stem, words)
    _headlines(cards(outcome, found.summary, found.figures, words), language)
    if outcome.exchanges.empty:
        st.info(
            _(
                "No exchange saves more than it costs under these settings. The nearest misses "
                "below say what stands in the way."
            )
        )
    else:
        _drawings(found, language)
        _exchanges(exchange_rows(outcome, words), found, language)
    _misses(found, words)


def _heading(found: Answer, stem: str, words: Vocabulary) -> None:
    _ = translator(words.language)
    title, description = heading_of(found.outcome.park, words.language)
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    left.title(literal(title or stem), anchor=False)
    right.download_button(
        _("Download the report"),
        partial(report, found),
        file_name=f"{stem}-report.html",
        mime="text/html",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
        help=_("One HTML file in English and Chinese that works offline"),
    )
    if description:
        st.write(literal(description))
    known = facts(found.outcome, words)
    st.caption(" · ".join(f"{literal(name)} **{literal(value)}**" for name, value in known))


def _headlines(found: list[Card], language: str) -> None:
    _ = translator(language)
    for first in range(0, len(found), CARDS_IN_A_ROW):
        row = found[first : first + CARDS_IN_A_ROW]
        for column, card in zip(st.columns(CARDS_IN_A_ROW), row, strict=False):
            with column.container(border=True, height="stretch"):
                st.metric(literal(card.title), _with_unit(card))
                low, high = card.ends
                span = [_("between {low} and {high}").format(low=low, high=high)] if low else []
                st.caption("  \n".join(literal(note) for note in [*span, *card.notes]))
    st.caption(
        _(
            "The interval below a saving comes from solving again with every figure that has a "
            "range at its bad end, then at its good end; it is a span of what may be, not a "
            "probability."
        )
    )


def _with_unit(card: Card) -> str:
    """Return a headline's number and unit; Chinese ones stand together."""
    return f"{card.value}{'' if card.unit[:1] > CHINESE else ' '}{card.unit}".rstrip()


def _drawings(found: Answer, language: str) -> None:
    _, outcome = translator(language), found.outcome
    title = _("Who would give what to whom")
    st.subheader(title, anchor=False)
    st.caption(
        _(
            "Width: square root of the money saved. What stays within one enterprise or goes to a "
            "market is not drawn."
        )
    )
    drawn = network(outcome, language).update_layout(margin_l=ROOM, margin_r=ROOM)
    _draw(drawn, "network", title)
    title = _("What is exchanged")
    st.subheader(title, anchor=False)
    st.caption(_("Giver, resource as it is taken, taker."))
    kinds = flow_kinds(outcome)
    names = [
        f"{kind_text(kind, language)} [{literal(unit_text(unit, language))}]"
        for kind, unit in kinds
    ]
    for tab, (kind, unit), name in zip(st.tabs(names), kinds, names, strict=True):
        with tab:
            _draw(sankey(outcome, kind, unit, language), f"flows_{kind}_{unit}", name)


def _draw(figure: Figure, key: str, alt: str) -> None:
    """Draw a figure of the report, its letters readable on the theme's ground."""
    ink = INK_ON_DARK if st.context.theme.type == "dark" else TEXT
    figure.update_layout(font_color=ink)
    # Streamlit's own theme would move legends and margins that the figure has set with care.
    st.plotly_chart(figure, key=key, theme=None, config=PLAIN, alt=alt)


def _exchanges(rows: list[ExchangeRow], found: Answer, language: str) -> None:
    _ = translator(language)
    st.subheader(_("Proposed exchanges"), anchor=False)
    st.caption(_("Choose a row to see how it adds up and what it was judged by."))
    event = st.dataframe(
        exchange_table(rows, found.outcome, language),
        hide_index=True,
        height=TABLE_HEIGHT,
        column_config=exchange_widths(language),
        on_select="rerun",
        selection_mode="single-row",
        key=f"exchanges {found.key} {language}",  # a selection holds for the rows it was made in
    )
    for position in event.selection.rows:
        if position < len(rows):
            _account(rows[position], found, language)


def _account(row: ExchangeRow, found: Answer, language: str) -> None:
    _ = translator(language)
    with st.container(border=True):
        resource = f"{row.resource} → {row.becomes}" if row.becomes else row.resource
        st.markdown(f"**{literal(f'{row.giver} → {row.taker}: {resource}')}**")
        left, right = st.columns(2)
        left.dataframe(account_table(row, found.outcome, language), hide_index=True)
        right.markdown(f"**{_('Why it fits')}**")
        right.markdown("\n".join(f"- {literal(rule)}" for rule in row.rules))


def _misses(found: Answer, words: Vocabulary) -> None:
    _ = translator(words.language)
    st.subheader(_("Nearest misses"), anchor=False)
    rows = miss_rows(found.misses, found.failures, words)
    if not rows:
        st.write(_("None."))
        return
    st.caption(
        _(
            "Pairs that are no exchange, the nearest first, with every rule that stands in the "
            "way. A cheaper pipe, a permit or a measurement may change that."
        )
    )
    st.dataframe(
        miss_table(rows, words.language),
        hide_index=True,
        height=TABLE_HEIGHT,
        column_config=miss_widths(words.language),
    )
