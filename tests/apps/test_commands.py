"""The commands, run for real: exit status, what they print, what they write, what they refuse."""

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from symbiosis.cli import main
from symbiosis.io import read_park, write_park
from tests.matching_parks import shipped

Row = dict[str, Any]
Json = Mapping[str, Any]
ROOT = Path(__file__).parents[2]
PARTS = (
    *("avoided_purchase", "avoided_disposal", "coproducts", "processing", "side_flows"),
    *("transport", "capital"),
)
SIDES = ("giver", "taker", "unallocated")
EXCHANGE_COLUMNS = [
    *("offer", "demand", "pathway", "from_enterprise", "to_enterprise", "resource_taken"),
    *("taken", "resource_given", "given", "distance_km", "internal", "investment"),
    *("payback_years", "npv", "value_low", "value_high"),
    *(f"{i}_{part}" for i in ("cost", "gwp100") for part in (*PARTS, "net", *SIDES)),
]
SUMMARY_KEYS = {
    *("status", "bound", "gap", "objective", "before", "after", "saving", "saving_low"),
    *("saving_high", "saving_by", "carbon_payment", "enterprises", "coverage", "gaps"),
    *("exchanges", "candidates", "settings", "versions"),
}
FILES = {
    *("summary.json", "exchanges.csv", "changes.csv", "flows.csv", "candidates.csv"),
    *("rejected.csv", "park", "report.html"),
}
SCRIPT, FORMULA = "<script>alert('x')</script> & Sons", "=HYPERLINK(1)"
STEPS = ("factors", "candidates", "plan")

TINY: dict[str, list[Row]] = {
    "enterprises": [
        {"id": "mill", "name": "Mill", "name_zh": "磨坊"},
        {"id": "yard", "name": "Yard", "name_zh": ""},
    ],
    "resources": [{"id": "grit", "name": "Grit", "kind": "material", "unit": "t"}],
    "flows": [
        {"id": "dust", "source": "mill", "target": "@disposal", "amount": 1000, "unit_cost": 20},
        {"id": "sand", "source": "@supply", "target": "yard", "amount": 800, "unit_cost": 100},
    ],
    "factors": [
        {"boundary": "@supply", "indicator": "gwp100", "value": 0.1, "unit": "t CO2e/t"},
        {"boundary": "@disposal", "indicator": "gwp100", "value": 0.02, "unit": "t CO2e/t"},
    ],
    "distances": [{"source": "mill", "target": "yard", "distance_km": 10}],
}
HEADING = 'title = "Tiny"\nregion = "Guizhou"\n'


def written(folder: Path, changes: dict[str, list[Row]] | None = None, toml: str = HEADING) -> Path:
    """Write the tiny park as a user would, tables of `changes` in place of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in {**TINY, **(changes or {})}.items():
        if name in ("flows", "factors"):
            rows = [{"resource": "grit", "unit": "t", **row} for row in rows]
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    if toml:
        (folder / "park.toml").write_text(toml, encoding="utf-8")
    return folder


def run(*arguments: object) -> Result:
    """Run a command in this process; an unexpected exception is a failure, not an exit status."""
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def answer(*arguments: object) -> Any:
    """Return the JSON document of a command that succeeds."""
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def refusal(*arguments: object) -> str:
    """Return the message of a command that refuses; it says nothing on standard output."""
    result = run(*arguments)
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    said = [line for line in result.stderr.splitlines() if not line.startswith("... ")]
    assert said
    assert "Traceback" not in result.stderr
    return "\n".join(said)


def started(*arguments: object, **options: Any) -> "subprocess.Popen[str]":
    """Start a command as its own process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(
        [sys.executable, "-m", "symbiosis.cli", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
        **options,
    )


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return written(tmp_path / "tiny")


@pytest.fixture
def scenario(tmp_path: Path) -> Iterator[Any]:
    def write(text: str) -> Path:
        file = tmp_path / "scenario.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write  # type: ignore[return-value]


class Matched(NamedTuple):
    """What `match qiannan` left."""

    folder: Path
    stdout: str
    stderr: str
    summary: Json
    exchanges: pd.DataFrame


@pytest.fixture(scope="module")
def qiannan(tmp_path_factory: pytest.TempPathFactory) -> Matched:
    folder = tmp_path_factory.mktemp("qiannan") / "new" / "out"
    process = started("match", "qiannan", "--output", folder, "--format", "json")
    stdout, stderr = process.communicate(timeout=120)
    assert process.returncode == 0, stderr
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return Matched(folder, stdout, stderr, summary, pd.read_csv(folder / "exchanges.csv"))


# --- match on the shipped park ------------------------------------------------------------------


def test_json_is_one_document_on_standard_output_and_progress_on_standard_error(
    qiannan: Matched,
) -> None:
    assert json.loads(qiannan.stdout) == qiannan.summary
    assert qiannan.stdout.startswith("{")
    for step in STEPS:
        assert f"... {step}" in qiannan.stderr
    assert "Traceback" not in qiannan.stderr
    assert "Warning" not in qiannan.stderr


def test_the_output_folder_holds_what_the_contract_names(qiannan: Matched) -> None:
    assert {path.name for path in qiannan.folder.iterdir()} >= FILES
    assert [path.name for path in qiannan.folder.parent.iterdir()] == ["out"]
    assert qiannan.summary.keys() >= SUMMARY_KEYS
    assert {"flows.csv", "enterprises.csv", "park.toml"} <= {
        path.name for path in (qiannan.folder / "park").iterdir()
    }


def test_exchanges_have_the_columns_of_the_contract(qiannan: Matched) -> None:
    missing = [c for c in EXCHANGE_COLUMNS if c not in qiannan.exchanges]

    assert missing == []
    assert len(qiannan.exchanges) == qiannan.summary["exchanges"] > 20
    assert qiannan.exchanges["internal"].dtype == bool


def test_other_tables_have_their_columns(qiannan: Matched) -> None:
    flows = pd.read_csv(qiannan.folder / "flows.csv")
    alone = pd.read_csv(qiannan.folder / "candidates.csv")
    rejected = pd.read_csv(qiannan.folder / "rejected.csv")

    assert {"id", "source", "target", "resource", "before", "after"} <= {*flows.columns}
    assert {"offer", "pathway", "demand", "cost_net", "gwp100_net"} <= {*alone.columns}
    assert len(alone) == qiannan.summary["candidates"]
    assert {"offer", "pathway", "demand", "reason"} <= {*rejected.columns}
    assert rejected["reason"].str.len().min() > 5


def test_the_summary_says_the_same_of_the_park_in_all_its_parts(qiannan: Matched) -> None:
    found = qiannan.summary
    for name in ("cost", "gwp100"):
        change = found["before"][name] - found["after"][name]
        assert found["saving"][name] == pytest.approx(change, rel=1e-9)
        assert found["saving_low"][name] <= found["saving"][name] <= found["saving_high"][name]
        for when in ("before", "after"):
            firms = sum(firm[when][name] for firm in found["enterprises"].values())
            assert firms == pytest.approx(found[when][name], rel=1e-9)
        assert 0 < found["coverage"][name] <= 1
    assert found["saving"]["cost"] > 0
    assert found["objective"]["after"] == pytest.approx(found["after"]["cost"], rel=1e-12)
    assert found["bound"] <= found["objective"]["after"] * (1 - 1e-9) or found["gap"] <= 1e-6
    assert found["status"] == "optimal"
    assert found["versions"]["symbiosis"]
    assert found["settings"]["objective"] == "cost"


@pytest.mark.parametrize("indicator", ["cost", "gwp100"])
def test_parts_add_up_to_nets_sides_to_nets_and_nets_to_the_saving(
    qiannan: Matched, indicator: str
) -> None:
    table, found = qiannan.exchanges, qiannan.summary
    net = table[f"{indicator}_net"]
    size = table[[f"{indicator}_{part}" for part in PARTS]].abs().sum(axis=1)

    parts = table[[f"{indicator}_{part}" for part in PARTS]].sum(axis=1)
    sides = table[[f"{indicator}_{side}" for side in SIDES]].sum(axis=1)

    assert ((parts - net).abs() <= 1e-9 * size).all()
    assert ((sides - net).abs() <= 1e-9 * size).all()
    by = found["saving_by"]
    assert by["exchanges"][indicator] == pytest.approx(net.sum(), rel=1e-9)
    total = by["exchanges"][indicator] + by["other"][indicator]
    assert total == pytest.approx(found["saving"][indicator], rel=1e-9)
    other = pd.read_csv(qiannan.folder / "changes.csv")[f"{indicator}_net"].sum()
    assert other == pytest.approx(by["other"][indicator], abs=1e-6 * size.sum())


def test_burdens_are_negative_and_savings_positive(qiannan: Matched) -> None:
    table = qiannan.exchanges

    for burden in ("processing", "transport", "capital"):
        assert (table[f"cost_{burden}"] <= 0).all()
    assert (table["cost_avoided_purchase"] >= -1e-6).all()
    assert (table["investment"] >= 0).all()
    assert (table["taken"] > 0).all()


def test_flows_before_and_after_are_those_of_the_parks(qiannan: Matched) -> None:
    flows = pd.read_csv(qiannan.folder / "flows.csv").set_index("id")
    after = read_park(qiannan.folder / "park", shipped()).flows.set_index("id")["amount"]

    assert flows["after"].reindex(after.index).tolist() == after.tolist()
    gone = flows.loc[~flows.index.isin(after.index), "after"]
    assert (gone == 0).all()


def test_the_written_park_scores_exactly_as_the_summary_says(qiannan: Matched) -> None:
    scored = answer("score", qiannan.folder / "park")

    after = qiannan.summary["after"]
    assert scored["cost"] == pytest.approx(after["cost"], rel=1e-12)
    assert scored["gwp100"] == pytest.approx(after["gwp100"], rel=1e-12)
    for what in ("bought", "discarded", "emitted"):
        assert scored[what].keys() == after[what].keys()
        assert scored[what] == pytest.approx(after[what], rel=1e-12)


def test_matching_the_written_park_again_saves_nothing(qiannan: Matched) -> None:
    again = answer("match", qiannan.folder / "park")

    saved = qiannan.summary["objective"]["before"] - qiannan.summary["objective"]["after"]
    assert saved > 0
    assert abs(again["saving"]["cost"]) <= 1e-6 * saved


def test_the_written_park_is_valid_and_keeps_the_settings(qiannan: Matched) -> None:
    document = answer("check", qiannan.folder / "park")

    assert document["flows"] > 355
    toml = (qiannan.folder / "park" / "park.toml").read_text(encoding="utf-8")
    for name in qiannan.summary["settings"]:
        assert name in toml


def test_the_report_stands_alone_and_speaks_both_languages(qiannan: Matched) -> None:
    report = (qiannan.folder / "report.html").read_text(encoding="utf-8")

    assert "Phosphogypsum" in report or "phosphogypsum" in report
    assert "磷石膏" in report
    page = re.sub(r"<script.*?</script>", "", report, flags=re.DOTALL)
    for outside in ('src="http', "src='http", "@import", 'src="//', "url(http"):
        assert outside not in page
    assert not re.search(r"<script[^>]*\bsrc=", report)
    assert not re.search(r'<link[^>]*\bhref="(?!data:)', page)


# --- every command prints a table and a document ------------------------------------------------


@pytest.mark.parametrize(
    ("command", "language"),
    [
        (("match",), "en"),
        (("match",), "zh"),
        (("check",), "en"),
        (("score",), "zh"),
        (("explain", "dust", "sand"), "en"),
        (("explain", "dust", "sand"), "zh"),
    ],
)
def test_a_command_prints_a_table_in_each_language(
    tiny: Path, command: tuple[str, ...], language: str
) -> None:
    name, *ends = command

    result = run(name, tiny, *ends, "--language", language)

    assert result.exit_code == 0, result.stderr
    assert len(result.stdout.splitlines()) >= 3
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in result.stdout)
    assert chinese == (language == "zh") or "磨坊" in result.stdout


@pytest.mark.parametrize(
    ("command", "keys"),
    [
        (("match",), SUMMARY_KEYS),
        (("check",), {"gaps", "balance"}),
        (("score",), {"cost", "gwp100", "bought", "discarded", "emitted"}),
        (("explain", "dust", "sand"), {"pairs", "nearest"}),
    ],
)
def test_a_command_prints_one_document(
    tiny: Path, command: tuple[str, ...], keys: set[str]
) -> None:
    name, *ends = command

    assert answer(name, tiny, *ends).keys() >= keys


def test_a_document_is_the_same_in_any_language(tiny: Path) -> None:
    english, chinese = (
        run("explain", tiny, "dust", "sand", "--format", "json", "--language", language).stdout
        for language in ("en", "zh")
    )

    assert english == chinese


def test_datasets_lists_what_ships() -> None:
    document = answer("datasets")

    parks = {park["name"]: park for park in document["parks"]}
    assert parks["qiannan"]["enterprises"] >= 15
    assert parks["qiannan"]["licence"]
    assert "qiannan" in run("datasets").stdout


def test_the_tiny_park_is_matched_by_hand(tiny: Path) -> None:
    found = answer("match", tiny, "--set", "transport_cost=0.5")

    # 800 t over 10 km: 800 x (100 + 20) - 8000 t km x 0.5
    assert found["saving"]["cost"] == pytest.approx(800 * 120 - 4000, rel=1e-12)
    assert found["before"]["cost"] == pytest.approx(1000 * 20 + 800 * 100)
    assert found["after"]["bought"]["grit"] == 0
    assert found["after"]["discarded"]["grit"] == pytest.approx(200)
    assert "transport_road" not in found["after"]["bought"]


# --- what is wrong is refused -------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("match",),
        ("match", "qiannan", "--format", "xml"),
        ("match", "qiannan", "--nosuch"),
        ("match", "qiannan", "--language", "fr"),
        ("explain", "qiannan", "offer"),
        ("nosuch",),
        ("check", "a", "b"),
    ],
)
def test_wrong_usage_has_exit_status_two(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error" in result.stderr


def test_an_unknown_park_is_refused_with_a_suggestion() -> None:
    for command in (("match",), ("check",), ("score",), ("explain",)):
        ends = ("a", "b") if command == ("explain",) else ()
        message = refusal(*command, "qianan", *ends)
        assert "no such park" in message
        assert "did you mean 'qiannan'?" in message


def test_a_malformed_park_is_refused_by_file_row_and_column(tmp_path: Path) -> None:
    park = written(tmp_path / "bad", {"flows": [{**TINY["flows"][0], "target": "yrd"}]})

    message = refusal("check", park)

    assert "flows.csv, row 2, target" in message
    assert "yrd" in message
    assert "yard" in message


@pytest.mark.parametrize(
    ("assignment", "said"),
    [
        ("nosuch=1", "unknown setting 'nosuch'"),
        ("carbon_prise=1", "carbon_price"),
        ("carbon_price", "not key=value"),
        ("carbon_price=dear", "'dear' is not a number"),
        ("heat_min_approach=-5", "out of range"),
        ("objective=cost gwp100", "objective"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(tiny: Path, assignment: str, said: str) -> None:
    message = refusal("match", tiny, "--set", assignment)

    assert said in message
    assert "--set" in message


def test_an_objective_that_no_factor_knows_is_refused(tiny: Path) -> None:
    message = refusal("match", tiny, "--set", "objective=gwp10")

    assert "gwp10" in message
    assert "gwp100" in message


def test_an_indicator_that_no_factor_knows_is_refused(tiny: Path) -> None:
    assert "watr" in refusal("score", tiny, "--set", 'indicators=["watr"]')


@pytest.mark.parametrize(
    ("offer", "demand", "said"),
    [
        ("dust", "sandd", "did you mean 'sand'?"),
        ("dst", "sand", "did you mean 'dust'?"),
        ("sand", "sand", "'sand' is no offer"),
        ("dust", "dust", "'dust' is no demand"),
    ],
)
def test_explain_refuses_ends_that_are_not_there(
    tiny: Path, offer: str, demand: str, said: str
) -> None:
    assert said in refusal("explain", tiny, offer, demand)


# --- explain ------------------------------------------------------------------------------------


def test_explain_gives_each_rule_its_figures(tmp_path: Path) -> None:
    far = [{"source": "mill", "target": "yard", "distance_km": 4000}]
    park = written(tmp_path / "far", {"distances": far})

    pair = answer("explain", park, "mill", "yard")["pairs"][0]

    assert (pair["offer"], pair["pathway"], pair["demand"]) == ("dust", "identity", "sand")
    assert pair["passes"] is False
    assert pair["taken"] == 0
    failed = [rule for rule in pair["rules"] if not rule["passes"]]
    assert [(rule["rule"], rule["value"]) for rule in failed] == [("reach", 4000.0)]
    assert failed[0]["limit"] < 4000
    assert "4,000" in failed[0]["text"]
    table = run("explain", park, "dust", "sand")
    assert "NO " in table.stdout
    assert "4,000" in table.stdout


def test_explain_says_so_where_no_pathway_joins_two_ends(tiny: Path) -> None:
    document = answer("explain", tiny, "mill", "mill")

    assert document["pairs"] == []
    assert document["nearest"] is None
    assert "No pathway joins them" in run("explain", tiny, "mill", "mill").stdout


def test_explain_on_the_shipped_park_names_the_quality_that_fails() -> None:
    ends = pd.read_csv(ROOT / "datasets" / "parks" / "qiannan" / "enterprises.csv")["id"]
    board = next(end for end in ends if "board" in end)

    pairs = answer("explain", "qiannan", "wengan_phosphate", board)["pairs"]

    plaster = [p for p in pairs if p["pathway"] == "phosphogypsum_to_plaster"]
    failed = {r["item"]: r for p in plaster for r in p["rules"] if not r["passes"]}
    assert "soluble_p2o5" in failed
    assert failed["soluble_p2o5"]["value"] > failed["soluble_p2o5"]["limit"] > 0


# --- limits -------------------------------------------------------------------------------------


def limit(**keys: object) -> str:
    lines = (f"{k} = {json.dumps(v)}" for k, v in keys.items())
    return "\n".join(["[[limits]]", *lines, ""])


def grit_taken(document: Json) -> float:
    return 1000 - float(document["after"]["discarded"]["grit"])


def test_a_forbidden_exchange_is_not_proposed(tiny: Path, scenario: Any) -> None:
    file = scenario(limit(scope="dust>identity>sand", measure="taken", maximum=0))

    found = answer("match", tiny, "--scenario", file)

    assert found["exchanges"] == 0
    assert found["saving"] == {"cost": 0, "gwp100": 0}


def test_a_capped_exchange_stops_at_its_cap(tiny: Path, scenario: Any) -> None:
    file = scenario(limit(scope="dust>identity>sand", measure="taken", maximum=300))

    assert grit_taken(answer("match", tiny, "--scenario", file)) == pytest.approx(300)


def test_a_forced_exchange_is_made_at_a_loss(tiny: Path, scenario: Any) -> None:
    file = scenario(limit(scope="yard", measure="taken", minimum=500))
    dear = ("--set", "transport_cost=100")

    assert answer("match", tiny, *dear)["exchanges"] == 0
    found = answer("match", tiny, *dear, "--scenario", file)

    assert grit_taken(found) == pytest.approx(500)
    assert found["saving"]["cost"] == pytest.approx(500 * (120 - 1000))


@pytest.mark.parametrize(
    "quota",
    [
        {"scope": "park", "resource": "grit", "maximum": 400},
        {"scope": "mill", "maximum": 0.4, "share_of": "discarded"},
    ],
)
def test_a_quota_on_what_is_discarded_is_met_at_a_loss(
    tiny: Path, scenario: Any, quota: Row
) -> None:
    file = scenario(limit(measure="discarded", **quota))

    found = answer("match", tiny, "--set", "transport_cost=100", "--scenario", file)

    assert found["after"]["discarded"]["grit"] == pytest.approx(400)


def test_an_indicator_can_be_limited(tiny: Path, scenario: Any) -> None:
    free = answer("match", tiny, "--set", "transport_cost=100")
    file = scenario(limit(measure="gwp100", maximum=80))

    found = answer("match", tiny, "--set", "transport_cost=100", "--scenario", file)

    assert free["after"]["gwp100"] == pytest.approx(100)
    assert found["after"]["gwp100"] == pytest.approx(80)


def test_limits_that_contradict_are_refused_and_nothing_is_written(
    tiny: Path, scenario: Any, tmp_path: Path
) -> None:
    file = scenario(limit(measure="discarded", resource="grit", maximum=100))
    standing = {path.name for path in tmp_path.iterdir()}

    message = refusal("match", tiny, "--scenario", file, "--output", tmp_path / "a" / "out")

    assert len(message.splitlines()) == 1
    assert "limits" in message
    assert {path.name for path in tmp_path.iterdir()} == standing


def test_limits_that_contradict_are_refused_as_json_too(tiny: Path, scenario: Any) -> None:
    both = limit(id="a", measure="taken", minimum=500) + limit(id="b", measure="taken", maximum=1)

    refusal("match", tiny, "--scenario", scenario(both), "--format", "json")


def test_a_limit_on_what_is_not_there_is_refused(tiny: Path, scenario: Any) -> None:
    message = refusal(
        "match", tiny, "--scenario", scenario(limit(scope="yrd", measure="taken", maximum=1))
    )

    assert "yrd" in message
    assert "yard" in message


# --- changes ------------------------------------------------------------------------------------


def change(**keys: object) -> str:
    lines = (f"{k} = {json.dumps(v)}" for k, v in keys.items())
    return "\n".join(["[[changes]]", *lines, ""])


def test_a_change_puts_a_value_multiplies_or_removes(tiny: Path, scenario: Any) -> None:
    valued = change(table="flows", id="dust", column="amount", value=600)
    doubled = change(table="flows", id="sand", column="unit_cost", times=2)

    found = answer("score", tiny, "--scenario", scenario(valued + doubled))

    assert found["cost"] == pytest.approx(600 * 20 + 800 * 200)
    removed = scenario(change(table="flows", id="dust", remove=True))
    assert answer("match", tiny, "--scenario", removed)["exchanges"] == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (change(table="flows", id="dusk", column="amount", value=1), "dusk"),
        (change(table="flow", id="dust", column="amount", value=1), "flows"),
        (change(table="flows", id="dust", column="amont", value=1), "amount"),
        (change(table="flows", id="dust", column="amount", value="much"), "much"),
        (change(table="flows", id="dust", column="amount", value=-5), "-5"),
        (change(table="flows", id="dust", column="target", value="nowhere"), "nowhere"),
        (change(table="enterprises", id="yard", remove=True), "yard"),
        ("[settings]\ncarbon_prise = 1\n", "carbon_price"),
        ("[setings]\ncarbon_price = 1\n", "settings"),
        ("not toml", "TOML"),
    ],
)
def test_a_scenario_that_does_not_fit_the_park_is_refused(
    tiny: Path, scenario: Any, text: str, said: str
) -> None:
    assert said in refusal("match", tiny, "--scenario", scenario(text))


def test_settings_of_the_command_win_over_the_scenario_and_this_over_the_park(
    tmp_path: Path, scenario: Any
) -> None:
    park = written(tmp_path / "set", toml=HEADING + "[settings]\ncarbon_price = 1\nseed = 5\n")
    file = scenario("[settings]\ncarbon_price = 2\nmip_gap = 0.01\n")

    found = answer("match", park, "--scenario", file, "--set", "carbon_price=3")

    settings = found["settings"]
    assert (settings["seed"], settings["mip_gap"], settings["carbon_price"]) == (5, 0.01, 3)
    assert found["carbon_payment"] == pytest.approx(3 * found["after"]["gwp100"])
    assert "3" in found["objective"]["expression"]
    total = found["after"]["cost"] + 3 * found["after"]["gwp100"]
    assert found["objective"]["after"] == pytest.approx(total)


def test_a_removed_flow_takes_its_qualities_with_it_or_is_refused_by_name(
    tmp_path: Path, scenario: Any
) -> None:
    quality = [{"flow": "dust", "property": "moisture", "value": 0.1}]
    park = written(tmp_path / "quality", {"qualities": quality})
    file = scenario(change(table="flows", id="dust", remove=True))

    result = run("score", park, "--scenario", file)

    assert result.exit_code == 0 or "qualities" in result.stderr


# --- parks of every form ------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["parquet", "workbook"])
def test_a_workbook_or_parquet_park_is_matched_like_its_folder(
    tiny: Path, tmp_path: Path, form: str
) -> None:
    park = read_park(tiny, shipped())
    other = tmp_path / ("park.xlsx" if form == "workbook" else "other")
    write_park(park, other, form="csv" if form == "workbook" else "parquet")

    found, expected = answer("match", other), answer("match", tiny)

    assert found["after"] == expected["after"]
    assert found["exchanges"] == expected["exchanges"] == 1


def test_a_park_without_heading_uses_the_national_grid(tmp_path: Path) -> None:
    flows = [{"id": "power", "source": "@supply", "target": "mill", "resource": "electricity"}]
    flows[0] |= {"amount": "1000", "unit": "MWh"}
    park = written(tmp_path / "plain", {"flows": flows}, toml="")

    national = answer("score", park)
    (park / "park.toml").write_text('region = "Inner Mongolia"\n', encoding="utf-8")
    provincial = answer("score", park)

    assert 300 < national["gwp100"] < 900  # t CO2e of 1000 MWh, the national mix
    assert provincial["gwp100"] > national["gwp100"]


def test_another_currency_restates_the_prices_of_the_catalogue(tmp_path: Path) -> None:
    flows = [{"id": "power", "source": "@supply", "target": "mill", "resource": "electricity"}]
    flows[0] |= {"amount": "1000", "unit": "MWh"}
    park = written(tmp_path / "money", {"flows": flows})
    yuan = answer("score", park)

    (park / "park.toml").write_text(HEADING + 'currency = "USD"\n', encoding="utf-8")
    dollars = answer("score", park)

    assert dollars["currency"] == "USD"
    assert 5 < yuan["cost"] / dollars["cost"] < 9
    assert dollars["gwp100"] == pytest.approx(yuan["gwp100"])
    assert "USD/a" in run("score", park).stdout


def test_a_currency_without_a_rate_is_a_gap_and_its_own_prices_still_count(
    tmp_path: Path,
) -> None:
    park = written(tmp_path / "rare", toml=HEADING + 'currency = "XAU"\n')

    found = answer("match", park, "--set", "transport_cost=0.5")

    assert found["saving"]["cost"] == pytest.approx(800 * 120 - 4000)


def test_names_that_look_like_markup_or_formulas_do_no_harm(tmp_path: Path) -> None:
    firms = [{"id": "mill", "name": SCRIPT, "name_zh": SCRIPT}, {"id": "yard", "name": FORMULA}]
    grit = [{"id": "grit", "name": f"{SCRIPT} grit", "kind": "material", "unit": "t"}]
    park = written(
        tmp_path / "odd",
        {"enterprises": firms, "resources": grit},
        f'title = "{SCRIPT} [bold]"\n',
    )

    output = tmp_path / "out"
    result = run("match", park, "--output", output)

    assert result.exit_code == 0
    assert "[bold]" in result.stdout or SCRIPT[:8] in result.stdout
    report = (output / "report.html").read_text(encoding="utf-8")
    assert "alert('x')</script>" not in report
    assert "<script>alert" not in report
    after = read_park(output / "park", shipped())
    assert after.enterprises["name"].tolist() == [SCRIPT, FORMULA]
    for table in output.glob("*.csv"):
        with table.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "@HYP", "+H"))], table.name


# --- the output folder --------------------------------------------------------------------------


def test_a_plan_without_exchanges_is_written_too(tiny: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"

    result = run("match", tiny, "--set", "transport_cost=100", "--output", output)

    assert result.exit_code == 0
    assert {path.name for path in output.iterdir()} >= FILES
    assert pd.read_csv(output / "exchanges.csv").columns.tolist()[:2] == ["offer", "demand"]


def test_output_is_written_over_an_earlier_output(tiny: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert run("match", tiny, "--output", output).exit_code == 0

    assert run("match", tiny, "--set", "transport_cost=100", "--output", output).exit_code == 0

    assert json.loads((output / "summary.json").read_text(encoding="utf-8"))["exchanges"] == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_output_does_not_destroy_what_a_user_put_beside_it(tiny: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert run("match", tiny, "--output", output).exit_code == 0
    (output / "notes.txt").write_text("mine", encoding="utf-8")

    run("match", tiny, "--output", output)  # refused or not

    assert (output / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("kind", ["folder", "file", "park", "below a file"])
def test_an_output_folder_that_holds_something_else_is_refused(
    tiny: Path, tmp_path: Path, kind: str
) -> None:
    output = tmp_path / "mine"
    if kind == "folder":
        output.mkdir()
        (output / "letter.txt").write_text("mine", encoding="utf-8")
    elif kind == "park":
        shutil.copytree(tiny, output)
    else:
        output.write_text("mine", encoding="utf-8")
    chosen = output / "out" if kind == "below a file" else output
    standing = sorted(path.name for path in tmp_path.rglob("*"))

    refusal("match", tiny, "--output", chosen)

    assert sorted(path.name for path in tmp_path.rglob("*")) == standing


@pytest.mark.parametrize("moment", ["... plan", "... files"])
def test_ctrl_c_leaves_a_whole_folder_or_none(tiny: Path, moment: str) -> None:
    output = tiny.parent / "deep" / "out"
    process = started("match", tiny, "--output", output)
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(moment):
            break
    time.sleep(0.01)  # in the middle of it

    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)

    assert "Traceback" not in stderr
    if process.returncode == 0:  # a fast machine was done before the signal came
        assert moment == "... files"
        assert (output / "report.html").is_file()
    else:
        assert [p.name for p in output.parent.parent.glob("deep/**/*")] == []


# --- starting up --------------------------------------------------------------------------------


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from symbiosis.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(sorted(set(sys.modules) & {'pandas', 'numpy', 'scipy', 'networkx', 'bw2calc',"
        " 'plotly', 'streamlit', 'highspy', 'pint'}), file=sys.stderr)\n"
    )
    for arguments in (["--help"], ["match", "--help"], ["--version"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=True,
        )
        assert done.stderr.strip() == "[]", arguments
        assert done.stdout


def test_help_names_every_command() -> None:
    text = run("--help").stdout

    for command in ("match", "check", "explain", "score", "datasets", "explore"):
        assert command in text
        assert run(command, "--help").exit_code == 0


def test_json_of_the_shipped_park_is_printed_without_bright_noise() -> None:
    process = started("score", "qiannan", "--format", "json")
    stdout, stderr = process.communicate(timeout=60)

    assert process.returncode == 0
    assert json.loads(stdout)["cost"]
    assert stderr == ""
