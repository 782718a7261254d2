"""What ``match`` prints: the exchanges of a plan and what they save."""

from collections.abc import Mapping
from typing import cast

import pandas as pd
from rich.console import Console

from symbiosis.reporting.files import exchange_table
from symbiosis.reporting.grid import MOST_ROWS, Row, add_row, amount, grid, open_console
from symbiosis.reporting.language import Translate, translator
from symbiosis.reporting.sources_text import print_unverified
from symbiosis.reporting.wording import (
    indicator_measure,
    indicator_text,
    name_of,
    status_text,
    vocabulary,
)
from symbiosis.scenarios import Evidence, Outcome


def print_outcome(outcome: Outcome, summary: Row, behind: Evidence, language: str) -> None:
    """Print the exchanges of a plan and what they save."""
    _ = translator(language)
    console = open_console()
    park = outcome.park
    money = f"{park.currency}/a"
    table = grid(
        _("Proposed exchanges"),
        [
            (_("From"), False),
            (_("To"), False),
            (_("Resource"), False),
            (_("Pathway"), False),
            (_("Amount taken"), True),
            (_("Unit"), False),
            ("km", True),
            (_("Saves") + f" {money}", True),
            ("t CO2e/a", True),
            (_("Price"), True),
            (_("Unverified"), True),
        ],
    )
    rows = exchange_table(outcome, behind)
    share = f"{park.settings.indicators[0]}_unverified_share"
    units = park.resources.set_index("id")["unit"]
    words = vocabulary(park, outcome.catalogue, language)
    for row in cast(list[Row], rows.head(MOST_ROWS).to_dict("records")):
        add_row(
            table,
            name_of(park.enterprises, str(row["from_enterprise"]), language),
            _receiver(park.enterprises, row, _, language),
            name_of(park.resources, str(row["resource_taken"]), language),
            words.name("pathways", str(row["pathway"])),
            amount(cast(float, row["taken"])),
            units.get(str(row["resource_taken"]), ""),
            amount(cast(float, row["distance_km"]), 3),
            amount(cast(float, row.get("cost_net", float("nan")))),
            amount(cast(float, row.get("gwp100_net", float("nan")))),
            _interval(cast(float, row["value_low"]), cast(float, row["value_high"])),
            f"{cast(float, row[share]):.0%}",
        )
    console.print(table)
    if len(rows) > MOST_ROWS:
        more = _("... and {n} more (see exchanges.csv with --output)")
        console.print(more.format(n=len(rows) - MOST_ROWS))
    console.print()
    _print_savings(console, outcome, summary, language)


def _receiver(enterprises: pd.DataFrame, row: Row, _: Translate, language: str) -> str:
    name = str(row["to_enterprise"])
    return _("market") if name == "@sales" else name_of(enterprises, name, language)


def _interval(low: float, high: float) -> str:
    return f"{amount(low, 3)} … {amount(high, 3)}"


def _print_savings(console: Console, outcome: Outcome, summary: Row, language: str) -> None:
    _ = translator(language)
    columns = [(_("Indicator"), False)]
    headings = (_("Before"), _("After"), _("Saving"), _("Low"), _("High"))
    columns += [(heading, True) for heading in headings]
    table = grid(_("The park before and after, per year"), columns)
    before, after = cast(Row, summary["before"]), cast(Row, summary["after"])
    for name in outcome.park.settings.indicators:
        values = (before[name], after[name], outcome.saving[name])
        ends = (outcome.saving_low[name], outcome.saving_high[name])
        unit = indicator_measure(name, outcome.park.currency)
        label = indicator_text(name, language) + (f" [{unit}]" if unit else "")
        add_row(table, label, *(amount(cast(float, v)) for v in (*values, *ends)))
    console.print(table)
    coverage = cast(Mapping[str, float], summary["coverage"])
    shares = ", ".join(
        f"{indicator_text(name, language)} {share:.0%}" for name, share in coverage.items()
    )
    line = _("{exchanges} exchanges of {candidates} candidates; solved: {status}, gap {gap}")
    console.print(
        line.format(
            exchanges=summary["exchanges"],
            candidates=summary["candidates"],
            status=status_text(str(summary["status"]), language),
            gap=f"{cast(float, summary['gap']):.1e}",
        )
    )
    console.print(_("Flows across the edge with a figure: {shares}").format(shares=shares))
    print_unverified(console, summary, language)
    console.print(
        _("Low and high: solved again with every ranged figure at its bad and its good end.")
    )
