from dataclasses import replace

import pandas as pd
import pytest

from symbiosis.catalogue import Catalogue, datasets_folder, park_folder, read_catalogue
from symbiosis.io import read_park
from symbiosis.io.provenance import Provenance, read_provenance
from symbiosis.lca import Inventory, read_inventory
from symbiosis.scenarios import (
    cited,
    evidence,
    known_documents,
    planned,
    sources_document,
    sources_table,
)


def listed(*rows: tuple[str, str]) -> pd.DataFrame:
    names = pd.DataFrame(rows, columns=["id", "title"])
    return names.assign(address="doi:10.1/x", year="2024")


@pytest.fixture
def known() -> pd.DataFrame:
    inventory = replace(read_inventory(datasets_folder() / "inventory"), sources=listed(("C", "c")))
    return known_documents(
        Catalogue(sources=listed(("A", "of the catalogue"), ("B", "b"))),
        inventory,
        Provenance(sources=listed(("A", "of the park"))),
    )


def test_the_same_id_means_what_the_room_of_the_figure_says(known: pd.DataFrame) -> None:
    figures = pd.DataFrame({"room": ["park", "catalogue"], "citation": ["A", "A;B"]})

    found = cited(figures, known)

    titles = [[document["title"] for document in row] for row in found]
    assert titles == [["of the park"], ["of the catalogue", "b"]]


def test_an_id_that_the_room_does_not_know_is_looked_for_in_the_others(known: pd.DataFrame) -> None:
    figures = pd.DataFrame({"room": ["park", "park"], "citation": ["C", "nowhere"]})

    found = cited(figures, known)

    assert [(row[0]["room"], row[0]["title"]) for row in found] == [
        ("inventory", "c"),
        ("park", ""),
    ]


def test_a_table_of_sources_says_title_year_and_address(known: pd.DataFrame) -> None:
    figures = pd.DataFrame({"room": ["catalogue"], "citation": ["B; A"], "value": [1.0]})

    text = sources_table(figures, known)["sources"].iloc[0]

    assert text == "b (2024) doi:10.1/x; of the catalogue (2024) doi:10.1/x"


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return read_inventory(datasets_folder() / "inventory")


def test_every_figure_behind_the_plan_of_qiannan_names_documents_that_are_known(
    inventory: Inventory,
) -> None:
    catalogue, folder = read_catalogue(), park_folder("qiannan")
    provenance = read_provenance(folder)
    found = planned(read_park(folder, catalogue), catalogue, inventory, provenance=provenance)
    figures = evidence(found).figures

    rows = sources_document(figures, known_documents(catalogue, inventory, provenance))

    assert {row["room"] for row in rows} == {"park", "catalogue", "inventory"}
    unknown = {
        (d["room"], d["id"])
        for row in rows
        for d in row["citation"]  # type: ignore[attr-defined]
        if not d["title"]
    }
    assert unknown == set()
    assert all(row["citation"] for row in rows)
    tables = {"flows", "qualities", "pathways", "pathway_flows", "pathway_limits", "factors"}
    assert tables <= set(figures["table"])
