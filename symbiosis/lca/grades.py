"""How well a number is known: the order of grades, best first."""

from collections.abc import Iterable

import pandas as pd

GRADES = ("measured", "official", "peer-reviewed", "secondary", "derived", "unverified")


def ranks(grades: Iterable[str]) -> "pd.Series[int]":
    """Return the place of each grade in `GRADES`, 0 the best."""
    return pd.Series([GRADES.index(grade) for grade in grades], dtype=int)
