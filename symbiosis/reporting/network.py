"""The network of exchanges: who would give what to whom."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd

from symbiosis.reporting.drawing import WIDTH, bend, ribbon, ring, ring_height
from symbiosis.reporting.exchange_rows import resource_units
from symbiosis.reporting.language import translator
from symbiosis.reporting.numbers import money, quantity
from symbiosis.reporting.sectors import COLOURS as SECTOR_COLOURS
from symbiosis.reporting.sectors import sector_group, sector_text
from symbiosis.reporting.style import GREY, KIND_COLOURS, blank, escaped, faded, shortened
from symbiosis.reporting.wording import Vocabulary, kind_text, vocabulary
from symbiosis.scenarios import Outcome
from symbiosis.views.footprint import COST

if TYPE_CHECKING:  # plotly is heavy: it loads where a figure is made
    import plotly.graph_objects as go

LEGENDS = 96.0  # under the network [px]
Places = Mapping[str, np.ndarray]


def network(outcome: Outcome, language: str) -> go.Figure:
    """Return who would give what to whom: links as wide as the square root of the money saved.

    Enterprises lie on a ring, neighbours close to each other; grey links are there today.
    """
    words = vocabulary(outcome.park, outcome.catalogue, language)
    proposed, existing = proposed_links(outcome), existing_links(outcome)
    names = [
        name
        for name in outcome.park.enterprises["id"]
        if name in {*proposed["source"], *proposed["target"], *existing["source"]}
        or name in set(existing["target"])
    ]
    place = ring(pd.concat([proposed, existing]), names)
    lines = _link_traces(proposed, existing, _points(place), language)
    nodes = _node_traces(outcome, place, proposed, words)
    labels = [_hover_trace(proposed, _points(place), outcome, words)]
    _, height = translator(language), ring_height(len(place))
    figure = blank([*lines, *nodes, *labels], height=height + LEGENDS)
    figure.update_layout(
        legend=_legend(_("Links"), below=8.0 / height),
        legend2=_legend(_("Enterprises"), below=36.0 / height),
        hovermode="closest",
        margin={"l": 0, "r": 0, "t": 8, "b": LEGENDS - 8},
    )
    figure.update_xaxes(visible=False, range=[-WIDTH / 2, WIDTH / 2], fixedrange=True)
    figure.update_yaxes(visible=False, range=[-height / 2, height / 2], fixedrange=True)
    return figure


def _legend(title: str, below: float) -> dict[str, object]:
    """Return a legend in one line under the drawing; `below` is a share of its height."""
    return {
        "title": {"text": f"{title}\u2003", "font": {"size": 12}},
        "orientation": "h",
        "x": 0.0,
        "y": -below,
        "yanchor": "top",
        "itemwidth": 30,
        "itemclick": False,
        "itemdoubleclick": False,
    }


def proposed_links(outcome: Outcome) -> pd.DataFrame:
    """Return the exchanges between enterprises, summed: source, target, kind, net, weight, number.

    ``net`` is the money saved [money/year], ``weight`` its size.
    """
    table = outcome.exchanges
    between = table[(table["demand"] >= 0) & (table["giver"] != table["taker"])]
    grouped = between.groupby(["giver", "taker", "kind"], sort=False)[f"{COST}_net"]
    links = grouped.agg(net="sum", number="size").reset_index()
    links = links.assign(weight=links["net"].abs())
    return links.rename(columns={"giver": "source", "taker": "target"})


def existing_links(outcome: Outcome) -> pd.DataFrame:
    """Return which enterprises give to which today: source, target, weight (of no meaning)."""
    owner = outcome.park.processes.set_index("id")["enterprise"]
    flows = outcome.park.flows
    ends = pd.DataFrame(
        {"source": flows["source"].map(owner), "target": flows["target"].map(owner)}
    )
    ends = ends.dropna().drop_duplicates()
    return ends[ends["source"] != ends["target"]].assign(weight=0.0)


def _link_traces(
    proposed: pd.DataFrame, existing: pd.DataFrame, place: Places, language: str
) -> list[go.Scatter]:
    """Return one trace per colour; a link is an outline, so that widths may differ within it."""
    _ = translator(language)
    largest = float(proposed["weight"].max()) if len(proposed) else 1.0
    widths = 1.6 + 12.0 * np.sqrt(proposed["weight"] / max(largest, 1e-12))
    traces = []
    if len(existing):
        outlines = [_outline(place, a, b, 1.0) for a, b in _ends(existing)]
        traces.append(_filled(outlines, GREY, 0.45, _("exists today")))
    for kind, colour in KIND_COLOURS.items():
        rows = proposed["kind"] == kind
        outlines = [
            _outline(place, a, b, width)
            for (a, b), width in zip(_ends(proposed[rows]), widths[rows], strict=True)
        ]
        if outlines:
            name = _("proposed: {kind}").format(kind=kind_text(kind, language))
            traces.append(_filled(outlines, colour, 0.62, name))
    return traces


def _ends(links: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(links["source"], links["target"], strict=True))


def _outline(place: Places, source: str, target: str, width: float) -> np.ndarray:
    return ribbon(place[source], place[target], width)


def _points(place: pd.DataFrame) -> Places:
    return dict(zip(place.index.astype(str), place[["x", "y"]].to_numpy(float), strict=True))


def _filled(outlines: Sequence[np.ndarray], colour: str, opacity: float, name: str) -> go.Scatter:
    import plotly.graph_objects as go

    gap = np.full((1, 2), np.nan)
    points = np.vstack([piece for outline in outlines for piece in (outline, gap)])
    x, y = ([None if np.isnan(v) else round(float(v), 1) for v in points[:, i]] for i in (0, 1))
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=faded(colour, opacity),
        hoverinfo="skip",
        name=name,
        marker={"color": colour},
    )


def _node_traces(
    outcome: Outcome, place: pd.DataFrame, proposed: pd.DataFrame, words: Vocabulary
) -> list[go.Scatter]:
    """Return one trace of nodes per group of sectors, their names outside the ring."""
    import plotly.graph_objects as go

    sectors = outcome.park.enterprises.set_index("id")["sector"].reindex(place.index)
    groups = sectors.fillna("").map(sector_group)
    worth = pd.concat([proposed.groupby(end)["weight"].sum() for end in ("source", "target")])
    worth = worth.groupby(level=0).sum().reindex(place.index).fillna(0.0)
    size = 11.0 + 13.0 * np.sqrt(worth / max(float(worth.max()), 1e-12))
    traces = []
    for group in (g for g in SECTOR_COLOURS if (groups == g).any()):
        rows = place[groups == group]
        names = [words.name("enterprises", str(name)) for name in rows.index]
        pad = ["\u2002" if right else "" for right in rows["right"]]
        texts = [
            f"{p}{escaped(shortened(name, 40))}" + ("" if p else "\u2002")
            for p, name in zip(pad, names, strict=True)
        ]
        traces.append(
            go.Scatter(
                x=rows["x"].round(1).tolist(),
                y=rows["y"].round(1).tolist(),
                mode="markers+text",
                marker={
                    "size": size[rows.index].round(1).tolist(),
                    "color": SECTOR_COLOURS[group],
                    "opacity": 1,
                    "line": {"width": 1.5, "color": "white"},
                },
                text=texts,
                textposition=[
                    "middle right" if right else "middle left" for right in rows["right"]
                ],
                textfont={"size": 12},
                cliponaxis=False,
                legend="legend2",
                hovertext=[escaped(name) for name in names],
                hoverinfo="text",
                name=sector_text(group, words.language),
            )
        )
    return traces


def _hover_trace(
    proposed: pd.DataFrame, place: Places, outcome: Outcome, words: Vocabulary
) -> go.Scatter:
    """Return unseen points in the middle of proposed links that say what the links are."""
    import plotly.graph_objects as go

    table = outcome.exchanges[outcome.exchanges["demand"] >= 0]
    keys = ["giver", "taker", "kind", "resource"]
    taken: dict[tuple[object, ...], list[tuple[str, float]]] = {}
    for row in table.groupby(keys)["taken"].sum().reset_index().to_dict("records"):
        ends = (row["giver"], row["taker"], row["kind"])
        taken.setdefault(ends, []).append((str(row["resource"]), float(row["taken"])))
    middles, texts = [], []
    for link in proposed.to_dict("records"):
        path = bend(place[link["source"]], place[link["target"]])
        middles.append(path[len(path) // 2])
        texts.append(_link_text(link, taken, outcome, words))
    points = np.array(middles).reshape(-1, 2)
    return go.Scatter(
        x=points[:, 0].round(1).tolist(),
        y=points[:, 1].round(1).tolist(),
        mode="markers",
        marker={"size": 16, "opacity": 0},
        hovertext=texts,
        hoverinfo="text",
        showlegend=False,
    )


def _link_text(
    link: Mapping[Hashable, object],
    taken: Mapping[tuple[object, ...], list[tuple[str, float]]],
    outcome: Outcome,
    words: Vocabulary,
) -> str:
    """Return a link in words: from whom to whom, what and how much, and what it saves."""
    units = resource_units(outcome.park)
    head = f"<b>{_named(words, link['source'])} → {_named(words, link['target'])}</b>"
    lines = [
        f"{escaped(words.name('resources', resource))}: "
        + escaped(quantity(amount, units.get(resource, ""), words.language))
        for resource, amount in taken[(link["source"], link["target"], link["kind"])]
    ]
    saved = money(float(cast(float, link["net"])), outcome.park.currency, words.language)
    return "<br>".join([head, *lines, escaped(saved)])


def _named(words: Vocabulary, identifier: object) -> str:
    return escaped(words.name("enterprises", str(identifier)))
