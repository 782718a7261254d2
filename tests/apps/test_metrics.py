"""The command ``metrics``, run for real."""

import json

import pytest
from click.testing import CliRunner

from symbiosis.catalogue import shipped_parks
from symbiosis.cli import main

CONTRACT = {
    *("total_system_throughput", "throughflow", "finn_cycling_index", "connectance"),
    *("average_mutual_information", "ascendency", "development_capacity", "relative_ascendency"),
    *("robustness", "circularity_rate", "solid_waste_utilisation", "waste_heat_utilisation"),
    "water_reuse",
}


@pytest.mark.parametrize("park", shipped_parks())
def test_every_shipped_park_has_its_measures(park: str) -> None:
    result = CliRunner().invoke(main, ["metrics", park, "--format", "json"])

    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found.keys() >= CONTRACT
    parts = found["imports"] + found["internal"] + found["exports"] + found["losses"]
    assert found["total_system_throughput"] == pytest.approx(parts)
    assert found["throughflow"] == pytest.approx(found["imports"] + found["internal"])


def test_layer_and_compartments_are_chosen() -> None:
    arguments = ["metrics", "qiannan", "--layer", "P", "--by", "enterprise", "--format", "json"]
    found = json.loads(CliRunner().invoke(main, arguments).stdout)

    assert (found["layer"], found["by"], found["unit"]) == ("P", "enterprise", "t/year")
    assert 0 < found["total_system_throughput"] < 1e8


def test_a_layer_that_is_not_there_is_refused_with_those_that_are() -> None:
    result = CliRunner().invoke(main, ["metrics", "qiannan", "--layer", "energi"])

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("--layer: no layer 'energi' (did you mean 'energy'?; one of ")


@pytest.mark.parametrize(("language", "word"), [("en", "Throughflow"), ("zh", "通流量")])
def test_the_table_speaks_both_languages(language: str, word: str) -> None:
    result = CliRunner().invoke(
        main, ["metrics", "kalundborg", "--layer", "C", "--language", language]
    )

    assert result.exit_code == 0, result.output
    assert word in result.stdout
