"""A database as a Brightway project, written by a process of its own into a folder of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

from symbiosis.errors import InvalidData, Problem
from symbiosis.lca.export.database import Database
from symbiosis.lca.export.whole import appearing

PROJECT = "symbiosis"


def written_project(database: Database, folder: Path) -> None:
    """Write a new folder of Brightway projects that holds one, `PROJECT`.

    The process that writes has the folder to itself: it appears under its name once it is done.
    bw2data is never loaded here, and the user's own Brightway projects are not touched.

    Raises
    ------
    InvalidData
        If the folder holds something already, or Brightway cannot write.
    """
    with appearing(folder) as fresh:
        fresh.mkdir()
        tables = fresh.with_name("database.json")
        tables.write_text(json.dumps(_document(database), allow_nan=True), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "symbiosis.lca.export.project_writer", str(tables)],
            env={
                **os.environ,
                "BRIGHTWAY2_DIR": str(fresh),
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            advice = "see whether brightway25 is installed whole"
            raise InvalidData([Problem(str(folder), f"Brightway cannot write it: {last}", advice)])


def _document(database: Database) -> dict[str, object]:
    """Return a database as JSON tells it to the other process."""
    tables = ("nodes", "edges", "flows", "characters")
    return {
        "project": PROJECT,
        "name": database.name,
        "comment": database.comment,
        **{name: getattr(database, name).to_dict("records") for name in tables},
    }
