"""``symbiosis check``: validates a park, or a catalogue; prints gaps and balances, or counts."""

from pathlib import Path

import click

from symbiosis.cli.options import (
    format_option,
    language_option,
    print_json,
)
from symbiosis.errors import InvalidData, Problem

_SHIPPED = ""  # the folder meant by --catalogue alone


@click.command()
@click.argument("park", metavar="[PARK]", required=False)
@click.option(
    "--catalogue",
    "folder",
    is_flag=False,
    flag_value=_SHIPPED,
    metavar="[FOLDER]",
    help="Validate a catalogue instead: the one in FOLDER, else the one that ships.",
)
@format_option
@language_option
def check(park: str | None, folder: str | None, form: str, language: str) -> None:
    """Validate PARK, or a catalogue: every problem with what to do about it; then what it holds."""
    if (park is None) == (folder is None):
        raise click.UsageError("Name a PARK or --catalogue, one of them.")
    if park is not None:
        _check_park(park, form, language)
    elif folder is not None:
        _check_catalogue(folder, form, language)


def _check_park(park: str, form: str, language: str) -> None:
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


def _check_catalogue(name: str, form: str, language: str) -> None:
    from symbiosis.catalogue import datasets_folder, read_catalogue
    from symbiosis.catalogue.checks import catalogue_problems, catalogue_summary

    shipped = datasets_folder() / "catalogue"
    folder = Path(name) if name else shipped
    problems = catalogue_problems(folder)
    if folder.resolve() == shipped.resolve():
        problems += _inventory_problems()
    if problems:
        raise InvalidData(problems)
    document = {"catalogue": name or "shipped", "tables": catalogue_summary(read_catalogue(folder))}
    if form == "json":
        print_json(document)
    else:
        from symbiosis.reporting.catalogue_text import print_catalogue

        print_catalogue(document, language)


def _inventory_problems() -> list[Problem]:
    """Return what is wrong with the inventory that belongs to the catalogue that ships."""
    from symbiosis.cli.inputs import known_catalogue, known_inventory
    from symbiosis.lca.plausible import implausible

    try:
        inventory = known_inventory()
    except InvalidData as error:
        return list(error.problems)
    try:
        resources = known_catalogue().resources
    except InvalidData:  # its problems are told already
        return []
    return list(implausible(inventory, resources))
