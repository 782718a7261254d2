import io
import re
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from symbiosis.reporting.language import translator

ROOT = Path(__file__).parents[3]
MESSAGES = files("symbiosis.reporting") / "locale" / "zh_CN" / "LC_MESSAGES"


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    with (MESSAGES / "symbiosis.po").open("rb") as file:
        return read_po(file, locale="zh_CN")


@pytest.fixture(scope="module")
def used() -> set[str]:
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options)
    return {message for _file, _line, message, _notes, _context in found if message}


def test_every_text_of_the_program_has_a_chinese_translation(
    chinese: Catalog, used: set[str]
) -> None:
    missing = [text for text in used if not (chinese.get(text) and chinese.get(text).string)]

    assert missing == [], f"run `make messages`, then translate {missing}"


def test_no_translation_is_left_over_from_a_text_that_went(
    chinese: Catalog, used: set[str]
) -> None:
    stale = [message.id for message in chinese if message.id and message.id not in used]

    assert stale == [], f"run `make messages`: nothing says {stale}"


def test_the_compiled_messages_are_those_of_the_text_file(chinese: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, chinese)

    assert (MESSAGES / "symbiosis.mo").read_bytes() == compiled.getvalue(), "run `make messages`"


def test_translations_keep_the_places_where_figures_go(chinese: Catalog) -> None:
    def places(text: str) -> set[str]:
        return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}

    wrong = [m.id for m in chinese if m.id and places(m.id) != places(m.string)]

    assert wrong == []


def test_translations_are_chinese(chinese: Catalog) -> None:
    letters = re.compile("[\u4e00-\u9fff]|^[^A-Za-z]*$")
    foreign = [m.id for m in chinese if m.id and not letters.search(re.sub(r"{\w+}", "", m.string))]

    assert foreign == []


def test_two_languages_are_spoken_side_by_side() -> None:
    english, chinese = translator("en"), translator("zh_CN")

    assert (english("cost"), chinese("cost"), english("cost")) == ("cost", "成本", "cost")


def test_an_unknown_language_is_a_programmers_mistake() -> None:
    with pytest.raises(ValueError, match="unknown language 'de'"):
        translator("de")
