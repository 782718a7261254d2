"""``symbiosis datasets``: what ships."""

import click

from symbiosis.cli.options import (
    format_option,
    language_option,
    print_json,
)


@click.command()
@format_option
@language_option
def datasets(form: str, language: str) -> None:
    """List the parks, the catalogue and the inventory that ship, with their licences."""
    from symbiosis.cli.inputs import known_catalogue, known_inventory
    from symbiosis.reporting import print_datasets
    from symbiosis.scenarios import shipped

    document = shipped(known_catalogue(), known_inventory())
    if form == "json":
        print_json(document)
    else:
        print_datasets(document, language)
