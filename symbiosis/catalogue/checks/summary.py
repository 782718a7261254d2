"""What a catalogue holds, counted: rows of each table, and how well they are known."""

from collections.abc import Mapping

from symbiosis.catalogue.catalogue import Catalogue
from symbiosis.catalogue.tables import CATALOGUE_TABLES, GRADES


def catalogue_summary(catalogue: Catalogue) -> Mapping[str, Mapping[str, int]]:
    """Return the number of rows of each table, in all (``rows``) and by grade.

    Returns
    -------
    mapping of table to (mapping of ``rows`` or grade to count)
        Tables without a grade count their rows only.
    """
    summary: dict[str, Mapping[str, int]] = {}
    for name in CATALOGUE_TABLES:
        rows = getattr(catalogue, name)
        graded = "grade" in rows and name != "sources"
        counts = {grade: int(rows["grade"].eq(grade).sum()) for grade in GRADES if graded}
        summary[name] = {"rows": len(rows)} | {g: n for g, n in counts.items() if n}
    return summary
