"""What ``factors`` prints as a table, in English or Chinese."""

import math

import pandas as pd

from symbiosis.reporting.grid import add_row, grid, open_console
from symbiosis.reporting.language import translator
from symbiosis.reporting.wording import grade_text, indicator_text


def print_factors(table: pd.DataFrame, language: str) -> None:
    """Print factors, a table for each indicator, in order of boundary and resource."""
    _ = translator(language)
    console = open_console()
    for name, rows in table.groupby("indicator", sort=False):
        columns = [(_("Boundary"), False), (_("Resource"), False), (_("Value"), True)]
        columns += [(_("Low"), True), (_("High"), True), (_("Unit"), False)]
        columns += [(_("Region"), False), (_("Year"), True), (_("Grade"), False)]
        columns += [(_("Unverified"), True), (_("Sources"), False)]
        shown = grid(indicator_text(str(name), language), columns)
        for row in rows.sort_values(["boundary", "resource"]).to_dict("records"):
            add_row(
                shown,
                *(row[column] for column in ("boundary", "resource")),
                *(f"{float(row[column]):.4g}" for column in ("value", "low", "high")),
                *(row[column] for column in ("unit", "region")),
                "" if math.isnan(row["year"]) else str(int(row["year"])),
                grade_text(str(row["grade"]), language),
                f"{float(row['unverified_share']):.0%}",
                row["citation"],
            )
        console.print(shown)
        console.print()
