"""Figures of an outcome: network, flows, savings by part and by exchange."""

from __future__ import annotations

import html
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd

from symbiosis.matching.effects import PARTS
from symbiosis.reporting.drawing import WIDTH, bend, ribbon, ring, ring_height
from symbiosis.reporting.exchange_rows import resource_units
from symbiosis.reporting.language import translator
from symbiosis.reporting.numbers import currency_text, money, quantity, scale, unit_text
from symbiosis.reporting.sectors import COLOURS as SECTOR_COLOURS
from symbiosis.reporting.sectors import sector_group, sector_text
from symbiosis.reporting.wording import (
    Vocabulary,
    indicator_text,
    kind_text,
    part_text,
    vocabulary,
)
from symbiosis.scenarios import Outcome
from symbiosis.views.footprint import COST

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
MOST_BARS = 20
LEGENDS = 96.0  # under the network [px]
MARKET = "@sales"
Places = Mapping[str, np.ndarray]


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
    figure = _blank([*lines, *nodes, *labels], height=height + LEGENDS)
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
        fillcolor=_faded(colour, opacity),
        hoverinfo="skip",
        name=name,
        marker={"color": colour},
    )


def _faded(colour: str, opacity: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


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


def flow_kinds(outcome: Outcome) -> list[tuple[str, str]]:
    """Return the (kind, unit) of what is exchanged: each is a figure, since scales differ."""
    units = outcome.park.resources.set_index("id")["unit"]
    table = outcome.exchanges
    pairs = pd.DataFrame({"kind": table["kind"], "unit": table["resource"].map(units)})
    order = list(KIND_COLOURS)
    found = [(str(k), str(u)) for k, u in pairs.drop_duplicates().itertuples(index=False)]
    return sorted(found, key=lambda pair: (order.index(pair[0]), pair[1]))


def sankey(outcome: Outcome, kind: str, unit: str, language: str) -> go.Figure:
    """Return giver -> resource -> taker of one kind and unit [unit/year], in three layers."""
    import plotly.graph_objects as go

    words = vocabulary(outcome.park, outcome.catalogue, language)
    links = sankey_links(outcome, kind, unit)
    nodes = list(dict.fromkeys([*links["source"], *links["target"]]))
    number = {node: i for i, node in enumerate(nodes)}
    layers = pd.Series([layer for layer, _name in nodes]).value_counts()
    colour = KIND_COLOURS[kind]
    texts = [_node_text(node, words) for node in nodes]
    amounts = [quantity(value, unit, words.language) for value in links["amount"]]
    figure = _blank(
        [
            go.Sankey(
                arrangement="snap",
                node={
                    "label": [escaped(shortened(text, 40)) for text in texts],
                    "color": [colour if layer == "resource" else GREY for layer, _name in nodes],
                    "pad": 15,
                    "thickness": 14,
                    "line": {"width": 0},
                    "hovertemplate": "%{label}<extra></extra>",
                },
                link={
                    "source": [number[node] for node in links["source"]],
                    "target": [number[node] for node in links["target"]],
                    "value": [float(value) for value in links["amount"]],
                    "color": _faded(colour, 0.3),
                    "customdata": [escaped(text) for text in amounts],
                    "hovertemplate": "%{source.label} → %{target.label}<br>%{customdata}"
                    "<extra></extra>",
                },
                textfont={"size": 12},
            )
        ],
        height=max(220.0, 80.0 + 27.0 * float(layers.max())),
    )
    return figure.update_layout(margin={"l": 4, "r": 4, "t": 10, "b": 24})


def sankey_links(outcome: Outcome, kind: str, unit: str) -> pd.DataFrame:
    """Return links between layers: source and target as (layer, id), amount [unit/year]."""
    table = outcome.exchanges
    units = outcome.park.resources.set_index("id")["unit"]
    rows = table[(table["kind"] == kind) & (table["resource"].map(units) == unit)]
    taker = rows["taker"].where(rows["demand"] >= 0, MARKET)
    flat = pd.DataFrame(
        {
            "giver": [("giver", name) for name in rows["giver"]],
            "resource": [("resource", name) for name in rows["resource"]],
            "taker": [("taker", name) for name in taker],
            "amount": rows["taken"].to_numpy(float),
        }
    )
    steps = [
        flat.rename(columns={a: "source", b: "target"})[["source", "target", "amount"]]
        for a, b in (("giver", "resource"), ("resource", "taker"))
    ]
    return pd.concat(steps).groupby(["source", "target"])["amount"].sum().reset_index()


def _node_text(node: tuple[str, str], words: Vocabulary) -> str:
    layer, name = node
    if name == MARKET:
        _ = translator(words.language)
        return _("market")
    return words.name("resources" if layer == "resource" else "enterprises", name)


def waterfall(outcome: Outcome, indicator: str, language: str) -> go.Figure:
    """Return what the plan saves in an indicator, part by part, up to the net [per year]."""
    import plotly.graph_objects as go

    values = saving_parts(outcome, indicator)
    sizes = scale(values, language, chart=True)
    names = [part_text(part, language) for part in values.index]
    unit = indicator_unit(outcome, indicator, language)
    total = values.index == "net"
    figure = _blank(
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
        gridcolor=_faded(GREY, 0.3),
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
    figure = _blank(
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
        gridcolor=_faded(GREY, 0.3),
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
    if indicator.startswith("gwp100"):
        return f"{unit_text('t CO2e', language)}/{year}"
    return indicator_text(indicator, language)


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


def _broken(text: str) -> str:
    """Return a label in two lines where it has words to break at."""
    return escaped(text).replace(" ", "<br>", 1)


def _blank(traces: Sequence[object], height: float) -> go.Figure:
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
