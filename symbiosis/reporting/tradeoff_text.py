"""What ``pareto`` and ``disrupt`` print."""

from collections.abc import Sequence

from symbiosis.reporting.grid import add_row, amount, grid, open_console
from symbiosis.reporting.language import translator
from symbiosis.reporting.wording import Vocabulary, indicator_measure, indicator_text
from symbiosis.scenarios.disruption import Loss
from symbiosis.scenarios.pareto import Point


def print_pareto(points: Sequence[Point], currency: str, language: str) -> None:
    """Print points from the best in the first indicator to the best in the second."""
    _ = translator(language)
    console = open_console()
    columns = [
        (f"{indicator_text(name, language)} [{indicator_measure(name, currency)}/a]", True)
        for name in points[0].saving
    ]
    table = grid(_("Savings that nothing betters in both"), [*columns, (_("Exchanges"), True)])
    for point in points:
        add_row(table, *map(amount, point.saving.values()), point.exchanges)
    console.print(table)
    if any(point.status != "optimal" for point in points):
        console.print(_("A search ran out of time: there may be better points."))


def print_losses(rows: Sequence[Loss], words: Vocabulary, unit: str, language: str) -> None:
    """Print what the loss of each enterprise costs; `unit` is "" where it is unknown."""
    _ = translator(language)
    measure = f" [{unit}]" if unit else ""
    table = grid(
        _("What goes with each enterprise"),
        [
            (_("Enterprise"), False),
            (_("Saving lost") + measure, True),
            (_("Planned exchanges that stop"), True),
            (_("Exchanges of today that stop"), True),
            (_("Exposed"), False),
        ],
    )
    for row in rows:
        exposed = ", ".join(words.name("enterprises", name) for name in row.exposed)
        name = words.name("enterprises", row.enterprise)
        add_row(table, name, amount(row.loss), len(row.stops), len(row.existing), exposed)
    open_console().print(table)
