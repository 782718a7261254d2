"""``--monte-carlo``: how sure a result is, printed, in JSON, in the tables and in the report."""

import csv
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from symbiosis.cli import main

PARK = "kalundborg"
ENDS = ("low", "median", "high")


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, [*arguments])
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("sampled") / "output"
    run("match", PARK, "--monte-carlo", "200", "--output", str(output), "--format", "json")
    return output


def test_the_summary_has_intervals_and_probabilities(folder: Path) -> None:
    summary: dict[str, Any] = json.loads((folder / "summary.json").read_text(encoding="utf-8"))

    assert set(summary["monte_carlo"]) == set(summary["saving"])
    for found in summary["monte_carlo"].values():
        assert found["samples"] == 200
        assert found["low"] <= found["median"] <= found["high"]
        assert all(found[when]["low"] <= found[when]["high"] for when in ("before", "after"))
        assert 0 <= found["probability"] <= 1
        assert 0 < sum(row["share"] for row in found["inputs"]) <= 1 + 1e-9
        assert len(found["inputs"]) <= 10
        assert len(found["exchanges"]) == summary["exchanges"]


def test_exchanges_have_a_probability_and_a_break_even(folder: Path) -> None:
    with (folder / "exchanges.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    assert all(0 <= float(row["gwp100_probability"]) <= 1 for row in rows)
    assert all(float(row["cost_net_low"]) <= float(row["cost_net_high"]) for row in rows)
    assert any(float(row["break_even_km"] or "nan") > 0 for row in rows)
    assert any(row["break_even_electricity"] for row in rows)


def test_where_the_saving_comes_from_adds_up_in_its_table(folder: Path) -> None:
    summary: dict[str, Any] = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    with (folder / "contributions.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["indicator"] == "gwp100"]

    total = sum(float(row["value"]) for row in rows)
    assert len(rows) > 5
    assert total == pytest.approx(summary["saving_by"]["exchanges"]["gwp100"])


def test_the_report_draws_the_intervals_in_both_languages(folder: Path) -> None:
    report = (folder / "report.html").read_text(encoding="utf-8")

    for language, heading in (("en", "Monte Carlo"), ("zh", "蒙特卡洛模拟")):
        assert f'<section id="{language}-sampled">\n<h2>{heading}</h2>' in report
        assert f'id="{language}-sampled_cost"' in report


def test_without_it_nothing_of_it_is_there(tmp_path: Path) -> None:
    run("match", PARK, "--output", str(tmp_path / "out"))

    assert "monte_carlo" not in json.loads((tmp_path / "out" / "summary.json").read_text())
    assert "-sampled" not in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    header = (tmp_path / "out" / "exchanges.csv").read_text(encoding="utf-8").split("\n")[0]
    assert "break_even_km" in header
    assert "probability" not in header


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Median", "Probability that it saves")), ("zh", ("中位数", "节约的概率"))],
)
def test_match_prints_it(language: str, words: tuple[str, ...]) -> None:
    result = run("match", PARK, "--monte-carlo", "50", "--language", language)

    assert all(word in result.stdout for word in words)
    assert "Monte Carlo 50/50" in result.stderr


def test_score_gives_the_interval_of_the_footprint_the_same_twice() -> None:
    command = ("score", PARK, "--indicator", "gwp100", "--monte-carlo", "300", "--format", "json")

    first, second = (json.loads(run(*command).stdout) for _ in range(2))

    found = first["monte_carlo"]["gwp100"]
    assert set(first["monte_carlo"]) == {"gwp100"}
    assert found["low"] < first["gwp100"] * 1.2
    assert first == second
    assert "probability" not in found


def test_score_takes_an_allocation_rule_and_refuses_one_that_is_none() -> None:
    by_rule = {
        rule: json.loads(run("score", "qiannan", "--allocation", rule, "--format", "json").stdout)
        for rule in ("substitution", "cut-off")
    }
    wrong = CliRunner().invoke(main, ["score", PARK, "--allocation", "fair"])

    assert by_rule["substitution"]["cost"] == by_rule["cut-off"]["cost"]
    assert wrong.exit_code == 1
    assert "allocation" in wrong.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no interrupt signal")
def test_a_long_run_can_be_stopped_and_leaves_nothing(tmp_path: Path) -> None:
    output = tmp_path / "out"
    command = ["match", PARK, "--monte-carlo", "1000000", "--output", str(output)]
    process = subprocess.Popen(
        [sys.executable, "-m", "symbiosis.cli", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "Monte Carlo" in line:
            break
    process.send_signal(signal.SIGINT)
    started = time.monotonic()
    printed = process.communicate(timeout=30)[0]

    assert process.returncode != 0
    assert time.monotonic() - started < 20
    assert not printed
    assert not list(tmp_path.iterdir())
