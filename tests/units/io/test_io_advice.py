from pathlib import Path

import pytest

from symbiosis.errors import InvalidData
from symbiosis.io import park_of, read_park, write_tables
from symbiosis.model import Park
from tests.matching_parks import shipped


def advice(resource: str) -> str:
    """Return what is said of a flow of an unknown resource."""
    rows = {
        "enterprises": [{"id": "works", "name": "Works"}],
        "flows": [
            {"id": "f", "source": "works", "target": "@stock", "resource": resource,
             "amount": 1, "unit": "t"}
        ],
    }  # fmt: skip
    with pytest.raises(InvalidData) as raised:
        park_of(rows, shipped())
    (problem,) = raised.value.problems
    assert problem.what == f"unknown resource '{resource}'"
    return problem.remedy


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("磷石膏", "did you mean 'phosphogypsum'? by name '磷石膏', confidence 1.00"),
        ("phospho-gypsum", "did you mean 'phosphogypsum'? by id 'phosphogypsum', confidence 1.00"),
        ("copperas", "'ferrous_sulfate_heptahydrate'? by synonym 'copperas', confidence 0.95"),
        ("251010", "'phosphate_rock'? by code 'hs_code 251010', confidence 0.80"),
        ("phosphogypsm", "did you mean 'phosphogypsum'? by fuzzy"),
        ("06 09 04", "'phosphogypsum'? by code 'ewc 06 09 04', confidence 0.40; or '"),
        ("zzzzzz", "name a resource that is there, or add it"),
    ],
)
def test_an_unknown_resource_is_told_with_what_was_meant_how_and_how_surely(
    written: str, said: str
) -> None:
    assert said in advice(written)


def test_a_resource_of_the_parks_own_is_offered_by_the_name_the_park_gives_it() -> None:
    rows = {
        "enterprises": [{"id": "works", "name": "Works"}],
        "resources": [{"id": "phosphogypsum", "name": "White mountain"}],
        "flows": [
            {"id": "f", "source": "works", "target": "@stock", "resource": "white mountain",
             "amount": 1, "unit": "t"}
        ],
    }  # fmt: skip
    with pytest.raises(InvalidData, match=r"'phosphogypsum'\? by name 'White mountain'"):
        park_of(rows, shipped())


def test_tables_are_written_as_given_with_texts_beside_and_read_as_a_park(
    toy_tables: tuple[Park, Path],
) -> None:
    park, folder = toy_tables
    enterprises = park.enterprises[["id", "name"]]
    flows = park.flows[["id", "source", "target", "resource", "amount", "unit"]]

    write_tables(
        {"enterprises": enterprises, "flows": flows}, {"title": "T"}, folder, {"README.md": "a"}
    )
    (folder / "kept.txt").write_text("mine")
    write_tables(
        {"enterprises": enterprises, "flows": flows}, {"title": "T"}, folder, {"README.md": "b"}
    )

    assert (folder / "flows.csv").read_text().splitlines()[0] == ",".join(flows.columns)
    assert (folder / "README.md").read_text() == "b"
    assert (folder / "kept.txt").read_text() == "mine"
    assert read_park(folder, shipped()).flows.equals(park.flows)


@pytest.fixture
def toy_tables(tmp_path: Path) -> tuple[Park, Path]:
    rows = {
        "enterprises": [{"id": "works", "name": "Works"}],
        "flows": [
            {"id": "f", "source": "works", "target": "@stock", "resource": "phosphogypsum",
             "amount": 1, "unit": "t"}
        ],
    }  # fmt: skip
    return park_of(rows, shipped()), tmp_path / "park"
