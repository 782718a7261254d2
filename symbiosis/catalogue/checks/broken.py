"""From a whole-column test to problems: one per row that fails it."""

from typing import TypeAlias

import pandas as pd

from symbiosis.catalogue.cells import place
from symbiosis.errors import Problem

Mask: TypeAlias = "pd.Series[bool]"
Words: TypeAlias = "pd.Series[str] | str"


def broken(table: str, column: str, fails: Mask, what: Words, remedy: Words) -> list[Problem]:
    """Return a problem for every row of `table` that `fails`, placed in `column`.

    Parameters
    ----------
    fails : Series of bool
        Its index counts the rows of the file from 0.
    what, remedy : str or Series of str
        What is wrong and what to do: the same words for all rows, or words for each that fails.

    Examples
    --------
    >>> cells = pd.Series([1.0, -2.0])
    >>> [str(p) for p in broken("factors", "value", cells < 0, "below 0", "turn the sign")]
    ['catalogue/factors.csv, row 3, value: below 0 (turn the sign)']
    """
    return [
        Problem(place(table, int(row), column), _words(what, row), _words(remedy, row))
        for row in fails.index[fails]
    ]


def _words(words: Words, row: int) -> str:
    return words if isinstance(words, str) else str(words[row])
