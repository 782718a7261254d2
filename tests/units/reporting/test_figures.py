import json
from collections.abc import Mapping
from typing import cast

import numpy as np
import pandas as pd
import pytest

from symbiosis.reporting.drawing import ring, ring_height
from symbiosis.reporting.figures import figures, largest_savings, saving_parts, waterfall
from symbiosis.reporting.network import existing_links, proposed_links
from symbiosis.reporting.numbers import scale
from symbiosis.reporting.sankey import flow_kinds, sankey_links
from symbiosis.scenarios import Outcome

Document = Mapping[str, object]


@pytest.mark.parametrize("indicator", ["cost", "gwp100"])
def test_the_waterfall_ends_at_the_saving_of_the_summary(
    outcome: Outcome, document: Document, indicator: str
) -> None:
    saving = cast(Mapping[str, float], document["saving"])[indicator]
    parts = saving_parts(outcome, indicator)
    sizes = scale(parts, "en", chart=True)
    bars = waterfall(outcome, indicator, "en").data[0]

    assert bars.y[-1] * sizes.divisor == pytest.approx(saving)
    assert sum(bars.y[:-1]) * sizes.divisor == pytest.approx(saving)


@pytest.mark.parametrize("indicator", ["cost", "gwp100"])
def test_the_bars_add_up_to_the_saving_by_exchanges(
    outcome: Outcome, document: Document, indicator: str
) -> None:
    by = cast(Mapping[str, Mapping[str, float]], document["saving_by"])

    assert largest_savings(outcome, indicator)["net"].sum() == pytest.approx(
        by["exchanges"][indicator]
    )


def test_each_sankey_carries_what_is_taken_and_has_three_layers(outcome: Outcome) -> None:
    units = outcome.park.resources.set_index("id")["unit"]
    for kind, unit in flow_kinds(outcome):
        links = sankey_links(outcome, kind, unit)
        layers = {(a[0], b[0]) for a, b in zip(links["source"], links["target"], strict=True)}
        rows = outcome.exchanges[
            (outcome.exchanges["kind"] == kind) & (outcome.exchanges["resource"].map(units) == unit)
        ]

        assert layers == {("giver", "resource"), ("resource", "taker")}
        assert links["amount"].sum() == pytest.approx(2 * rows["taken"].sum())


def test_the_network_has_a_trace_per_colour_and_not_per_link(outcome: Outcome) -> None:
    network = figures(outcome, "en")["network"]
    links = [trace for trace in network.data if trace.fill == "toself"]

    assert len(proposed_links(outcome)) > 20
    assert len(links) <= 6


def test_labels_of_the_network_never_share_a_height(outcome: Outcome) -> None:
    names = list(outcome.park.enterprises["id"])
    place = ring(proposed_links(outcome), names)

    for _side, rows in place.groupby("right"):
        assert np.diff(np.sort(rows["y"])).min() >= 14.0  # a line of text [px]
    assert place["y"].abs().max() <= ring_height(len(names)) / 2


def test_links_of_widely_different_weight_are_laid_out_at_once() -> None:
    links = pd.DataFrame({"source": list("abcde"), "target": list("bcdea")})

    assert sorted(ring(links, list("abcdef")).index) == list("abcdef")


def test_existing_links_join_different_enterprises(outcome: Outcome) -> None:
    links = existing_links(outcome)

    assert (links["source"] != links["target"]).all()


def test_names_cannot_write_html_into_a_figure(outcome: Outcome) -> None:
    for figure in figures(outcome, "en").values():
        assert "<script" not in json.dumps(figure.to_plotly_json(), default=str)


def test_figures_speak_chinese(outcome: Outcome) -> None:
    assert "避免的外购" in waterfall(outcome, "cost", "zh").data[0].x
