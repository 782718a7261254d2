"""What commands have in common: their options, and how they speak. Loads nothing heavy."""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., object])


def park_argument(command: Command) -> Command:
    """Add the argument PARK: a folder, a workbook, or the name of a shipped park."""
    return click.argument("park", metavar="PARK")(command)


def scenario_options(command: Command) -> Command:
    """Add --scenario and --set."""
    command = click.option(
        "--set", "assignments", metavar="KEY=VALUE", multiple=True, help="Change a setting."
    )(command)
    return click.option(
        "--scenario",
        "scenario",
        type=click.Path(path_type=Path),
        help="A TOML file with settings, limits and changes.",
    )(command)


def format_option(command: Command) -> Command:
    """Add --format table|json."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json"]),
        default="table",
        show_default=True,
        help="A table to read, or one JSON document.",
    )(command)


def sources_option(command: Command) -> Command:
    """Add --sources."""
    return click.option(
        "--sources",
        "sources",
        is_flag=True,
        help="List the figures behind the result, with grades and documents.",
    )(command)


def monte_carlo_option(command: Command) -> Command:
    """Add --monte-carlo N."""
    return click.option(
        "--monte-carlo",
        "samples",
        type=click.IntRange(1, 1_000_000),
        metavar="N",
        help="Draw all figures with a range N times and say how sure the result is.",
    )(command)


def inventory_option(command: Command) -> Command:
    """Add --inventory DIR."""
    return click.option(
        "--inventory",
        "inventory",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="An inventory that symbiosis import wrote: its links come before what ships.",
    )(command)


def question_options(command: Command) -> Command:
    """Add what commands about a park ask for: PARK, a scenario, settings, sources, the form."""
    command = inventory_option(sources_option(format_option(language_option(command))))
    return park_argument(scenario_options(command))


def language_option(command: Command) -> Command:
    """Add --language en|zh (tables only; JSON is never localised)."""
    return click.option(
        "--language",
        type=click.Choice(["en", "zh"]),
        default=_usual_language,
        envvar="SYMBIOSIS_LANGUAGE",
        help="Language of tables and reasons.",
    )(command)


def _usual_language() -> str:
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "zh" if (spoken or "").startswith("zh") else "en"


def say(text: str) -> None:
    """Tell the user on standard error, so that standard output stays the answer."""
    click.echo(text, err=True)


def step(name: str) -> None:
    """Tell the user how far a command has come, on standard error."""
    say(f"... {name}")


def print_json(document: object) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))


def print_record(record: Mapping[str, object]) -> None:
    """Print what was done as names and values, one to a line."""
    for name, value in record.items():
        told = ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else value
        click.echo(f"{name:12s} {told}")
