"""From a list of firms to proposed exchanges, by the commands; and what a name or code means."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from symbiosis.cli import main
from symbiosis.drafting import firms_file
from symbiosis.io import read_park
from tests.matching_parks import shipped

FIRMS = 20


def run(*arguments: object) -> Result:
    return CliRunner().invoke(
        main, [str(argument) for argument in arguments], env={"SYMBIOSIS_LANGUAGE": "en"}
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the park drafted from the list that ships."""
    place = tmp_path_factory.mktemp("draft") / "park"
    result = run("draft", "example", "--output", place, "--region", "Hubei", "--year", 2025)
    assert result.exit_code == 0, result.stderr
    return place


def table(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)


def test_the_list_that_ships_names_twenty_firms_in_two_languages() -> None:
    names = pd.read_csv(firms_file("example"))["企业名称"].drop_duplicates()

    assert len(names) == FIRMS
    assert 5 < names.str.contains("[\u4e00-\u9fff]").sum() < FIRMS - 5


def test_a_drafted_park_passes_the_check(folder: Path) -> None:
    result = run("check", folder, "--format", "json")

    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["enterprises"] == FIRMS
    assert set(found["grades"]) == {"unverified", "derived"}
    assert found["heat_without_temperature"] == []
    assert found["balance_gaps"] == []


def test_matching_a_drafted_park_proposes_exchanges_that_pay(folder: Path) -> None:
    result = run("match", folder, "--format", "json")

    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["status"] == "optimal"
    assert found["exchanges"] > 20
    assert found["saving"]["cost"] > 0
    assert found["saving"]["gwp100"] > 0


def test_every_flow_is_cited_as_drafted_and_every_citation_leads_to_a_source(folder: Path) -> None:
    flows, figures = table(folder, "flows"), table(folder, "figures")
    sources = table(folder, "sources").set_index("id")["title"]
    cited = pd.concat([flows["citation"], figures["citation"]])

    assert cited.str.startswith("drafted:").all()
    assert set(cited.str.split(";").explode()) <= set(sources.index)
    types = sources[sources.index.str.startswith("drafted:") & (sources.index != "drafted:firms")]
    assert types.str.contains("not data of the firm").all()
    weak = figures[(figures["grade"] == "unverified") & (figures["table"] == "qualities")]
    temperatures = weak["id"].str.contains("temperature_")
    assert (weak.loc[~temperatures, ["low", "high"]] != "").all(axis=None)


def test_a_drafted_flow_writes_out_how_it_was_reckoned(folder: Path) -> None:
    flows = table(folder, "flows").set_index("id")
    row = flows.loc["jinqiao_phosphate_chemical.phosphoric_acid_plant.phosphate_rock"]
    per_unit = shipped().blueprint_flows.set_index(["blueprint", "flow"])["amount"]
    rock = per_unit["phosphoric_acid_plant", "phosphate_rock"]

    assert float(row["amount"]) == pytest.approx(400_000 * rock)
    assert row["how"].startswith(f"{rock:g} t per t x 400000 t/year")


def test_the_draft_says_that_it_is_one_in_both_languages(folder: Path) -> None:
    text = (folder / "README.md").read_text(encoding="utf-8")

    assert "**This is a draft.**" in text
    assert "**这是草拟的园区。**" in text
    described = {
        r["path"] for r in json.loads((folder / "datapackage.json").read_text())["resources"]
    }
    assert described == {file.name for file in folder.glob("*.csv")}


def test_drafting_prints_one_document_of_what_was_understood(tmp_path: Path) -> None:
    result = run("draft", "example", "--output", tmp_path / "p", "--format", "json")

    found: dict[str, Any] = json.loads(result.stdout)
    assert found["enterprises"] == FIRMS
    assert {row["how"] for row in found["plants"]} == {"id", "name", "synonym", "code"}
    assert min(row["confidence"] for row in found["plants"]) == 0.8
    park = read_park(tmp_path / "p", shipped())
    assert [row["process"] for row in found["plants"]] == park.processes["id"].tolist()


@pytest.mark.parametrize(("language", "said"), [("en", "What was understood"), ("zh", "识别结果")])
def test_what_was_understood_is_printed_in_the_readers_language(
    tmp_path: Path, language: str, said: str
) -> None:
    result = run("draft", "example", "--output", tmp_path / "p", "--language", language)

    assert said in result.stdout
    assert result.stderr.endswith(f"written to {tmp_path / 'p'}\n")


def test_a_list_with_mistakes_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "firms.csv"
    file.write_text("name,plant,capacity\nA,brewry,5 kt\nB,尿素,lots\n", encoding="utf-8")

    result = run("draft", file, "--output", tmp_path / "park")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("firms.csv, row") == 2
    assert "did you mean 'brewery'?" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["firms.csv"]
    taken = run("draft", file, "--output", tmp_path / "park", "--accept-fuzzy", 0.6)
    assert taken.stderr.count("firms.csv, row") == 1


def test_a_park_that_somebody_worked_on_gives_way_only_when_told(tmp_path: Path) -> None:
    place = tmp_path / "park"
    assert run("draft", "example", "--output", place).exit_code == 0

    again = run("draft", "example", "--output", place)
    assert again.exit_code == 1
    assert "something stands here already" in again.stderr
    assert run("draft", "example", "--output", place, "--replace").exit_code == 0

    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine")
    refused = run("draft", "example", "--output", tmp_path / "other", "--replace")
    assert refused.exit_code == 1
    assert "something other than a park stands here" in refused.stderr


def test_resolving_prints_a_row_per_candidate_or_one_document() -> None:
    printed = run("resolve", "磷石膏", "06 09 04", "zzzz")
    assert printed.exit_code == 0
    for word in ("phosphogypsum", "certain", "several", "unknown", "ewc 06 09 04"):
        assert word in printed.stdout

    document = json.loads(run("resolve", "尿素", "2611", "--format", "json").stdout)
    assert [row["text"] for row in document] == ["尿素", "2611"]
    assert document[0]["plants"]["status"] == "accepted"
    assert document[0]["plants"]["candidates"][0]["id"] == "urea_plant"
    assert document[0]["resources"]["candidates"][0]["id"] == "urea"
    assert document[1]["plants"]["status"] == "ambiguous"


def test_resolving_among_one_kind_leaves_the_other_out() -> None:
    document = json.loads(run("resolve", "尿素", "--among", "plants", "--format", "json").stdout)

    assert set(document[0]) == {"text", "plants"}
