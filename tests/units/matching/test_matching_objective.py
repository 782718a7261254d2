import pytest

from symbiosis.errors import InvalidData
from symbiosis.matching.objective import carbon_indicator, expression_weights, weighted, weights
from symbiosis.model import Settings


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("cost", {"cost": 1.0}),
        ("cost + 50*gwp100", {"cost": 1.0, "gwp100": 50.0}),
        ("cost+gwp100*50", {"cost": 1.0, "gwp100": 50.0}),
        ("2 * cost - .5e1 * water", {"cost": 2.0, "water": -5.0}),
        ("-gwp100", {"gwp100": -1.0}),
        ("cost + cost", {"cost": 2.0}),
        ("2*cost*3", {"cost": 6.0}),
        ("0*cost + gwp100", {"cost": 0.0, "gwp100": 1.0}),
    ],
)
def test_an_expression_is_a_sum_of_weighted_indicators(
    expression: str, expected: dict[str, float]
) -> None:
    assert expression_weights(expression) == expected


@pytest.mark.parametrize(
    "expression",
    ["", " ", "cost gwp100", "50", "cost +", "cost*gwp100", "(cost)", "cost/2", "2cost"],
)
def test_what_is_no_sum_is_refused_with_an_example(expression: str) -> None:
    with pytest.raises(InvalidData, match=r"cost \+ 50\*gwp100"):
        expression_weights(expression)


def test_the_carbon_price_joins_the_weight_of_what_it_is_paid_on() -> None:
    everything = Settings(objective="cost + 5*gwp100", carbon_price=60)
    direct = Settings(objective="cost", carbon_price=60, carbon_price_on="direct")

    assert weights(everything) == {"cost": 1.0, "gwp100": 65.0}
    assert weights(direct) == {"cost": 1.0, "gwp100 direct": 60.0}
    assert carbon_indicator(direct) == "gwp100 direct"


def test_no_carbon_price_leaves_the_objective_as_it_stands() -> None:
    assert weights(Settings(objective="gwp100")) == {"gwp100": 1.0}


def test_a_weighted_sum_takes_each_indicator_once() -> None:
    assert weighted({"cost": 100.0, "gwp100": 3.0, "water": 9.0}, {"cost": 1, "gwp100": 50}) == 250
