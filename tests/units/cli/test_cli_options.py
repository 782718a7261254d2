import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from symbiosis.catalogue import park_folder
from symbiosis.cli.inputs import park_path
from symbiosis.cli.main import main
from symbiosis.cli.options import language_option, print_json, say
from symbiosis.errors import InvalidData


@click.command()
@language_option
def speak(language: str) -> None:
    say("a note")
    print_json({"language": language, "text": "磷石膏", "nothing": None})


def spoken(*arguments: str, **environment: str | None) -> str:
    blank = dict.fromkeys(("SYMBIOSIS_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    result = CliRunner().invoke(speak, arguments, env={**blank, **environment})
    assert result.exit_code == 0
    return str(json.loads(result.stdout)["language"])


def test_the_language_is_the_option_then_ours_then_the_systems() -> None:
    assert spoken() == "en"
    assert spoken(LANG="zh_CN.UTF-8") == "zh"
    assert spoken(LANG="zh_CN.UTF-8", LC_ALL="C") == "en"
    assert spoken(LC_MESSAGES="zh_CN", LANG="de_DE") == "zh"
    assert spoken(LANG="en_GB", SYMBIOSIS_LANGUAGE="zh") == "zh"
    assert spoken("--language", "en", SYMBIOSIS_LANGUAGE="zh") == "en"


def test_notes_go_to_standard_error_and_the_document_to_standard_output() -> None:
    result = CliRunner().invoke(speak)

    assert result.stderr == "a note\n"
    assert "磷石膏" in result.stdout
    assert json.loads(result.stdout)["nothing"] is None


def test_a_document_with_a_number_that_json_lacks_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="JSON"):
        print_json({"value": float("nan")})


def test_a_path_goes_before_a_shipped_park_of_the_same_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert park_path("qiannan") == park_folder("qiannan")

    (tmp_path / "qiannan").mkdir()

    assert park_path("qiannan") == Path("qiannan")


@pytest.mark.parametrize(
    ("name", "said"), [("qiannen", "did you mean 'qiannan'"), ("xyz", ", qiannan, ")]
)
def test_a_park_that_is_not_there_is_refused_with_what_there_is(name: str, said: str) -> None:
    with pytest.raises(InvalidData, match=said):
        park_path(name)


def test_every_command_and_option_says_what_it_is_for() -> None:
    for name, command in main.commands.items():
        assert command.help, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.name}"
