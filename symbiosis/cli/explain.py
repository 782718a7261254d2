"""``symbiosis explain``: why a pair fits or not, rule by rule."""

from pathlib import Path

import click

from symbiosis.cli.options import print_json, question_options


@click.command()
@question_options
@click.argument("offer", metavar="OFFER")
@click.argument("demand", metavar="DEMAND")
def explain(
    park: str,
    offer: str,
    demand: str,
    scenario: Path | None,
    assignments: tuple[str, ...],
    inventory: Path | None,
    sources: bool,
    form: str,
    language: str,
) -> None:
    """Say why OFFER fits DEMAND or not: every pathway, each rule with figures.

    OFFER and DEMAND are flows, or enterprises (all that they offer or need).
    """
    from symbiosis.cli.inputs import chosen_park, known_catalogue, known_inventory, stated_figures
    from symbiosis.reporting import explanation_document, print_explanation, print_sources
    from symbiosis.scenarios import explained, outcome_sources, pair_figures, planned

    catalogue = known_catalogue()
    chosen = chosen_park(park, catalogue, scenario, assignments, inventory)
    outcome = planned(chosen, catalogue, known_inventory(), provenance=stated_figures(park))
    found = explained(outcome, offer, demand)
    listed = outcome_sources(outcome, pair_figures(outcome, found)) if sources else []
    if form == "json":
        document = explanation_document(outcome, found)
        print_json(document | {"sources": listed} if sources else document)
        return
    print_explanation(outcome, found, language)
    if sources:
        print_sources(listed, language)
