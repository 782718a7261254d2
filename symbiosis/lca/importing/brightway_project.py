"""A Brightway project: read in a process of its own, from a copy, so that nothing is touched.

bw2data creates projects at import and may migrate what it opens. The project's databases are
therefore copied with SQLite's own backup, which waits for writers, and read there.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from symbiosis.errors import InvalidData, Problem
from symbiosis.lca.importing.brightway_rows import Activity, Exchange, add
from symbiosis.lca.importing.form import Rows
from symbiosis.lca.importing.spread import from_codes

SCRIPT = Path(__file__).with_name("brightway_script.py")
_DATABASES = "lci/databases.db"
_SPREAD = {"uncertainty type": "uncertainty_type"} | {
    name: name for name in ("loc", "scale", "shape", "minimum", "maximum")
}


def read(folder: Path, rows: Rows, project: str = "", databases: tuple[str, ...] = ()) -> None:
    """Add the databases of a project in the Brightway directory `folder` to `rows`.

    Parameters
    ----------
    project : str
        "" where the directory holds one only.
    databases : tuple of str
        Empty takes all of the project, which an activity may need.
    """
    with _copy(folder, project) as (home, name):
        rows.say(f"... Brightway project {name}")
        lines = home / "rows.jsonl"
        _run(home, name, databases, lines, folder)
        activities = list(_activities(lines, folder.name, rows))
    rows.versions["Brightway project"] = name
    add(activities, rows)


@contextmanager
def _copy(folder: Path, project: str) -> Iterator[tuple[Path, str]]:
    """Yield a directory with a copy of one project, and the project's name."""
    register = folder / "projects.db"
    if not register.is_file():
        what = "is no Brightway directory (it has no projects.db)"
        raise InvalidData([Problem(str(folder.name), what, "name the folder of BRIGHTWAY2_DIR")])
    with tempfile.TemporaryDirectory(prefix="symbiosis-brightway-") as temporary:
        home = Path(temporary)
        _backup(register, home / "projects.db")
        name = _chosen(home / "projects.db", folder, project)
        found = [one for one in folder.iterdir() if (one / _DATABASES).is_file()]
        for one in found:
            if one.name.partition(".")[0] == name or len(found) == 1 or one.name.startswith(name):
                (home / one.name / "lci").mkdir(parents=True)
                _backup(one / _DATABASES, home / one.name / _DATABASES)
                for file in one.iterdir():
                    if file.is_file():
                        (home / one.name / file.name).write_bytes(file.read_bytes())
        yield home, name


def _backup(source: Path, target: Path) -> None:
    address = f"{source.resolve().as_uri()}?mode=ro"
    try:
        with (
            closing(sqlite3.connect(address, uri=True)) as held,
            closing(sqlite3.connect(target)) as copy,
        ):
            held.backup(copy)
    except sqlite3.Error as error:
        what = f"cannot be read: {error}"
        raise InvalidData([Problem(source.name, what, "close what uses it")]) from error


def _chosen(register: Path, folder: Path, project: str) -> str:
    with closing(sqlite3.connect(register)) as held:
        names = [str(row[0]) for row in held.execute("SELECT name FROM projectdataset")]
    if project in names:
        return project
    if not project and len(set(names) - {"default"}) == 1:
        return next(iter(set(names) - {"default"}))
    what = f"has no project '{project}'" if project else "holds several projects"
    remedy = f"--project with one of: {', '.join(sorted(names))}"
    raise InvalidData([Problem(folder.name, what, remedy)])


def _run(home: Path, project: str, databases: tuple[str, ...], lines: Path, folder: Path) -> None:
    """Run the reader; it ends with us."""
    environment = {**os.environ, "BRIGHTWAY2_DIR": str(home), "BW2_DISABLE_LOGGING": "1"}
    command = [sys.executable, str(SCRIPT), project, str(lines), *databases]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=home
    )
    try:
        _, told = process.communicate()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    if process.returncode:
        last = told.decode(errors="replace").strip().splitlines()[-1:] or ["no reason told"]
        what = f"Brightway could not read project '{project}': {last[0]}"
        raise InvalidData([Problem(folder.name, what, "open it with Brightway once")])


def _activities(lines: Path, place: str, rows: Rows) -> Iterator[Activity]:
    with lines.open(encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            where = f"{place}, database {entry['database']}, activity {entry['fields']['code']}"
            exchanges = [_exchange(one, where, rows) for one in entry["exchanges"]]
            yield Activity(
                name=entry["name"],
                database=entry["database"],
                where=where,
                fields=entry["fields"],
                exchanges=exchanges,
            )


def _exchange(cells: dict[str, str], where: str, rows: Rows) -> Exchange:
    place = f"{where}, exchange '{cells.get('name', '')}'"
    if cells.get("formula"):
        rows.formulas.append(f"{place}: {cells['formula']}")
    spread = {column: float(cells[label]) for label, column in _SPREAD.items() if label in cells}
    return Exchange(
        name=cells.get("name", ""),
        kind=cells["type"],
        amount=rows.number(cells["amount"], place),
        product=cells.get("reference product", ""),
        provider=cells["provider"],
        spread=from_codes(spread),
        where=place,
    )
