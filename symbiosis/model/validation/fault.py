"""A broken rule of a table, before anyone knows which file the table came from."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

Tables: TypeAlias = Mapping[str, pd.DataFrame]
Mask: TypeAlias = npt.NDArray[np.bool_]

_CELL = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Fault:
    """A rule that a row breaks.

    Attributes
    ----------
    table, column : str
        Where; an empty column is the whole row.
    row : int or None
        Position in the table from 0; None is the table as a whole.
    what, remedy : str
        What is wrong and what to do; ``{name}`` in `what` stands for the row's cell of that column,
        so that a reader of files can show it as it was written.
    """

    table: str
    row: int | None
    column: str
    what: str
    remedy: str = ""


def faults_at(
    table: str, column: str, broken: Mask | pd.Series, what: str, remedy: str = ""
) -> list[Fault]:
    """Return a fault in `column` for each row where `broken` holds."""
    rows = np.flatnonzero(np.asarray(broken, dtype=bool))
    return [Fault(table, int(row), column, what, remedy) for row in rows]


def wording(fault: Fault, cell: Callable[[str], str]) -> str:
    """Return what is wrong, with the cells it speaks of put in by `cell` (column -> text)."""
    return _CELL.sub(lambda match: f"'{cell(match[1])}'", fault.what)
