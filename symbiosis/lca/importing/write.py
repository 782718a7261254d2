"""The folder of an import: the tables of an inventory, import.json, mapping.csv, factors.csv."""

import json
import shutil
import tempfile
from dataclasses import fields
from pathlib import Path

import pandas as pd

from symbiosis.errors import InvalidData, Problem
from symbiosis.lca.inventory import Inventory

DOCUMENT, MAPPING, FACTORS = "import.json", "mapping.csv", "factors.csv"
LONG = 50_000  # rows from which a table is kept in columns: a tenth of the time to read


def writable(folder: Path) -> None:
    """Raise where `folder` holds anything but an earlier import."""
    if folder.exists() and not folder.is_dir():
        raise InvalidData([Problem(str(folder), "is a file", "name a folder for --output")])
    if folder.exists() and any(folder.iterdir()) and not (folder / DOCUMENT).is_file():
        what = "is not empty and holds no earlier import"
        raise InvalidData([Problem(str(folder), what, "name another folder for --output")])


def write(
    folder: Path,
    inventory: Inventory,
    mapping: pd.DataFrame,
    factors: pd.DataFrame,
    document: dict[str, object],
) -> None:
    """Write all files beside `folder` and put them in its place in one step."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for one in fields(Inventory):
            _table(getattr(inventory, one.name), fresh / one.name)
        # People open these two in spreadsheets, which want the mark to read Chinese.
        mapping.to_csv(fresh / MAPPING, index=False, encoding="utf-8-sig")
        factors.to_csv(fresh / FACTORS, index=False, encoding="utf-8")
        text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
        (fresh / DOCUMENT).write_text(text + "\n", encoding="utf-8")
        fresh.chmod(0o755)
        _replace(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _table(table: pd.DataFrame, path: Path) -> None:
    if len(table) > LONG:
        table.to_parquet(path.with_suffix(".parquet"), index=False)
    else:
        table.to_csv(path.with_suffix(".csv"), index=False, encoding="utf-8")


def _replace(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    folder.rename(old / folder.name)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
