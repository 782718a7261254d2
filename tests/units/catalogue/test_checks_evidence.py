from collections.abc import Callable

import pytest

from symbiosis.catalogue.checks.evidence import evidence_problems
from symbiosis.catalogue.checks.figures import figure_problems
from symbiosis.catalogue.checks.prices import price_problems
from symbiosis.catalogue.checks.references import reference_problems
from symbiosis.catalogue.checks.units import unit_problems
from symbiosis.errors import Problem
from tests.small_catalogue import Tables, planted, small

Check = Callable[[Tables], list[Problem]]
CHECKS = (evidence_problems, figure_problems, price_problems, reference_problems, unit_problems)
NAN = float("nan")
RETARDER = "phosphogypsum_to_retarder"
LIME = {"pathway": RETARDER, "resource": "quicklime"}
MUD = {"flow": "red_mud"}


@pytest.mark.parametrize("check", CHECKS)
def test_nothing_is_wrong_with_the_small_catalogue(check: Check) -> None:
    assert check(small()) == []


@pytest.mark.parametrize(
    ("check", "table", "column", "cell", "row", "words"),
    [
        (evidence_problems, "pathway_flows", "citation", "S01;recall", LIME, "rests on"),
        (evidence_problems, "modes", "low", NAN, {"mode": "road"}, "without low and high"),
        (evidence_problems, "modes", "high", 9.0, {"mode": "road"}, "300.0 is not between"),
        (evidence_problems, "modes", "max_distance_km", NAN, {"mode": "road"}, "no number"),
        (evidence_problems, "blueprint_flows", "low", 9.0, {"flow": "bauxite"}, "2.8 is not"),
        (figure_problems, "pathways", "lifetime", 16.0, {"id": RETARDER}, "says 16.0"),
        (figure_problems, "pathways", "minimum", 7.0, {"id": RETARDER}, "no row in figures.csv"),
        (figure_problems, "pathways", "lifetime", NAN, {"id": RETARDER}, "no number in pathways"),
        (figure_problems, "modes", "loss_per_km", 0.3, {"mode": "pipe_heat"}, "says 0.3"),
        (figure_problems, "resources", "density", 9.0, {"id": "quicklime"}, "says 9.0"),
        (reference_problems, "blueprints", "product", "alumna", {}, "unknown 'alumna'"),
        (reference_problems, "blueprint_flows", "resource", "red_mut", MUD, "unknown 'red_mut'"),
        (reference_problems, "blueprint_flows", "flow", "mud", MUD, "has no flow 'red_mud'"),
        (reference_problems, "blueprint_flows", "tradable", "yes", MUD, "unknown 'yes'"),
        (reference_problems, "blueprint_flows", "boundary", "@supply", MUD, "does not go with"),
        (reference_problems, "pathway_flows", "direction", "out", LIME, "does not go with"),
        (unit_problems, "pathway_flows", "unit", "kg", LIME, "'kg'"),
        (unit_problems, "blueprint_flows", "unit", "m3", MUD, "'m3'"),
    ],
)
def test_a_planted_fault_is_found(
    check: Check,
    table: str,
    column: str,
    cell: object,
    row: dict[str, str],
    words: str,
) -> None:
    problems = check(planted(table, column, cell, **row))

    assert any(words in problem.what for problem in problems), problems
    assert all(problem.remedy for problem in problems)


def test_an_unknown_word_is_answered_with_the_likeliest() -> None:
    (problem,) = reference_problems(planted("blueprints", "product", "alumna"))

    assert problem.where == "catalogue/blueprints.csv, row 2, product"
    assert problem.remedy == "did you mean 'alumina'?"


def test_a_number_without_a_figure_is_told_the_row_that_it_wants() -> None:
    (problem,) = figure_problems(planted("pathways", "capacity", 5.0, id=RETARDER))

    assert problem.where == "catalogue/pathways.csv, row 2, capacity"
    assert f"'pathways,{RETARDER},capacity'" in problem.remedy


def test_a_ratio_of_one_and_other_usual_numbers_want_no_figure() -> None:
    assert figure_problems(planted("pathways", "capital_fixed", 0.0, id=RETARDER)) == []


@pytest.mark.parametrize(
    ("resource", "where"),
    [
        ("natural_gypsum", ["catalogue/pathways.csv, row 2, replaces"]),
        ("bauxite", ["catalogue/blueprint_flows.csv, row 3, resource"]),
        ("quicklime", ["catalogue/pathway_flows.csv, row 2", "catalogue/blueprint_flows.csv, row"]),
    ],
)
def test_what_is_bought_has_a_price(resource: str, where: list[str]) -> None:
    factors = small()["factors"]
    bought = factors["resource"].eq(resource) & factors["boundary"].eq("@supply")

    problems = price_problems({**small(), "factors": factors[~bought].reset_index(drop=True)})

    assert len(problems) == len(where)
    for problem, begins in zip(problems, where, strict=True):
        assert problem.where.startswith(begins)
        assert problem.remedy == f"add a row '@supply,{resource},cost' to factors.csv"


@pytest.mark.parametrize(("boundary", "value"), [("@sales", 5.0), ("@supply", -5.0)])
def test_prices_have_their_sign(boundary: str, value: float) -> None:
    factors = small()["factors"].copy()
    row = factors.index[factors["boundary"].eq(boundary)][0]
    factors.loc[row, "value"] = value

    (problem,) = price_problems({**small(), "factors": factors})

    assert problem.where == f"catalogue/factors.csv, row {row + 2}, value"


def test_a_unit_of_another_dimension_is_left_to_reading() -> None:
    assert unit_problems(planted("pathway_flows", "unit", "MWh", **LIME)) == []


def test_a_limit_is_its_maximum_else_its_minimum() -> None:
    limits = small()["pathway_limits"].assign(grade="unverified", low=0.0, high=1e-9)

    columns = {
        problem.where.split(", ")[-1]
        for problem in evidence_problems({**small(), "pathway_limits": limits})
    }

    assert columns == {"maximum", "minimum"}
