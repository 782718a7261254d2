import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from symbiosis.lca import Inventory, brightway_score

SCRIPT = """
import sys
import symbiosis.lca
assert "bw2calc" not in sys.modules, "loaded at import"
from pathlib import Path
inventory = symbiosis.lca.read_inventory(Path(sys.argv[1]))
symbiosis.lca.brightway_score(inventory, {"lime_cn": 1.0}, year=2023)
assert "bw2data" not in sys.modules, "bw2data came along"
"""


def test_brightway_gives_the_score_of_the_chain_in_kilogrammes(toy: Inventory) -> None:
    score = brightway_score(toy, {"lime_cn": 2.0}, year=2023)

    assert score == pytest.approx(2 * (780 + 0.05 * 400 + 0.5 * 500))


def test_brightway_writes_no_project_and_prints_nothing(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    folder = write()
    home = tmp_path / "home"
    home.mkdir()
    root = str(Path(__file__).parents[3])
    environment = {**os.environ, "HOME": str(home), "PYTHONPATH": root}
    environment.pop("BRIGHTWAY2_DIR", None)

    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(home.iterdir()) == []
