from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from symbiosis.catalogue import datasets_folder
from symbiosis.io import park_of
from symbiosis.lca import Inventory, read_inventory
from symbiosis.model import Park
from symbiosis.scenarios import Outcome, local_catalogue, planned, with_settings
from symbiosis.scenarios.monte_carlo import monte_carlo, park_monte_carlo
from symbiosis.scenarios.upstream import saving_contributions
from symbiosis.scenarios.worlds import variance_shares
from symbiosis.views.footprint import footprint
from tests.matching_parks import random_park, shipped

PURCHASE, DISPOSAL, HAULAGE = 100.0, 20.0, 10 * 0.5  # money per t
GRIT = {"resource": "grit", "unit": "t"}


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return read_inventory(datasets_folder() / "inventory")


def two_firms(
    dust: Mapping[str, Any],
    sand: Mapping[str, Any],
    factors: tuple[Mapping[str, Any], ...] = (),
    distance_km: float = 10,
    **settings: Any,
) -> Park:
    """A mill that discards dust and a yard that buys sand of the same kind; cost alone counts."""
    return park_of(
        {
            "enterprises": [{"id": "mill", "name": "M"}, {"id": "yard", "name": "Y"}],
            "resources": [{"id": "grit", "name": "Grit", "kind": "material", "unit": "t"}],
            "flows": [
                {"id": "dust", "source": "mill", "target": "@disposal", "unit_cost": DISPOSAL}
                | {"amount": 1000, **GRIT, **dust},
                {"id": "sand", "source": "@supply", "target": "yard", "unit_cost": PURCHASE}
                | {"amount": 800, **GRIT, **sand},
            ],
            "factors": [dict(row) for row in factors],
            "distances": [{"source": "mill", "target": "yard", "distance_km": distance_km}],
        },
        shipped(),
        {
            "title": "two firms",
            "settings": {"transport_cost": 0.5, "indicators": ["cost"], **settings},
        },
    )


def matched(park: Park, inventory: Inventory) -> Outcome:
    return planned(park, shipped(), inventory)


PRICE = {"boundary": "@supply", "resource": "grit", "indicator": "cost", "unit": "CNY/t"}
FREE = {"unit_cost": None}


def test_without_ranges_every_sample_is_the_saving(inventory: Inventory) -> None:
    outcome = matched(two_firms({}, {}), inventory)

    found = monte_carlo(outcome, 20)

    assert outcome.saving["cost"] > 0
    assert found.saving["cost"] == pytest.approx(np.full(20, outcome.saving["cost"]))
    assert found.before["cost"] == pytest.approx(np.full(20, 100_000.0))
    assert found.exchanges["cost_probability"].tolist() == [1.0]
    assert found.inputs.empty


def test_a_price_with_a_range_is_lognormal_with_it_as_95_per_cent(inventory: Inventory) -> None:
    price = PRICE | {"value": 100.0, "low": 50.0, "high": 200.0, "grade": "secondary"}
    outcome = matched(two_firms({}, FREE, (price,)), inventory)

    found = monte_carlo(outcome, 4000).saving["cost"]

    low, middle, high = np.percentile(found, [2.5, 50, 97.5])
    others = 800 * (DISPOSAL - HAULAGE)
    assert middle == pytest.approx(800 * 100 + others, rel=0.03)
    assert (low - others, high - others) == pytest.approx((800 * 50, 800 * 200), rel=0.06)


def test_only_a_deviation_gives_a_lognormal_law_with_that_mean(inventory: Inventory) -> None:
    price = PRICE | {"value": 100.0, "sd": 30.0, "grade": "secondary"}
    outcome = matched(two_firms({}, FREE, (price,)), inventory)

    bought = (monte_carlo(outcome, 4000).saving["cost"] / 800) - DISPOSAL + HAULAGE

    assert (bought.mean(), bought.std()) == (
        pytest.approx(100, rel=0.02),
        pytest.approx(30, rel=0.06),
    )
    assert bought.min() > 0


def test_an_exchange_follows_the_need_that_it_meets_up_to_what_is_offered(
    inventory: Inventory,
) -> None:
    outcome = matched(two_firms({}, {"low": 400, "high": 1600}), inventory)

    found = monte_carlo(outcome, 2000)

    per_ton = PURCHASE + DISPOSAL - HAULAGE
    taken = found.saving["cost"] / per_ton
    assert taken.max() == pytest.approx(1000)  # the dust there is
    assert np.percentile(taken, 2.5) == pytest.approx(400, rel=0.05)
    now = found.before["cost"] - 1000 * DISPOSAL
    assert np.minimum(now / PURCHASE, 1000) == pytest.approx(taken)


def test_an_exchange_follows_the_offer_that_it_uses_up(inventory: Inventory) -> None:
    outcome = matched(two_firms({"amount": 500, "low": 250, "high": 1000}, {}), inventory)

    taken = monte_carlo(outcome, 2000).saving["cost"] / (PURCHASE + DISPOSAL - HAULAGE)

    assert np.percentile(taken, 2.5) == pytest.approx(250, rel=0.05)
    assert taken.max() == pytest.approx(800)  # the need


def test_the_input_that_varies_most_is_named_first(inventory: Inventory) -> None:
    price = PRICE | {"value": 100.0, "low": 50.0, "high": 200.0, "grade": "secondary"}
    park = two_firms({"amount": 500, "low": 450, "high": 550}, FREE, (price,))

    inputs = monte_carlo(matched(park, inventory), 1000).inputs

    assert inputs["id"].tolist() == ["@supply grit", "dust"]
    assert inputs["share"].iloc[0] > 5 * inputs["share"].iloc[1]
    assert inputs["share"].sum() <= 1


def test_the_same_seed_gives_the_same_result_and_another_one_not(inventory: Inventory) -> None:
    park = two_firms({}, {"low": 400, "high": 900})
    seeded = with_settings(park, {"seed": 5}, "test")

    one, again, other = (monte_carlo(matched(p, inventory), 1100) for p in (park, park, seeded))

    assert one.seed == 0
    assert np.array_equal(one.saving["cost"], again.saving["cost"])
    pd.testing.assert_frame_equal(one.inputs, again.inputs)
    assert not np.array_equal(one.saving["cost"], other.saving["cost"])


def test_an_exchange_that_may_lose_saves_with_a_probability(inventory: Inventory) -> None:
    price = PRICE | {"value": 5.0, "low": -40.0, "high": 30.0, "grade": "unverified"}
    park = two_firms({"unit_cost": 5.0}, FREE, (price,))
    outcome = matched(park, inventory)

    found = monte_carlo(outcome, 2000)

    # A triangle from -40 to 30 with its tip at 5: below 0 (where 5 of disposal meet the haulage).
    assert found.exchanges["cost_probability"].iloc[0] == pytest.approx(
        1 - 40**2 / (70 * 45), abs=0.03
    )


def test_progress_is_told_block_by_block(inventory: Inventory) -> None:
    told: list[str] = []

    monte_carlo(matched(two_firms({}, {}), inventory), 2500, told.append)

    assert told == [f"Monte Carlo {done}/2500" for done in (1000, 2000, 2500)]


def test_a_park_as_it_is_has_an_interval_of_its_footprint(inventory: Inventory) -> None:
    park = two_firms({}, {"low": 400, "high": 1600})

    found = park_monte_carlo(park, local_catalogue(park, shipped(), inventory), inventory, 500)

    middle = footprint(park, local_catalogue(park, shipped(), inventory).factors)["cost"]
    assert np.median(found.before["cost"]) == pytest.approx(middle, rel=0.1)
    assert not found.saving
    assert found.inputs["id"].tolist() == ["sand"]


def test_climate_factors_come_from_a_sample_of_the_inventory(inventory: Inventory) -> None:
    steel = {"kind": "material", "unit": "t"}
    park = park_of(
        {
            "enterprises": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
            "resources": [{"id": "scrap", "name": "Scrap", **steel}],
            "flows": [
                {"id": "power", "source": "@supply", "target": "a", "resource": "electricity"}
                | {"amount": 10, "unit": "MWh", "unit_cost": 500},
                {"id": "export", "source": "b", "target": "@disposal", "resource": "scrap"}
                | {"amount": 1, "unit": "t", "unit_cost": 1},
            ],
        },
        shipped(),
        {"title": "power", "region": "Guizhou", "settings": {"indicators": ["gwp100"]}},
    )
    known = local_catalogue(park, shipped(), inventory)

    found = park_monte_carlo(park, known, inventory, 200)

    factor = known.factors.query("boundary == '@supply' and resource == 'electricity'")
    value = factor.loc[factor["indicator"] == "gwp100", "value"].iloc[0]
    assert np.median(found.before["gwp100"]) == pytest.approx(10 * value, rel=0.2)
    assert found.inputs["id"].iloc[0] == "@supply electricity"


def test_shares_of_variance_follow_the_squares_of_what_adds_up() -> None:
    rng = np.random.default_rng(3)
    inputs = rng.standard_normal((3, 5000))
    inputs[2] = 1.0

    shares = variance_shares(inputs, 2 * inputs[0] + inputs[1])

    assert shares == pytest.approx([0.8, 0.2, 0.0], abs=0.03)
    assert variance_shares(inputs, np.ones(5000)).tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("rule", ["substitution", "cut-off", "50-50", "cff"])
def test_where_a_saving_comes_from_adds_up_under_every_rule(
    rule: str, inventory: Inventory
) -> None:
    park = random_park(11, settings={"allocation": rule})
    park = replace(park, settings=replace(park.settings, indicators=("cost", "gwp100")))
    outcome = matched(park, inventory)

    found = saving_contributions(outcome)

    assert len(outcome.exchanges)
    assert found["value"].sum() == pytest.approx(outcome.exchanges["gwp100_net"].sum())
