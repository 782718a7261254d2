from pathlib import Path

import pytest

from symbiosis.catalogue import park_folder
from symbiosis.errors import InvalidData
from symbiosis.io.provenance import read_provenance


def test_figures_and_sources_of_a_park_are_read_with_their_numbers() -> None:
    found = read_provenance(park_folder("qiannan"))

    assert found.figures["value"].dtype == "float64"
    assert {"flows", "qualities", "enterprises"} <= set(found.figures["table"])
    assert found.sources.set_index("id")["title"]["stoichiometry"].startswith("Stoichiometry")


def test_a_park_that_says_nothing_of_its_figures_is_no_error(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "park.xlsx"):
        found = read_provenance(place)

        assert (len(found.figures), len(found.sources)) == (0, 0)


def test_columns_that_may_be_left_out_are_blank(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text("id,title\nS1,A paper\n", encoding="utf-8")

    assert read_provenance(tmp_path).sources.iloc[0].to_dict() == {
        "id": "S1",
        "title": "A paper",
        "address": "",
        "year": "",
        "access": "",
    }


def test_every_problem_of_both_files_is_listed_with_its_place(tmp_path: Path) -> None:
    rows = "table,id,column,value,low\nflows,a,amount,many,1\nflows,b,amount,2,few\n"
    (tmp_path / "figures.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "sources.csv").write_text("id,address\nS1,x\n", encoding="utf-8")

    with pytest.raises(InvalidData) as caught:
        read_provenance(tmp_path)

    assert str(caught.value).splitlines() == [
        "figures.csv, row 2, value: 'many' is no number (write a number)",
        "figures.csv, row 3, low: 'few' is no number (write a number)",
        "sources.csv: no column 'title' (add it to the header row)",
    ]
