"""Evidence: a guess is called one and says how far off it may be."""

import pandas as pd

from symbiosis.catalogue.checks.broken import broken
from symbiosis.catalogue.rules import Tables
from symbiosis.errors import Problem

GUESSES = ("recall", "estimate")  # sources that are no document
# Numbers with a range that reading does not look at; the first that is given is the one meant.
_RANGED = (
    ("modes", ("max_distance_km",)),
    ("pathway_limits", ("maximum", "minimum", "max_share")),
    ("context", ("value",)),
    ("blueprint_flows", ("amount",)),
    ("blueprint_qualities", ("value", "maximum", "minimum")),
)


def evidence_problems(tables: Tables) -> list[Problem]:
    """Return guesses that pass for more, and numbers outside their range or without one."""
    found: list[Problem] = []
    for name, rows in tables.items():
        if {"grade", "citation"} <= set(rows):
            found += _guesses(name, rows)
    for name, columns in _RANGED:
        found += _ranges(name, columns, tables[name])
    return found


def _guesses(name: str, rows: pd.DataFrame) -> list[Problem]:
    words = rows["citation"].str.split(";").explode().str.strip()
    guessed = words.isin(GUESSES).groupby(level=0).any().reindex(rows.index, fill_value=False)
    wrong = guessed & rows["grade"].ne("unverified") & rows["grade"].ne("")
    what = "'" + rows["grade"] + "' rests on '" + rows["citation"] + "'"
    return broken(name, "grade", wrong, what, "grade it unverified, or cite what was opened alone")


def _ranges(name: str, columns: tuple[str, ...], rows: pd.DataFrame) -> list[Problem]:
    numbers = rows[list(columns)]
    value, given = numbers.bfill(axis=1)[columns[0]], numbers.notna()
    low, high = rows["low"], rows["high"]
    weak = rows["grade"].eq("unverified")
    found: list[Problem] = []
    for place, column in enumerate(columns):
        own = given[column] & ~given[list(columns[:place])].any(axis=1)
        outside = own & (value.lt(low) | value.gt(high))
        what = value.map(str) + " is not between " + low.map(str) + " and " + high.map(str)
        found += broken(name, column, outside, what, "put low, value and high in order")
        bare = own & weak & (low.isna() | high.isna())
        what_bare = "an unverified number without low and high"
        found += broken(name, column, bare, what_bare, "give the range it may lie in")
    blank = ~given.any(axis=1)
    return [*found, *broken(name, columns[0], blank, "no number", f"give {' or '.join(columns)}")]
