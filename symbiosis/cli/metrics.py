"""``symbiosis metrics``: network analysis and rates of use of a park as it is."""

from typing import Literal

import click

from symbiosis.cli.options import format_option, language_option, park_argument, print_json


@click.command()
@park_argument
@click.option(
    "--layer",
    default="mass",
    show_default=True,
    help="What is counted: mass, energy, or an element.",
)
@click.option(
    "--by",
    type=click.Choice(["process", "enterprise"]),
    default="process",
    show_default=True,
    help="What a compartment of the network is.",
)
@format_option
@language_option
def metrics(
    park: str, layer: str, by: Literal["process", "enterprise"], form: str, language: str
) -> None:
    """Print indicators of PARK as it is: its network of flows, and what is used inside."""
    from symbiosis.cli.inputs import chosen_park, known_catalogue
    from symbiosis.reporting.metrics_text import print_metrics
    from symbiosis.scenarios.measured import measured

    document = measured(chosen_park(park, known_catalogue()), layer, by)
    if form == "json":
        print_json(document)
    else:
        print_metrics(document, language)
