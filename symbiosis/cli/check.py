"""``symbiosis check``: validates a park; prints its gaps and balances."""

import click

from symbiosis.cli.options import (
    format_option,
    language_option,
    park_argument,
    print_json,
)


@click.command()
@park_argument
@format_option
@language_option
def check(park: str, form: str, language: str) -> None:
    """Validate PARK: every problem with its row and what to do, then gaps and balances."""
    from symbiosis.cli.inputs import chosen_park, known_catalogue, known_inventory
    from symbiosis.reporting import print_check
    from symbiosis.scenarios import checked

    catalogue = known_catalogue()
    chosen = chosen_park(park, catalogue)
    document = checked(chosen, catalogue, known_inventory())
    if form == "json":
        print_json(document)
    else:
        print_check(document, language)
