"""``symbiosis reconcile``: measured flows made to balance."""

from pathlib import Path

import click

from symbiosis.cli.options import format_option, language_option, park_argument, print_json, say


@click.command()
@park_argument
@click.option(
    "--output",
    "output",
    type=click.Path(path_type=Path),
    help="Folder or .xlsx workbook for the reconciled park.",
)
@click.option(
    "--open",
    "leave_open",
    metavar="PROCESS",
    multiple=True,
    help="A process that need not balance; repeat it for several.",
)
@format_option
@language_option
def reconcile(
    park: str, output: Path | None, leave_open: tuple[str, ...], form: str, language: str
) -> None:
    """Adjust the measured flows of PARK until processes balance, and name doubtful figures.

    Measured is what has an sd, or a low and a high; other flows are computed.
    """
    from symbiosis.cli.inputs import chosen_park, known_catalogue
    from symbiosis.io import write_park
    from symbiosis.metrics.reconciliation import reconciled, reconciled_park
    from symbiosis.reporting.reconciliation_text import (
        print_reconciliation,
        reconciliation_document,
    )

    chosen = chosen_park(park, known_catalogue())
    found = reconciled(chosen, leave_open)
    if output is not None:
        write_park(reconciled_park(chosen, found), output)
    if form == "json":
        print_json(reconciliation_document(found))
    else:
        print_reconciliation(found, chosen.flows["unit"], language)
    if output is not None:
        say(f"written to {output}")
