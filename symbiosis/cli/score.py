"""``symbiosis score``: footprints of a park as it is."""

from pathlib import Path

import click

from symbiosis.cli.options import monte_carlo_option, print_json, question_options, step

RULES = ("substitution", "cut-off", "50-50", "cff")


@click.command()
@question_options
@click.option(
    "--indicator",
    "indicators",
    multiple=True,
    help="An indicator; repeat it for several. By default those of the settings.",
)
@click.option(
    "--allocation",
    metavar="|".join(RULES),
    help="The rule of environmental indicators; by default that of the settings.",
)
@monte_carlo_option
def score(
    park: str,
    scenario: Path | None,
    assignments: tuple[str, ...],
    inventory: Path | None,
    indicators: tuple[str, ...],
    allocation: str | None,
    samples: int | None,
    sources: bool,
    form: str,
    language: str,
) -> None:
    """Print what PARK costs and emits as it is, by boundary and resource, with gaps."""
    from symbiosis.cli.inputs import chosen_park, known_catalogue, known_inventory, stated_figures
    from symbiosis.reporting import print_score, print_sources
    from symbiosis.reporting.sampled_text import print_monte_carlo
    from symbiosis.reporting.wording import vocabulary
    from symbiosis.scenarios import local_catalogue, scored, scored_sources, with_settings
    from symbiosis.scenarios.monte_carlo import park_monte_carlo
    from symbiosis.scenarios.sampled import monte_carlo_document

    catalogue, known = known_catalogue(), known_inventory()
    chosen = chosen_park(park, catalogue, scenario, assignments, inventory)
    stated = stated_figures(park)
    asked = {"indicators": list(indicators), "allocation": allocation}
    chosen = with_settings(chosen, {k: v for k, v in asked.items() if v}, "options")
    document = scored(chosen, catalogue, known, stated)
    if samples is not None:
        local = local_catalogue(chosen, catalogue, known)
        sampled = park_monte_carlo(chosen, local, known, samples, step, stated)
        document["monte_carlo"] = monte_carlo_document(sampled)
    listed = scored_sources(chosen, catalogue, known, stated) if sources else []
    if form == "json":
        print_json(document | {"sources": listed} if sources else document)
        return
    print_score(document, language)
    if samples is not None:
        print_monte_carlo(document, vocabulary(chosen, local, language))
    if sources:
        print_sources(listed, language)
