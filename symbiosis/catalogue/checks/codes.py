"""Codes of waste and trade: of the form their list gives them, and the same wherever they stand."""

import pandas as pd

from symbiosis.catalogue.checks.broken import broken
from symbiosis.catalogue.rules import Tables
from symbiosis.errors import Problem

_FORMS = (
    ("resources", "ewc", r"\d\d \d\d \d\d\*?", "06 09 04, and * where it is hazardous"),
    ("resources", "ewc_hazardous", r"\d\d \d\d \d\d\*", "06 09 03*, the entry that is hazardous"),
    ("resources", "waste_class", r"SW\d\d|HW\d\d \d{3}-\d{3}-\d\d", "SW06 or HW34 264-013-34"),
    ("resources", "hs_code", r"\d{6}", "the six digits of the Harmonized System"),
    ("resources", "cn_code", r"\d{4} \d\d \d\d", "eight digits, as 2809 20 00"),
    ("resources", "cpc", r"\d{5}", "five digits"),
    ("blueprints", "sector", r"\d{4}", "four digits of GB/T 4754"),
    ("blueprints", "isic", r"\d{4}", "four digits of ISIC"),
)


def code_problems(tables: Tables) -> list[Problem]:
    """Return malformed codes, and codes whose evidence speaks of another."""
    found: list[Problem] = []
    for name, column, form, example in _FORMS:
        cells = tables[name][column]
        wrong = cells.ne("") & ~cells.str.fullmatch(form)
        what = "'" + cells + "' is no such code"
        found += broken(name, column, wrong, what, f"write {example}; blank where unknown")
    return [*found, *_unlike(tables)]


def _unlike(tables: Tables) -> list[Problem]:
    """Return rows of codes.csv that name another code than the resource has."""
    rows, resources = tables["codes"], tables["resources"].drop_duplicates("id").set_index("id")
    columns = [column for name, column, _, _ in _FORMS if name == "resources"]
    long = resources[columns].reset_index().melt("id").set_index(["id", "variable"])
    key = pd.MultiIndex.from_frame(rows[["resource", "column"]])
    stated = pd.Series(long["value"].reindex(key).to_numpy(), index=rows.index)
    unlike = stated.notna() & stated.ne(rows["code"])
    what = "'" + rows["code"] + "', where resources.csv says '" + stated.fillna("") + "'"
    return broken("codes", "code", unlike, what, "let both say the same")
