"""Figures of an outcome: network, flows, savings by part and by exchange."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from symbiosis.matching.effects import PARTS
from symbiosis.reporting.language import translator
from symbiosis.reporting.network import network
from symbiosis.reporting.numbers import currency_text, scale, unit_text
from symbiosis.reporting.sankey import flow_kinds, sankey
from symbiosis.reporting.style import (
    ACCENT,
    BURDEN,
    GREY,
    MARKET,
    TEXT,
    blank,
    escaped,
    faded,
    shortened,
)
from symbiosis.reporting.wording import (
    Vocabulary,
    indicator_measure,
    indicator_text,
    part_text,
    vocabulary,
)
from symbiosis.scenarios import Outcome
from symbiosis.views.footprint import COST

if TYPE_CHECKING:  # plotly is heavy: it loads where a figure is made
    import plotly.graph_objects as go

MOST_BARS = 20

__all__ = [
    "BURDEN",
    "TEXT",
    "figures",
    "flow_kinds",
    "indicator_unit",
    "largest_savings",
    "network",
    "sankey",
    "saving_parts",
    "savings",
    "waterfall",
]


def figures(outcome: Outcome, language: str) -> dict[str, go.Figure]:
    """Return all figures of an outcome that has exchanges, by name, in the order to show them."""
    if outcome.exchanges.empty:
        return {}
    indicators = outcome.park.settings.indicators
    found = {"network": network(outcome, language)}
    found |= {f"parts_{name}": waterfall(outcome, name, language) for name in indicators}
    found |= {f"savings_{name}": savings(outcome, name, language) for name in indicators}
    found |= {
        f"flows_{kind}_{unit}": sankey(outcome, kind, unit, language)
        for kind, unit in flow_kinds(outcome)
    }
    return found


def waterfall(outcome: Outcome, indicator: str, language: str) -> go.Figure:
    """Return what the plan saves in an indicator, part by part, up to the net [per year]."""
    import plotly.graph_objects as go

    values = saving_parts(outcome, indicator)
    sizes = scale(values, language, chart=True)
    names = [part_text(part, language) for part in values.index]
    unit = indicator_unit(outcome, indicator, language)
    total = values.index == "net"
    figure = blank(
        [
            go.Waterfall(
                x=[_broken(name) for name in names],
                y=[float(v) / sizes.divisor for v in values],
                measure=["total" if t else "relative" for t in total],
                text=[sizes.text(float(v)) for v in values],
                textposition="outside",
                cliponaxis=False,
                increasing={"marker": {"color": ACCENT}},
                decreasing={"marker": {"color": BURDEN}},
                totals={"marker": {"color": "#44546A"}},
                connector={"line": {"width": 1, "color": GREY}},
                hoverinfo="x+text",
            )
        ],
        height=360.0,
    )
    figure.update_yaxes(
        title={"text": f"{sizes.word}{unit}", "standoff": 8},
        tickformat=",~f",
        nticks=7,
        automargin=True,
        gridcolor=faded(GREY, 0.3),
    )
    figure.update_xaxes(tickangle=0, tickfont={"size": 11}, automargin=True)
    return figure.update_layout(showlegend=False, margin={"l": 70, "r": 10, "t": 30, "b": 10})


def saving_parts(outcome: Outcome, indicator: str) -> pd.Series:
    """Return the saving of a plan by part, what belongs to no exchange, and the net [per year]."""
    table = outcome.exchanges
    parts = {part: float(table[f"{indicator}_{part}"].sum()) for part in PARTS}
    net = float(outcome.saving[indicator])
    other = net - sum(parts.values())
    named = parts | ({"other": other} if abs(other) > 1e-6 * max(abs(net), 1.0) else {})
    return pd.Series(named | {"net": net}, dtype=float)


def savings(outcome: Outcome, indicator: str, language: str) -> go.Figure:
    """Return what exchanges save in an indicator [per year], the largest first, the rest as one."""
    import plotly.graph_objects as go

    words = vocabulary(outcome.park, outcome.catalogue, language)
    rows = largest_savings(outcome, indicator)
    sizes = scale(rows["net"], language)
    unit = indicator_unit(outcome, indicator, language)
    labels = [_saving_text(row, words) for row in rows.to_dict("records")]
    figure = blank(
        [
            go.Bar(
                x=[float(v) / sizes.divisor for v in rows["net"]],
                y=list(range(len(rows))),
                orientation="h",
                marker={"color": [ACCENT if v >= 0 else BURDEN for v in rows["net"]]},
                text=[sizes.text(float(v)) for v in rows["net"]],
                textposition="outside",
                cliponaxis=False,
                hovertext=labels,
                hoverinfo="text",
            )
        ],
        height=70.0 + 26.0 * len(rows),
    )
    figure.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=labels,
        autorange="reversed",
        automargin=True,
        tickfont={"size": 11.5},
        ticklabelstandoff=6,
    )
    figure.update_xaxes(
        title={"text": f"{sizes.word}{unit}", "standoff": 8},
        range=_room(rows["net"] / sizes.divisor),
        tickformat=",~f",
        tickangle=0,
        nticks=8,
        gridcolor=faded(GREY, 0.3),
        zerolinecolor=GREY,
        automargin=True,
    )
    return figure.update_layout(
        showlegend=False, bargap=0.35, margin={"l": 10, "r": 70, "t": 10, "b": 10}
    )


def _room(values: pd.Series) -> list[float]:
    """Return the range of an axis with room for the numbers at the ends of its bars."""
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    span = (high - low) or 1.0
    return [low - (0.07 * span if low < 0 else 0.0), high + 0.08 * span]


def largest_savings(outcome: Outcome, indicator: str) -> pd.DataFrame:
    """Return exchanges by resource, giver and taker with their net; the last row is the rest."""
    table = outcome.exchanges
    taker = table["taker"].where(table["demand"] >= 0, MARKET)
    keys = ["resource", "giver", "receiver"]
    grouped = table.assign(receiver=taker).groupby(keys, sort=False)[f"{indicator}_net"]
    rows = grouped.agg(net="sum", number="size").reset_index()
    rows = rows.sort_values("net", ascending=False, key=abs, kind="stable", ignore_index=True)
    if len(rows) <= MOST_BARS:
        return rows.sort_values("net", ascending=False, ignore_index=True)
    shown = rows[:MOST_BARS].sort_values("net", ascending=False)
    tail = rows[MOST_BARS:]
    rest = pd.DataFrame(
        {
            "resource": [""],
            "giver": [""],
            "receiver": [""],
            "net": [float(tail["net"].sum())],
            "number": [len(tail)],
        }
    )
    return pd.concat([shown, rest], ignore_index=True)


def _saving_text(row: Mapping[Hashable, object], words: Vocabulary) -> str:
    _ = translator(words.language)
    if not row["resource"]:
        return _("{n} others together").format(n=row["number"])
    receiver = str(row["receiver"])
    to = _("market") if receiver == MARKET else words.name("enterprises", receiver)
    if receiver == row["giver"]:
        to = _("itself")
    resource = shortened(words.name("resources", str(row["resource"])), 36)
    giver = shortened(words.name("enterprises", str(row["giver"])), 34)
    return f"<b>{escaped(resource)}</b>  {escaped(giver)} → {escaped(shortened(to, 34))}"


def indicator_unit(outcome: Outcome, indicator: str, language: str) -> str:
    """Return the unit of an indicator per year, as people write it."""
    year = "年" if language == "zh" else "a"
    if indicator == COST:
        return f"{currency_text(outcome.park.currency, language)}/{year}"
    if unit := indicator_measure(indicator, ""):
        return f"{unit_text(unit, language)}/{year}"
    return indicator_text(indicator, language)


def _broken(text: str) -> str:
    """Return a label in two lines where it has words to break at."""
    return escaped(text).replace(" ", "<br>", 1)
