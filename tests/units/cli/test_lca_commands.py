import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from symbiosis.catalogue import datasets_folder, park_folder, read_catalogue
from symbiosis.cli import main
from symbiosis.cli.export import FORMATS
from symbiosis.cli.exported import WRITERS, exported
from symbiosis.io import read_park
from symbiosis.lca import read_inventory
from symbiosis.lca.export import datapackage
from symbiosis.reporting import write_outcome
from symbiosis.scenarios import planned, summary
from symbiosis.scenarios.exchange_flows import exchange_flows
from tests.units.lca.test_export import calculated


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output folder of a match, and in it what each exchange changes."""
    catalogue = read_catalogue()
    park = read_park(park_folder("harjavalta"), catalogue)
    outcome = planned(park, catalogue, read_inventory(datasets_folder() / "inventory"))
    output = tmp_path_factory.mktemp("match") / "metals"
    document = {**summary(outcome), "saving_low": {}, "saving_high": {}}
    write_outcome(outcome, document, output)
    exchange_flows(outcome).to_csv(output / "exchange_flows.csv", index=False)
    return output


def test_every_format_offered_has_a_writer() -> None:
    assert list(WRITERS) == list(FORMATS)


@pytest.mark.parametrize("linked", [True, False])
def test_a_folder_of_match_scores_what_its_summary_says(folder: Path, linked: bool) -> None:
    table = folder / "exchange_flows.csv"
    kept = table.read_bytes()
    if not linked:
        table.unlink()
    try:
        database = exported(str(folder)).database()
    finally:
        table.write_bytes(kept)

    told = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    package, position = datapackage(database), database.positions()
    for state in ("before", "after"):
        score = calculated(package, position[f"park/{state}"])
        assert score == pytest.approx(told[state]["gwp100"], rel=1e-10)
    with (folder / "exchanges.csv").open(encoding="utf-8", newline="") as file:
        exchanges = list(csv.DictReader(file))
    assert exchanges
    for row in exchanges:
        code = "/".join(("exchange", row["offer"], row["pathway"], row["demand"]))
        score = calculated(package, position[code])
        assert -score == pytest.approx(float(row["gwp100_net"]), rel=1e-8)


def test_export_writes_one_document_and_the_file(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.zip"

    done = run("export", folder, "--to", "openlca", "--output", path, "--format", "json")

    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["to"], told["database"]) == ("openlca", "metals")
    assert told["activities"]["exchange"] > 0
    assert path.stat().st_size > 10_000


def test_export_does_not_write_over_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("mine", encoding="utf-8")

    done = run("export", "harjavalta", "--to", "bw2io-csv", "--output", path)

    assert (done.exit_code, path.read_text(encoding="utf-8")) == (1, "mine")
    assert "is there already" in done.stderr


def test_a_wrong_format_is_told_with_all_there_are() -> None:
    done = run("export", "harjavalta", "--to", "excell")

    assert done.exit_code == 2
    assert all(name in done.stderr for name in FORMATS)


def test_a_broken_folder_of_match_is_one_message(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "park").symlink_to(folder / "park")
    (copy / "exchanges.csv").write_text("offer,pathway\na,b\n", encoding="utf-8")
    (copy / "flows.csv").write_text("id\n", encoding="utf-8")

    done = run("export", copy, "--to", "openlca", "--output", tmp_path / "x.zip")

    assert done.exit_code == 1
    assert "exchanges.csv: lacks" in done.stderr
    assert not (tmp_path / "x.zip").exists()


def test_factors_as_csv_json_and_table_are_the_same_rows() -> None:
    asked = ("factors", "--region", "Guizhou", "--year", "2023", "--indicator", "gwp100")
    rows = list(csv.DictReader(io.StringIO(run(*asked, "--format", "csv").stdout)))
    told = json.loads(run(*asked, "--format", "json").stdout)
    shown = run(*asked, "--language", "zh").stdout

    assert len(rows) == len(told) > 500
    assert [float(row["value"]) for row in rows] == [row["value"] for row in told]
    power = next(row for row in told if row["resource"] == "electricity")
    assert (power["region"], power["year"], power["grade"]) == ("Guizhou", 2023, "official")
    assert {"unverified_share", "citation", "low", "high", "unit"} <= set(power)
    assert len(shown.splitlines()) > len(rows)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--region", "Guizou"), "unknown region 'Guizou' (did you mean 'Guizhou'?)"),
        (("--indicator", "smell"), "unknown indicator 'smell'"),
        (("--convention", "x"), "unknown convention 'x'"),
        (("--inventory", "nowhere"), "activities.csv: cannot be read"),
    ],
)
def test_factors_of_nothing_known_is_one_message(arguments: tuple[str, str], message: str) -> None:
    done = run("factors", *arguments)

    assert done.exit_code == 1
    assert message in done.stderr
