"""The page of parks: what each holds, how its figures are known, and its own words."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from docutils import nodes

from catalogued.cells import Cell, code, link, paragraph, section, table
from catalogued.reader import Reader
from catalogued.shelf import anchor, rows_of
from catalogued.sources import sources_table

CHINESE = re.compile(r"^## 中文说明\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
TITLE = re.compile(r"\A# [^\n]*\n")


def words_of(readme: str, language: str) -> str:
    """Return what a park's README says in a language, without its title.

    >>> words_of("# A\\n\\nAn a.\\n\\n## 中文说明\\n\\n甲。\\n\\n## Licence\\n\\nX\\n", "zh")
    '甲。'
    """
    if language == "zh":
        found = CHINESE.search(readme)
        return found[1].strip() if found else ""
    return CHINESE.sub("", TITLE.sub("", readme)).strip()


def page(
    reader: Reader, markdown: Callable[[str], list[nodes.Node]], english: str
) -> list[nodes.Node]:
    """Return a table of the parks and a section of each; `english` is the page in English."""
    parks = reader.shelf.parks
    head = reader.words("park", "year", "enterprises", "processes", "flows", "links", "grade")
    body: list[nodes.Node] = [table(head, (_size(reader, size) for size in parks.values()))]
    for folder, size in parks.items():
        readme = folder / "README.md"
        text = readme.read_text(encoding="utf-8") if readme.is_file() else ""
        parts = [paragraph([code(folder.name), f" · {_state(size)}"])]
        parts += markdown(words_of(text, reader.language))
        at = anchor("parks", folder.name)
        if reader.language == "zh":
            parts.append(paragraph([link(reader.word("whole text"), f"{english}#{at}")]))
        parts += _sources(reader, folder / "sources.csv")
        body.append(section(at, _title(reader, size), *parts))
    return body


def _title(reader: Reader, size: Mapping[str, Any]) -> str:
    return str(size["title_zh"] or size["title"]) if reader.language == "zh" else str(size["title"])


def _state(size: Mapping[str, Any]) -> str:
    keys = ("year", "region", "currency", "licence")
    return ", ".join(str(size[key]) for key in keys if size[key])


def _size(reader: Reader, size: Mapping[str, Any]) -> list[Cell]:
    grades = [f"{reader.word(grade)} {share:.0%}" for grade, share in size["grade_shares"].items()]
    name = link(_title(reader, size), f"#{anchor('parks', str(size['name']))}")
    counts = (str(size[key]) for key in ("enterprises", "processes", "flows", "links"))
    return [[name], str(size["year"]), *counts, ", ".join(grades)]


def _sources(reader: Reader, file: Path) -> list[nodes.Node]:
    if not file.is_file():
        return []
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    caption = paragraph(reader.word("park sources"), "caption")
    return [caption, sources_table(reader, rows_of(rows))]
