"""What ``check`` and ``score`` print as tables, in English or Chinese."""

from collections.abc import Mapping, Sequence
from typing import cast

from rich.console import Console

from symbiosis.reporting.grid import MOST_ROWS, Row, add_row, amount, grid, open_console
from symbiosis.reporting.language import Translate, translator
from symbiosis.reporting.sources_text import print_unverified
from symbiosis.reporting.wording import grade_text, indicator_measure, indicator_text


def print_check(document: Row, language: str) -> None:
    """Print what a valid park lacks: figures, places, temperatures, closed balances."""
    _ = translator(language)
    console = open_console()
    size = _("{park}: valid, {enterprises} enterprises, {processes} processes, {flows} flows")
    console.print(size.format(**{k: document[k] for k in _SIZE}))
    grades = cast(Mapping[str, int], document["grades"])
    counted = ", ".join(f"{grade_text(grade, language)} {count}" for grade, count in grades.items())
    console.print(_("Flows by grade: {grades}").format(grades=counted))
    table = grid(
        _("Figures missing (count nothing)"),
        [
            (_("Indicator"), False),
            (_("Boundary"), False),
            (_("Resource"), False),
            (_("Flows"), True),
            (_("Amount"), True),
        ],
    )
    for row in cast(Sequence[Row], document["gaps"]):
        cells = [row[c] for c in ("indicator", "boundary", "resource", "flows")]
        add_row(table, *cells, amount(cast(float, row["amount"])))
    if table.row_count:
        console.print(table)
    for text, key in (
        (_("Place unknown"), "unknown_places"),
        (_("Heat without temperatures"), "heat_without_temperature"),
    ):
        names = cast(Sequence[str], document[key])
        if names:
            console.print(f"{text}: {', '.join(names)}")
    _print_balance(console, cast(Sequence[Row], document["balance"]), _)


_SIZE = ("park", "enterprises", "processes", "flows")


def _print_balance(console: Console, rows: Sequence[Row], _: Translate) -> None:
    table = grid(
        _("Mass balance by process [t/a]"),
        [
            (_("Process"), False),
            (_("In"), True),
            (_("Out"), True),
            (_("Gap"), True),
            (_("Share"), True),
            (_("Flows of unknown mass"), True),
        ],
    )
    for row in rows:
        share = cast("float | None", row["gap_share"])
        add_row(
            table,
            row["process"],
            *(amount(cast(float, row[c])) for c in ("inputs", "outputs", "gap")),
            "-" if share is None else f"{share:.1%}",
            row["unknown"],
        )
    console.print(table)


def print_score(document: Row, language: str) -> None:
    """Print a park's footprint with what it is made of."""
    _ = translator(language)
    console = open_console()
    for name, rows in cast(Mapping[str, Sequence[Row]], document["contributions"]).items():
        unit = indicator_measure(name, str(document["currency"]))
        total = amount(cast(float, document[name]))
        heading = f"{indicator_text(name, language)}: {total} {unit}/a"
        columns = [(_("Boundary"), False), (_("Resource"), False), (f"{unit}/a", True)]
        table = grid(heading, columns)
        order = sorted(rows, key=lambda row: -abs(cast(float, row["value"])))
        for row in order[:MOST_ROWS]:
            add_row(table, row["boundary"], row["resource"], amount(cast(float, row["value"])))
        console.print(table)
        console.print()
    coverage = cast(Mapping[str, float], document["coverage"])
    shares = ", ".join(
        f"{indicator_text(name, language)} {share:.0%}" for name, share in coverage.items()
    )
    console.print(_("Flows across the edge with a figure: {shares}").format(shares=shares))
    _print_gaps(console, cast(Sequence[Row], document["gaps"]), language)
    print_unverified(console, document, language)


def _print_gaps(console: Console, gaps: Sequence[Row], language: str) -> None:
    """Print what counts nothing in which indicator, most names of it."""
    _ = translator(language)
    for indicator in dict.fromkeys(str(row["indicator"]) for row in gaps):
        rows = [row for row in gaps if row["indicator"] == indicator]
        names = [f"{row['resource']} {row['boundary']}" for row in rows[:MOST_ROWS]]
        names += ["..."] * (len(rows) > MOST_ROWS)
        line = _("{indicator}: no figure of {n}, which count nothing: {names}")
        text = indicator_text(indicator, language)
        console.print(line.format(indicator=text, n=len(rows), names=", ".join(names)))
