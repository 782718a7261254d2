"""`symbiosis check --catalogue`, and the pathway that the contributor's page adds with it."""

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from symbiosis.catalogue import CATALOGUE_TABLES, datasets_folder, read_catalogue
from symbiosis.cli import main

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = (DOCS / "contributing-data.md", DOCS / "zh" / "contributing-data.md")
BLOCK = re.compile(r"^```\{code-block\} text\n:caption: ([^\n]+)\n(.*?)^```", re.M | re.S)
RIGHT, WRONG = "marble_slurry,limestone,0.76,", "marble_slurry,limestone,0.86,"


def check(*arguments: object) -> Result:
    result = CliRunner().invoke(main, ["check", *map(str, arguments)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def shown(page: Path) -> Mapping[str, str]:
    """Return the blocks of a page by caption."""
    return dict(BLOCK.findall(page.read_text(encoding="utf-8")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the catalogue, with the rows of the page appended to its files."""
    copy = Path(shutil.copytree(datasets_folder() / "catalogue", tmp_path / "catalogue"))
    for caption, rows in shown(PAGES[0]).items():
        if caption.endswith(".csv"):
            with (copy / caption).open("a", encoding="utf-8") as file:
                file.write(rows)
    return copy


def test_the_pathway_of_the_page_passes_the_check(folder: Path) -> None:
    result = check("--catalogue", folder, "--format", "json")

    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    assert document["tables"]["pathways"]["rows"] == len(read_catalogue().pathways) + 1
    assert document["catalogue"] == str(folder)


def test_the_mistake_of_the_page_is_answered_as_the_page_says(folder: Path) -> None:
    pathways = folder / "pathways.csv"
    text = pathways.read_text(encoding="utf-8")
    assert RIGHT in text
    pathways.write_text(text.replace(RIGHT, WRONG), encoding="utf-8")

    result = check("--catalogue", folder)

    assert result.exit_code == 1
    assert result.stdout == ""
    row = re.compile(r"row \d+")  # the catalogue grows
    for page in PAGES:
        *_, said = shown(page).values()
        assert row.sub("row", result.stderr) == row.sub("row", said)


def test_both_pages_show_the_same_rows() -> None:
    english, chinese = (list(shown(page).values()) for page in PAGES)

    assert len(english) >= 6
    assert english == chinese


def test_the_catalogue_that_ships_is_counted_table_by_table() -> None:
    result = check("--catalogue", "--format", "json")

    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    assert document["catalogue"] == "shipped"
    assert list(document["tables"]) == list(CATALOGUE_TABLES)


@pytest.mark.parametrize(("language", "words"), [("en", "Catalogue: valid"), ("zh", "目录：有效")])
def test_the_counts_are_printed_in_the_readers_language(language: str, words: str) -> None:
    result = check("--catalogue", "--language", language)

    assert words in result.stdout
    assert re.search(r"pathway_flows +\d", result.stdout)


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    result = check("--catalogue", tmp_path / "nowhere")

    assert result.exit_code == 1
    assert "no such folder" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [(), ("qiannan", "--catalogue", "folder")])
def test_a_park_or_a_catalogue_is_checked_not_both(arguments: tuple[str, ...]) -> None:
    result = check(*arguments)

    assert result.exit_code == 2
    assert "Name a PARK or --catalogue" in result.stderr
