"""``symbiosis resolve``: what a name or a code means in the catalogue."""

import click

from symbiosis.cli.options import format_option, language_option, print_json

_ROOMS = ("resources", "plants")


@click.command()
@click.argument("texts", metavar="TEXT...", nargs=-1, required=True)
@click.option(
    "--among",
    type=click.Choice(_ROOMS),
    help="Look among resources or plant types only; by default among both.",
)
@format_option
@language_option
def resolve(texts: tuple[str, ...], among: str | None, form: str, language: str) -> None:
    """Say which resource or plant type TEXT means: a name, a synonym, a code or nearly one.

    Each answer says how it was found and how surely; what is not certain is never taken for it.
    """
    from symbiosis.catalogue import plant_lexicon, resolved, resource_lexicon
    from symbiosis.cli.inputs import known_catalogue
    from symbiosis.reporting import print_resolutions, resolution_documents

    catalogue = known_catalogue()
    lexicons = {
        "resources": resource_lexicon(catalogue.resources),
        "plants": plant_lexicon(catalogue.blueprints),
    }
    chosen = {room: lexicons[room] for room in (_ROOMS if among is None else (among,))}
    found = [{room: resolved(text, known) for room, known in chosen.items()} for text in texts]
    if form == "json":
        print_json(resolution_documents(found))
    else:
        print_resolutions(found, language)
