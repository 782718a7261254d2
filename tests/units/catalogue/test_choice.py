from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from symbiosis.catalogue.choice import chosen_factors
from symbiosis.model import Park, Settings

Rows = Callable[..., pd.DataFrame]
NAN = float("nan")


def _value(rows: Rows, park: Park, *factors: tuple[float, str, float, str]) -> float:
    """Return the value chosen among (value, region, year, convention)."""
    table = rows(
        "factors",
        *(
            {"boundary": "@supply", "resource": "electricity", "indicator": "gwp100"}
            | {"value": value, "region": region, "year": year, "convention": convention}
            for value, region, year, convention in factors
        ),
    )
    (value,) = chosen_factors([table], park)["value"]
    return float(value)


def test_the_parks_region_comes_before_the_nation_and_the_nation_before_none(
    rows: Rows, toy: Park
) -> None:
    none, nation, own = (1.0, "", 2024, ""), (2.0, "CN", 2024, ""), (3.0, "Guizhou", 2020, "")

    assert _value(rows, toy, none, nation, own) == 3.0
    assert _value(rows, toy, none, nation) == 2.0
    assert _value(rows, toy, none) == 1.0


def test_a_factor_of_another_region_says_nothing(rows: Rows, toy: Park) -> None:
    table = rows("factors", {"boundary": "@supply", "resource": "coal", "region": "Hebei"})

    assert len(chosen_factors([table], toy)) == 0
    assert len(chosen_factors([table], replace(toy, region=""))) == 1


@pytest.mark.parametrize(
    ("year", "chosen"), [(2024, 2023), (2022, 2021), (2019, 2026), (None, 2026)]
)
def test_the_latest_year_not_after_the_parks_is_taken_else_the_latest(
    rows: Rows, toy: Park, year: int | None, chosen: int
) -> None:
    factors = [(float(y), "CN", float(y), "") for y in (2026, 2021, 2023)]

    assert _value(rows, replace(toy, year=year), *factors) == chosen


def test_a_factor_without_a_year_comes_after_those_with_one(rows: Rows, toy: Park) -> None:
    assert _value(rows, toy, (1.0, "CN", NAN, ""), (2.0, "CN", 2020, "")) == 2.0


def test_conventions_of_electricity_never_stand_in_for_one_another(rows: Rows, toy: Park) -> None:
    own, nation = (1.0, "Guizhou", 2024, "footprint"), (2.0, "CN", 2021, "location")

    assert _value(rows, toy, own, nation) == 2.0
    footprint = replace(toy, settings=Settings(electricity="footprint"))
    assert _value(rows, footprint, own, nation) == 1.0


def test_the_first_table_comes_before_a_better_row_of_the_second(rows: Rows, toy: Park) -> None:
    key = {"boundary": "@supply", "resource": "coal", "indicator": "cost"}
    first = rows("factors", key | {"value": 1.0})
    second = rows("factors", key | {"value": 2.0, "region": "Guizhou", "year": 2024})

    assert chosen_factors([first, second], toy)["value"].tolist() == [1.0]


def test_a_factor_without_a_value_does_not_hide_one_that_has(rows: Rows, toy: Park) -> None:
    key = {"boundary": "@supply", "resource": "coal", "indicator": "cost"}
    first, second = rows("factors", key), rows("factors", key | {"value": 2.0})

    assert chosen_factors([first, second], toy)["value"].tolist() == [2.0]
    assert chosen_factors([first], toy)["value"].isna().tolist() == [True]


def test_one_factor_is_left_per_boundary_resource_and_indicator(rows: Rows, toy: Park) -> None:
    key = {"boundary": "@supply", "resource": "coal", "indicator": "cost"}
    table = rows("factors", key, key, key | {"indicator": "gwp100"}, key | {"boundary": "@sales"})

    chosen = chosen_factors([table], toy)

    assert not chosen.duplicated(["boundary", "resource", "indicator"]).any()
    assert len(chosen) == 3


def test_no_factor_at_all_is_an_empty_table(rows: Rows, toy: Park) -> None:
    assert len(chosen_factors([rows("factors")], toy)) == 0
