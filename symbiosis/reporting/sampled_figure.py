"""A Monte Carlo in the report: intervals of the plan and its largest exchanges, and its inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from symbiosis.reporting.figures import indicator_unit
from symbiosis.reporting.language import translator
from symbiosis.reporting.numbers import percent, scale
from symbiosis.reporting.sampled_text import input_name
from symbiosis.reporting.style import ACCENT, BURDEN, GREY, blank, escaped, faded, shortened
from symbiosis.reporting.wording import Vocabulary, indicator_text
from symbiosis.scenarios import Outcome
from symbiosis.scenarios.monte_carlo import MonteCarlo
from symbiosis.scenarios.sampled import ENDS, interval

if TYPE_CHECKING:  # plotly is heavy: it loads where a figure is made
    import plotly.graph_objects as go

MOST_BARS = 20


@dataclass(frozen=True, kw_only=True)
class SampledRow:
    """What a Monte Carlo says of an indicator, as text; ``inputs`` are (figure, share)."""

    indicator: str
    unit: str
    low: str
    median: str
    high: str
    probability: str
    inputs: list[tuple[str, str]]


def sampled_rows(outcome: Outcome, found: MonteCarlo, words: Vocabulary) -> list[SampledRow]:
    """Return what a Monte Carlo of a plan says of each indicator."""
    return [_row(outcome, found, name, words) for name in found.saving]


def _row(outcome: Outcome, found: MonteCarlo, name: str, words: Vocabulary) -> SampledRow:
    values = found.saving[name]
    ends = interval(values)
    sizes = scale(ends.values(), words.language)
    inputs = found.inputs[found.inputs["indicator"] == name].to_dict("records")
    return SampledRow(
        indicator=indicator_text(name, words.language),
        unit=sizes.word + indicator_unit(outcome, name, words.language),
        **{end: sizes.text(ends[end]) for end in ENDS},
        probability=percent(float((values > 0).mean())),
        inputs=[(input_name(row, words), percent(float(row["share"]), 2)) for row in inputs],
    )


def interval_figures(
    outcome: Outcome, found: MonteCarlo, words: Vocabulary
) -> dict[str, go.Figure]:
    """Return a figure of intervals per indicator, by name; none where there are no exchanges."""
    if outcome.exchanges.empty:
        return {}
    return {f"sampled_{name}": _figure(outcome, found, name, words) for name in found.saving}


def _figure(outcome: Outcome, found: MonteCarlo, indicator: str, words: Vocabulary) -> go.Figure:
    """Return the median and the 95 % interval of the plan, then of its largest exchanges."""
    import plotly.graph_objects as go

    rows = _intervals(outcome, found, indicator, words)
    sizes = scale([*rows["low"], *rows["high"]], words.language)
    places = list(range(len(rows)))
    middle = rows["median"] / sizes.divisor
    colours = [
        GREY if low < 0 < high else (BURDEN if high <= 0 else ACCENT)
        for low, high in zip(rows["low"], rows["high"], strict=True)
    ]
    texts = [
        f"{label}<br>{sizes.text(low)} … {sizes.text(mid)} … {sizes.text(high)}<br>{chance}"
        for label, low, mid, high, chance in rows[
            ["label", "low", "median", "high", "chance"]
        ].itertuples(index=False)
    ]
    figure = blank(
        [
            go.Scatter(
                x=[float(value) for value in middle],
                y=places,
                mode="markers",
                marker={"color": colours, "size": 9},
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": [float(v) for v in rows["high"] / sizes.divisor - middle],
                    "arrayminus": [float(v) for v in middle - rows["low"] / sizes.divisor],
                    "thickness": 2,
                    "width": 4,
                    "color": "#44546A",
                },
                hovertext=texts,
                hoverinfo="text",
            )
        ],
        height=80.0 + 26.0 * len(rows),
    )
    figure.update_yaxes(
        tickvals=places,
        ticktext=[
            f"{label}  {chance}"
            for label, chance in zip(rows["label"], rows["chance"], strict=True)
        ],
        autorange="reversed",
        automargin=True,
        tickfont={"size": 11.5},
        zeroline=False,
        showgrid=False,
    )
    unit = indicator_unit(outcome, indicator, words.language)
    figure.update_xaxes(
        title={"text": f"{sizes.word}{unit}", "standoff": 8},
        tickformat=",~f",
        tickangle=0,
        nticks=8,
        gridcolor=faded(GREY, 0.3),
        zerolinecolor=GREY,
        automargin=True,
    )
    return figure.update_layout(showlegend=False, margin={"l": 10, "r": 20, "t": 10, "b": 10})


def _intervals(
    outcome: Outcome, found: MonteCarlo, indicator: str, words: Vocabulary
) -> pd.DataFrame:
    """Return label, low, median, high and chance of the plan and of its largest exchanges."""
    _ = translator(words.language)
    table = outcome.exchanges
    order = np.argsort(-table[f"{indicator}_net"].abs().to_numpy(float), kind="stable")
    columns = {end: f"{indicator}_net_{end}" for end in ENDS}
    single = found.exchanges.rename(columns={name: end for end, name in columns.items()})
    rows = single.iloc[order[:MOST_BARS]]
    whole = interval(found.saving[indicator])
    whole_chance = float((found.saving[indicator] > 0).mean())
    labels = [_label(row, words) for row in table.loc[rows.index].to_dict("records")]
    chances = [float(p) for p in rows[f"{indicator}_probability"]]
    plan = _("The whole plan")
    return pd.DataFrame(
        {
            "label": [f"<b>{escaped(plan)}</b>", *labels],
            **{end: [whole[end], *rows[end]] for end in ENDS},
            "chance": [percent(p) for p in (whole_chance, *chances)],
        }
    )


def _label(row: Mapping[object, object], words: Vocabulary) -> str:
    _ = translator(words.language)
    to = words.name("enterprises", str(row["taker"]))
    if isinstance(row["demand"], (int, float)) and row["demand"] < 0:
        to = _("market")
    resource = escaped(shortened(words.name("resources", str(row["resource"])), 28))
    giver = escaped(shortened(words.name("enterprises", str(row["giver"])), 22))
    return f"<b>{resource}</b>  {giver} → {escaped(shortened(to, 22))}"
