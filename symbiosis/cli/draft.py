"""``symbiosis draft``: from a list of firms to a first park."""

from pathlib import Path

import click

from symbiosis.cli.options import format_option, language_option, print_json, say


@click.command()
@click.argument("firms", metavar="FIRMS")
@click.option(
    "--output",
    "output",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder of the park to write.",
)
@click.option("--title", default="", help="Title of the park; by default the folder's name.")
@click.option("--region", default="", help="Grid region, such as Hubei; blank means the nation.")
@click.option("--year", type=click.IntRange(1000, 9999), help="Year of the park.")
@click.option(
    "--accept-fuzzy",
    "accept",
    type=click.FloatRange(0, 1),
    metavar="CONFIDENCE",
    help="Take the likeliest plant type also where it is not certain, from this confidence.",
)
@click.option("--replace", is_flag=True, help="Replace the park that stands at --output.")
@format_option
@language_option
def draft(
    firms: str,
    output: Path,
    title: str,
    region: str,
    year: int | None,
    accept: float | None,
    replace: bool,
    form: str,
    language: str,
) -> None:
    """Draft a first park from FIRMS: a list of firms with their plants and capacities.

    FIRMS is a .csv or .xlsx table with the columns name, plant and capacity, or the name of a
    list that ships (example). Every figure of the park is marked as drafted.
    """
    from symbiosis.cli.inputs import known_catalogue
    from symbiosis.drafting import draft_document, drafted, firms_file, read_firms, write_draft
    from symbiosis.reporting import print_draft

    known = read_firms(firms_file(firms))
    if known.ignored:
        say(f"note: {known.place}: left out unknown columns {', '.join(known.ignored)}")
    named = title or output.resolve().name
    made = drafted(known, known_catalogue(), title=named, region=region, year=year, accept=accept)
    write_draft(made, output, replace=replace)
    if form == "json":
        print_json(draft_document(made))
    else:
        print_draft(made, language)
    say(f"written to {output}")
