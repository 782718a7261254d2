"""``symbiosis share``, run for real: a park solved by hand, what it refuses, what it prints."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from symbiosis.cli import main
from tests.apps.test_commands import TINY, refusal, written


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["share", *map(str, arguments)], catch_exceptions=False)


def answer(*arguments: object) -> Any:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Return the tiny park with a third enterprise that exchanges nothing, and cheap transport."""
    idle = {"id": "idle", "name": "Idle", "name_zh": ""}
    place = [{"source": "mill", "target": "yard", "distance_km": 0}]
    return written(
        tmp_path / "park", {"enterprises": [idle, *TINY["enterprises"]], "distances": place}
    )


@pytest.mark.parametrize("method", ["shapley", "nucleolus", "core"])
def test_two_that_need_each_other_save_only_together(three: Path, method: str) -> None:
    found = answer(three, "--method", method)

    saved = 800 * (20 + 100)  # disposal and purchase of what the yard can use
    assert found["coalitions"]["mill,yard"] == pytest.approx(saved)
    assert list(found["coalitions"]) == [
        *("idle", "mill", "yard", "idle,mill", "idle,yard", "mill,yard", "idle,mill,yard")
    ]
    assert found["coalitions"]["idle,yard"] == found["coalitions"]["mill"] == 0
    assert found["allocation"]["idle"] == 0
    assert list(found["allocation"]) == ["idle", "mill", "yard"]
    assert sum(found["allocation"].values()) == pytest.approx(saved)
    assert found["in_core"] is True
    if method != "core":
        assert found["allocation"]["mill"] == pytest.approx(saved / 2)


def test_many_enterprises_are_sampled_and_the_error_is_told(tmp_path: Path) -> None:
    firms = [{"id": f"f{n}", "name": f"f{n}", "name_zh": ""} for n in range(16)]
    flows = [
        flow
        for n in range(8)
        for flow in (
            {"id": f"d{n}", "source": f"f{n}", "target": "@disposal", "amount": 10, "unit_cost": 5},
            {"id": f"s{n}", "source": "@supply", "target": f"f{n + 8}", "amount": 9 + n,
             "unit_cost": 50},
        )
    ]  # fmt: skip
    pairs = [
        {"source": f"f{n}", "target": f"f{m}", "distance_km": 0} for n in range(8)
        for m in range(8, 16)
    ]  # fmt: skip
    park = written(tmp_path, {"enterprises": firms, "flows": flows, "distances": pairs})

    found = answer(park, "--samples", 5)

    assert found["samples"] == 5
    assert found["in_core"] is None
    assert set(found["standard_error"]) == {f"f{n}" for n in range(16)}
    whole = found["coalitions"][",".join(f"f{n}" for n in range(16))]
    assert sum(found["allocation"].values()) == pytest.approx(whole)
    assert "at most 15" in refusal("share", park, "--method", "nucleolus")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("coalition,value\na,1\nb,2\n", "no value of 'a,b'"),
        ("coalition,value\na,1\na,2\n", "row 3, coalition: the coalition 'a' stands here again"),
        ("coalition,value\na,much\n", "row 2, value: 'much' (write a number)"),
        ("coalition,worth\na,1\n", "value: the column is missing"),
        ("coalition,value\n,3\na,1\n", "nobody together is worth 3"),
        ("coalition,value\n", "0 players"),
    ],
)
def test_a_broken_game_is_refused_with_what_to_do(text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "game.csv"
    file.write_text(text, encoding="utf-8")
    assert message in refusal("share", "--game", file)


def test_a_park_or_a_game_but_not_both(tmp_path: Path) -> None:
    assert run().exit_code == 2
    assert run("lubei", "--game", tmp_path / "game.csv").exit_code == 2
    assert run("lubei", "--cost").exit_code == 2


@pytest.mark.parametrize(("language", "said"), [("en", "In the core"), ("zh", "在核心内")])
def test_the_table_says_whether_the_split_is_stable(three: Path, language: str, said: str) -> None:
    result = run(three, "--method", "nucleolus", "--language", language)
    assert said in result.stdout
    assert "96,000" in result.stdout
