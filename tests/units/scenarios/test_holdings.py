"""What ships, counted."""

from pathlib import Path

import pytest

from symbiosis.catalogue import datasets_folder, park_folder, shipped_parks
from symbiosis.lca import read_inventory
from symbiosis.scenarios import park_holdings, shipped
from tests.matching_parks import shipped as shipped_catalogue

PARK = {
    "enterprises.csv": "id,name\na,A\nb,B\n",
    "processes.csv": "id,enterprise\na1,a\na2,a\nb1,b\n",
    "resources.csv": "id,name,kind,unit\ngrit,Grit,material,t\n",
    "flows.csv": (
        "id,source,target,resource,amount,unit,low,high,status,grade,citation\n"
        "within,a1,a2,grit,1,t,,,existing,derived,x\n"
        "between,a1,b1,grit,2,t,,,existing,derived,x\n"
        "planned,a2,b1,grit,3,t,,,proposed,secondary,x\n"
        "out,b1,@disposal,grit,4,t,3,5,existing,unverified,x\n"
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in PARK.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_link_goes_between_enterprises_and_exists(folder: Path) -> None:
    held = park_holdings(folder, shipped_catalogue())

    assert held["links"] == 1
    assert (held["enterprises"], held["processes"], held["flows"]) == (2, 3, 4)


def test_shares_of_grades_stand_best_first_and_add_up(folder: Path) -> None:
    shares = park_holdings(folder, shipped_catalogue())["grade_shares"]

    assert shares == {"secondary": 0.25, "derived": 0.5, "unverified": 0.25}
    assert list(shares) == ["secondary", "derived", "unverified"]


def test_what_ships_names_every_park_and_counts_every_table() -> None:
    catalogue = shipped_catalogue()
    document = shipped(catalogue, read_inventory(datasets_folder() / "inventory"))

    assert [park["name"] for park in document["parks"]] == list(shipped_parks())
    assert document["catalogue"]["pathways"] == len(catalogue.pathways)
    assert document["catalogue"]["blueprints"] == len(catalogue.blueprints)
    assert document["catalogue_grades"]["pathway_flows"]["unverified"] < 1
    assert document["inventory"]["exchanges"] > 0
    assert park_holdings(park_folder("qiannan"), catalogue) in document["parks"]
