from dataclasses import replace

import pandas as pd
import pytest

from symbiosis.lca import Inventory, factors


def factor(table: pd.DataFrame, boundary: str, resource: str) -> pd.Series:
    rows = table[table["boundary"].eq(boundary) & table["resource"].eq(resource)]
    assert len(rows) == 1
    return rows.iloc[0]


def test_a_factor_counts_the_whole_chain_in_tonnes_per_unit_of_the_resource(toy: Inventory) -> None:
    lime = factor(factors(toy, "Guizhou", 2023), "@supply", "quicklime")

    assert lime["value"] == pytest.approx((780 + 0.05 * 400 + 0.5 * 500) / 1000)
    assert lime["unit"] == "t CO2e/t"


def test_low_and_high_take_every_exchange_at_the_same_end(toy: Inventory) -> None:
    lime = factor(factors(toy, "Guizhou", 2023), "@supply", "quicklime")

    assert lime["low"] == pytest.approx((780 + 0.04 * 400 + 0.5 * 500) / 1000)
    assert lime["high"] == pytest.approx((780 + 0.1 * 400 + 0.5 * 500) / 1000)


def test_a_doubtful_input_below_five_per_cent_does_not_set_the_grade(toy: Inventory) -> None:
    lime = factor(factors(toy, "Guizhou", 2023), "@supply", "quicklime")

    assert lime["unverified_share"] == pytest.approx(20 / 1050)
    assert lime["grade"] == "derived"


def test_a_doubtful_input_above_five_per_cent_sets_the_grade(toy: Inventory) -> None:
    more = toy.exchanges.assign(amount=toy.exchanges["amount"].replace(0.05, 0.5), high=0.5)
    inventory = replace(toy, exchanges=more)

    assert factor(factors(inventory, "CN", 2023), "@supply", "quicklime")["grade"] == "unverified"


def test_a_region_outside_the_nation_has_world_factors_and_no_electricity(toy: Inventory) -> None:
    table = factors(toy, "Denmark", 2023)

    assert set(table.loc[table["boundary"].eq("@supply"), "resource"]) == {"quicklime"}
    assert factor(table, "@supply", "quicklime")["value"] == pytest.approx(1.19)


def test_what_goes_to_nature_has_its_characterisation_as_factor(toy: Inventory) -> None:
    emitted = factor(factors(toy, None, None), "@nature", "carbon_dioxide")

    assert (emitted["value"], emitted["unit"]) == (pytest.approx(1.0), "t CO2e/t")


def test_a_known_zero_is_an_exact_zero_with_the_grade_of_its_rule(toy: Inventory) -> None:
    dumped = factor(factors(toy, "Guizhou", 2023), "@disposal", "gypsum")

    assert (dumped["value"], dumped["grade"]) == (0.0, "derived")


def test_an_indicator_the_inventory_cannot_characterise_is_a_gap(toy: Inventory) -> None:
    assert factors(toy, "Guizhou", 2023, indicators=("smell",)).empty


def test_making_factors_leaves_the_inventory_as_it_was(toy: Inventory) -> None:
    before = toy.exchanges.copy()

    factors(toy, "Guizhou", 2023)

    pd.testing.assert_frame_equal(toy.exchanges, before)


def test_a_zero_with_a_range_keeps_the_grade_it_was_given(toy: Inventory) -> None:
    dump = toy.exchanges["activity"].eq("dump")
    exchanges = toy.exchanges.assign(
        high=toy.exchanges["high"].mask(dump, 5.0),
        grade=toy.exchanges["grade"].mask(dump, "unverified"),
    )
    given = toy.activities["grade"].mask(toy.activities["id"].eq("dump"), "unverified")
    inventory = replace(toy, exchanges=exchanges, activities=toy.activities.assign(grade=given))

    dumped = factor(factors(inventory, "Guizhou", 2023), "@disposal", "gypsum")

    assert (dumped["value"], dumped["high"]) == (0.0, pytest.approx(0.005))
    assert (dumped["grade"], dumped["unverified_share"]) == ("unverified", 1.0)
