"""The shipped inventory against the documents it cites, and the promises it makes."""

import json
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from symbiosis.catalogue import read_catalogue
from symbiosis.lca import Inventory, brightway_score, factors, read_inventory
from symbiosis.lca.chemistry import elements
from symbiosis.lca.gaps import missing
from symbiosis.lca.linking import linked_exchanges
from symbiosis.lca.plausible import implausible

DATASETS = Path(__file__).parents[2] / "datasets"
CONVENTIONS = ("location", "residual", "footprint", "park_method")


@cache
def inventory() -> Inventory:
    return read_inventory(DATASETS / "inventory")


@cache
def table(region: str, year: int, convention: str) -> pd.DataFrame:
    return factors(inventory(), region, year, convention).set_index(["boundary", "resource"])


def value(
    resource: str,
    boundary: str = "@supply",
    region: str = "Guizhou",
    year: int = 2025,
    convention: str = "location",
) -> float:
    return float(table(region, year, convention).loc[(boundary, resource), "value"])


@pytest.mark.parametrize(
    ("region", "year", "published"),
    [
        ("Guizhou", 2023, 0.5683),
        ("Yunnan", 2023, 0.1333),
        ("Inner Mongolia", 2023, 0.6479),
        ("CN", 2023, 0.5306),
        ("Beijing", 2021, 0.5688),
        ("Southwest China", 2022, 0.2268),
    ],
)
def test_grid_electricity_is_the_announced_factor_and_nothing_more(
    region: str, year: int, published: float
) -> None:
    assert value("electricity", region=region, year=year) == pytest.approx(published, rel=1e-12)


@pytest.mark.parametrize(
    ("convention", "published"),
    [("location", 0.5306), ("residual", 0.6096), ("footprint", 0.5777), ("park_method", 0.8325)],
)
def test_each_convention_has_its_own_national_electricity(
    convention: str, published: float
) -> None:
    assert value("electricity", region="CN", convention=convention) == pytest.approx(published)


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_no_chain_mixes_two_ways_of_counting_electricity(convention: str) -> None:
    linked = linked_exchanges(inventory(), convention, 2025)
    suppliers = linked.loc[linked["flow"].eq("electricity"), "supplier"]
    followed = inventory().activities.set_index("id")["convention"].reindex(suppliers)

    assert len(suppliers) > 20  # or the rule below says nothing
    assert set(followed) == {convention}


def test_there_is_electricity_for_thirty_provinces_in_each_of_three_years() -> None:
    activities = inventory().activities
    power = activities[
        activities["product"].eq("electricity") & activities["convention"].eq("location")
    ]
    grids = {"CN", *(name for name in power["region"] if name.endswith("China"))}
    provinces = power[~power["region"].isin(grids)]

    assert provinces.groupby("year")["region"].nunique().to_dict() == {
        2021.0: 30,
        2022.0: 30,
        2023.0: 30,
    }


def test_calcining_limestone_gives_44_parts_of_co2_to_56_of_lime() -> None:
    exchanges = inventory().exchanges
    lime = exchanges[exchanges["activity"].eq("quicklime_supply_cn")]
    calcined = lime[lime["flow"].eq("carbon_dioxide") & lime["grade"].eq("derived")]

    assert calcined["amount"].to_list() == pytest.approx([1000 * 44.01 / 56.08], rel=1e-5)


def test_sulfuric_acid_takes_a_third_of_its_mass_in_sulfur() -> None:
    exchanges = inventory().exchanges
    acid = exchanges[exchanges["activity"].eq("sulfuric_acid_supply_cn")]

    assert acid.set_index("flow").loc["sulfur", "amount"] == pytest.approx(32.06 / 98.08, rel=1e-3)


@pytest.mark.parametrize(
    ("resource", "low", "high"),
    [
        ("quicklime", 0.683, 1.566),
        ("clinker", 0.827, 0.975),
        ("cement", 0.611, 0.838),
        ("building_gypsum", 0.120, 0.3063),
    ],
)
def test_a_chain_built_from_unit_processes_falls_into_the_range_of_the_data_base(
    resource: str, low: float, high: float
) -> None:
    assert low <= value(resource) <= high


@pytest.mark.parametrize(
    ("resource", "published"),
    [
        ("natural_gypsum", 0.0328),
        ("natural_gas", 0.000608),
        ("process_water", 0.000168),
        ("transport_rail", 6.502e-6),
        ("yellow_phosphorus", 15.80409),
    ],
)
def test_a_single_published_value_comes_through(resource: str, published: float) -> None:
    assert value(resource) == pytest.approx(published)


def test_reclaimed_water_bears_more_carbon_than_tap_water() -> None:
    assert value("reclaimed_water") > value("process_water")


def test_methane_and_nitrous_oxide_count_as_in_the_sixth_assessment() -> None:
    assert value("methane", "@nature") == pytest.approx(27.9)
    assert value("nitrous_oxide", "@nature") == pytest.approx(273)


@pytest.mark.parametrize("region", ["Guizhou", "Hebei", "CN", "Denmark"])
@pytest.mark.parametrize("convention", CONVENTIONS)
def test_nothing_scores_below_zero_and_every_value_is_within_its_range(
    region: str, convention: str
) -> None:
    scored = table(region, 2025, convention)
    avoided = scored.index.get_level_values("resource") == "displaced_carbon_dioxide"

    assert (scored.loc[avoided, "value"] == -1).all()
    scored = scored[~avoided]
    assert (scored["low"] >= 0).all()
    assert (scored["low"] <= scored["value"] * (1 + 1e-9)).all()
    assert (scored["value"] <= scored["high"] * (1 + 1e-9)).all()
    assert scored.index.is_unique


def test_an_unverified_factor_shows_a_range_wider_than_its_value() -> None:
    scored = table("Guizhou", 2025, "location")
    unverified = scored[scored["grade"].eq("unverified")]

    assert len(unverified)
    assert (unverified["low"] < unverified["high"]).all()


def test_every_number_names_a_source_that_is_listed() -> None:
    listed = set(pd.read_csv(DATASETS / "inventory" / "sources.csv")["id"])
    tables = (inventory().exchanges, inventory().characterisation, inventory().activities)
    cited = {name for part in tables for cell in part["citation"] for name in cell.split(";")}

    assert cited == listed


def test_every_product_is_a_resource_that_ships_and_in_its_unit() -> None:
    parks = sorted((DATASETS / "parks").glob("*/resources.csv"))
    files = [*parks, DATASETS / "catalogue" / "resources.csv"]
    units = {
        row.id: row.unit for file in files for row in pd.read_csv(file).itertuples(index=False)
    }
    activities = inventory().activities

    assert list(activities["product"].map(units)) == list(activities["unit"])
    named = set(inventory().elementary_flows["catalogue_resource"]) - {""}
    assert named <= set(units)


def test_an_aggregated_activity_says_the_same_as_its_one_value() -> None:
    columns = ["grade", "low", "high", "citation"]
    activities = inventory().activities.set_index("id")
    aggregated = activities[activities["kind"].eq("aggregated")]
    gases = inventory().exchanges[inventory().exchanges["flow"].eq("co2e_aggregated")]
    exchanges = gases.set_index("activity").loc[aggregated.index]

    pd.testing.assert_frame_equal(aggregated[columns], exchanges[columns], check_names=False)


def test_the_readme_counts_the_activities_that_there_are() -> None:
    lines = (DATASETS / "inventory" / "README.md").read_text(encoding="utf-8").splitlines()
    (told,) = [line for line in lines if line.startswith("| all |")]
    activities = inventory().activities
    unit = activities["kind"].eq("unit_process")
    documented = ~unit & activities["grade"].ne("unverified")
    covered = [activities["covers"].str.contains(name).sum() for name in INDICATORS[3:]]
    counts = [len(unit), unit.sum(), documented.sum(), (~unit & ~documented).sum()]

    numbers = [int(cell) for cell in told.strip("|").split("|")[1:]]
    assert numbers == [*counts, covered[0], covered[1], covered[3]]


def test_nothing_in_it_is_implausible() -> None:
    resources = read_catalogue(DATASETS / "catalogue").resources

    assert list(implausible(inventory(), resources)) == []
    balanced = elements(inventory(), resources)
    assert {"C", "S", "P", "Ca", "Fe", "N"} <= set(balanced["element"])
    assert balanced["activity"].nunique() > 30  # or nothing is said


INDICATORS = (
    "gwp100",
    "gwp100_fossil",
    "gwp100_biogenic",
    "water_use",
    "primary_energy",
    "primary_energy_fossil",
    "solid_waste",
)


@cache
def every_indicator(region: str) -> pd.DataFrame:
    scored = factors(inventory(), region, 2025, indicators=INDICATORS)
    return scored.set_index(["indicator", "boundary", "resource"])


def test_fossil_and_biogenic_climate_impact_add_up() -> None:
    values = every_indicator("Guizhou")["value"]
    parts = (
        values["gwp100_fossil"]
        .to_frame("fossil")
        .join(values["gwp100_biogenic"].rename("biogenic"), how="outer")
    )
    bought = parts[parts.index.get_level_values("boundary") != "@nature"]

    assert len(bought) > 400
    assert bought.notna().all(axis=None)  # an origin that is not stated is no origin
    total = values["gwp100"].loc[bought.index]
    assert bought.sum(axis=1).to_numpy() == pytest.approx(total.to_numpy(), rel=1e-12)
    assert values["gwp100_biogenic", "@stock", "bagasse"] > 0


@pytest.mark.parametrize("indicator", INDICATORS[1:])
@pytest.mark.parametrize("region", ["Guizhou", "Denmark"])
def test_an_indicator_is_known_of_many_and_a_gap_of_some(indicator: str, region: str) -> None:
    scored = every_indicator(region)
    known = scored.loc[indicator].index
    bought = known[known.get_level_values("boundary") != "@nature"]
    all_known = scored.loc["gwp100"].index
    every = all_known[all_known.get_level_values("boundary") != "@nature"]

    assert 150 < len(bought) < len(every)
    gaps = missing(inventory(), region, 2025, indicator=indicator)
    assert set(zip(gaps["boundary"], gaps["resource"], strict=True)) == set(every) - set(bought)
    assert gaps["lacking"].ne("").all()


def test_no_indicator_scores_below_zero_or_outside_its_range() -> None:
    scored = every_indicator("Guizhou").drop("displaced_carbon_dioxide", level="resource")

    assert (scored["low"] >= 0).all()
    assert (scored["low"] <= scored["value"] * (1 + 1e-9)).all()
    assert (scored["value"] <= scored["high"] * (1 + 1e-9)).all()


@pytest.mark.parametrize("indicator", INDICATORS[1:])
def test_brightway_scores_the_other_indicators_alike(indicator: str) -> None:
    key = ["boundary", "product", "region", "year", "convention"]
    scored = every_indicator("Guizhou").loc[indicator].reset_index()
    bought = scored[scored["boundary"].ne("@nature")].rename(columns={"resource": "product"})
    found = bought.merge(inventory().activities[["id", *key]], on=key)[::7]
    demand = {name: float(at + 1) for at, name in enumerate(found["id"])}

    scale = 1000 if indicator.startswith("gwp100") else 1
    total = brightway_score(inventory(), demand, "location", 2025, indicator) / scale

    assert found["value"].to_numpy() @ list(demand.values()) == pytest.approx(total, rel=1e-8)


def test_a_tonne_put_on_a_stack_is_a_tonne_of_solid_waste() -> None:
    waste = every_indicator("Guizhou")["value"]["solid_waste"]

    assert waste["@stock"].to_list() == [1.0] * len(waste["@stock"])
    assert waste["@disposal", "phosphogypsum"] == 1.0


def test_primary_energy_is_at_least_its_fossil_part_and_a_fuel_at_least_its_content() -> None:
    values = every_indicator("CN")["value"]
    whole, fossil = values["primary_energy"], values["primary_energy_fossil"]
    content = read_catalogue(DATASETS / "catalogue").resources.set_index("id")["content_energy"]

    assert (whole.loc[fossil.index] >= fossil * (1 - 1e-12)).all()
    for fuel in ("coal", "natural_gas", "diesel", "fuel_oil", "coke"):
        assert 1 <= whole["@supply", fuel] / content[fuel] < 1.4
    assert 6 < whole["@supply", "electricity"] < 9  # GJ/MWh: a thermal grid with some water power


def test_making_water_takes_more_of_it_than_there_is_in_it() -> None:
    water = every_indicator("Guizhou")["value"]["water_use"]["@supply"]

    assert water["fresh_water"] == pytest.approx(1, rel=1e-3)  # and what its pump's power takes
    assert water["fresh_water"] < water["process_water"] < water["demineralised_water"]
    assert water["reclaimed_water"] < 0.1


def test_every_activity_has_an_english_and_a_chinese_name() -> None:
    activities = inventory().activities

    assert activities["name"].ne("").all()
    assert activities["name_zh"].str.contains(r"[\u4e00-\u9fff]").all()
    assert len(activities) >= 50


def test_the_park_method_counts_heat_by_its_default_too() -> None:
    assert value("heat", region="Hebei") == pytest.approx(0.0592)
    assert value("heat", region="Hebei", convention="park_method") == pytest.approx(0.11)
    assert value("heat", region="Denmark", convention="park_method") == pytest.approx(0.0561)


def test_the_data_package_describes_every_table_and_column_that_ships() -> None:
    folder = DATASETS / "inventory"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described = {
        resource["path"]: [field["name"] for field in resource["schema"]["fields"]]
        for resource in package["resources"]
    }
    shipped = {path.name: list(pd.read_csv(path, nrows=0).columns) for path in folder.glob("*.csv")}

    assert described == shipped
