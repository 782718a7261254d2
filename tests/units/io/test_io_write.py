import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
import python_calamine

from symbiosis.errors import InvalidData
from symbiosis.io import park_of, read_park, settings_mapping, write_park
from symbiosis.model import Park, Settings
from tests.strategies import CATALOGUE


@pytest.fixture
def park() -> Park:
    return park_of(
        {
            "enterprises": [{"id": "a", "name": "=1+1"}],
            "resources": [{"id": "r", "name": "r", "kind": "material", "unit": "t"}],
            "flows": [
                {"id": "f", "source": "a", "target": "@stock", "resource": "r", "amount": 1 / 3,
                 "unit": "t"}
            ],
        },
        CATALOGUE,
        {"title": "T", "licence": "CC-BY-4.0", "sources": ["S"]},
    )  # fmt: skip


def test_a_folder_tells_all_its_settings_and_each_digit(park: Park, tmp_path: Path) -> None:
    write_park(park, tmp_path / "p")

    heading = tomllib.loads((tmp_path / "p" / "park.toml").read_text())
    assert heading["settings"] == settings_mapping(Settings())
    assert "0.3333333333333333," in (tmp_path / "p" / "flows.csv").read_text()
    assert "\r" not in (tmp_path / "p" / "flows.csv").read_bytes().decode()


def test_a_folder_is_a_data_package(park: Park, tmp_path: Path) -> None:
    write_park(park, tmp_path / "p")

    package = json.loads((tmp_path / "p" / "datapackage.json").read_text())

    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    assert package["sources"] == [{"title": "S"}]
    for resource in package["resources"]:
        header = (tmp_path / "p" / resource["path"]).read_text().splitlines()[0]
        assert [field["name"] for field in resource["schema"]["fields"]] == header.split(",")
    assert read_park(tmp_path / "p", CATALOGUE) == park


def test_nothing_is_left_beside_what_is_written(park: Park, tmp_path: Path) -> None:
    write_park(park, tmp_path / "p")
    write_park(park, tmp_path / "p")
    write_park(park, tmp_path / "p.xlsx")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["p", "p.xlsx"]


def test_a_park_may_change_its_form(park: Park, tmp_path: Path) -> None:
    write_park(park, tmp_path / "p", form="parquet")
    write_park(park, tmp_path / "p", form="csv")

    assert not list((tmp_path / "p").glob("*.parquet"))
    assert read_park(tmp_path / "p", CATALOGUE) == park


def test_a_workbook_holds_texts_and_no_formulas(park: Park, tmp_path: Path) -> None:
    write_park(park, tmp_path / "p.xlsx")

    book = python_calamine.CalamineWorkbook.from_path(tmp_path / "p.xlsx")
    assert book.get_sheet_by_name("enterprises").to_python()[1][:2] == ["a", "=1+1"]
    assert book.sheet_names[0] == "park"


def test_a_text_too_long_for_a_cell_is_told_and_nothing_is_written(
    park: Park, tmp_path: Path
) -> None:
    long = replace(park, enterprises=park.enterprises.assign(name="x" * 40_000))

    with pytest.raises(InvalidData, match="enterprises sheet, row 2, name: a text of 40000"):
        write_park(long, tmp_path / "p.xlsx")

    assert not list(tmp_path.iterdir())


def test_a_workbook_that_is_no_park_is_not_written_over(park: Park, tmp_path: Path) -> None:
    (tmp_path / "p.xlsx").write_text("mine")

    with pytest.raises(InvalidData, match="something other than a park"):
        write_park(park, tmp_path / "p.xlsx")

    assert (tmp_path / "p.xlsx").read_text() == "mine"


def test_an_empty_folder_may_be_filled(park: Park, tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()

    write_park(park, tmp_path / "p")

    assert read_park(tmp_path / "p", CATALOGUE) == park
