"""What is exchanged: giver, resource, taker, a figure for each kind and unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from symbiosis.reporting.language import translator
from symbiosis.reporting.numbers import quantity
from symbiosis.reporting.style import (
    GREY,
    KIND_COLOURS,
    MARKET,
    blank,
    escaped,
    faded,
    shortened,
)
from symbiosis.reporting.wording import Vocabulary, vocabulary
from symbiosis.scenarios import Outcome

if TYPE_CHECKING:  # plotly is heavy: it loads where a figure is made
    import plotly.graph_objects as go


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
    figure = blank(
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
                    "color": faded(colour, 0.3),
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
