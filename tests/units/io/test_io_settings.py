import math

import pytest

from symbiosis.errors import InvalidData
from symbiosis.io import assigned, settings_from, settings_mapping
from symbiosis.io.settings import toml_text, toml_value
from symbiosis.model import Settings


def problem(**settings: object) -> tuple[str, str, str]:
    with pytest.raises(InvalidData) as raised:
        settings_from(settings, Settings(), "here")
    (found,) = raised.value.problems
    return found.where, found.what, found.remedy


def test_every_setting_survives_the_way_to_a_mapping_and_back() -> None:
    odd = Settings(
        objective="cost + 50*gwp100",
        max_distance={"heat": 5.0},
        transport_cost=0.5,
        indicators=("cost", "water"),
        time_limit=math.inf,
    )

    for settings in (Settings(), odd):
        assert settings_from(settings_mapping(settings), Settings(seed=7), "") == settings


def test_later_settings_win_and_the_rest_stays() -> None:
    base = Settings(carbon_price=10.0, detour=1.5)

    found = settings_from({"carbon_price": 20}, base, "")

    assert (found.carbon_price, found.detour) == (20.0, 1.5)


def test_assignments_read_as_toml_or_as_text() -> None:
    texts = [
        "carbon_price=80",
        "internal=FALSE",
        "objective=cost + 50*gwp100",
        "transport_cost={road=0.5}",
        "max_distance.heat=5",
        "max_distance.material=50",
        "indicators=cost,gwp100",
        "time_limit=inf",
    ]

    found = settings_from(assigned(texts), Settings(), "--set")

    assert found == Settings(
        carbon_price=80.0,
        internal=False,
        objective="cost + 50*gwp100",
        transport_cost={"road": 0.5},
        max_distance={"heat": 5.0, "material": 50.0},
        time_limit=math.inf,
    )


def test_an_assignment_without_a_value_is_a_problem() -> None:
    with pytest.raises(InvalidData, match="not key=value"):
        assigned(["carbon_price"])


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        ("carbon_price", -1, "out of range"),
        ("carbon_price", math.inf, "out of range"),
        ("carbon_price", math.nan, "not a number"),
        ("carbon_price", True, "not a number"),
        ("carbon_price_on", "some", "unknown word 'some'"),
        ("max_distance", {"5": 1.0}, "neither a kind nor a mode"),
        ("max_distance", [], "not a number"),
        ("detour", 0.9, "out of range"),
        ("internal", "maybe", "neither true nor false"),
        ("lifetime", 0, "out of range"),
        ("allocation", "50:50", "unknown word '50:50'"),
        ("marginal_credit", 1.5, "out of range"),
        ("lost_output", "lost", "unknown word 'lost'"),
        ("indicators", [], "not a list of indicators"),
        ("indicators", ["cost", 7], "7 is not an indicator"),
        ("objective", "", "not an objective"),
        ("objective", "cost +", "not an objective"),
        ("objective", "import os", "not an objective"),
        ("objective", 7, "not an objective"),
        ("seed", 1.5, "not a whole number"),
        ("mip_gap", 2, "out of range"),
    ],
)
def test_a_value_that_cannot_be_is_told(key: str, value: object, what: str) -> None:
    found = problem(**{key: value})

    assert found[0] == f"here, {key}"
    assert what in found[1]
    assert found[2]


def test_an_unknown_setting_is_told_with_the_nearest() -> None:
    assert problem(objektive="cost") == (
        "here, objektive",
        "unknown setting 'objektive'",
        "did you mean 'objective'?",
    )


@pytest.mark.parametrize(
    "objective", ["cost", "-cost", "2*cost - 0.5 * gwp100", "gwp100*80 + cost"]
)
def test_objectives_are_sums_of_indicators(objective: str) -> None:
    assert settings_from({"objective": objective}, Settings(), "").objective == objective


@pytest.mark.parametrize(
    "value", [{"road": 0.5, "rail": 1}, ["a", 'q"\\'], 2.5, True, math.inf, {}]
)
def test_a_value_written_as_toml_reads_back(value: object) -> None:
    assert toml_value(toml_text(value)) == value
