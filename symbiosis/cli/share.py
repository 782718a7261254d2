"""``symbiosis share``: splits a saving between those who make it together."""

from pathlib import Path

import click

from symbiosis.cli.options import (
    format_option,
    inventory_option,
    language_option,
    print_json,
    scenario_options,
    step,
)

METHODS = ("shapley", "nucleolus", "core")


@click.command()
@click.argument("park", metavar="[PARK]", required=False)
@scenario_options
@click.option(
    "--method",
    type=click.Choice(METHODS),
    default="shapley",
    show_default=True,
    help="What each adds on average; the smallest complaints; or one split without complaints.",
)
@click.option(
    "--game",
    "game",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="In place of a park: a CSV file with the columns coalition and value.",
)
@click.option("--cost", is_flag=True, help="The values of the game are costs.")
@click.option(
    "--samples",
    type=click.IntRange(2, 1_000_000),
    default=30,
    show_default=True,
    metavar="N",
    help="Orders of joining to draw where more than 15 enterprises take part.",
)
@inventory_option
@format_option
@language_option
def share(
    park: str | None,
    scenario: Path | None,
    assignments: tuple[str, ...],
    method: str,
    game: Path | None,
    cost: bool,
    samples: int,
    inventory: Path | None,
    form: str,
    language: str,
) -> None:
    """Split what the best plan for PARK saves, or a given game, between the players."""
    if (park is None) == (game is None):
        raise click.UsageError("give a PARK, or a game with --game FILE")
    if park is None and (scenario or assignments or inventory):
        raise click.UsageError("--scenario, --set and --inventory belong to a PARK")
    if game is None and cost:
        raise click.UsageError("--cost belongs to --game: what a park saves is no cost")
    from symbiosis.cli.inputs import chosen_park, known_catalogue, known_inventory
    from symbiosis.io.game import read_game
    from symbiosis.reporting.sharing_text import objective_unit, print_sharing
    from symbiosis.reporting.wording import vocabulary
    from symbiosis.scenarios import local_catalogue
    from symbiosis.scenarios.sharing import shared, shared_game, sharing_document

    if game is not None:
        split = shared_game(read_game(game), method, cost)
        words, unit = None, ""
    elif park is not None:
        catalogue = known_catalogue()
        chosen = chosen_park(park, catalogue, scenario, assignments, inventory)
        local = local_catalogue(chosen, catalogue, known_inventory())
        split = shared(chosen, local, method, samples, step)
        words = vocabulary(chosen, local, language)
        unit = objective_unit(chosen)
    if form == "json":
        print_json(sharing_document(split))
        return
    print_sharing(split, words, unit, cost, language)
