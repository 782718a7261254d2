"""``--sources``: the figures behind what commands print, and the share that is unverified."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from symbiosis.cli import main

COMMANDS = (
    ("match", "qiannan"),
    ("score", "qiannan"),
    ("explain", "qiannan", "phosphate_complex", "titanium_works"),
)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_json_lists_the_figures_with_grades_and_documents(command: tuple[str, ...]) -> None:
    document: dict[str, Any] = json.loads(run(*command, "--format", "json", "--sources"))

    rows = document["sources"]
    keys = {"room", "table", "id", "column", "value", "low", "high", "unit", "grade", "citation"}
    assert len(rows) > 50
    assert all(keys <= set(row) for row in rows)
    assert {row["grade"] for row in rows} >= {"unverified", "official"}
    assert {key for row in rows for d in row["citation"] for key in d} == {
        *("room", "id", "title", "address", "year")
    }


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_nothing_is_listed_unless_asked_for(command: tuple[str, ...]) -> None:
    assert "sources" not in json.loads(run(*command, "--format", "json"))
    assert "Figures behind this result" not in run(*command)


def test_tables_name_figures_and_then_documents_in_both_languages() -> None:
    english, chinese = (
        run("score", "qiannan", "--sources", "--language", language) for language in ("en", "zh")
    )

    assert "Figures behind this result" in english
    assert "estimate [park]: Assumption made for this composite park" in english
    assert "S07 [inventory]: " in english
    assert "本结果所依据的数字" in chinese


@pytest.mark.parametrize("name", ["match", "score"])
def test_the_share_by_value_is_printed_and_in_json(name: str) -> None:
    shares = json.loads(run(name, "qiannan", "--format", "json"))["unverified_share"]

    assert set(shares) == {"cost", "gwp100"}
    assert all(0.5 < share <= 1 for share in shares.values())
    assert f"Rests on unverified figures, by value: cost {shares['cost']:.1%}" in run(
        name, "qiannan"
    )


def test_the_output_folder_holds_the_figures_and_shares_per_exchange(tmp_path: Path) -> None:
    run("match", "qiannan", "--output", str(tmp_path / "out"))

    with (tmp_path / "out" / "sources.csv").open(encoding="utf-8") as file:
        figures = list(csv.DictReader(file))
    with (tmp_path / "out" / "exchanges.csv").open(encoding="utf-8") as file:
        exchanges = list(csv.DictReader(file))
    assert {"park", "catalogue", "inventory"} == {row["room"] for row in figures}
    assert all(row["sources"] for row in figures)
    assert all(0 <= float(row["cost_unverified_share"]) <= 1 for row in exchanges)


def test_a_park_whose_figures_cannot_be_read_is_refused_with_every_problem(tmp_path: Path) -> None:
    run("match", "qiannan", "--output", str(tmp_path / "out"))
    park = tmp_path / "out" / "park"
    (park / "figures.csv").write_text("table,id\nflows,a\n", encoding="utf-8")

    result = CliRunner().invoke(main, ["score", str(park), "--sources"])

    assert result.exit_code == 1
    assert result.stderr == "figures.csv: no column 'column' (add it to the header row)\n"
