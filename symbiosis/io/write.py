"""Writing a park, so that reading it gives the same park."""

import csv
import shutil
import tempfile
from collections.abc import Collection, Mapping
from io import StringIO
from pathlib import Path
from typing import Literal

import pandas as pd
import tomli_w

from symbiosis.errors import InvalidData, Problem
from symbiosis.io.columnar import write_parquet
from symbiosis.io.heading import heading_mapping
from symbiosis.io.package import FILE, package
from symbiosis.io.source import HEADING, folder_form
from symbiosis.io.tables import text_rows, written_tables
from symbiosis.io.workbook import is_park_workbook, write_workbook
from symbiosis.model import LATER, TABLES, Park

_OURS = {HEADING, FILE} | {f"{n}{e}" for n in (*TABLES, *LATER) for e in (".csv", ".parquet")}


def write_park(park: Park, path: Path, *, form: Literal["csv", "parquet"] = "csv") -> None:
    """Write `park` to an .xlsx workbook, or to a folder of CSV or Parquet files.

    Nothing half-written is ever seen: all is written beside `path` and then put in its place. A
    folder or workbook that is there is replaced only if it is a park (or empty); files in it that
    are not ours stay.

    Raises
    ------
    InvalidData
        Where something else stands at `path`, or a text is too long for a workbook.
    """
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix.casefold() == ".xlsx":
        _refuse_other_file(target)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".park-") as beside:
            written = Path(beside) / target.name
            write_workbook(park, written)
            written.replace(target)
        return
    _refuse_other_folder(target)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".park-") as beside:
        new = Path(beside) / "new"
        new.mkdir()
        _write_folder(written_tables(park), heading_mapping(park), new, f".{form}")
        _put_in_place(new, target, Path(beside) / "old", _OURS)


def write_tables(
    tables: Mapping[str, pd.DataFrame],
    heading: Mapping[str, object],
    path: Path,
    more: Mapping[str, str],
) -> None:
    """Write tables of a park as they are given, with no blank filled, to a folder of CSV files.

    As `write_park`, which writes all that reading has filled in; for tables that people go on
    editing.

    Parameters
    ----------
    heading : mapping of str to object
        As park.toml.
    more : mapping of str to str
        By name, texts that are written beside the tables, such as a README.md.

    Raises
    ------
    InvalidData
        Where something else than a park stands at `path`.
    """
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    _refuse_other_folder(target)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".park-") as beside:
        new = Path(beside) / "new"
        new.mkdir()
        _write_folder(tables, heading, new, ".csv")
        for name, text in more.items():
            (new / name).write_text(text, encoding="utf-8", newline="")
        ours = {*_OURS, *more, *(f"{name}.csv" for name in tables)}
        _put_in_place(new, target, Path(beside) / "old", ours)


def _write_folder(
    tables: Mapping[str, pd.DataFrame], heading: Mapping[str, object], folder: Path, ending: str
) -> None:
    for name, frame in tables.items():
        file = folder / f"{name}{ending}"
        if ending == ".csv":
            file.write_text(_csv_text(frame), encoding="utf-8", newline="")
        else:
            write_parquet(frame, file)
    toml = tomli_w.dumps(heading)
    (folder / HEADING).write_text(toml, encoding="utf-8", newline="")
    files = {name: f"{name}{ending}" for name in tables}
    columns = {name: [str(column) for column in frame] for name, frame in tables.items()}
    (folder / FILE).write_text(package(heading, files, columns), encoding="utf-8", newline="")


def _csv_text(frame: pd.DataFrame) -> str:
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows(text_rows(frame))
    return text.getvalue()


def _put_in_place(new: Path, target: Path, old: Path, ours: Collection[str]) -> None:
    if not target.exists():
        new.replace(target)
        return
    for kept in target.iterdir():
        if kept.name not in ours:
            copy = shutil.copytree if kept.is_dir() else shutil.copy2
            copy(kept, new / kept.name)
    target.replace(old)
    try:
        new.replace(target)
    except OSError:
        old.replace(target)
        raise


def _refuse_other_folder(target: Path) -> None:
    if not target.exists():
        return
    empty = target.is_dir() and not any(target.iterdir())
    if not empty and (not target.is_dir() or folder_form(target) is None):
        raise InvalidData([_occupied(target)])


def _refuse_other_file(target: Path) -> None:
    if target.exists() and not (target.is_file() and is_park_workbook(target)):
        raise InvalidData([_occupied(target)])


def _occupied(target: Path) -> Problem:
    return Problem(str(target), "something other than a park stands here", "choose another name")
