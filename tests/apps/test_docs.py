"""The pages and the READMEs keep up with the program."""

import doctest
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from symbiosis.cli import main

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
CHINESE = DOCS / "zh"
READMES = ("README.md", "README.zh-CN.md")
ENGLISH_PAGES = sorted(
    page.relative_to(DOCS).as_posix()
    for page in DOCS.rglob("*.md")
    if not {"zh", "decisions", "_build"} & {*page.relative_to(DOCS).parts}
)
PAGES = sorted(
    [*(page for page in DOCS.rglob("*.md") if "_build" not in page.parts), *ROOT.glob("*.md")]
)
BLOCK = re.compile(r"^```(\S[^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s#]+)[^)]*\)")


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, *kinds: str) -> Iterator[str]:
    """Yield the fenced blocks whose info begins with one of the kinds."""
    for match in BLOCK.finditer(text_of(page)):
        if match[1].startswith(kinds):
            yield match[2]


def command_lines(page: Path) -> list[str]:
    lines = [line for block in blocks(page, "sh", "{run}") for line in block.splitlines()]
    return [line for line in lines if line.startswith("symbiosis ")]


@pytest.fixture
def docs_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(DOCS))


@pytest.mark.parametrize("page", [DOCS / "commands.md", CHINESE / "commands.md"])
def test_every_command_is_documented(page: Path) -> None:
    headings = re.findall(r"^## symbiosis (\S+)$", text_of(page), re.MULTILINE)
    assert sorted(headings) == sorted(main.commands)
    shown = re.findall(r"^```{command} (\S+)$", text_of(page), re.MULTILINE)
    assert shown == headings


@pytest.mark.usefixtures("docs_modules")
def test_every_column_setting_and_option_has_a_meaning_in_both_languages() -> None:
    from declared import declared_names, meanings

    known = meanings()
    assert set(known) == set(declared_names())
    assert [key for key, row in known.items() if not (row["en"] and row["zh"])] == []


@pytest.mark.parametrize("page", [DOCS / "format.md", CHINESE / "format.md"])
def test_every_table_of_a_park_is_documented(page: Path) -> None:
    from symbiosis.model import TABLES

    assert re.findall(r"^```{park-table} (\S+)$", text_of(page), re.MULTILINE) == list(TABLES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    targets = [t for t in LINK.findall(text_of(page)) if not t.startswith(("http:", "https:"))]
    assert [t for t in targets if not (page.parent / t).exists()] == []


def test_make_targets_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert {"demo", "test", "check", "explore", "docs", "bench"} <= targets
    for page in PAGES:
        code = "\n".join([*blocks(page, "sh"), *re.findall(r"`(make [a-z]+)`", text_of(page))])
        named = set(re.findall(r"^make ([a-z]+)", code, re.MULTILINE))
        assert named <= targets, page.name


@pytest.mark.parametrize("page", ENGLISH_PAGES)
def test_a_chinese_page_shows_the_same_examples_as_the_english_one(page: str) -> None:
    kinds = ("{run}", "{file}", "{command}", "{park-table}", "{catalogue}", "python", "toml")
    assert list(blocks(CHINESE / page, *kinds)) == list(blocks(DOCS / page, *kinds))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_command_lines_in_the_pages_use_options_that_exist(page: Path) -> None:
    for line in command_lines(page):
        _, name, *arguments = shlex.split(line)
        main.commands[name].make_context(name, arguments)


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = (command_lines(ROOT / name) for name in READMES)
    assert english
    assert english == chinese


@pytest.mark.parametrize("line", command_lines(ROOT / READMES[0]))
def test_commands_of_the_readme_run(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, shlex.split(line)[1:])
    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip()


@pytest.mark.parametrize("name", READMES)
def test_python_of_the_readme_runs(name: str) -> None:
    session = "".join(blocks(ROOT / name, "python"))
    example = doctest.DocTestParser().get_doctest(session, {}, name, name, 0)
    assert example.examples
    assert doctest.DocTestRunner().run(example).failed == 0


@pytest.mark.usefixtures("docs_modules")
def test_the_figures_in_the_readmes_are_those_of_today() -> None:
    import excerpt

    parts = excerpt.all_parts()
    for name, language in excerpt.READMES.items():
        text = text_of(ROOT / name)
        fresh = excerpt.renewed(text, parts[language])
        assert text == fresh, f"renew with: {Path(sys.executable).name} docs/excerpt.py"
