"""Names: well-formed ids, both languages, and no name for two things."""

import pandas as pd

from symbiosis.catalogue.cells import FIRST_ROW
from symbiosis.catalogue.checks.broken import broken
from symbiosis.catalogue.rules import Tables
from symbiosis.errors import Problem

_NAMED = ("resources", "pathways", "properties", "blueprints", "context")
_WITH_SYNONYMS = ("resources", "blueprints")
_ID, _CHINESE = r"[a-z][a-z0-9_]*", r"[\u4e00-\u9fff]"


def name_problems(tables: Tables) -> list[Problem]:
    """Return malformed ids, names missing in a language, and names that two rows claim."""
    found: list[Problem] = []
    for name in _NAMED:
        found += _names(name, tables[name])
    for name in _WITH_SYNONYMS:
        found += _shared(name, tables[name])
    return found


def _names(name: str, rows: pd.DataFrame) -> list[Problem]:
    ids = rows["id"]
    malformed = ids.ne("") & ~ids.str.fullmatch(_ID)
    foreign = ~rows["name_zh"].str.contains(_CHINESE)
    small = "write small letters, digits and _, a letter first"
    return [
        *broken(name, "id", malformed, "'" + ids + "' is no id", small),
        *broken(name, "name", rows["name"].eq(""), "no English name", "give it"),
        *broken(name, "name_zh", foreign, "no Chinese name", "give it in Chinese characters"),
    ]


def _shared(name: str, rows: pd.DataFrame) -> list[Problem]:
    """Return synonyms that are also a name, id or synonym of another row, case aside."""
    owners = _owners(rows)
    found: list[Problem] = []
    for column in ("synonyms", "synonyms_zh"):
        words = _words(rows[column])
        for row, word in words[words.map(lambda text: len(owners[text]) > 1)].items():
            others = sorted(owners[word] - {int(str(row))})
            rivals = ", ".join(
                f"'{rows['id'][other]}' (row {other + FIRST_ROW})" for other in others
            )
            claimed = pd.Series([True], index=[row])
            what = f"'{word}' is a name of {rivals} too"
            found += broken(name, column, claimed, what, "leave it to one of them")
    return found


def _owners(rows: pd.DataFrame) -> dict[str, set[int]]:
    """Return which rows each name, id or synonym belongs to."""
    owners: dict[str, set[int]] = {}
    for column in ("id", "name", "name_zh", "synonyms", "synonyms_zh"):
        for row, word in _words(rows[column]).items():
            owners.setdefault(word, set()).add(int(str(row)))
    return owners


def _words(cells: "pd.Series[str]") -> "pd.Series[str]":
    """Return the words of each row, folded, under the row's number."""
    words = cells.str.split(";").explode().str.strip().str.casefold()
    return words[words.ne("")]
