from typing import Any

import numpy as np
import pytest

from symbiosis.catalogue import datasets_folder
from symbiosis.lca import Inventory, read_inventory
from symbiosis.model import Park
from symbiosis.scenarios import Outcome, planned
from symbiosis.scenarios.break_even import break_even
from symbiosis.scenarios.monte_carlo import monte_carlo
from tests.matching_parks import random_park, shipped
from tests.units.scenarios.test_scenario_monte_carlo import two_firms


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return read_inventory(datasets_folder() / "inventory")


def matched(park: Park, inventory: Inventory) -> Outcome:
    return planned(park, shipped(), inventory)


def test_an_exchange_saves_up_to_where_haulage_eats_what_it_avoids(inventory: Inventory) -> None:
    found = break_even(matched(two_firms({}, {}), inventory))

    assert found["cost_break_even_km"].tolist() == [pytest.approx((100 + 20) / 0.5)]
    assert found["break_even_km"].tolist() == found["cost_break_even_km"].tolist()
    assert found["break_even_electricity"].isna().all()  # gwp100 is not asked for


@pytest.mark.parametrize(("distance_km", "saves"), [(239.9, True), (240.1, False)])
def test_beyond_the_break_even_distance_no_plan_takes_the_exchange(
    distance_km: float, saves: bool, inventory: Inventory
) -> None:
    outcome = matched(two_firms({}, {}, distance_km=distance_km), inventory)

    assert bool(len(outcome.exchanges)) == saves


def test_what_costs_nothing_to_haul_saves_at_any_distance(inventory: Inventory) -> None:
    found = break_even(matched(two_firms({}, {}, transport_cost=0.0), inventory))

    assert found["break_even_km"].tolist() == [np.inf]


def test_an_exchange_that_no_electricity_goes_into_has_no_break_even_of_it(
    inventory: Inventory,
) -> None:
    found = break_even(matched(two_firms({}, {}), inventory))

    assert found["cost_break_even_electricity"].isna().all()


@pytest.mark.parametrize("seed", range(6))
def test_what_saves_goes_less_far_than_its_break_even_and_what_does_not_farther(
    seed: int, inventory: Inventory
) -> None:
    outcome = matched(random_park(seed), inventory)
    found, table = break_even(outcome), outcome.exchanges
    name = outcome.park.settings.indicators[0]

    km = found[f"{name}_break_even_km"]
    saves = table[f"{name}_net"] > 0
    apart = table["distance_km"]
    placed = table["demand"] >= 0
    near = km.notna() & np.isfinite(km) & placed

    assert len(table)
    assert (km[near & saves] >= apart[near & saves] * (1 - 1e-9)).all()
    assert (km[near & ~saves] <= apart[near & ~saves] * (1 + 1e-9)).all()
    assert km[~placed].isna().all()


def test_no_plan_has_no_break_even_and_no_probability(inventory: Inventory) -> None:
    apart: dict[str, Any] = {"max_distance": 5.0}
    outcome = matched(two_firms({}, {}, **apart), inventory)

    found = monte_carlo(outcome, 10)

    assert outcome.exchanges.empty
    assert break_even(outcome).empty
    assert found.exchanges.empty
    assert found.saving["cost"].tolist() == [0.0] * 10
