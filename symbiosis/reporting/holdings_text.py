"""What ``datasets`` prints: the parks, the catalogue and the inventory that ship."""

from collections.abc import Mapping, Sequence
from typing import cast

from rich.console import Console

from symbiosis.reporting.grid import Row, add_row, grid, open_console
from symbiosis.reporting.language import Translate, translator
from symbiosis.reporting.wording import grade_text


def print_datasets(document: Row, language: str) -> None:
    """Print what ships: counts, licences, vintages, and how well the figures are known."""
    _ = translator(language)
    console = open_console()
    _print_parks(console, cast(Sequence[Row], document["parks"]), language)
    names = _names(_)
    for title, key in ((_("Catalogue"), "catalogue"), (_("Inventory"), "inventory")):
        console.print(f"{title} ({document[f'{key}_licence']})")
        grades = cast(Mapping[str, Mapping[str, float]], document[f"{key}_grades"])
        for name, rows in cast(Mapping[str, int], document[key]).items():
            if name in names:
                known = _shares(grades.get(name, {}), language)
                console.print(f"  {rows} {names[name]}" + (f": {known}" if known else ""))


def _print_parks(console: Console, parks: Sequence[Row], language: str) -> None:
    _ = translator(language)
    columns = [(h, False) for h in (_("Park"), _("Title"), _("Region"), _("Licence"))]
    counts = (_("Year"), _("Enterprises"), _("Flows"), _("Existing links"))
    columns += [*((h, True) for h in counts), (_("Grades of the amounts"), False)]
    table = grid(_("Parks"), columns)
    for row in parks:
        title = (row["title_zh"] if language == "zh" else "") or row["title"]
        year = "" if row["year"] is None else row["year"]
        cells = (row[c] for c in ("enterprises", "flows", "links"))
        grades = _shares(cast(Mapping[str, float], row["grade_shares"]), language)
        add_row(table, row["name"], title, row["region"], row["licence"], year, *cells, grades)
    console.print(table)
    console.print(_("Existing links: flows from one enterprise to another."))
    console.print()


def _shares(shares: Mapping[str, float], language: str) -> str:
    """Return shares of grades in words, the best grade first."""
    return ", ".join(
        f"{grade_text('' if grade == 'none' else grade, language)} {_percent(share)}"
        for grade, share in shares.items()
    )


def _percent(share: float) -> str:
    """Return a share in whole per cent; little is not nothing.

    Examples
    --------
    >>> _percent(0.28), _percent(0.003)
    ('28%', '<1%')
    """
    return f"{share:.0%}" if share >= 0.005 else "<1%"


def _names(_: Translate) -> Mapping[str, str]:
    return {
        "resources": _("resources"),
        "pathways": _("pathways"),
        "pathway_flows": _("pathway flows"),
        "pathway_limits": _("pathway limits"),
        "blueprints": _("plant types"),
        "blueprint_flows": _("plant-type flows"),
        "factors": _("prices"),
        "context": _("prices and taxes with their year"),
        "sources": _("sources"),
        "activities": _("activities"),
        "exchanges": _("inventory exchanges"),
    }
