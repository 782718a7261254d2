"""The figures behind a result as commands print them, and how much rests on unverified ones."""

from collections.abc import Mapping, Sequence
from typing import cast

from rich.console import Console
from rich.text import Text

from symbiosis.reporting.grid import Row, add_row, amount, grid, open_console
from symbiosis.reporting.language import Translate, translator
from symbiosis.reporting.wording import grade_text, indicator_text
from symbiosis.scenarios.citations import document_text

SHARE = "_share"


def print_unverified(console: Console, document: Row, language: str) -> None:
    """Print in a line which share of a result rests on unverified figures, by indicator."""
    _ = translator(language)
    shares = cast(Mapping[str, float], document["unverified_share"])
    texts = (f"{indicator_text(name, language)} {share:.1%}" for name, share in shares.items())
    line = _("Rests on unverified figures, by value: {shares}")
    console.print(line.format(shares=", ".join(texts)))


def print_sources(figures: Sequence[Row], language: str) -> None:
    """Print figures of `symbiosis.scenarios.sources_document`, then the documents they cite."""
    _ = translator(language)
    console = open_console()
    shares = [name for name in figures[0] if name.endswith(SHARE)] if figures else []
    headings = [(_("Grade"), True), (_("Table"), False), (_("Row"), False), (_("Column"), False)]
    headings += [(_("Value"), True), (_("Range"), True), (_("Unit"), False), (_("Source"), False)]
    headings += [(name.removesuffix(SHARE), True) for name in shares]
    title = (
        _("Figures behind this result")
        if not shares
        else _("Figures behind this result, and the share of it that rests on each")
    )
    table = grid(title, headings)
    for row in figures:
        add_row(
            table,
            grade_text(str(row["grade"]), language),
            row["table"],
            row["id"],
            row["column"],
            _number(row["value"]),
            _range(row["low"], row["high"]),
            row["unit"],
            " ".join(str(cited["id"]) for cited in _cited(row)),
            *(f"{cast(float, row[name]):.1%}" for name in shares),
        )
    console.print()
    console.print(table)
    _print_documents(console, figures, _)


def _number(value: object) -> str:
    return "" if value is None else amount(cast(float, value))


def _range(low: object, high: object) -> str:
    return "" if low is None or high is None else f"{_number(low)} … {_number(high)}"


def _cited(row: Row) -> Sequence[Row]:
    return cast(Sequence[Row], row["citation"])


def _print_documents(console: Console, figures: Sequence[Row], _: Translate) -> None:
    documents = {(str(d["room"]), str(d["id"])): d for row in figures for d in _cited(row)}
    console.print()
    console.print(Text(_("Sources"), "bold"))
    for room, name in sorted(documents):
        told = document_text(dict(documents[room, name]))
        console.print(Text(f"{name} [{room}]: {told}"))
