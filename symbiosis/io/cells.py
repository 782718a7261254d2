"""From the text of a cell to a number or a truth value."""

import math
import re
from collections.abc import Sequence
from datetime import date, time

import numpy as np
import numpy.typing as npt

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_LARGEST_WHOLE = 1e15


def numbers(cells: Sequence[str]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Return the numbers in `cells` (NaN where blank or wrong) and which cells are wrong.

    ``nan`` and ``inf`` are wrong, and so are separators of thousands and decimal commas.

    Examples
    --------
    >>> numbers(["1e3", "", "1,000"])
    (array([1000.,   nan,   nan]), array([False, False,  True]))
    """
    values = np.array([number(cell) for cell in cells], dtype=np.float64)
    filled = np.array([cell != "" for cell in cells], dtype=np.bool_)
    return values, filled & np.isnan(values)


def number(cell: str) -> float:
    """Return the finite number that `cell` writes, else NaN."""
    value = float(cell) if _NUMBER.fullmatch(cell) else math.nan
    return value if math.isfinite(value) else math.nan


def booleans(
    cells: Sequence[str], blank: bool
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return the truth values in `cells` (`blank` where none stands) and which are wrong."""
    known = [_TRUTH.get(cell.casefold()) for cell in cells]
    values = np.array([blank if value is None else value for value in known], dtype=np.bool_)
    wrong = [cell != "" and value is None for cell, value in zip(cells, known, strict=True)]
    return values, np.array(wrong, dtype=np.bool_)


def cell_text(value: object) -> str:
    """Return a cell as text that reads back as the same; whole numbers without a point.

    Examples
    --------
    >>> [cell_text(value) for value in (0.1, 2.0, True, None, float("nan"))]
    ['0.1', '2', 'true', '', '']
    """
    if value is None:
        return ""
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (float, np.floating)):
        return _float_text(float(value))
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value).strip()


def _float_text(value: float) -> str:
    if math.isnan(value):
        return ""
    whole = value.is_integer() and abs(value) < _LARGEST_WHOLE
    return str(int(value)) if whole else repr(value)
