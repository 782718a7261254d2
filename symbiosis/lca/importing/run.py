"""An import from files to folder: read, link, check, and write all or nothing."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

from symbiosis import __version__
from symbiosis.errors import InvalidData, Problem
from symbiosis.lca.checks import problems
from symbiosis.lca.importing import brightway_project
from symbiosis.lca.importing.elementary import read_elementary_mapping
from symbiosis.lca.importing.factor_table import factor_table
from symbiosis.lca.importing.form import Rows
from symbiosis.lca.importing.kinds import READERS, kind_of
from symbiosis.lca.importing.links import draft, linked, read_mapping, with_suggestions
from symbiosis.lca.importing.loops import loop_problems
from symbiosis.lca.importing.tables import imported
from symbiosis.lca.importing.write import MAPPING, writable, write
from symbiosis.lca.inventory import Inventory, read_inventory

SOURCE = "import"
MOST_LISTED = 200
_CHUNK = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Import:
    """An inventory read from files, and the document that says how.

    Attributes
    ----------
    inventory : Inventory
        With a link activity for each row of the mapping that found one.
    mapping : DataFrame
        The mapping with what became of each row, and suggestions.
    factors : DataFrame
        Of the linked resources, in the columns of a park's factors.csv.
    document : dict
        What import.json holds.
    """

    inventory: Inventory
    mapping: pd.DataFrame
    factors: pd.DataFrame
    document: dict[str, object]


def import_inventory(
    files: Sequence[Path],
    output: Path,
    *,
    datasets: Path,
    resources: pd.DataFrame,
    mapping: Path | None = None,
    kind: str | None = None,
    cut_off: bool = False,
    project: str = "",
    databases: tuple[str, ...] = (),
    say: Callable[[str], None] = lambda _: None,
) -> Import:
    """Read inventories into the folder `output`; raise `InvalidData` and write nothing otherwise.

    Parameters
    ----------
    files : sequence of Path
        Files, folders or zips; what one takes from another is linked.
    output : Path
        A new folder, an empty one, or one of an earlier import, whose mapping.csv is then used
        unless `mapping` names another.
    datasets : Path
        The folder that holds ``inventory``: regions, elementary flows, characterisation.
    resources : DataFrame
        The catalogue's resources.
    kind : str, optional
        One of `READERS`; None tells it from each file.
    cut_off : bool
        Whether inputs that nothing gives are left out rather than a problem.
    project, databases
        Of a Brightway directory.
    say : callable
        Told how far it is.
    """
    writable(output)
    chosen = mapping or (output / MAPPING if (output / MAPPING).is_file() else None)
    asked = read_mapping(chosen) if chosen is not None else None
    rows = Rows(say=say)
    kinds = [_read(path, kind, project, databases, rows) for path in files]
    say(f"... {len(rows.outputs)} products, {len(rows.inputs) + len(rows.emissions)} exchanges")
    folder = datasets / "inventory"
    title = "; ".join(f"{path.name} ({name})" for path, name in zip(files, kinds, strict=True))
    shipped = read_inventory(folder)
    table = read_elementary_mapping(folder)
    found = imported(rows, shipped, table, SOURCE, title, cut_off)
    _check(found.inventory)
    say("... links")
    inventory = found.inventory
    if asked is None:
        told = draft(inventory, resources)
    else:
        links = linked(inventory, asked, resources, SOURCE, chosen.name if chosen else MAPPING)
        inventory = links.inventory
        told = with_suggestions(links.mapping, found.inventory, resources)
    factors = factor_table(inventory)
    document: dict[str, object] = {
        "files": [
            {"name": path.name, "kind": name, "sha256": digest(path)}
            for path, name in zip(files, kinds, strict=True)
        ],
        "versions": {**rows.versions, "symbiosis": __version__},
        "counts": {
            "activities": len(found.inventory.activities),
            "exchanges": len(found.inventory.exchanges),
            "elementary_flows": len(found.inventory.elementary_flows),
            "formulas": len(rows.formulas),
            "unlinked": len(found.unlinked),
            "unmapped_flows": len(found.unmapped),
            "linked": int(told["status"].eq("linked").sum()),
            "unmatched": int(told["status"].eq("unmatched").sum()),
        },
        "warnings": rows.warnings[:MOST_LISTED],
        "formulas": rows.formulas[:MOST_LISTED],
        "unlinked": _listed(found.unlinked, ["name", "location", "amount", "unit", "where"]),
        "unmapped_flows": _listed(
            found.unmapped.sort_values("exchanges", ascending=False),
            ["id", "name", "cas", "compartment", "unit", "exchanges"],
        ),
        "unmatched": _listed(
            told[told["status"].eq("unmatched")],
            ["boundary", "resource", "activity", "product", "location", "suggestions"],
        ),
    }
    say("... files")
    write(output, inventory, told, factors, document)
    return Import(inventory=inventory, mapping=told, factors=factors, document=document)


def _read(
    path: Path, kind: str | None, project: str, databases: tuple[str, ...], rows: Rows
) -> str:
    name = kind or kind_of(path)
    if not path.exists():
        raise InvalidData([Problem(str(path), "no such file or folder", "check the path")])
    before = len(rows.outputs), len(rows.problems)
    if name == "brightway":
        brightway_project.read(path, rows, project, databases)
    else:
        READERS[name](path, rows)
    if before == (len(rows.outputs), len(rows.problems)):
        what = f"holds no activity in the format {name}"
        rows.problems.append(Problem(path.name, what, f"--kind {'|'.join(READERS)}"))
    return name


def _check(inventory: Inventory) -> None:
    """Raise what `read_inventory` would find, and loops that make no sense."""
    tables = {field.name: getattr(inventory, field.name) for field in fields(Inventory)}
    if found := list(problems(tables)):
        raise InvalidData(found)
    if found := loop_problems(inventory):
        raise InvalidData(found)


def _listed(table: pd.DataFrame, columns: list[str]) -> list[dict[str, object]]:
    return table[columns].head(MOST_LISTED).to_dict("records")  # type: ignore[return-value]


def digest(path: Path) -> str:
    """Return the SHA-256 of a file; of a folder, of its files' names and contents in order."""
    whole = hashlib.sha256()
    files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    for file in files:
        if path.is_dir():
            whole.update(file.relative_to(path).as_posix().encode() + b"\0")
        with file.open("rb") as content:
            while chunk := content.read(_CHUNK):
                whole.update(chunk)
    return whole.hexdigest()
