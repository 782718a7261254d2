"""What the code declares, as pages: the park's tables, the settings and the commands.

Names, kinds and defaults come from the code; what each means comes from ``meanings.csv``, in both
languages. A name without a meaning is a warning, and `make docs` treats warnings as errors.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from pathlib import Path

import click
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from symbiosis.cli import main
from symbiosis.model import LATER, TABLES, Column, Settings, Table

MEANINGS = Path(__file__).with_name("meanings.csv")
WORDS = {
    "en": {
        "column": "column",
        "kind": "kind",
        "default": "default",
        "meaning": "meaning",
        "setting": "setting",
        "option": "option",
        "text": "text",
        "number": "number",
        "boolean": "true or false",
        "needed": "needed",
        "key": "A row is named by {names}.",
        "later": "Not read yet, and refused rather than ignored: {names}.",
    },
    "zh": {
        "column": "列",
        "kind": "类型",
        "default": "默认值",
        "meaning": "含义",
        "setting": "设置",
        "option": "选项",
        "text": "文本",
        "number": "数字",
        "boolean": "true 或 false",
        "needed": "必填",
        "key": "行的主键：{names}。",
        "later": "目前尚不支持，读到时会拒绝而不会忽略：{names}。",
    },
}
Meanings = Mapping[tuple[str, str], Mapping[str, str]]


def meanings() -> Meanings:
    """Return what each name means, by (where, name) and language."""
    with MEANINGS.open(encoding="utf-8", newline="") as file:
        return {(row["where"], row["name"]): row for row in csv.DictReader(file)}


def declared_names() -> Iterator[tuple[str, str]]:
    """Yield every (where, name) that needs a meaning."""
    for table in TABLES.values():
        yield table.name, ""
        yield from ((table.name, column.name) for column in table.columns)
        yield from ((table.name, f"{family}*") for family in table.families)
    yield from (("settings", field.name) for field in fields(Settings))
    for name, command in main.commands.items():
        yield from ((name, _option(parameter)) for parameter in command.params)


def table_page(table: Table, known: Meanings, language: str) -> str:
    """Return a table of the park's file format in Markdown."""
    word = WORDS[language]
    rows = [_column_row(table, column, known, language) for column in table.columns]
    for family in table.families:
        name = f"{family}*"
        rows.append([f"`{name}`", word["number"], "", known[table.name, name][language]])
    lines = [known[table.name, ""][language], ""]
    if table.key:
        lines += [word["key"].format(names=", ".join(f"`{name}`" for name in table.key)), ""]
    head = [word["column"], word["kind"], word["default"], word["meaning"]]
    return "\n".join([*lines, *_grid(head, rows)])


def settings_page(known: Meanings, language: str) -> str:
    """Return the settings with their defaults in Markdown."""
    word = WORDS[language]
    rows = [
        [f"`{field.name}`", _default(field.name), known["settings", field.name][language]]
        for field in fields(Settings)
    ]
    return "\n".join(_grid([word["setting"], word["default"], word["meaning"]], rows))


def command_page(command: click.Command, known: Meanings, language: str) -> str:
    """Return a command's usage and options in Markdown."""
    word, name = WORDS[language], str(command.name)
    usage = " ".join(["symbiosis", name, *command.collect_usage_pieces(click.Context(command))])
    rows = [
        [f"`{_option(parameter)}`", known[name, _option(parameter)][language]]
        for parameter in command.params
    ]
    return "\n".join(["```text", usage, "```", "", *_grid([word["option"], word["meaning"]], rows)])


def _column_row(table: Table, column: Column, known: Meanings, language: str) -> list[str]:
    word = WORDS[language]
    standing = "" if column.default is None else _shown(column.default)
    default = word["needed"] if column.needed else standing
    meaning = known[table.name, column.name][language]
    return [f"`{column.name}`", word[column.kind], default, meaning]


def _default(name: str) -> str:
    field = next(field for field in fields(Settings) if field.name == name)
    if field.default is MISSING:
        return ""
    return _shown(field.default)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return f"`{', '.join(map(str, value))}`"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def _option(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Argument):
        return re.sub(r"[\[\]]", "", parameter.make_metavar(click.Context(main)))
    return max(parameter.opts, key=len)


def _grid(head: list[str], rows: list[list[str]]) -> list[str]:
    ruled = ["---"] * len(head)
    return [
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
        for row in (head, ruled, *rows)
    ]


class Declared(SphinxDirective):
    """A directive that writes Markdown made from the code."""

    option_spec = {"language": directives.unchanged}  # noqa: RUF012  # docutils asks for a dict
    optional_arguments = 1

    def text(self, known: Meanings, language: str) -> str:
        """Return the Markdown to put here."""
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        """Return what stands in the place of the directive."""
        language = "zh" if self.env.docname.startswith("zh/") else "en"
        known = meanings()
        for where, name in declared_names():
            if not all(known.get((where, name), {}).get(spoken) for spoken in WORDS):
                raise self.error(f"meanings.csv does not say what '{name}' of {where} is")
        return self.parse_text_to_nodes(self.text(known, language))


class TablePage(Declared):
    """``{park-table} flows``: the columns of a table."""

    def text(self, known: Meanings, language: str) -> str:
        """Return the table named by the argument."""
        return table_page(TABLES[self.arguments[0]], known, language)


class LaterTables(Declared):
    """``{later-tables}``: files of the contract that are not read yet."""

    def text(self, known: Meanings, language: str) -> str:  # noqa: ARG002  # as the others
        """Return their names in a sentence."""
        names = ", ".join(f"`{name}.csv`" for name in LATER)
        return WORDS[language]["later"].format(names=names)


class SettingsPage(Declared):
    """``{settings}``: every setting with its default."""

    def text(self, known: Meanings, language: str) -> str:
        """Return all settings."""
        return settings_page(known, language)


class CommandPage(Declared):
    """``{command} match``: usage and options."""

    def text(self, known: Meanings, language: str) -> str:
        """Return the command named by the argument."""
        return command_page(main.commands[self.arguments[0]], known, language)


def setup(app: Sphinx) -> dict[str, bool]:
    """Offer the directives to Sphinx; pages are read again when a meaning changes."""
    app.add_directive("park-table", TablePage)
    app.add_directive("later-tables", LaterTables)
    app.add_directive("settings", SettingsPage)
    app.add_directive("command", CommandPage)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
