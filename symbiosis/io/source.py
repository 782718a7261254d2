"""Where a park is read from: a folder of CSV or Parquet, or a workbook."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from symbiosis.errors import InvalidData, Problem
from symbiosis.io.columnar import parquet_table
from symbiosis.io.csv_folder import csv_table
from symbiosis.io.heading import toml_mapping
from symbiosis.io.package import package_problems
from symbiosis.io.raw import RawPark, RawTable, collected
from symbiosis.io.workbook import workbook_park
from symbiosis.model import LATER, TABLES

HEADING = "park.toml"
_Reader: TypeAlias = Callable[[Path, str], tuple[RawTable | None, list[Problem]]]
_READERS: dict[str, _Reader] = {".csv": csv_table, ".parquet": parquet_table}


def raw_park(path: Path) -> RawPark:
    """Return the raw tables of the park at `path`; raise where there is none."""
    if path.is_dir():
        return _folder_park(path)
    if path.suffix.casefold() in (".xlsx", ".xlsm") and path.is_file():
        return workbook_park(path)
    if path.exists():
        advice = "name the folder that holds it, or an .xlsx workbook"
        raise InvalidData([Problem(path.name, "a park is a folder or a workbook", advice)])
    raise InvalidData([Problem(str(path), "no such park", "name a folder or a workbook")])


def folder_form(folder: Path) -> str | None:
    """Return the ending of the tables in `folder`, or None where it holds no park.

    Raises
    ------
    InvalidData
        Where tables stand in both forms: nobody could say which are meant.
    """
    endings = [ending for ending in _READERS if _holds(folder, ending)]
    if len(endings) > 1:
        advice = "keep the tables of one form"
        raise InvalidData([Problem(folder.name, "it holds both CSV and Parquet tables", advice)])
    return endings[0] if endings else None


def _holds(folder: Path, ending: str) -> bool:
    return any((folder / f"{name}{ending}").exists() for name in TABLES)


def _folder_park(folder: Path) -> RawPark:
    ending = folder_form(folder)
    if ending is None:
        what, advice = "no park in this folder", "a park has enterprises.csv and flows.csv"
        raise InvalidData([Problem(str(folder), what, advice)])
    problems = package_problems(folder)
    heading: dict[str, object] = {}
    if (folder / HEADING).exists():
        heading, broken = toml_mapping(folder / HEADING)
        problems += broken
    files = {name: folder / f"{name}{ending}" for name in (*TABLES, *LATER)}
    there = {name: _READERS[ending](file, name) for name, file in files.items() if file.exists()}
    tables, unread, broken = collected(there, {name: file.name for name, file in files.items()})
    return RawPark(
        name=folder.resolve().name,
        heading=heading,
        heading_place=HEADING,
        tables=tables,
        problems=(*problems, *broken),
        unread=unread,
    )
