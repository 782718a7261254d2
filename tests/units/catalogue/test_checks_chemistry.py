import pytest

from symbiosis.catalogue.checks.blueprints import blueprint_problems
from symbiosis.catalogue.checks.chemistry import chemistry_problems
from symbiosis.catalogue.checks.energy import energy_problems
from tests.small_catalogue import planted, small, without

NAN = float("nan")


def test_nothing_is_wrong_with_the_small_catalogue() -> None:
    assert chemistry_problems(small()) == []
    assert energy_problems(small()) == []
    assert blueprint_problems(small()) == []


def test_matter_that_is_lost_is_named_with_what_enters_and_what_leaves() -> None:
    tables = without(
        "pathway_flows", pathway="ferrous_sulfate_to_monohydrate", resource="water_vapour"
    )

    (problem,) = chemistry_problems(tables)

    assert problem.where == "catalogue/pathways.csv, row 3, yield"
    assert problem.what.startswith("'ferrous_sulfate_to_monohydrate': mass does not close: 1 t")
    assert problem.what.endswith("t is lost")
    assert "residue or emission" in problem.remedy


def test_a_yield_above_stoichiometry_names_the_element_and_the_highest_yield() -> None:
    tables = planted("pathways", "yield", 0.9, id="ferrous_sulfate_to_monohydrate")

    found = {problem.what.split()[1]: problem for problem in chemistry_problems(tables)}

    assert {"S", "Fe"} <= set(found)
    assert "Fe given is 0.29" in found["Fe"].what
    assert "only 0.2009 t enters" in found["Fe"].what
    assert found["Fe"].remedy.startswith("a yield of at most 0.61")


def test_an_element_that_is_made_beside_the_product_is_found() -> None:
    tables = planted(
        *("pathway_flows", "amount", 2.0),
        pathway="phosphogypsum_to_retarder",
        resource="quicklime",
    )

    assert any("Ca does not close" in problem.what for problem in chemistry_problems(tables))


def test_a_gas_is_held_to_the_same_share_as_a_solid() -> None:
    gas = {"pathway": "biogas_to_power", "resource": "biogenic_carbon_dioxide"}
    tables = planted("pathway_flows", "amount", 0.0030, **gas)

    (carbon, *_) = [p for p in chemistry_problems(tables) if ": C does not" in p.what]

    assert carbon.what.endswith("t is made")


def test_a_flow_that_cannot_be_read_makes_no_second_problem() -> None:
    flow = {"pathway": "phosphogypsum_to_retarder", "resource": "quicklime"}

    assert chemistry_problems(planted("pathway_flows", "unit", "kg", **flow)) == []
    assert chemistry_problems(planted("pathway_flows", "amount", NAN, **flow)) == []
    assert chemistry_problems(planted("pathways", "gives", "x", id="steam_pipeline")) == []


def test_elements_weigh_no_more_than_the_resource() -> None:
    tables = planted("resources", "content_Ca", 0.9, id="phosphogypsum")

    assert "catalogue/resources.csv" in chemistry_problems(tables)[0].where
    assert "itself 1 t per unit" in chemistry_problems(tables)[0].what


def test_a_resource_in_tonnes_says_what_it_weighs() -> None:
    (problem, *_) = chemistry_problems(planted("resources", "content_mass", NAN, id="quicklime"))

    assert problem.remedy == "write 1"


def test_a_pathway_of_unknown_composition_cannot_be_weighed() -> None:
    resources = small()["resources"].copy()
    elements = [c for c in resources if str(c).startswith("content_") and c != "content_mass"]
    lime = resources["id"].eq("quicklime")
    resources.loc[lime, elements] = NAN
    resources.loc[lime, "formula"] = ""

    problems = chemistry_problems({**small(), "resources": resources})

    assert [p.where for p in problems] == ["catalogue/pathway_flows.csv, row 2, resource"]
    assert "'quicklime'" in problems[0].what


@pytest.mark.parametrize(
    ("pathway", "column", "cell", "words"),
    [
        ("high_heat_to_power", "high", 0.2, "Carnot allows"),
        ("steam_pipeline", "yield", 1.2, "heat by pipe gives 1.2 GJ"),
        ("steam_pipeline", "high", 1.1, "heat by pipe gives 1.1 GJ"),
        ("heat_pump_40k", "yield", 1.5, "energy does not close"),
        ("heat_pump_40k", "temperature_lift", 250.0, "coefficient of performance of 4.00"),
        ("biogas_to_power", "yield", 2.4, "what is burnt gives"),
    ],
)
def test_heat_and_power_out_of_nothing_are_found(
    pathway: str, column: str, cell: float, words: str
) -> None:
    problems = energy_problems(planted("pathways", column, cell, id=pathway))

    assert len(problems) == 1
    assert words in problems[0].what


def test_a_heat_pump_is_driven_by_something() -> None:
    tables = without("pathway_flows", pathway="heat_pump_40k", resource="electricity")

    assert [p.what for p in energy_problems(tables)] == ["a heat pump that nothing drives"]


@pytest.mark.parametrize("pathway", ["heat_pump_40k", "high_heat_to_power"])
def test_carnot_wants_the_lowest_temperature(pathway: str) -> None:
    (problem,) = energy_problems(without("pathway_limits", pathway=pathway))

    assert "temperature_to at taken" in problem.remedy


@pytest.mark.parametrize(
    ("table", "column", "cell", "row", "words"),
    [
        ("blueprint_flows", "amount", 2.0, {"flow": "red_mud"}, "mass does not close"),
        ("blueprint_flows", "amount", 1.0, {"flow": "bauxite"}, "Al does not close"),
        ("blueprint_flows", "temperature_to", NAN, {"flow": "heat_condensers"}, "heat without"),
        ("blueprint_flows", "temperature_to", 90.0, {"flow": "heat_condensers"}, "from 60.0 to 90"),
        ("blueprint_flows", "temperature_to", 60.0, {"flow": "heat_digestion"}, "going in"),
        ("blueprint_flows", "temperature_to", 60.0, {"flow": "red_mud"}, "only heat has these"),
        ("blueprint_flows", "amount", 1.1, {"flow": "alumina"}, "does not leave as 1"),
        ("blueprints", "capacity_low", 1e9, {"id": "alumina_refinery"}, "above capacity_high"),
        ("blueprints", "operating_hours", 9000.0, {"id": "alumina_refinery"}, "h of a year"),
        ("blueprints", "id", "alumina_works", {"id": "alumina_refinery"}, "no flow"),
    ],
)
def test_a_fault_of_a_plant_type_is_found(
    table: str, column: str, cell: object, row: dict[str, str], words: str
) -> None:
    problems = blueprint_problems(planted(table, column, cell, **row))

    assert any(words in problem.what for problem in problems)
