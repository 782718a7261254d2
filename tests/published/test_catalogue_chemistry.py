"""The shipped catalogue: it passes every check, and repeats the numbers that are published."""

from functools import cache

import pandas as pd
import pytest

from symbiosis.catalogue import datasets_folder
from symbiosis.catalogue.checks import catalogue_problems

CATALOGUE = datasets_folder() / "catalogue"
LAYERS = ["mass", "C", "P", "S", "Fe", "Ca", "Ti", "F", "N", "Al", "Si", "Li", "Na", "Cl"]
KELVIN, GJ_PER_MWH = 273.15, 3.6


@cache
def table(name: str) -> pd.DataFrame:
    return pd.read_csv(CATALOGUE / f"{name}.csv")


@cache
def resources() -> pd.DataFrame:
    return table("resources").set_index("id")


@cache
def contents() -> pd.DataFrame:
    """Contents [t per unit], a blank being none."""
    return resources()[[f"content_{layer}" for layer in LAYERS]].fillna(0.0)


@cache
def pathways() -> pd.DataFrame:
    return table("pathways").set_index("id")


def flows(pathway: str, direction: str = "in") -> pd.DataFrame:
    rows = table("pathway_flows")
    return rows[(rows["pathway"] == pathway) & (rows["direction"] == direction)]


def amount(pathway: str, resource: str, direction: str = "out") -> float:
    rows = flows(pathway, direction).set_index("resource")
    return float(rows.loc[resource, "amount"])


def test_the_catalogue_is_as_rich_as_promised() -> None:
    assert len(pathways()) >= 104
    assert len(resources()) >= 150
    assert len(table("blueprints")) >= 40


def test_nothing_is_wrong_with_the_catalogue_that_ships() -> None:
    # Schema, chemistry, Carnot, ranges, grades, figures, references, units, prices, names, codes.
    assert list(map(str, catalogue_problems(CATALOGUE))) == []


@pytest.mark.parametrize(
    ("pathway", "cap"),
    [
        ("ferrous_sulfate_to_iron_phosphate", 1 / 1.8434),
        ("ferrous_sulfate_to_polyferric_sulfate", 0.2009 / 0.11),
        ("ferrous_sulfate_to_iron_oxide_pigment", 0.2872),
        ("ferrous_sulfate_to_monohydrate", 0.6113),
        ("fluorosilicic_acid_to_aluminium_fluoride", 1.1657),
        ("fluorosilicic_acid_to_hydrogen_fluoride", 0.8332),
        ("fluorosilicic_acid_to_silica", 0.4170),
        ("fluorosilicic_acid_to_sodium_fluorosilicate", 1.3052),
        ("spent_lfp_to_lithium_carbonate", 0.2342),
        ("carbon_dioxide_to_urea", 1.3647),
    ],
)
def test_no_yield_exceeds_the_stoichiometric_cap(pathway: str, cap: float) -> None:
    assert 0.85 * cap < pathways().loc[pathway, "yield"] <= cap * 1.0001


@pytest.mark.parametrize(
    ("pathway", "per_pure_dihydrate"),
    [
        ("phosphogypsum_to_acid_and_cement", 0.5697),
        ("phosphogypsum_to_ammonium_sulfate", 0.7675),
        ("phosphogypsum_to_alpha_plaster", 0.8431),
    ],
)
def test_phosphogypsum_gives_no_more_than_its_dihydrate_allows(
    pathway: str, per_pure_dihydrate: float
) -> None:
    dihydrate = contents().loc["phosphogypsum", "content_S"] * 172.17 / 32.06

    assert 0.9 * dihydrate < pathways().loc[pathway, "yield"] / per_pure_dihydrate <= dihydrate


def test_lithium_iron_phosphate_needs_the_published_precursors() -> None:
    cathode = contents().loc["lithium_iron_phosphate"]

    iron_phosphate = cathode["content_P"] / contents().loc["iron_phosphate", "content_P"]
    carbonate = cathode["content_Li"] / contents().loc["lithium_carbonate", "content_Li"]

    assert iron_phosphate == pytest.approx(0.956, abs=5e-4)
    assert carbonate == pytest.approx(0.2342, abs=5e-4)
    assert amount("spent_lfp_to_lithium_carbonate", "iron_phosphate") <= 0.956


@pytest.mark.parametrize(
    ("pathway", "resource", "published"),
    [
        ("phosphogypsum_to_retarder", "quicklime", 0.03093),
        ("phosphogypsum_to_retarder", "electricity", 0.00206),
        ("phosphogypsum_to_plaster", "coal", 0.04143),
        ("phosphogypsum_to_plaster", "electricity", 0.01071),
        ("phosphogypsum_to_acid_and_cement", "coke", 0.052),
        ("phosphogypsum_to_acid_and_cement", "electricity", 0.090),
    ],
)
def test_inputs_of_the_national_phosphogypsum_routes_are_those_published(
    pathway: str, resource: str, published: float
) -> None:
    # Chen et al. (2025), Resources, Conservation and Recycling 212:107938 (S01), per t.
    assert amount(pathway, resource, "in") == pytest.approx(published, rel=1e-9)


@pytest.mark.parametrize(
    ("pathway", "published"),
    [
        ("phosphogypsum_to_retarder", 1.03),
        ("phosphogypsum_to_plaster", 0.714),
        ("phosphogypsum_to_acid_and_cement", 0.408 * 0.98),
    ],
)
def test_yields_of_the_national_phosphogypsum_routes_are_those_published(
    pathway: str, published: float
) -> None:
    assert pathways().loc[pathway, "yield"] == pytest.approx(published, rel=1e-9)


@pytest.mark.parametrize(
    ("pathway", "resource", "per_mole"),
    [
        # mol per mol of FeSO4.7H2O (278.01 g/mol)
        ("ferrous_sulfate_to_iron_phosphate", "hydrogen_peroxide", 0.5 * 34.014 / 0.275),
        ("ferrous_sulfate_to_iron_oxide_pigment", "sodium_hydroxide", 2 * 39.997),
    ],
)
def test_reagents_are_stoichiometric(pathway: str, resource: str, per_mole: float) -> None:
    assert amount(pathway, resource, "in") == pytest.approx(per_mole / 278.01, rel=1e-3)


@pytest.mark.parametrize("pathway", ["heat_pump_40k", "heat_pump_65k"])
def test_heat_pumps_reach_no_more_than_half_of_carnot(pathway: str) -> None:
    limits = table("pathway_limits").set_index(["pathway", "property", "at"])
    source = float(limits.loc[(pathway, "temperature_to", "taken"), "minimum"]) + KELVIN
    row = pathways().loc[pathway]

    performance = row["yield"] / (amount(pathway, "electricity", "in") * GJ_PER_MWH)

    assert 1 < performance < 0.5 * (source + row["temperature_lift"]) / row["temperature_lift"]


def test_substitutions_by_content_have_the_ratio_of_the_contents() -> None:
    calcium = contents()["content_Ca"]
    lime = calcium["carbide_slag"] / calcium["limestone"]
    tail_gas = resources().loc["yellow_phosphorus_tail_gas", "content_energy"]
    natural_gas = resources().loc["natural_gas", "content_energy"]

    ratio = pathways()["yield"] * pathways()["ratio"]
    assert ratio["carbide_slag_for_limestone"] == pytest.approx(lime, rel=2e-3)
    assert ratio["carbide_slag_for_quicklime"] == pytest.approx(0.9 * 0.7569, rel=1e-3)
    assert ratio["tail_gas_for_natural_gas"] == pytest.approx(tail_gas / natural_gas, rel=1e-3)


@pytest.mark.parametrize(
    ("resource", "element", "share"),
    [
        ("sulfuric_acid", "S", 32.06 / 98.07),
        ("iron_phosphate", "Fe", 55.845 / 150.815),
        ("ferrous_sulfate_heptahydrate", "Fe", 55.845 / 278.01),
        ("aluminium_fluoride", "F", 3 * 18.998 / 83.977),
        ("fluorosilicic_acid", "Si", 28.085 / 144.091),
        ("monoammonium_phosphate", "P", 30.974 / 115.025),
        ("ammonium_sulfate", "N", 2 * 14.007 / 132.134),
        ("quicklime", "Ca", 40.078 / 56.077),
        ("carbon_dioxide", "C", 12.011 / 44.009),
        ("natural_gas", "C", 12.011 / 22.414 / 1000),
        ("polyferric_sulfate", "Fe", 0.11),
    ],
)
def test_contents_are_those_of_the_formula(resource: str, element: str, share: float) -> None:
    assert contents().loc[resource, f"content_{element}"] == pytest.approx(share, rel=1e-4)
