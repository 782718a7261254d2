"""``symbiosis pareto``: what one indicator costs in another."""

from pathlib import Path

import click

from symbiosis.cli.options import (
    format_option,
    inventory_option,
    language_option,
    park_argument,
    print_json,
    scenario_options,
    step,
)


@click.command()
@park_argument
@scenario_options
@click.option(
    "--indicators",
    default="cost,gwp100",
    show_default=True,
    metavar="A,B",
    help="The two indicators, divided by a comma.",
)
@click.option(
    "--points",
    type=click.IntRange(2, 1000),
    default=7,
    show_default=True,
    metavar="N",
    help="How many points at most, the two ends included.",
)
@inventory_option
@format_option
@language_option
def pareto(
    park: str,
    scenario: Path | None,
    assignments: tuple[str, ...],
    indicators: str,
    points: int,
    inventory: Path | None,
    form: str,
    language: str,
) -> None:
    """List the plans for PARK that nothing betters in two indicators at once."""
    names = [name.strip() for name in indicators.split(",")]
    if len(names) != 2 or names[0] == names[1] or not all(name.isidentifier() for name in names):
        raise click.UsageError("--indicators: give two different ones, such as cost,gwp100")
    from symbiosis.cli.inputs import chosen_park, known_catalogue, known_inventory
    from symbiosis.reporting.tradeoff_text import print_pareto
    from symbiosis.scenarios import pareto as points_of

    catalogue = known_catalogue()
    chosen = chosen_park(park, catalogue, scenario, assignments, inventory)
    found = points_of.pareto(
        chosen, catalogue, known_inventory(), (names[0], names[1]), points, step
    )
    if form == "json":
        print_json(points_of.pareto_document(found))
        return
    print_pareto(found, chosen.currency, language)
