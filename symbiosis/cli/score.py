"""``symbiosis score``: footprints of a park as it is."""

from pathlib import Path

import click

from symbiosis.cli.options import (
    format_option,
    language_option,
    park_argument,
    print_json,
    scenario_options,
)


@click.command()
@park_argument
@scenario_options
@format_option
@language_option
def score(
    park: str,
    scenario: Path | None,
    assignments: tuple[str, ...],
    form: str,
    language: str,
) -> None:
    """Print what PARK costs and emits as it is, by boundary and resource, with gaps."""
    from symbiosis.cli.inputs import chosen_park, known_catalogue, known_inventory
    from symbiosis.reporting import print_score
    from symbiosis.scenarios import scored

    catalogue = known_catalogue()
    chosen = chosen_park(park, catalogue, scenario, assignments)
    document = scored(chosen, catalogue, known_inventory())
    if form == "json":
        print_json(document)
    else:
        print_score(document, language)
