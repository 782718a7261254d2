"""Tables in the terminal: where they are printed, their columns, rows and numbers."""

from collections.abc import Mapping, Sequence

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

WIDTH = 150  # where standard output is not a terminal
MOST_ROWS = 30
Row = Mapping[str, object]


def open_console() -> Console:
    """Return where a command prints: as wide as the terminal, or a fixed width in a file."""
    console = Console(highlight=False, markup=False, emoji=False)
    return (
        console
        if console.is_terminal
        else Console(width=WIDTH, highlight=False, markup=False, emoji=False)
    )


def grid(title: str, columns: Sequence[tuple[str, bool]]) -> Table:
    """Return an empty table; a column is its heading and whether it holds numbers."""
    table = Table(title=Text(title), title_justify="left", title_style="bold", box=None)
    for heading, is_number in columns:
        table.add_column(
            Text(heading),
            justify="right" if is_number else "left",
            no_wrap=is_number,
            overflow="fold",
            header_style="bold",
        )
    return table


def add_row(table: Table, *cells: object) -> None:
    """Add a row of cells; text of data is shown as it stands, never read as markup."""
    table.add_row(*(Text(str(cell)) for cell in cells))


def amount(value: float, digits: int = 4) -> str:
    """Return a number as a person reads it: grouped, and no more digits than it is worth.

    Examples
    --------
    >>> amount(1234567.0), amount(0.012345), amount(float("nan"))
    ('1,234,567', '0.01235', '-')
    """
    if pd.isna(value):
        return "-"
    if value == 0 or abs(value) >= 1000:
        return f"{value + 0.0:,.0f}"
    return f"{value:.{digits}g}"
