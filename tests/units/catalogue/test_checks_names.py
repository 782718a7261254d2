import pandas as pd
import pytest

from symbiosis.catalogue.checks.codes import code_problems
from symbiosis.catalogue.checks.names import name_problems
from tests.small_catalogue import planted, small


def test_nothing_is_wrong_with_the_small_catalogue() -> None:
    assert name_problems(small()) == []
    assert code_problems(small()) == []


@pytest.mark.parametrize(
    ("table", "column", "cell", "row", "words"),
    [
        ("pathways", "id", "Steam-pipeline", {"id": "steam_pipeline"}, "is no id"),
        ("pathways", "name_zh", "steam", {"id": "steam_pipeline"}, "no Chinese name"),
        ("pathways", "name", "", {"id": "steam_pipeline"}, "no English name"),
        ("blueprints", "name_zh", "", {"id": "alumina_refinery"}, "no Chinese name"),
    ],
)
def test_a_name_that_is_missing_or_malformed_is_found(
    table: str, column: str, cell: str, row: dict[str, str], words: str
) -> None:
    problems = name_problems(planted(table, column, cell, **row))

    assert any(words in problem.what for problem in problems)


def test_a_synonym_belongs_to_one_resource_whatever_its_case() -> None:
    tables = planted("resources", "synonyms", "burnt stone; PHOSPHOGYPSUM", id="quicklime")

    (problem,) = name_problems(tables)

    assert problem.where.endswith("synonyms")
    assert problem.what.startswith("'phosphogypsum' is a name of 'phosphogypsum' (row ")


def test_a_synonym_may_repeat_a_name_of_its_own_row() -> None:
    assert name_problems(planted("resources", "synonyms", "Quicklime", id="quicklime")) == []


def test_a_synonym_belongs_to_one_plant_type() -> None:
    plants = pd.concat([small()["blueprints"]] * 2, ignore_index=True)
    plants.loc[1, ["id", "name", "name_zh"]] = ["refinery", "Refinery", "炼厂"]

    problems = name_problems({**small(), "blueprints": plants})

    assert {p.where.split(", ")[-1] for p in problems} == {"synonyms", "synonyms_zh"}
    assert {p.where.split(", ")[1] for p in problems} == {"row 2", "row 3"}


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        *(("ewc", "060904"), ("ewc", "06 09 4"), ("ewc_hazardous", "06 09 03")),
        *(("hs_code", "2522"), ("cn_code", "2522 10"), ("waste_class", "SW6"), ("cpc", "1")),
    ],
)
def test_a_malformed_code_is_found(column: str, cell: str) -> None:
    problems = code_problems(planted("resources", column, cell, id="phosphogypsum"))

    assert problems[0].what == f"'{cell}' is no such code"
    assert problems[0].where.endswith(column)


def test_a_code_has_the_evidence_of_itself() -> None:
    tables = planted("codes", "code", "01 01 01", resource="phosphogypsum", column="ewc")

    (problem,) = code_problems(tables)

    assert problem.where.startswith("catalogue/codes.csv")
    assert "resources.csv says '06 09 04'" in problem.what
