"""Every shipped park: it loads clean, it is cited, its gaps are listed, and it does what it shows.

A park that ships is found by itself, so that one added later is held to the same promises.
"""

import re
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from symbiosis.catalogue import datasets_folder, park_folder, shipped_parks
from symbiosis.io import SymbiosisWarning, read_park, write_park
from symbiosis.lca import read_inventory
from symbiosis.metrics import balance
from symbiosis.model import Park
from symbiosis.scenarios import Outcome, checked, evidence, planned, unverified_figures
from tests.matching_parks import shipped

GRADES = {"measured", "official", "peer-reviewed", "secondary", "derived", "unverified"}
PARKS = tuple(shipped_parks())
LARGEST_GAP = 0.10  # of a process's mass


@cache
def park(name: str) -> Park:
    return read_park(park_folder(name), shipped())


@cache
def outcome(name: str) -> Outcome:
    return planned(park(name), shipped(), read_inventory(datasets_folder() / "inventory"))


def table(name: str, file: str) -> pd.DataFrame:
    return pd.read_csv(park_folder(name) / file)


def known_sources(name: str) -> set[str]:
    """Return the ids that a citation of the park may name."""
    files = [park_folder(name) / "sources.csv", datasets_folder() / "catalogue" / "sources.csv"]
    return {str(i) for file in files if file.is_file() for i in pd.read_csv(file)["id"]}


def cited(cell: object) -> list[str]:
    return [word.strip() for word in str(cell).split(";") if word.strip()]


def test_the_qiannan_park_ships() -> None:
    assert "qiannan" in PARKS


@pytest.mark.parametrize("name", PARKS)
def test_a_shipped_park_loads_without_a_warning(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # Provenance stands beside the numbers in columns that a park does not hold.
        warnings.simplefilter("ignore", SymbiosisWarning)
        found = read_park(park_folder(name), shipped())

    assert found.title
    assert found.licence
    assert found.year
    # A park outside the regions of the inventory names none, and says whose electricity it takes.
    assert found.region or "lectricity" in (park_folder(name) / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", PARKS)
def test_only_provenance_is_left_out_of_a_shipped_park(name: str) -> None:
    with warnings.catch_warnings(record=True) as noted:
        warnings.simplefilter("always")
        read_park(park_folder(name), shipped())

    for warning in noted:
        left_out = re.findall(r"'(\w+)'", str(warning.message))
        assert set(left_out) <= {"how", "note"}, str(warning.message)


@pytest.mark.parametrize("name", PARKS)
def test_a_shipped_park_says_where_it_is_from(name: str) -> None:
    folder = park_folder(name)

    assert (folder / "README.md").stat().st_size > 1000
    assert list(folder.glob("LICEN*"))
    assert (folder / "datapackage.json").is_file()
    assert (folder / "sources.csv").is_file()


def test_qiannan_is_large_enough_and_of_matter_heat_and_water() -> None:
    found = park("qiannan")
    kinds = found.flows["resource"].map(found.resources.set_index("id")["kind"])

    assert len(found.enterprises) >= 15
    assert len(found.flows) >= 60
    assert {"material", "heat", "water"} <= set(kinds)


@pytest.mark.parametrize("name", PARKS)
def test_every_enterprise_is_named_in_both_languages(name: str) -> None:
    found = park(name)

    assert found.enterprises["name"].ne("").all()
    assert found.enterprises["name_zh"].ne("").all()


@pytest.mark.parametrize("name", PARKS)
def test_every_flow_has_a_grade_and_sources_that_are_listed(name: str) -> None:
    flows = table(name, "flows.csv")
    known = known_sources(name)

    assert set(flows["grade"]) <= GRADES
    assert flows["citation"].notna().all()
    unknown = {c for cell in flows["citation"] for c in cited(cell)} - known
    assert unknown == set()
    assert park(name).flows["grade"].isin(GRADES).all()


@pytest.mark.parametrize("name", PARKS)
def test_every_other_number_has_a_grade_and_sources_that_are_listed(name: str) -> None:
    known = known_sources(name)
    for file in ("figures.csv", "factors.csv", "resources.csv"):
        if not (park_folder(name) / file).is_file():
            continue
        rows = table(name, file)
        assert set(rows["grade"].dropna()) <= GRADES, file
        unknown = {c for cell in rows["citation"].dropna() for c in cited(cell)} - known
        assert unknown == set(), file


@pytest.mark.parametrize("name", PARKS)
def test_every_quality_and_place_has_its_figure(name: str) -> None:
    figures = table(name, "figures.csv")
    listed = set(zip(figures["table"], figures["id"], figures["column"], strict=True))
    missing = [
        ("enterprises", row.id, column)
        for row in table(name, "enterprises.csv").itertuples()
        for column in ("latitude", "longitude")
        if pd.notna(getattr(row, column)) and ("enterprises", row.id, column) not in listed
    ]

    assert missing == []
    qualities = table(name, "qualities.csv")
    named = {str(i) for t, i, _ in listed if t == "qualities"}
    bare = {
        (row.flow, row.property)
        for row in qualities.itertuples()
        if not any(str(row.flow) in i and str(row.property) in i for i in named)
        and not any(str(row.flow) == i for i in named)
    }
    assert bare == set()


@pytest.mark.parametrize("name", PARKS)
def test_unverified_figures_have_a_range_around_them(name: str) -> None:
    for file, column in (("flows.csv", "amount"), ("figures.csv", "value")):
        rows = table(name, file)
        weak = rows[rows["grade"] == "unverified"]
        assert weak["low"].notna().all(), file
        assert weak["high"].notna().all(), file
        value = pd.to_numeric(weak[column])
        assert (weak["low"] <= value).all(), file
        assert (value <= weak["high"]).all(), file


@pytest.mark.parametrize("name", PARKS)
def test_what_rests_on_a_guess_is_called_unverified(name: str) -> None:
    for file in ("flows.csv", "figures.csv"):
        rows = table(name, file)
        guessed = (
            rows["citation"]
            .astype(str)
            .map(lambda cell: bool({"recall", "estimate"} & set(cited(cell))))
        )
        assert set(rows.loc[guessed, "grade"]) <= {"unverified"}, file


def test_the_mass_of_every_process_of_qiannan_closes() -> None:
    closed = balance(park("qiannan"), "mass")

    assert closed.loc[closed["gap_share"].abs() > LARGEST_GAP, "process"].tolist() == []


@pytest.mark.parametrize("name", PARKS)
def test_every_process_whose_mass_does_not_close_is_listed(name: str) -> None:
    closed = balance(park(name), "mass")
    document: Any = checked(park(name), shipped(), read_inventory(datasets_folder() / "inventory"))
    assert len(document["balance"]) == len(park(name).processes)
    listed = {row["process"] for row in document["balance_gaps"]}
    assert listed == set(closed.loc[closed["gap_share"].abs() > 0.05, "process"])


@pytest.mark.parametrize("name", PARKS)
def test_a_balance_runs_in_every_layer(name: str) -> None:
    for layer in ("C", "P", "S", "Fe", "Ca", "Ti", "F", "Li", "water", "energy"):
        rows = balance(park(name), layer)
        assert len(rows) == len(park(name).processes)
        assert (rows[["inputs", "outputs"]] >= 0).all().all()


@pytest.mark.parametrize("name", PARKS)
def test_every_flow_across_the_edge_has_its_figure_or_is_a_listed_gap(name: str) -> None:
    document: Any = checked(park(name), shipped(), read_inventory(datasets_folder() / "inventory"))

    assert document["coverage"]["cost"] >= 0.95
    assert document["coverage"]["gwp100"] >= 0.95
    assert document["unknown_places"] == []
    if document["coverage"]["gwp100"] < 1:
        assert document["gaps"]


@pytest.mark.parametrize("name", PARKS)
def test_a_shipped_park_survives_writing_and_reading(name: str, tmp_path: Path) -> None:
    write_park(park(name), tmp_path / "again")

    assert read_park(tmp_path / "again", shipped()) == park(name)


@pytest.mark.parametrize(
    ("family", "resources"),
    [
        ("phosphogypsum", {"phosphogypsum"}),
        ("ferrous sulfate", {"ferrous_sulfate_heptahydrate", "ferrous_sulfate_monohydrate"}),
    ],
)
def test_qiannan_proposes_exchanges_of_a_material_that_pay(
    family: str, resources: set[str]
) -> None:
    rows = outcome("qiannan").exchanges
    chosen = rows[rows["resource"].isin(resources)]

    assert len(chosen) >= 1, family
    assert chosen["cost_net"].sum() > 0
    assert chosen["gwp100_net"].notna().all()
    assert (chosen["giver"] != chosen["taker"]).any()


@pytest.mark.parametrize("kind", ["heat", "water"])
def test_qiannan_proposes_exchanges_of_heat_and_water_that_pay(kind: str) -> None:
    found = outcome("qiannan")
    kinds = found.catalogue.resources.set_index("id")["kind"]
    rows = found.exchanges[found.exchanges["resource"].map(kinds) == kind]
    between = rows[(rows["giver"] != rows["taker"]) & (rows["demand"] >= 0)]

    assert len(between) >= 2
    assert rows["cost_net"].sum() > 0
    assert (between["cost_net"] > 0).any()
    assert between["gwp100_net"].notna().all()


def test_every_exchange_between_two_firms_of_qiannan_leaves_room_for_a_price() -> None:
    rows = outcome("qiannan").exchanges
    between = rows[(rows["giver"] != rows["taker"]) & (rows["demand"] >= 0)]
    gains = between["cost_giver"] + between["cost_taker"]
    room = (between["value_high"] - between["value_low"]) * between["taken"]

    assert room.tolist() == pytest.approx(gains.tolist(), rel=1e-9, abs=1e-3)


def test_unverified_figures_behind_an_exchange_are_marked() -> None:
    found = outcome("qiannan")
    shown = evidence(found).figures
    count = unverified_figures(found, shown)
    of_pathways = shown["table"].isin(["pathways", "pathway_flows", "pathway_limits"])
    weak = shown[(shown["grade"] == "unverified") & of_pathways]

    assert len(count) == len(found.exchanges)
    assert (count > 0).any()
    routes = found.exchanges["pathway"]
    assert set(routes[count > 0]) == set(weak["id"]) & set(routes)
    assert shown["grade"].isin(GRADES).all()
    assert shown.loc[shown["grade"] == "unverified", "citation"].ne("").all()


# What the park's README promises of pairs that fail, each for one reason.
@pytest.mark.parametrize(
    ("giver", "pathway", "rules"),
    [
        ("wengan_phosphate", "phosphogypsum_to_plaster", {"standard"}),
        ("wengan_phosphate", "phosphogypsum_to_acid_and_cement", {"standard"}),
        ("wengan_phosphate", "fluorosilicic_acid_to_aluminium_fluoride", {"standard"}),
        ("wengan_phosphate", "phosphogypsum_to_road_base", {"reach"}),
        ("phosphate_complex", "phosphogypsum_to_backfill", {"reach"}),
        ("titanium_works", "spent_acid_to_rock_digestion", {"permit"}),
    ],
)
def test_qiannan_refuses_the_pairs_that_its_readme_names(
    giver: str, pathway: str, rules: set[str]
) -> None:
    search = outcome("qiannan").search
    pairs = search.pairs[(search.pairs["giver"] == giver) & (search.pairs["pathway"] == pathway)]
    judged = search.verdicts[search.verdicts["pair"].isin(pairs.index)]
    failed = judged[~judged["passes"].astype(bool)]

    assert len(pairs)
    assert rules <= set(failed["rule"])
