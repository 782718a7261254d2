"""``symbiosis match``: proposes exchanges."""

from pathlib import Path

import click

from symbiosis.cli.options import (
    format_option,
    language_option,
    park_argument,
    print_json,
    say,
    scenario_options,
)


@click.command()
@park_argument
@scenario_options
@click.option(
    "--output",
    "output",
    type=click.Path(path_type=Path),
    help="A folder for summary.json, tables, the park after, and report.html.",
)
@format_option
@language_option
def match(
    park: str,
    scenario: Path | None,
    assignments: tuple[str, ...],
    output: Path | None,
    form: str,
    language: str,
) -> None:
    """Propose exchanges for PARK and say what they save in money and carbon."""
    from symbiosis.cli.inputs import chosen_park, known_catalogue, known_inventory
    from symbiosis.reporting import print_outcome, writable, write_outcome
    from symbiosis.scenarios import matched, summary

    if output is not None:
        writable(output)
    catalogue = known_catalogue()
    chosen = chosen_park(park, catalogue, scenario, assignments)
    outcome = matched(chosen, catalogue, known_inventory(), lambda step: say(f"... {step}"))
    document = summary(outcome)
    if output is not None:
        say("... files")
        write_outcome(outcome, document, output)
    if form == "json":
        print_json(document)
        return
    print_outcome(outcome, document, language)
    if output is not None:
        say(f"written to {output}")
