"""Resources of the catalogue as activities of an imported inventory."""

import csv
import json
from functools import cache
from pathlib import Path

import foreign_files as files
import pandas as pd
import pytest
from click.testing import CliRunner

from symbiosis.catalogue import datasets_folder, read_catalogue
from symbiosis.cli import main
from symbiosis.errors import InvalidData
from symbiosis.lca import factors, read_inventory
from symbiosis.lca.importing import Import, first_of, import_inventory, linked_factors

HEAD = ("boundary", "resource", "activity", "product", "location", "factor", "note")


@cache
def resources() -> pd.DataFrame:
    return read_catalogue().resources


def mapped(folder: Path, *rows: tuple[str, ...]) -> Import:
    path = folder / "links.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return import_inventory(
        [files.sheet_csv(folder / "toy.csv")],
        folder / "out",
        datasets=datasets_folder(),
        resources=resources(),
        mapping=path,
    )


def test_a_linked_resource_has_the_factor_of_its_activity_in_its_own_unit(tmp_path: Path) -> None:
    found = mapped(tmp_path, ("@supply", "quicklime", "", "quicklime", "", "", ""))
    table = linked_factors(read_inventory(tmp_path / "out"), "Guizhou")
    table = table[table["indicator"].eq("gwp100")]
    lime = (
        factors(found.inventory, "Guizhou", None).set_index("resource").loc["toy|" + files.LIME.key]
    )

    assert table["resource"].tolist() == ["quicklime"]
    assert table["unit"].tolist() == ["t CO2e/t"]
    assert table["value"].iloc[0] == pytest.approx(lime["value"] * 1000)


def test_energy_is_converted_and_a_factor_that_is_written_counts(tmp_path: Path) -> None:
    found = mapped(
        tmp_path,
        ("@supply", "electricity", "power plant, coal", "", "", "", ""),
        ("@supply", "coal", files.COAL.name, "", "", "900", "washed"),
    )
    rows = found.inventory.exchanges.set_index("activity")["amount"]

    assert rows["link:@supply:electricity:Guizhou"] == 1000.0
    assert rows["link:@supply:coal:GLO"] == 900.0


def test_a_location_that_is_not_there_falls_back_to_a_wider_one(tmp_path: Path) -> None:
    found = mapped(tmp_path, ("@supply", "coal", "", "coal", "CN-YN", "", ""))

    assert found.mapping["status"].iloc[0] == "linked"
    assert "link:@supply:coal:GLO" in set(found.inventory.activities["id"])


def test_a_treatment_is_linked_at_disposal_and_its_factor_is_a_burden(tmp_path: Path) -> None:
    mapped(tmp_path, ("@disposal", "filter_residue", "", "lime waste", "", "", ""))
    table = pd.read_csv(tmp_path / "out" / "factors.csv", keep_default_na=False)
    table = table[table["indicator"].eq("gwp100")]

    assert table[["boundary", "resource", "region"]].to_numpy().tolist() == [
        ["@disposal", "filter_residue", ""]
    ]
    assert float(table["value"].iloc[0]) > 0


def test_what_is_not_found_is_listed_with_what_is_called_like_it(tmp_path: Path) -> None:
    found = mapped(tmp_path, ("@supply", "quicklime", "", "quick lime", "", "", ""))
    row = found.mapping.iloc[0]

    assert row["status"] == "unmatched"
    assert "lime kiln | quicklime {CN}" in row["suggestions"]
    assert found.document["counts"]["unmatched"] == 1


def test_a_mapping_that_makes_no_sense_names_every_row(tmp_path: Path) -> None:
    with pytest.raises(InvalidData) as told:
        mapped(
            tmp_path,
            ("@suply", "quicklime", "", "quicklime", "", "", ""),
            ("@supply", "quicklyme", "", "quicklime", "", "", ""),
            ("@supply", "coal", "", "coal", "", "-1", ""),
        )

    assert [problem.where for problem in told.value.problems] == [
        *("links.csv, row 2, boundary", "links.csv, row 3, resource", "links.csv, row 4, factor")
    ]
    assert "did you mean 'quicklime'" in str(told.value)


def test_units_that_do_not_fit_ask_for_a_factor(tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match="give the factor: kWh of the activity per t"):
        mapped(tmp_path, ("@supply", "limestone", "", "electricity", "", "", ""))


def test_a_draft_is_edited_and_read_again(tmp_path: Path) -> None:
    arguments = [str(files.sheet_csv(tmp_path / "toy.csv")), "--output", str(tmp_path / "out")]
    first = CliRunner().invoke(main, ["import", *arguments])
    draft = pd.read_csv(tmp_path / "out" / "mapping.csv", dtype=str, keep_default_na=False)
    asked = draft["resource"].eq("quicklime") & draft["boundary"].eq("@supply")
    draft.loc[asked, "product"] = "quicklime"
    draft.to_csv(tmp_path / "out" / "mapping.csv", index=False)
    again = CliRunner().invoke(main, ["import", *arguments, "--format", "json"])

    assert (first.exit_code, again.exit_code) == (0, 0), first.output + again.output
    assert not draft["product"].iloc[0]
    assert "quicklime" in draft.loc[asked, "suggestions"].iloc[0]
    document = json.loads(again.stdout)
    assert document["counts"]["linked"] == 1
    assert document["files"][0]["kind"] == "csv"
    assert json.loads((tmp_path / "out" / "import.json").read_text()) == document
    kept = pd.read_csv(tmp_path / "out" / "mapping.csv", dtype=str, keep_default_na=False)
    assert len(kept) == len(draft)


def test_a_command_that_fails_says_why_in_one_message(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["import", "nothing.zip", "--output", str(tmp_path / "out")])

    assert done.exit_code == 1
    assert "nothing.zip: no such file or folder" in done.stderr
    assert not (tmp_path / "out").exists()


def test_of_several_inventories_the_first_that_knows_a_factor_counts() -> None:
    key = {"boundary": "@supply", "indicator": "gwp100"}
    mine = pd.DataFrame([{**key, "resource": "coal", "value": 1.0}])
    theirs = pd.DataFrame(
        [{**key, "resource": "coal", "value": 2.0}, {**key, "resource": "clay", "value": 3.0}]
    )

    assert first_of(mine, theirs)["value"].tolist() == [1.0, 3.0]
