"""What Brightway itself makes of an export: a process of its own with its own directory."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from symbiosis.lca.export import written_csv, written_project, written_workbook
from symbiosis.views.footprint import footprint
from tests.laws.test_two_routes import matched

READ = """
import io, json, os, sys
from contextlib import redirect_stdout
folder, scratch, codes = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
found = {}
with redirect_stdout(io.StringIO()):
    import bw2calc, bw2data, bw2io
    import numpy as np
    from scipy import sparse
    from scipy.sparse.linalg import spsolve
    assert "symbiosis" in bw2data.projects
    bw2data.projects.set_current("symbiosis")
    nodes = {code: bw2data.get_node(database="symbiosis", code=code) for code in codes}
    method = ("symbiosis", "symbiosis", "gwp100")
    calculation = bw2calc.LCA({nodes[codes[0]]: 1}, method)
    calculation.lci(factorize=True)
    calculation.lcia()
    found["project"] = []
    for code in codes:
        calculation.lcia({nodes[code].id: 1})
        found["project"].append(float(calculation.score))
    found["methods"] = [list(name) for name in bw2data.methods]
    factors = {}
    for flow, value in bw2data.Method(method).load():
        factors[bw2data.get_node(id=flow)["code"] if isinstance(flow, int) else flow[1]] = value
    for kind, importer in (("csv", bw2io.CSVImporter), ("xlsx", bw2io.ExcelImporter)):
        read = importer(os.path.join(scratch, "park." + kind))
        read.apply_strategies()
        read.match_database(fields=["code"])
        assert not list(read.unlinked)
        at = {data["code"]: number for number, data in enumerate(read.data)}
        rows, columns, amounts = [], [], []
        for data in read.data:
            if data["type"] == "emission":
                entries = [(data["code"], 1.0)]
            else:
                entries = [
                    (e["input"][1], e["amount"] if e["type"] == "production" else -e["amount"])
                    for e in data["exchanges"]
                ]
            for code, amount in entries:
                rows.append(at[code]); columns.append(at[data["code"]]); amounts.append(amount)
        matrix = sparse.csc_array((amounts, (rows, columns)), (len(at), len(at)))
        direct = np.zeros(len(at))
        for code, value in factors.items():
            direct[at[code]] = value
        scores = spsolve(sparse.csc_array(matrix.T), direct)
        found[kind] = [float(scores[at[code]]) for code in codes]
print(json.dumps(found))
"""


def test_brightway_reads_project_csv_and_workbook_and_scores_the_same(tmp_path: Path) -> None:
    pytest.importorskip("bw2io")
    outcome, database = matched("harjavalta")
    home = tmp_path / "home"
    home.mkdir()
    written_project(database, tmp_path / "projects")
    written_csv(database, tmp_path / "park.csv")
    written_workbook(database, tmp_path / "park.xlsx")
    keys = zip(*(outcome.exchanges[c] for c in ("offer_id", "pathway", "demand_id")), strict=True)
    codes = ["park/before", "park/after", *("/".join(("exchange", *key)) for key in keys)]

    done = subprocess.run(
        [sys.executable, "-c", READ, "projects", str(tmp_path), json.dumps(codes)],
        env={**os.environ, "BRIGHTWAY2_DIR": str(tmp_path / "projects"), "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    due = [
        *(
            footprint(park, outcome.catalogue.factors, ("gwp100",))["gwp100"]
            for park in (outcome.park, outcome.after)
        ),
        *(-outcome.exchanges["gwp100_net"]),
    ]
    assert len(due) == 4
    in_tonnes = {
        name: [score / 1000 for score in found[name]] for name in ("project", "csv", "xlsx")
    }
    assert in_tonnes["project"] == pytest.approx(due, rel=1e-6)  # projects hold float32
    assert in_tonnes["csv"] == pytest.approx(due, rel=1e-8)
    assert in_tonnes["xlsx"] == pytest.approx(due, rel=1e-8)
    assert found["methods"] == [["symbiosis", "symbiosis", "gwp100"]]
