"""The shipped catalogue: its chemistry closes, stays below its caps, and says where it is from."""

import json
import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

CATALOGUE = Path(__file__).parents[2] / "datasets" / "catalogue"
GRADES = {"measured", "official", "peer-reviewed", "secondary", "derived", "unverified"}
BOUNDARIES = {"@supply", "@nature", "@sales", "@disposal", "@stock"}
LAYERS = ["mass", "C", "P", "S", "Fe", "Ca", "Ti", "F", "N", "Al", "Si", "Li", "Na", "Cl"]
NUMBERS = {
    "pathways": "yield",
    "pathway_flows": "amount",
    "factors": "value",
    "figures": "value",
    "currencies": "cny_per_unit",
    "modes": "max_distance_km",
}
AMBIENT_C, KELVIN, GJ_PER_MWH = 25.0, 273.15, 3.6
# The grade of a pathway's row speaks for its yield; every other number has a row of figures.csv.
OWN_FIGURES = [
    *("ratio", "capital_fixed", "capital_per_capacity", "operating_cost", "minimum", "capacity"),
    *("lifetime", "max_distance", "loss_per_km", "temperature_lift", "reference_moisture"),
]


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


def carried(rows: pd.DataFrame) -> "pd.Series[float]":
    return contents().loc[rows["resource"]].mul(rows["amount"].to_numpy(), axis=0).sum()


def amount(pathway: str, resource: str, direction: str = "out") -> float:
    rows = flows(pathway, direction).set_index("resource")
    return float(rows.loc[resource, "amount"])


def material_pathways() -> list[str]:
    ends = pathways()[["takes", "gives"]]
    weighed = ends.apply(lambda ids: ids.map(contents()["content_mass"]) > 0)
    return sorted(weighed.index[weighed.all(axis=1)])


def heat_to_power() -> list[str]:
    rows = pathways()
    return list(rows.index[(rows["takes"] == "heat") & (rows["gives"] == "electricity")])


def heat_pumps() -> list[str]:
    return list(pathways().index[pathways()["temperature_lift"].fillna(0) > 0])


def coldest_k(pathway: str) -> float:
    limits = table("pathway_limits").set_index(["pathway", "property", "at"])
    return float(limits.loc[(pathway, "temperature_to", "taken"), "minimum"]) + KELVIN


def test_the_catalogue_is_as_rich_as_promised() -> None:
    assert len(pathways()) >= 30
    assert len(resources()) >= 90
    assert len(material_pathways()) >= 30
    assert heat_to_power()
    assert heat_pumps()


@pytest.mark.parametrize("pathway", material_pathways())
def test_mass_and_every_element_of_a_pathway_close(pathway: str) -> None:
    row = pathways().loc[pathway]

    entering = contents().loc[row["takes"]] + carried(flows(pathway, "in"))
    leaving = row["yield"] * contents().loc[row["gives"]] + carried(flows(pathway, "out"))

    allowed = (0.01 * entering).clip(lower=0.002)
    gap = (entering - leaving).abs()
    assert gap[gap > allowed].empty, gap[gap > allowed].to_dict()


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


@pytest.mark.parametrize("pathway", heat_to_power())
def test_power_from_heat_stays_below_carnot(pathway: str) -> None:
    carnot = 1 - (AMBIENT_C + KELVIN) / coldest_k(pathway)

    best = pathways().loc[pathway, ["yield", "high"]].max() * GJ_PER_MWH

    assert 0 < best < carnot


@pytest.mark.parametrize("pathway", heat_pumps())
def test_heat_pumps_close_in_energy_and_stay_below_carnot(pathway: str) -> None:
    row = pathways().loc[pathway]
    sink = coldest_k(pathway) + row["temperature_lift"]

    power = amount(pathway, "electricity", "in") * GJ_PER_MWH
    performance = row["yield"] / power

    assert 1 + power == pytest.approx(row["yield"], rel=1e-4)
    assert 1 < performance < 0.5 * sink / row["temperature_lift"]


def test_heat_by_pipe_gives_no_more_heat_than_it_takes() -> None:
    rows = pathways()
    piped = rows[(rows["takes"] == "heat") & (rows["gives"] == "heat")].drop(heat_pumps())

    assert len(piped)
    assert piped["yield"].between(0, 1).all()


def test_substitutions_by_content_have_the_ratio_of_the_contents() -> None:
    calcium = contents()["content_Ca"]
    lime = calcium["carbide_slag"] / calcium["limestone"]
    tail_gas = resources().loc["yellow_phosphorus_tail_gas", "content_energy"]
    natural_gas = resources().loc["natural_gas", "content_energy"]

    ratio = pathways()["ratio"]
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


def test_the_elements_of_a_resource_weigh_no_more_than_it_does() -> None:
    elements = contents().drop(columns="content_mass").sum(axis=1)
    weighed = contents()["content_mass"]

    assert (elements[weighed > 0] <= weighed[weighed > 0] * 1.0001).all()
    assert (elements[weighed == 0] == 0).all()


@pytest.mark.parametrize(
    ("name", "column", "target"),
    [
        *(("pathways", column, "resources") for column in ("takes", "gives", "replaces")),
        ("pathway_flows", "pathway", "pathways"),
        ("pathway_flows", "resource", "resources"),
        ("pathway_limits", "pathway", "pathways"),
        ("pathway_limits", "property", "properties"),
        ("factors", "resource", "resources"),
        ("modes", "resource", "resources"),
    ],
)
def test_every_reference_leads_somewhere(name: str, column: str, target: str) -> None:
    assert set(table(name)[column]) <= set(table(target)["id"])


def test_modes_boundaries_and_units_are_known_words() -> None:
    unit = resources()["unit"]
    side, price = table("pathway_flows"), table("factors")

    assert set(pathways()["mode"]) <= set(table("modes")["mode"])
    assert set(pathways()["site"]) <= {"giver", "taker"}
    assert set(side["boundary"]) | set(price["boundary"]) <= BOUNDARIES
    assert (side["unit"].to_numpy() == unit.loc[side["resource"]].to_numpy()).all()
    per = price["unit"].str.removeprefix("CNY/").str.replace("CNY", "currency")
    assert (per.to_numpy() == unit.loc[price["resource"]].to_numpy()).all()


def cited_tables() -> list[str]:
    return ["resources", "pathway_limits", *NUMBERS]


@pytest.mark.parametrize("name", cited_tables())
def test_every_number_has_a_grade_and_a_source(name: str) -> None:
    rows = table(name)
    cited = set(rows["citation"].str.split(";").explode())

    assert set(rows["grade"]) <= GRADES
    assert cited <= set(table("sources")["id"])


@pytest.mark.parametrize("name", cited_tables())
def test_what_rests_on_memory_or_a_guess_is_called_unverified(name: str) -> None:
    rows = table(name)
    guessed = rows["citation"].str.split(";").map({"recall", "estimate"}.isdisjoint).eq(other=False)

    assert guessed.any()
    assert set(rows.loc[guessed, "grade"]) == {"unverified"}


@pytest.mark.parametrize(("name", "column"), NUMBERS.items())
def test_low_and_high_stand_around_the_number(name: str, column: str) -> None:
    rows = table(name)
    ranged = rows.dropna(subset=["low", "high"])

    assert not rows.loc[rows["grade"] == "unverified", ["low", "high"]].isna().any(axis=None)
    assert (ranged["low"] <= ranged[column]).all()
    assert (ranged[column] <= ranged["high"]).all()


def test_limits_that_nobody_saw_have_a_range() -> None:
    rows = table("pathway_limits")
    guessed = rows[rows["grade"] == "unverified"]
    limit = guessed["maximum"].fillna(guessed["minimum"])

    assert len(guessed)
    assert limit.between(guessed["low"], guessed["high"]).all()


def test_figures_repeat_the_cells_that_they_vouch_for() -> None:
    rows = table("figures")
    rows = rows[rows["table"] == "pathways"]
    cells = [float(pathways().loc[row.id, row.column]) for row in rows.itertuples()]

    assert rows["value"].to_list() == pytest.approx(cells, rel=1e-9)


def test_every_number_of_a_pathway_but_its_yield_has_a_figure() -> None:
    columns = [*OWN_FIGURES, *(c for c in pathways() if c.startswith("removes_"))]
    cells = table("pathways").melt("id", columns, var_name="column").dropna(subset=["value"])
    stated = cells[~((cells["column"] == "ratio") & (cells["value"] == 1))]

    vouched = set(zip(table("figures")["id"], table("figures")["column"], strict=True))
    assert len(stated)
    assert set(zip(stated["id"], stated["column"], strict=True)) <= vouched


def test_losses_on_the_way_have_a_figure_too() -> None:
    modes = table("modes")
    modes = modes.set_index(modes["kind"] + ":" + modes["mode"])["loss_per_km"]
    rows = table("figures")
    rows = rows[rows["table"] == "modes"].set_index("id")["value"]

    assert rows.to_dict() == pytest.approx(modes.to_dict())


def test_everything_bought_sold_or_thrown_away_has_a_price() -> None:
    side = table("pathway_flows")
    priced = set(zip(table("factors")["boundary"], table("factors")["resource"], strict=True))
    asked = side[side["boundary"] != "@nature"]

    needed = set(zip(asked["boundary"], asked["resource"], strict=True))
    needed |= {("@supply", resource) for resource in pathways()["replaces"]}
    assert needed <= priced


def test_sales_earn_and_purchases_cost() -> None:
    price = table("factors").set_index("boundary")["value"]

    assert (price.loc["@sales"] <= 0).all()
    assert (price.loc[["@supply", "@disposal", "@stock"]] >= 0).all()


@pytest.mark.parametrize("name", ["resources", "pathways", "properties"])
def test_names_are_in_both_languages(name: str) -> None:
    rows = table(name)
    chinese = rows["name_zh"].fillna("").str.contains(r"[\u4e00-\u9fff]")
    formula_only = rows["name_zh"].isin(["pH值"])

    assert (rows["name"].fillna("").str.strip() != "").all()
    assert (chinese | formula_only).all()
    assert rows["id"].map(lambda text: bool(re.fullmatch(r"[a-z][a-z0-9_]*", text))).all()


def test_the_data_package_describes_the_files_as_they_are() -> None:
    package = json.loads((CATALOGUE / "datapackage.json").read_text(encoding="utf-8"))
    described = {
        r["path"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]
    }

    found = {file.name: list(table(file.stem).columns) for file in CATALOGUE.glob("*.csv")}

    assert described == found
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
