"""``symbiosis import``: reads inventories of other tools."""

from pathlib import Path

import click

from symbiosis.cli.options import format_option, print_json, say

KINDS = (
    *("csv", "excel", "ecospold1", "ecospold2", "simapro", "openlca", "ilcd", "datapackage"),
    "brightway",
)


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=Path)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="A folder for the tables, import.json, mapping.csv and factors.csv.",
)
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    help="A CSV that says which resource is which activity; else mapping.csv of the output folder.",
)
@click.option("--kind", type=click.Choice(KINDS), help="The format, where it is not recognised.")
@click.option("--cut-off", is_flag=True, help="Leave out inputs that nothing gives.")
@click.option("--project", default="", help="The project in a Brightway directory.")
@click.option("--database", "databases", multiple=True, help="A database of it; all by default.")
@format_option
def import_(
    files: tuple[Path, ...],
    output: Path,
    mapping: Path | None,
    kind: str | None,
    cut_off: bool,
    project: str,
    databases: tuple[str, ...],
    form: str,
) -> None:
    """Read life-cycle inventories of other tools and link them to the resources of parks.

    FILE is a file, a folder or a zip; a Brightway project is given by its directory.
    """
    from symbiosis.catalogue import datasets_folder
    from symbiosis.cli.inputs import known_catalogue
    from symbiosis.lca.importing import import_inventory

    found = import_inventory(
        files,
        output,
        datasets=datasets_folder(),
        resources=known_catalogue().resources,
        mapping=mapping,
        kind=kind,
        cut_off=cut_off,
        project=project,
        databases=databases,
        say=say,
    )
    if form == "json":
        print_json(found.document)
        return
    counts = found.document["counts"]
    for name, number in counts.items() if isinstance(counts, dict) else ():
        click.echo(f"{name.replace('_', ' '):>16}  {number}")
    say(f"written to {output}")
