"""What all figures have in common: colours, fonts, and names as plotly reads them."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # plotly is heavy: it loads where a figure is made
    import plotly.graph_objects as go

ACCENT = "#0F7B6C"
BURDEN = "#D55E00"
GREY = "#9AA0A6"
TEXT = "#1F2933"
KIND_COLOURS = {
    "material": ACCENT,
    "heat": "#D55E00",
    "water": "#0072B2",
    "gas": "#CC79A7",
    "electricity": "#E69F00",
}
FONTS = (
    '"Inter", "Segoe UI", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", '
    '"PingFang SC", sans-serif'
)
MARKET = "@sales"


def blank(traces: Sequence[object], height: float) -> go.Figure:
    """Return a figure of `traces` without ground, so that it suits light and dark [px]."""
    import plotly.graph_objects as go

    return go.Figure(
        data=list(traces),
        layout={
            "template": "none",
            "height": round(height),
            "font": {"family": FONTS, "color": TEXT, "size": 12},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "hoverlabel": {"align": "left", "font": {"family": FONTS, "size": 12}},
        },
    )


def faded(colour: str, opacity: float) -> str:
    """Return a colour such as ``#0F7B6C`` that lets through what is behind it."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def escaped(text: str) -> str:
    """Return a name as plotly shows it: it reads a subset of HTML.

    Examples
    --------
    >>> escaped("A & <b>B")
    'A &amp; &lt;b&gt;B'
    """
    return html.escape(text, quote=False)


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many letters; a Chinese one counts twice.

    Examples
    --------
    >>> shortened("phosphate complex", 10), shortened("磷化工综合体", 8)
    ('phosphate…', '磷化工…')
    """
    room = most
    for position, letter in enumerate(text):
        room -= 2 if ord(letter) > 0x2E7F else 1
        if room < 0:
            return text[: position - (1 if position > 1 else 0)].rstrip() + "…"
    return text
