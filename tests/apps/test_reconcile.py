"""``symbiosis reconcile``, run for real."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from symbiosis.catalogue import read_catalogue
from symbiosis.cli import main
from symbiosis.io import read_park

FILES = {
    "enterprises.csv": "id,name\nmill,<b>Mill</b>\n",
    "resources.csv": "id,name,kind,unit\ngrit,Grit,material,t\n",
    "flows.csv": (
        "id,source,target,resource,amount,unit,sd,low,high\n"
        "feed,@supply,mill,grit,100,t,10,,\n"
        "meal,mill,@sales,grit,0.11,kt,,0.0904,0.1296\n"
    ),
}


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, ["reconcile", *map(str, arguments)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def mill(tmp_path: Path) -> Path:
    folder = tmp_path / "mill"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_document_holds_what_the_contract_says(mill: Path) -> None:
    document = json.loads(run(mill, "--format", "json").stdout)

    feed = document["flows"]["feed"]
    assert feed.pop("status") == "redundant"
    assert feed == pytest.approx(
        {
            "measured": 100,
            "measured_sd": 10,
            "reconciled": 105,
            "sd": 50**0.5,
            "statistic": 0.5**0.5,
        },
        rel=1e-3,
    )
    assert document["chi_square"] == pytest.approx(0.5, rel=1e-3)
    assert document["degrees_of_freedom"] == 1
    assert document["p_value"] == pytest.approx(0.4795, rel=1e-3)
    assert document["suspects"] == []


def test_suspects_are_ranked(mill: Path) -> None:
    flows = FILES["flows.csv"].replace("100,t,10", "300,t,10")
    (mill / "flows.csv").write_text(flows, encoding="utf-8")

    suspects = json.loads(run(mill, "--format", "json").stdout)["suspects"]

    assert {row["flow"] for row in suspects} == {"feed", "meal"}
    assert suspects[0]["statistic"] == pytest.approx(190 / 200**0.5, rel=1e-3)


def test_the_reconciled_park_is_a_park_that_needs_no_more(mill: Path, tmp_path: Path) -> None:
    result = run(mill, "--output", tmp_path / "after")

    assert result.exit_code == 0, result.stderr
    flows = read_park(tmp_path / "after", read_catalogue()).flows
    assert flows["amount"].tolist() == pytest.approx([105, 105], rel=1e-4)
    assert (flows["high"] - flows["low"]).tolist() == pytest.approx([27.72, 27.72], rel=1e-3)
    again = json.loads(run(tmp_path / "after", "--format", "json").stdout)
    assert again["chi_square"] == pytest.approx(0, abs=1e-12)


def test_the_tables_are_in_both_languages(mill: Path) -> None:
    assert "Suspected errors: -" in run(mill, "--language", "en").stdout
    assert "可疑的测量值" in run(mill, "--language", "zh").stdout


def test_without_balances_there_is_nothing_to_test(mill: Path) -> None:
    document = json.loads(run(mill, "--open", "mill", "--format", "json").stdout)

    assert (document["degrees_of_freedom"], document["p_value"]) == (0, None)
    assert document["flows"]["feed"]["reconciled"] == 100
    assert "No balance is left" in run(mill, "--open", "mill", "--language", "en").stdout


def test_an_unknown_process_or_exact_contradictions_are_refused(mill: Path, tmp_path: Path) -> None:
    unknown = run(mill, "--open", "kiln", "--output", tmp_path / "after")
    assert (unknown.exit_code, unknown.stdout) == (1, "")
    assert "--open: unknown process 'kiln' (name a process of the park)" in unknown.stderr

    flows = "id,source,target,resource,amount,unit,sd\na,@supply,mill,grit,1,t,0\n"
    (mill / "flows.csv").write_text(flows + "b,mill,@sales,grit,2,t,0\n", encoding="utf-8")
    contradiction = run(mill, "--output", tmp_path / "after")
    assert (contradiction.exit_code, contradiction.stdout) == (1, "")
    assert "contradict the balances" in contradiction.stderr
    assert not (tmp_path / "after").exists()
