"""What commands print of a Monte Carlo."""

from collections.abc import Hashable, Mapping, Sequence
from typing import cast

from rich.console import Console

from symbiosis.reporting.figure_names import figure_name
from symbiosis.reporting.grid import Row, add_row, amount, grid, open_console
from symbiosis.reporting.language import Translate, translator
from symbiosis.reporting.wording import Vocabulary, indicator_measure, indicator_text
from symbiosis.scenarios import Outcome

SURE = 0.975
MOST_EXCHANGES = 15


def print_monte_carlo(document: Row, words: Vocabulary, outcome: Outcome | None = None) -> None:
    """Print the Monte Carlo of a result.

    Parameters
    ----------
    document : mapping
        The result; ``monte_carlo`` in it is of
        `symbiosis.scenarios.sampled.monte_carlo_document`.
    words : Vocabulary
        What the park's things are called.
    outcome : Outcome, optional
        The plan, if it is one that was sampled.
    """
    _ = translator(words.language)
    console = open_console()
    found = cast(Mapping[str, Row], document["monte_carlo"])
    currency = str(document["currency"]) if outcome is None else outcome.park.currency
    console.print()
    _print_intervals(console, found, currency, words, is_plan=outcome is not None)
    _print_inputs(console, found, words)
    if outcome is not None:
        _print_doubtful(console, found, outcome, words)
    console.print(
        _(
            "Every figure with a range is drawn from it, {n} times with seed {seed}, the same for "
            "before, after and all exchanges; the plan stays."
        ).format(**_drawn(found))
        if outcome is not None
        else _("Every figure with a range is drawn from it, {n} times with seed {seed}.").format(
            **_drawn(found)
        )
    )


def _drawn(found: Mapping[str, Row]) -> Mapping[str, object]:
    first = next(iter(found.values()))
    return {"n": first["samples"], "seed": first["seed"]}


def _print_intervals(
    console: Console,
    found: Mapping[str, Row],
    currency: str,
    words: Vocabulary,
    *,
    is_plan: bool,
) -> None:
    _ = translator(words.language)
    title = (
        _("Monte Carlo: what the plan saves per year")
        if is_plan
        else _("Monte Carlo: footprint per year")
    )
    headings = [(_("Indicator"), False), ("2.5 %", True), (_("Median"), True), ("97.5 %", True)]
    table = grid(title, headings + ([(_("Probability that it saves"), True)] if is_plan else []))
    for name, row in found.items():
        measure = indicator_measure(name, currency)
        unit = f" [{measure}]" if measure else ""
        cells = [amount(cast(float, row[end])) for end in ("low", "median", "high")]
        last = [f"{cast(float, row['probability']):.1%}"] if is_plan else []
        add_row(table, indicator_text(name, words.language) + unit, *cells, *last)
    console.print(table)


def _print_inputs(console: Console, found: Mapping[str, Row], words: Vocabulary) -> None:
    _ = translator(words.language)
    headings = [(_("Indicator"), False), (_("Figure"), False), (_("Share"), True)]
    table = grid(_("What the variance goes with (rank correlation, squared)"), headings)
    for name, row in found.items():
        for figure in cast(Sequence[Mapping[Hashable, object]], row["inputs"]):
            share = f"{cast(float, figure['share']):.0%}"
            cells = (indicator_text(name, words.language), input_name(figure, words), share)
            add_row(table, *cells)
    if table.row_count:
        console.print()
        console.print(table)


def input_name(figure: Mapping[Hashable, object], words: Vocabulary) -> str:
    """Return what an input is called, with the pathway that it is a figure of."""
    name = figure_name(figure, words)
    if figure["table"] not in ("pathways", "pathway_flows"):
        return name
    return f"{words.name('pathways', str(figure['id']))}: {name}"


def _print_doubtful(
    console: Console, found: Mapping[str, Row], outcome: Outcome, words: Vocabulary
) -> None:
    """Print the exchanges that may not save, the most doubtful first."""
    _ = translator(words.language)
    chances = {
        name: list(cast(Mapping[str, float], row["exchanges"]).values())
        for name, row in found.items()
    }
    headings = [(_("From"), False), (_("To"), False), (_("Resource"), False), (_("Pathway"), False)]
    headings += [(indicator_text(name, words.language), True) for name in chances]
    table = grid(_("Exchanges that may not save, with the probability that they do"), headings)
    least = [min(values) for values in zip(*chances.values(), strict=True)]
    doubtful = [at for at in sorted(range(len(least)), key=least.__getitem__) if least[at] < SURE]
    for at in doubtful[:MOST_EXCHANGES]:
        row = outcome.exchanges.iloc[at]
        add_row(
            table,
            words.name("enterprises", str(row["giver"])),
            _taker(row.to_dict(), words, _),
            words.name("resources", str(row["resource"])),
            words.name("pathways", str(row["pathway"])),
            *(f"{values[at]:.1%}" for values in chances.values()),
        )
    if not table.row_count:
        return
    console.print()
    console.print(table)
    if len(doubtful) > MOST_EXCHANGES:
        more = _("... and {n} more (see exchanges.csv with --output)")
        console.print(more.format(n=len(doubtful) - MOST_EXCHANGES))


def _taker(row: Mapping[Hashable, object], words: Vocabulary, _: Translate) -> str:
    sold = cast(float, row["demand"]) < 0
    return _("market") if sold else words.name("enterprises", str(row["taker"]))
