"""``symbiosis factors``: what the inventory says a unit causes, in a region and a year."""

from pathlib import Path

import click

from symbiosis.cli.options import language_option, print_json

CONVENTIONS = ("location", "residual", "footprint", "park_method")


@click.command()
@click.option("--region", help="Grid region, such as Guizhou; by default the nation, CN.")
@click.option("--year", type=click.IntRange(1000, 9999), help="By default the latest.")
@click.option(
    "--convention",
    default="location",
    show_default=True,
    metavar="|".join(CONVENTIONS),
    help="How electricity is counted.",
)
@click.option(
    "--indicator",
    "indicators",
    multiple=True,
    help="An indicator; repeat it for several. By default all that the inventory has.",
)
@click.option(
    "--inventory",
    "folder",
    type=click.Path(path_type=Path),
    help="The folder of an inventory; by default the one that ships.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="A table to read, one JSON document, or CSV with every column.",
)
@language_option
def factors(
    region: str | None,
    year: int | None,
    convention: str,
    indicators: tuple[str, ...],
    folder: Path | None,
    form: str,
    language: str,
) -> None:
    """List the factors of an inventory: value, range, unit, grade and sources of each."""
    from symbiosis.cli.inputs import known_inventory
    from symbiosis.lca import read_inventory
    from symbiosis.reporting.factors_text import print_factors
    from symbiosis.scenarios.listed import factor_rows, listed_factors

    inventory = known_inventory() if folder is None else read_inventory(folder)
    table = listed_factors(inventory, region, year, convention, indicators)
    if form == "json":
        print_json(factor_rows(table))
    elif form == "csv":
        click.echo(table.to_csv(index=False, lineterminator="\n"), nl=False)
    else:
        print_factors(table, language)
