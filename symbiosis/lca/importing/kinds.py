"""The formats that can be imported, and which of them a file is in."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from symbiosis.errors import InvalidData, Problem
from symbiosis.lca.importing import (
    brightway_project,
    datapackage,
    ecospold1,
    ecospold2,
    ilcd,
    openlca,
    simapro,
    spreadsheet,
)
from symbiosis.lca.importing.archive import Member, is_zip, member_names, members
from symbiosis.lca.importing.form import Rows

Reader = Callable[[Path, Rows], None]

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "csv": spreadsheet.read_csv,
        "excel": spreadsheet.read_excel,
        "ecospold1": ecospold1.read,
        "ecospold2": ecospold2.read,
        "simapro": simapro.read,
        "openlca": openlca.read,
        "ilcd": ilcd.read,
        "datapackage": datapackage.read,
        "brightway": brightway_project.read,
    }
)
_START = 4096
_MARKS = (
    (b"EcoSpold02", "ecospold2"),
    (b"EcoSpold01", "ecospold1"),
    (b"DataSet", "ilcd"),
    (b"<ecoSpold", "ecospold1"),
)


def kind_of(path: Path) -> str:
    """Return the format that a file, folder or zip is in, told by what it holds."""
    if not path.exists():
        raise InvalidData([Problem(str(path), "no such file or folder", "check the path")])
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return "excel"
    if path.is_dir() and (path / "projects.db").is_file():
        return "brightway"
    if (path.is_dir() or is_zip(path)) and (kind := _by_names(member_names(path))):
        return kind
    for member in members(path, ".xml", ".spold", ".csv"):
        if kind := _by_start(member):
            return kind
    remedy = f"say which it is: --kind {'|'.join(READERS)}"
    raise InvalidData([Problem(path.name, "is in no format that can be recognised", remedy)])


def _by_names(names: list[str]) -> str:
    """Return the format of a package by the names of its files; "" where they do not tell."""
    ends = {name.rsplit("/", 1)[-1].rpartition(".")[2].lower() for name in names}
    if "npy" in ends and any(name.endswith("datapackage.json") for name in names):
        return "datapackage"
    if "spold" in ends:
        return "ecospold2"
    if any("/processes/" in f"/{name}" and name.endswith(".json") for name in names):
        return "openlca"
    return "excel" if "xlsx" in ends and "xml" not in ends else ""


def _by_start(member: Member) -> str:
    """Return the format of a file by how it begins; "" where that does not tell."""
    start = member.content[:_START].replace(b"\0", b"")
    for mark, kind in _MARKS:
        if mark in start:
            return kind
    if start.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n").startswith(b"{"):
        return "simapro"
    return "csv" if member.name.lower().endswith(".csv") else ""
