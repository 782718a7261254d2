"""``symbiosis explain``: why a pair fits or not, rule by rule."""

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
@click.argument("offer", metavar="OFFER")
@click.argument("demand", metavar="DEMAND")
@scenario_options
@format_option
@language_option
def explain(
    park: str,
    offer: str,
    demand: str,
    scenario: Path | None,
    assignments: tuple[str, ...],
    form: str,
    language: str,
) -> None:
    """Say why OFFER fits DEMAND or not: every pathway, each rule with figures.

    OFFER and DEMAND are flows, or enterprises (all that they offer or need).
    """
    from symbiosis.cli.inputs import chosen_park, known_catalogue, known_inventory
    from symbiosis.reporting import explanation_document, print_explanation
    from symbiosis.scenarios import explained, planned

    catalogue = known_catalogue()
    chosen = chosen_park(park, catalogue, scenario, assignments)
    outcome = planned(chosen, catalogue, known_inventory())
    found = explained(outcome, offer, demand)
    if form == "json":
        print_json(explanation_document(outcome, found))
    else:
        print_explanation(outcome, found, language)
