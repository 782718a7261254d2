"""``symbiosis match``: proposes exchanges."""

from pathlib import Path

import click

from symbiosis.cli.options import monte_carlo_option, print_json, question_options, say, step


@click.command()
@question_options
@monte_carlo_option
@click.option(
    "--output",
    "output",
    type=click.Path(path_type=Path),
    help="A folder for summary.json, tables, the park after, and report.html.",
)
def match(
    park: str,
    scenario: Path | None,
    assignments: tuple[str, ...],
    inventory: Path | None,
    output: Path | None,
    samples: int | None,
    sources: bool,
    form: str,
    language: str,
) -> None:
    """Propose exchanges for PARK and say what they save in money and carbon."""
    from symbiosis.cli.inputs import chosen_park, known_catalogue, known_inventory, stated_figures
    from symbiosis.reporting import print_outcome, print_sources, writable, write_outcome
    from symbiosis.reporting.sampled_text import print_monte_carlo
    from symbiosis.reporting.wording import vocabulary
    from symbiosis.scenarios import evidence, matched, outcome_sources, summary
    from symbiosis.scenarios.monte_carlo import monte_carlo
    from symbiosis.scenarios.sampled import monte_carlo_document

    if output is not None:
        writable(output)
    catalogue = known_catalogue()
    chosen = chosen_park(park, catalogue, scenario, assignments, inventory)
    stated = stated_figures(park)
    outcome = matched(chosen, catalogue, known_inventory(), step, stated)
    behind = evidence(outcome)
    document, sampled = summary(outcome, behind), None
    if samples is not None:
        sampled = monte_carlo(outcome, samples, step, behind)
        document["monte_carlo"] = monte_carlo_document(sampled, outcome.exchanges)
    if output is not None:
        step("files")
        write_outcome(outcome, document, output, behind, sampled)
    listed = outcome_sources(outcome, behind.figures) if sources else []
    if form == "json":
        print_json(document | {"sources": listed} if sources else document)
        return
    print_outcome(outcome, document, behind, language)
    if sampled is not None:
        print_monte_carlo(document, vocabulary(chosen, outcome.catalogue, language), outcome)
    if sources:
        print_sources(listed, language)
    if output is not None:
        say(f"written to {output}")
