"""The same system written in every format gives the same scores as its plain matrices."""

import sys
import warnings
from functools import cache
from pathlib import Path
from unittest.mock import patch

import foreign_files as files
import pandas as pd
import pytest

from symbiosis.catalogue import datasets_folder, read_catalogue
from symbiosis.lca import Inventory, brightway_score, factors, read_inventory
from symbiosis.lca.importing import import_inventory, kind_of


@cache
def resources() -> pd.DataFrame:
    return read_catalogue().resources


@cache
def expected() -> dict[str, float]:
    """Scores [kg CO2e per unit] by bw2calc from the arrays, which the library never sees."""
    with patch.dict(sys.modules, {"bw2data": None}), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import bw2calc
    found = {}
    for number, process in enumerate(files.SYSTEM, start=1):
        amount = 1.0 if process.amount > 0 else -1.0
        calculation = bw2calc.LCA(demand={number: amount}, data_objs=[files.package()])
        calculation.lci()
        calculation.lcia()
        found[process.name] = calculation.score
    return found


def brought_in(kind: str, folder: Path) -> Inventory:
    name, write = files.WRITERS[kind]
    path = write(folder / name)
    import_inventory([path], folder / "out", datasets=datasets_folder(), resources=resources())
    return read_inventory(folder / "out")


@pytest.mark.parametrize("kind", files.WRITERS)
def test_a_file_is_recognised_by_what_it_holds(kind: str, tmp_path: Path) -> None:
    name, write = files.WRITERS[kind]

    assert kind_of(write(tmp_path / name)) == kind


@pytest.mark.parametrize("kind", files.WRITERS)
def test_an_imported_system_scores_like_its_matrices_in_brightway(
    kind: str, tmp_path: Path
) -> None:
    inventory = brought_in(kind, tmp_path)
    ids = dict(zip(inventory.activities["name"], inventory.activities["id"], strict=True))
    table = factors(inventory, "Guizhou", None).set_index("resource")

    assert set(ids) == set(expected())
    for name, score in expected().items():
        key = ids[name]
        assert brightway_score(inventory, {key: 1.0}) == pytest.approx(score, rel=1e-8)
        place = inventory.activities.set_index("id").loc[key, "region"]
        if place in ("Guizhou", "CN", "GLO"):
            scale = 1e-3 if "CO2e" in table.loc[key, "unit"] else 1.0
            assert table.loc[key, "value"] == pytest.approx(score * scale, rel=1e-8)


@pytest.mark.parametrize("kind", [kind for kind in files.WRITERS if kind != "datapackage"])
def test_a_lognormal_becomes_a_range_and_keeps_its_parameters(kind: str, tmp_path: Path) -> None:
    exchanges = brought_in(kind, tmp_path).exchanges
    row = exchanges[exchanges["flow"].eq("carbon_dioxide") & exchanges["amount"].eq(0.6)].iloc[0]

    assert row["uncertainty_type"] == 2
    assert row["scale"] == pytest.approx(0.1823215567939546)
    assert (row["low"], row["high"]) == pytest.approx((0.6 / 1.42955, 0.6 * 1.42955), rel=1e-4)


@pytest.mark.parametrize("kind", files.WRITERS)
def test_a_treatment_stands_at_disposal_and_a_province_is_one_of_ours(
    kind: str, tmp_path: Path
) -> None:
    activities = brought_in(kind, tmp_path).activities.set_index("name")

    assert activities.loc["treatment of lime waste", "boundary"] == "@disposal"
    assert activities.loc["power plant, coal", "region"] == "Guizhou"
