"""A Brightway project is read from a copy, by a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import foreign_files as files
import pytest

from symbiosis.catalogue import datasets_folder, read_catalogue
from symbiosis.errors import InvalidData
from symbiosis.lca import brightway_score
from symbiosis.lca.importing import import_inventory

WRITE = """
import json, sys
import bw2data
bw2data.projects.set_current("mine")
system, flows = json.loads(sys.argv[1])
biosphere = {("nature", name): {"name": name, "unit": "kilogram", "type": "emission",
    "categories": ("air",), "CAS number": cas} for name, cas in flows.items()}
bw2data.Database("nature").write(biosphere)
data = {}
for key, name, product, location, unit, amount, takes, emits in system:
    exchanges = [{"input": ("toy", product), "amount": amount, "type": "production"}]
    exchanges += [{"input": ("toy", what), "amount": much, "type": "technosphere"}
        for what, much in takes]
    exchanges += [{"input": ("nature", what), "amount": much, "type": "biosphere"}
        for what, much in emits]
    data["toy", product] = {"name": name, "reference product": product, "location": location,
        "unit": unit, "exchanges": exchanges}
bw2data.Database("toy").write(data)
"""


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import json

    home = tmp_path_factory.mktemp("brightway")
    system = [
        (p.key, p.name, p.product, p.location, p.unit, p.amount,
         [(t.what, t.amount) for t in p.takes], [(e.what, e.amount) for e in p.emits])
        for p in files.SYSTEM
    ]  # fmt: skip
    flows = {name: cas for name, (_, cas, _) in files.FLOWS.items()}
    subprocess.run(
        [sys.executable, "-c", WRITE, json.dumps([system, flows])],
        env={**os.environ, "BRIGHTWAY2_DIR": str(home)},
        check=True,
        capture_output=True,
    )
    return home


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_project_is_read_without_being_touched(directory: Path, tmp_path: Path) -> None:
    before = contents(directory)
    found = import_inventory(
        [directory],
        tmp_path / "out",
        datasets=datasets_folder(),
        resources=read_catalogue().resources,
        project="mine",
    )
    ids = found.inventory.activities.set_index("name")["id"]
    kiln = brightway_score(found.inventory, {ids["lime kiln"]: 1.0})

    assert contents(directory) == before
    assert "bw2data" not in sys.modules
    assert kiln == pytest.approx(expected_kiln(), rel=1e-8)


def expected_kiln() -> float:
    """Solved by hand: power and coal take each other, the rest takes them."""
    power = (0.6 + 0.3 * 0.005 * 29.8) / (1 - 0.3 * 0.02)
    coal = 0.005 * 29.8 + 0.02 * power
    dump = 0.01 * power + 0.02 + 1e-5 * 273
    return 0.15 * coal + 0.09 * power + 0.05 * dump + 0.78


def test_a_project_that_is_not_there_names_those_that_are(directory: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match=r"no project 'yours' .*mine"):
        import_inventory(
            [directory],
            tmp_path / "out",
            datasets=datasets_folder(),
            resources=read_catalogue().resources,
            project="yours",
        )
