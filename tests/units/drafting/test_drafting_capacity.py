from math import nan

import pytest

from symbiosis.drafting.capacity import annual_capacity
from symbiosis.errors import Problem


def annual(capacity: str, unit: str = "", plant_unit: str = "t", hours: float = 8000.0) -> object:
    return annual_capacity(
        capacity,
        unit,
        plant_unit,
        operating_hours=hours,
        content_mass=1.0 if plant_unit == "t" else nan,
        content_energy=nan,
    )


@pytest.mark.parametrize(
    ("capacity", "unit", "plant_unit", "expected"),
    [
        ("300000", "", "t", 300_000),
        ("300 kt/year", "", "t", 300_000),
        ("300", "kt", "t", 300_000),
        ("40万吨", "", "t", 400_000),
        ("４０ 万吨／年", "", "t", 400_000),
        ("年产40万吨", "", "t", 400_000),
        ("40万", "吨", "t", 400_000),
        ("日产 5000 吨", "", "t", 5000 * 365),
        ("1000 t/day", "", "t", 365_000),
        ("30 t/h", "", "t", 240_000),
        ("600 MW", "", "MWh", 600 * 8000),
        ("12亿千瓦时", "", "MWh", 1_200_000),
        ("5万立方米/日", "", "m3", 50_000 * 365),
        ("600万GJ", "", "GJ", 6_000_000),
        ("1.5e5", "t/a", "t", 150_000),
    ],
)
def test_a_capacity_is_read_as_people_write_it(
    capacity: str, unit: str, plant_unit: str, expected: float
) -> None:
    assert annual(capacity, unit, plant_unit) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("capacity", "unit", "plant_unit", "said"),
    [
        ("large", "", "t", "'large' is not a capacity"),
        ("300,000", "", "t", "',000' does not measure a plant counted in t"),
        ("-5", "", "t", "'-5' is not above zero"),
        ("0", "kt", "t", "'0' is not above zero"),
        ("5 lorries", "", "t", "'lorries' does not measure a plant counted in t"),
        ("5 MW", "", "t", "'MW' does not measure a plant counted in t"),
        ("1e999", "", "t", "is not a capacity"),
        ("5 __import__('os')", "", "t", "does not measure"),
    ],
)
def test_a_capacity_that_says_nothing_is_a_problem(
    capacity: str, unit: str, plant_unit: str, said: str
) -> None:
    problem = annual(capacity, unit, plant_unit)

    assert isinstance(problem, Problem)
    assert said in problem.what
    assert problem.remedy
