from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest

from symbiosis.catalogue import datasets_folder
from symbiosis.io import park_of
from symbiosis.io.provenance import FIGURES, Provenance
from symbiosis.lca import Inventory, read_inventory
from symbiosis.model import Park
from symbiosis.scenarios import (
    Outcome,
    evidence,
    explained,
    local_catalogue,
    pair_figures,
    park_evidence,
    planned,
    summary,
)
from tests.matching_parks import shipped

INDICATORS = {"indicators": ["cost"]}
PURCHASE, DISPOSAL, HAULAGE = 800 * 100.0, 800 * 20.0, 800 * 10 * 0.5


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return read_inventory(datasets_folder() / "inventory")


def two_firms(dust: Mapping[str, Any], sand: Mapping[str, Any]) -> Park:
    """A mill that discards dust and a yard that buys as much sand; cost alone is counted."""
    grit = {"resource": "grit", "unit": "t"}
    return park_of(
        {
            "enterprises": [{"id": "mill", "name": "M"}, {"id": "yard", "name": "Y"}],
            "resources": [{"id": "grit", "name": "Grit", "kind": "material", "unit": "t"}],
            "flows": [
                {"id": "dust", "source": "mill", "target": "@disposal", "unit_cost": 20}
                | {"amount": 1000, **grit, **dust},
                {"id": "sand", "source": "@supply", "target": "yard", "unit_cost": 100}
                | {"amount": 800, **grit, **sand},
            ],
            "distances": [{"source": "mill", "target": "yard", "distance_km": 10}],
        },
        shipped(),
        {"title": "two firms", "settings": {"transport_cost": 0.5, **INDICATORS}},
    )


def stated(*rows: Mapping[str, Any]) -> Provenance:
    blank = dict.fromkeys(FIGURES, "") | dict.fromkeys(("value", "low", "high"), np.nan)
    return Provenance(figures=pd.DataFrame([blank | dict(row) for row in rows]))


def matched_with(park: Park, inventory: Inventory, provenance: Provenance) -> Outcome:
    return planned(park, shipped(), inventory, provenance=provenance)


MEASURED = {"grade": "measured", "citation": "S1"}
GUESSED = {"grade": "unverified", "citation": "recall"}


def test_a_share_weighs_contributions_by_size_where_the_price_is_unverified(
    inventory: Inventory,
) -> None:
    found = matched_with(two_firms(GUESSED, MEASURED), inventory, Provenance())

    share = evidence(found).unverified["cost"]

    # the need is met, so that how much dust there is does not matter; its gate fee does
    assert found.exchanges["taken"].tolist() == [800.0]
    assert share == pytest.approx(DISPOSAL / (PURCHASE + DISPOSAL + HAULAGE))


def test_an_amount_rests_on_the_offer_where_the_offer_is_used_up(inventory: Inventory) -> None:
    park = two_firms({**GUESSED, "amount": 500}, MEASURED)
    found = matched_with(park, inventory, Provenance())

    behind = evidence(found)

    assert behind.unverified["cost"] == pytest.approx(1.0)
    carried = behind.figures.set_index(["id", "column"])["cost_share"]
    assert carried["dust", "amount"] == pytest.approx(1.0)
    assert carried["sand", "amount"] == 0.0


def test_what_figures_csv_says_of_a_unit_cost_comes_before_the_grade_of_its_row(
    inventory: Inventory,
) -> None:
    fee = {"table": "flows", "id": "dust", "column": "unit_cost", "value": 20.0}
    known = stated(fee | {"low": 10.0, "high": 40.0, "grade": "official", "citation": "B1"})
    found = matched_with(two_firms(GUESSED, MEASURED), inventory, known)

    behind = evidence(found)

    row = behind.figures.set_index(["id", "column"]).loc[("dust", "unit_cost")]
    assert (row["grade"], row["citation"], row["low"], row["high"]) == ("official", "B1", 10, 40)
    assert behind.unverified["cost"] == 0.0


def test_a_figure_that_nobody_graded_counts_as_unverified(inventory: Inventory) -> None:
    found = matched_with(two_firms({}, {}), inventory, Provenance())

    behind = evidence(found)

    assert set(behind.figures.loc[behind.figures["table"] == "flows", "grade"]) == {"unverified"}
    assert behind.unverified["cost"] == pytest.approx(1 - HAULAGE / 1e5, abs=0.05)


def test_a_place_that_is_guessed_makes_the_way_doubtful_and_nothing_else(
    inventory: Inventory,
) -> None:
    way = {"table": "distances", "id": "mill|yard", "column": "distance_km", "value": 10.0}
    known = stated(way | {"grade": "unverified", "citation": "estimate", "unit": "km"})
    found = matched_with(two_firms(MEASURED, MEASURED), inventory, known)

    share = evidence(found).unverified["cost"]

    assert share == pytest.approx(HAULAGE / (PURCHASE + DISPOSAL + HAULAGE))


def test_the_summary_and_each_exchange_have_the_share(inventory: Inventory) -> None:
    found = matched_with(two_firms(GUESSED, MEASURED), inventory, Provenance())

    behind = evidence(found)
    document: Any = summary(found)

    assert document["unverified_share"] == {"cost": behind.unverified["cost"]}
    assert behind.exchanges["cost_unverified_share"].tolist() == [behind.unverified["cost"]]


def test_a_footprint_rests_on_amounts_and_prices_of_flows_across_the_edge(
    inventory: Inventory,
) -> None:
    park = two_firms(GUESSED, MEASURED)
    known = local_catalogue(park, shipped(), inventory)

    behind = park_evidence(park, known, inventory)

    assert behind.unverified["cost"] == pytest.approx(20_000 / (20_000 + 80_000))
    assert len(behind.exchanges) == 0


def test_a_plan_without_exchanges_rests_on_nothing(inventory: Inventory) -> None:
    found = matched_with(two_firms({"tradable": False}, {}), inventory, Provenance())

    behind = evidence(found)

    assert found.exchanges.empty
    assert behind.unverified["cost"] == 0.0
    assert behind.figures.empty


def test_worst_grades_come_first_and_then_what_carries_most(inventory: Inventory) -> None:
    figures = evidence(matched_with(two_firms(GUESSED, MEASURED), inventory, Provenance())).figures

    grades = figures["grade"].tolist()
    assert grades == sorted(grades, key=["unverified", "measured"].index)
    assert figures.loc[figures["grade"] == "measured", "cost_share"].is_monotonic_decreasing


def test_an_explanation_lists_the_figures_of_its_pairs(inventory: Inventory) -> None:
    found = matched_with(two_firms(GUESSED, MEASURED), inventory, Provenance())

    figures = pair_figures(found, explained(found, "mill", "yard"))

    named = set(zip(figures["table"], figures["id"], figures["column"], strict=True))
    assert {("flows", "dust", "amount"), ("flows", "sand", "unit_cost")} <= named
    assert "cost_share" not in figures
