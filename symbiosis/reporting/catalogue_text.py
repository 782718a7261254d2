"""A catalogue that passed its checks, in a few lines: what it holds and how well it is known."""

from collections.abc import Mapping
from typing import cast

from symbiosis.catalogue import GRADES
from symbiosis.reporting.grid import Row, add_row, grid, open_console
from symbiosis.reporting.language import translator
from symbiosis.reporting.wording import grade_text


def print_catalogue(document: Row, language: str) -> None:
    """Print the rows of each table of a valid catalogue, in all and by grade.

    Parameters
    ----------
    document : mapping
        ``catalogue``, its folder, and ``tables``: for each the counts of `catalogue_summary`.
    language : str
        ``en`` or ``zh``.
    """
    _ = translator(language)
    tables = cast(Mapping[str, Mapping[str, int]], document["tables"])
    columns = [(_("Table"), False), (_("Rows"), True)]
    columns += [(grade_text(grade, language), True) for grade in GRADES]
    rows = grid(_("Catalogue: valid, {n} rows").format(n=_total(tables, "rows")), columns)
    for name, counts in tables.items():
        add_row(rows, name, counts["rows"], *(counts.get(grade, "") for grade in GRADES))
    add_row(rows, _("all"), *(_total(tables, count) for count in ("rows", *GRADES)))
    open_console().print(rows)


def _total(tables: Mapping[str, Mapping[str, int]], count: str) -> int:
    return sum(counts.get(count, 0) for counts in tables.values())
