"""datapackage.json: what a folder holds, for other programs."""

import json
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from symbiosis.catalogue import CATALOGUE_TABLES
from symbiosis.errors import Problem
from symbiosis.io.limits_of_size import size_problem
from symbiosis.model import TABLES, Table

FILE = "datapackage.json"
_TYPES = {"text": "string", "number": "number", "boolean": "boolean"}
_LICENCE_NAME = re.compile(r"[-a-zA-Z0-9._]+")


def package(
    heading: Mapping[str, object], files: Mapping[str, str], columns: Mapping[str, list[str]]
) -> str:
    """Return the text of the datapackage.json of a park.

    Parameters
    ----------
    heading : mapping of str to object
        As park.toml.
    files : mapping of str to str
        By table, the name of its file in the folder.
    columns : mapping of str to list of str
        By table, the columns that its file has.
    """
    declared = {**CATALOGUE_TABLES, **TABLES}
    descriptor: dict[str, object] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "title": heading.get("title", ""),
        "description": heading.get("description", ""),
        "resources": [
            _resource(declared[name], file, columns[name]) for name, file in files.items()
        ],
    }
    licence, sources = heading.get("licence"), heading.get("sources")
    if licence:
        is_name = _LICENCE_NAME.fullmatch(str(licence))
        other = {"name": "other", "title": licence}
        descriptor["licenses"] = [{"name": licence} if is_name else other]
    if isinstance(sources, list) and sources:
        descriptor["sources"] = [{"title": source} for source in sources]
    return json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"


def package_problems(folder: Path) -> list[Problem]:
    """Return what is wrong with a folder's datapackage.json: above all, paths that lead out."""
    file = folder / FILE
    if not file.exists():
        return []
    try:
        too_large = size_problem(file, FILE)
        if too_large:
            return [too_large]
        descriptor = json.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        return [Problem(FILE, f"it cannot be read: {error.strerror}", "leave it out")]
    except UnicodeDecodeError:
        return [Problem(FILE, "it is not UTF-8", "save it as UTF-8, or leave it out")]
    except (ValueError, RecursionError) as error:
        return [Problem(FILE, f"not JSON: {error}", "correct it, or leave it out")]
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(resources, list):
        return [Problem(FILE, "it has no list of resources", "correct it, or leave it out")]
    return [problem for i, resource in enumerate(resources) for problem in _unsafe(resource, i)]


def _resource(table: Table, file: str, columns: list[str]) -> dict[str, object]:
    fields = [_field(table, name) for name in columns]
    schema: dict[str, object] = {"fields": fields, "missingValues": [""]}
    if set(table.key) <= set(columns):
        schema["primaryKey"] = list(table.key)
    kind = {"name": table.name.replace("_", "-"), "path": file, "type": "table"}
    ending = file.rpartition(".")[2]
    media = "text/csv" if ending == "csv" else "application/vnd.apache.parquet"
    return {**kind, "format": ending, "mediatype": media, "encoding": "utf-8", "schema": schema}


def _field(table: Table, name: str) -> dict[str, object]:
    column = table.column(name)
    kind = _TYPES[column.kind if column else "text"]
    needed = column is not None and column.needed
    return {"name": name, "type": kind} | ({"constraints": {"required": True}} if needed else {})


def _unsafe(resource: object, position: int) -> list[Problem]:
    stated = resource.get("path", []) if isinstance(resource, dict) else []
    paths = stated if isinstance(stated, list) else [stated]
    return [
        Problem(
            f"{FILE}, resources[{position}], path",
            f"{path!r} does not stay in the folder",
            "name a file of this folder",
        )
        for path in paths
        if not isinstance(path, str) or _leads_out(path)
    ]


def _leads_out(path: str) -> bool:
    parts = PurePosixPath(path.replace("\\", "/"))
    drive_or_address = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path) is not None
    return not path or parts.is_absolute() or ".." in parts.parts or drive_or_address
