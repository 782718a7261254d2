"""Files and folders that appear whole or not at all, and never over something else."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from symbiosis.errors import InvalidData, Problem


def unused(path: Path) -> None:
    """Refuse a path where something stands already, before any work is done.

    Raises
    ------
    InvalidData
        If it exists (an empty folder may), or lies in a file.
    """
    if path.is_dir() and not any(path.iterdir()):
        return
    if path.exists():
        advice = "name another with --output, or remove it first"
        raise InvalidData([Problem(str(path), "is there already", advice)])
    parent = next(p for p in path.resolve().parents if p.exists())
    if not parent.is_dir():
        raise InvalidData([Problem(str(parent), "is a file", "name a folder elsewhere")])


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """Yield a path to write to, a file or a folder, that becomes `path` once all is written.

    It lies in a folder of its own that nobody else writes to.
    """
    unused(path)
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    try:
        yield room / path.name
        unused(path)
        if path.is_dir():
            path.rmdir()
        (room / path.name).rename(path)
    finally:
        shutil.rmtree(room, ignore_errors=True)
