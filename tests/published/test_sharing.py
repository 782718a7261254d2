"""Published games: their Shapley values and nucleoli, and which of them have a core."""

import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from symbiosis.cli import main
from symbiosis.metrics.games import in_core, least_core, nucleolus, shapley

# Straffin & Heaney (1981), Game theory and the Tennessee Valley Authority, IJGT 10, 35-43.
TENNESSEE = {
    "1": 163520,
    "2": 140826,
    "3": 250096,
    "1,2": 301607,
    "1,3": 378821,
    "2,3": 367370,
    "1,2,3": 412584,
}
SHARES = {"shapley": (117829, 100756.5, 193998.5), "nucleolus": (116234, 93540, 202810)}
# Aumann & Maschler (1985), Journal of Economic Theory 36, 195-213: the Talmud's three widows.
TALMUD = {100: (100 / 3, 100 / 3, 100 / 3), 200: (50, 75, 75), 300: (50, 100, 150)}


@pytest.mark.parametrize("method", SHARES)
@pytest.mark.parametrize("joint", [";", ",", ""])
def test_the_tennessee_valley_shares_come_out_of_the_command(
    method: str, joint: str, tmp_path: Path
) -> None:
    file = tmp_path / "game.csv"
    rows = [f'"{key.replace(",", joint)}",{value}' for key, value in TENNESSEE.items()]
    file.write_text("\n".join(["coalition,value", *rows]), encoding="utf-8")

    arguments = ["share", "--game", str(file), "--cost", "--method", method, "--format", "json"]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)

    answer = json.loads(result.stdout)
    assert answer["allocation"] == pytest.approx(dict(zip("123", SHARES[method], strict=True)))
    assert answer["coalitions"] == TENNESSEE
    assert list(answer["coalitions"]) == list(TENNESSEE)
    assert (answer["method"], answer["in_core"]) == (method, True)


@pytest.mark.parametrize("estate", TALMUD)
def test_the_nucleolus_divides_an_estate_as_the_talmud_does(estate: int) -> None:
    claims = np.array([100, 200, 300])
    left = [estate - sum(c for i, c in enumerate(claims) if not k >> i & 1) for k in range(8)]

    split = nucleolus(np.maximum(0.0, np.array(left, dtype=float)))

    assert split == pytest.approx(TALMUD[estate])


def test_in_the_airport_game_each_piece_of_runway_is_paid_by_those_who_need_it() -> None:
    # Littlechild & Owen (1973), Management Science 20, 370-372: the Shapley value's rule.
    need = np.array([12.0, 28, 30, 60])
    costs = np.array([max((need[i] for i in range(4) if k >> i & 1), default=0) for k in range(16)])

    share = -shapley(-costs)

    assert share == pytest.approx([12 / 4, 3 + 16 / 3, 3 + 16 / 3 + 1, 3 + 16 / 3 + 1 + 30])
    assert in_core(-costs, -share)


def test_the_nucleolus_of_an_airport_follows_the_rule_of_littlechild() -> None:
    # Littlechild (1974), International Journal of Game Theory 3, 21-29, worked by his rule: the
    # first pays min(12/2, 28/3, 30/4) = 6, the next two min(22/2, 24/3) = 8, the last the rest.
    need = np.array([12.0, 28, 30, 60])
    costs = np.array([max((need[i] for i in range(4) if k >> i & 1), default=0) for k in range(16)])

    share = -nucleolus(-costs)

    assert share == pytest.approx([6, 8, 8, 38])


def test_the_owner_of_the_scarce_glove_gets_everything_in_core_and_nucleolus() -> None:
    left, right = {0}, {1, 2}
    values = np.zeros(8)
    for size in (2, 3):
        for group in combinations(range(3), size):
            pairs = min(len(left & {*group}), len(right & {*group}))
            values[sum(1 << i for i in group)] = pairs

    assert shapley(values) == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert not in_core(values, shapley(values))
    assert nucleolus(values) == pytest.approx([1, 0, 0])
    assert least_core(values) == pytest.approx([1, 0, 0])


def test_where_a_majority_of_three_takes_all_no_split_is_in_the_core() -> None:
    values = np.array([0.0, 0, 0, 1, 0, 1, 1, 1])

    assert nucleolus(values) == pytest.approx([1 / 3] * 3)
    assert not in_core(values, nucleolus(values))
    assert not in_core(values, least_core(values))
