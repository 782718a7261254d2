"""``symbiosis disrupt``: what the loss of each enterprise costs."""

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
@inventory_option
@format_option
@language_option
def disrupt(
    park: str,
    scenario: Path | None,
    assignments: tuple[str, ...],
    inventory: Path | None,
    form: str,
    language: str,
) -> None:
    """Say what the loss of each enterprise of PARK costs, what stops, and who is exposed."""
    from symbiosis.cli.inputs import chosen_park, known_catalogue, known_inventory
    from symbiosis.reporting.sharing_text import objective_unit
    from symbiosis.reporting.tradeoff_text import print_losses
    from symbiosis.reporting.wording import vocabulary
    from symbiosis.scenarios import local_catalogue
    from symbiosis.scenarios.disruption import losses, losses_document

    catalogue = known_catalogue()
    chosen = chosen_park(park, catalogue, scenario, assignments, inventory)
    local = local_catalogue(chosen, catalogue, known_inventory())
    found = losses(chosen, local, step)
    if form == "json":
        print_json(losses_document(found))
        return
    print_losses(found, vocabulary(chosen, local, language), objective_unit(chosen), language)
