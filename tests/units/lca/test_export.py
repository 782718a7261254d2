import csv
import json
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from symbiosis.catalogue import Catalogue, datasets_folder, read_catalogue
from symbiosis.errors import InvalidData
from symbiosis.io import park_of
from symbiosis.lca import Inventory, read_inventory
from symbiosis.lca.brightway import without_projects
from symbiosis.lca.export import (
    Database,
    Subject,
    datapackage,
    foreground,
    written_csv,
    written_datapackage,
    written_jsonld,
    written_workbook,
)
from symbiosis.model import Park
from symbiosis.scenarios import climate, local_catalogue
from symbiosis.views.footprint import footprint

FLOWS = [
    ("gypsum", "@supply", "mill", "natural_gypsum", 1000.0, "t"),
    ("power", "@supply", "mill", "electricity", 500.0, "MWh"),
    ("secret", "@supply", "mill", "secret_powder", 7.0, "t"),
    ("own", "@supply", "mill", "quicklime", 20.0, "t"),
    ("slag", "works", "mill", "ground_slag", 300.0, "t"),
    ("ash", "works", "@disposal", "fly_ash", 400.0, "t"),
    ("gas", "works", "@nature", "carbon_dioxide", 50.0, "t"),
    ("lake", "@nature", "works", "fresh_water", 9000.0, "m3"),
    ("heat", "works", "@nature", "heat", 70.0, "GJ"),
    ("board", "mill", "@sales", "gypsum_board", 100.0, "t"),
]


@cache
def catalogue() -> Catalogue:
    return read_catalogue()


@cache
def inventory() -> Inventory:
    return read_inventory(datasets_folder() / "inventory")


def park(allocation: str = "substitution", *, constrained: bool = False) -> Park:
    columns = ("id", "source", "target", "resource", "amount", "unit")
    rows: list[dict[str, object]] = [dict(zip(columns, row, strict=True)) for row in FLOWS]
    rows[0] |= {"low": 800.0, "high": 1300.0}
    rows[-1] |= {"displaces": "gypsum_board", "displaced_amount": 90.0}
    rows[-1] |= {"market_constrained": constrained}
    own = {"boundary": "@supply", "resource": "quicklime", "indicator": "gwp100"}
    own |= {"value": 2.0, "unit": "t CO2e/t", "grade": "measured", "citation": "meter"}
    powder = {"id": "secret_powder", "name": "Powder", "kind": "material", "unit": "t"}
    tables = {
        "enterprises": [{"id": "mill", "name": "Mill"}, {"id": "works", "name": "Works"}],
        "resources": [powder],
        "flows": rows,
        "factors": [own],
    }
    settings = {"allocation": allocation, "marginal_credit": 0.25}
    return park_of(tables, catalogue(), {"title": "Two", "region": "Guizhou", "settings": settings})


def subject(of: Park) -> Subject:
    known = local_catalogue(of, catalogue(), inventory()).factors
    return Subject(
        park=of, inventory=inventory(), known=known, climate=climate(of, inventory()), name="two"
    )


@cache
def database() -> Database:
    return foreground(subject(park()))


def calculated(package: Any, at: int) -> float:
    """Return the score of one unit of a node by bw2calc [t CO2e]."""
    with without_projects():
        import bw2calc

        calculation = bw2calc.LCA({at: 1.0}, data_objs=[package])
        calculation.lci()
        calculation.lcia()
    return float(calculation.score) / 1000


def due(of: Park) -> float:
    """Return what the library says of a park [t CO2e/year]."""
    known = local_catalogue(of, catalogue(), inventory()).factors
    return float(footprint(of, known, ("gwp100",))["gwp100"])


@pytest.mark.parametrize("constrained", [False, True])
@pytest.mark.parametrize("allocation", ["substitution", "cut-off", "50-50", "cff"])
def test_a_park_scores_the_same_by_every_rule(allocation: str, constrained: bool) -> None:
    of = park(allocation, constrained=constrained)
    made = foreground(subject(of))

    score = calculated(datapackage(made, "gwp100"), made.positions()["park/now"])

    assert score == pytest.approx(due(of), rel=1e-10)


def edge(consumer: str, text: str) -> pd.Series:
    edges = database().edges
    rows = edges[edges["consumer"].eq(consumer) & edges["comment"].str.startswith(text)]
    assert len(rows) == 1
    return rows.iloc[0]


def kind(code: str) -> str:
    return str(database().nodes.set_index("code")["kind"].loc[code])


def test_a_purchase_leads_to_the_activity_of_the_region() -> None:
    power = edge("process/now/mill", "power:")

    assert (power["supplier"], power["amount"]) == (
        "electricity_supply_guizhou_2023_location",
        500.0,
    )


def test_a_sale_takes_away_what_it_displaces() -> None:
    assert edge("process/now/mill", "board:")["amount"] == -90.0


def test_a_factor_of_the_parks_own_is_a_node_that_says_so() -> None:
    own = edge("process/now/mill", "own:")["supplier"]

    assert kind(own) == "stated"
    emitted = database().edges.set_index("consumer").loc[own]
    assert (emitted["amount"], emitted["comment"]) == (pytest.approx(2000.0), "meter")


def test_what_has_no_figure_is_a_gap_to_be_linked_and_not_left_out() -> None:
    gap = edge("process/now/mill", "secret:")

    assert (kind(gap["supplier"]), gap["amount"]) == ("gap", 7.0)


def test_an_emission_leads_to_the_elementary_flow_in_its_unit() -> None:
    gas = edge("process/now/works", "gas:")

    assert (gas["supplier"], gas["amount"]) == ("flow/carbon_dioxide", 50_000.0)


def test_a_by_product_from_inside_bears_no_burden() -> None:
    slag = edge("process/now/mill", "slag:")["supplier"]

    assert kind(slag) == "inside"
    assert slag not in set(database().edges["consumer"])


def test_a_range_of_the_park_goes_along_as_a_lognormal_distribution() -> None:
    bought = edge("process/now/mill", "gypsum:")

    assert bought["uncertainty_type"] == 2
    middle, reach = bought["loc"], 1.959964 * bought["scale"]
    assert np.exp([middle - reach, middle + reach]) == pytest.approx([800, 1300], rel=1e-6)


def test_the_background_is_whole_and_names_are_unique() -> None:
    made = database()

    assert set(made.edges["supplier"]) <= {*made.nodes["code"], *made.flows["code"]}
    assert made.nodes["name"].is_unique
    assert set(made.nodes.loc[made.nodes["kind"].eq("background"), "location"]) > {"Guizhou"}


def test_a_datapackage_read_back_scores_the_same(tmp_path: Path) -> None:
    written_datapackage(database(), tmp_path / "two.zip")

    from bw_processing import load_datapackage
    from bw_processing.io_helpers import generic_zipfile_filesystem

    package = load_datapackage(
        generic_zipfile_filesystem(dirpath=tmp_path, filename="two.zip", write=False)
    )
    labels, _ = package.get_resource("nodes")
    at = int(labels.set_index("code").loc["park/now", "id"])
    assert calculated(package, at) == pytest.approx(due(park()), rel=1e-10)


def test_jsonld_read_back_by_the_schemas_own_library_scores_the_same(tmp_path: Path) -> None:
    schema = pytest.importorskip("olca_schema")
    zipio = pytest.importorskip("olca_schema.zipio")
    written_jsonld(database(), tmp_path / "two.zip")

    with zipio.ZipReader(tmp_path / "two.zip") as reader:
        groups = [reader.read_unit_group(i) for i in reader.ids_of(schema.UnitGroup)]
        factor = {u.id: u.conversion_factor for g in groups for u in g.units}
        processes = [reader.read_process(i) for i in reader.ids_of(schema.Process)]
        category = reader.read_impact_category(reader.ids_of(schema.ImpactCategory)[0])
        flows = {i: reader.read_flow(i) for i in reader.ids_of(schema.Flow)}
    at = {process.id: number for number, process in enumerate(processes)}
    # an impact factor is per unit of its own, as an exchange is: both in the reference unit
    per = {f.flow.id: f.value / factor[f.unit.id] for f in category.impact_factors}
    matrix, direct = np.zeros((len(at), len(at))), np.zeros(len(at))
    for process in processes:
        for taken in process.exchanges:
            amount, column = taken.amount * factor[taken.unit.id], at[process.id]
            if taken.is_quantitative_reference:
                matrix[column, column] += amount
            elif taken.is_input:
                matrix[at[taken.default_provider.id], column] -= amount
            else:
                assert flows[taken.flow.id].flow_type == schema.FlowType.ELEMENTARY_FLOW
                direct[column] += amount * per.get(taken.flow.id, 0.0)
    scores = np.linalg.solve(matrix.T, direct)
    whole = next(p for p in processes if p.name == "Two, now")
    year = whole.exchanges[0].amount * factor[whole.exchanges[0].unit.id]
    assert scores[at[whole.id]] * year / 1000 == pytest.approx(due(park()), rel=1e-8)


def test_equal_databases_give_equal_jsonld(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        written_jsonld(database(), tmp_path / name)

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_jsonld_says_how_amounts_are_spread(tmp_path: Path) -> None:
    written_jsonld(database(), tmp_path / "two.zip")

    with zipfile.ZipFile(tmp_path / "two.zip") as archive:
        names = [name for name in archive.namelist() if name.startswith("processes/")]
        text = [json.loads(archive.read(name)) for name in names]
    told = [e["uncertainty"] for p in text for e in p["exchanges"] if "uncertainty" in e]
    assert any(u["distributionType"] == "LOG_NORMAL_DISTRIBUTION" for u in told)


def test_workbook_and_csv_hold_the_same_rows(tmp_path: Path) -> None:
    written_workbook(database(), tmp_path / "two.xlsx")
    written_csv(database(), tmp_path / "two.csv")

    book = CalamineWorkbook.from_path(tmp_path / "two.xlsx")
    sheet = book.get_sheet_by_name("inventory").to_python(skip_empty_area=False)
    with (tmp_path / "two.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len([row for row in rows if any(row)]) == len([row for row in sheet if any(row)])
    numbers = [float(row[1]) for row in rows if len(row) > 6 and row[1] != "amount"]
    cells = [row[1] for row in sheet if row[6] and row[1] != "amount"]
    assert cells == numbers
    assert (tmp_path / "two-characterisation.csv").is_file()


@pytest.mark.parametrize("write", [written_csv, written_workbook, written_datapackage])
def test_nothing_is_written_over(write: Any, tmp_path: Path) -> None:
    path = tmp_path / "mine.zip"
    path.write_text("mine", encoding="utf-8")

    with pytest.raises(InvalidData, match="is there already"):
        write(database(), path)

    assert path.read_text(encoding="utf-8") == "mine"
    assert [p.name for p in tmp_path.iterdir()] == ["mine.zip"]


def test_a_writer_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    broken = Database(**{**vars(database()), "edges": database().edges.drop(columns="loc")})

    with pytest.raises(KeyError):
        written_csv(broken, tmp_path / "two.csv")

    assert list(tmp_path.iterdir()) == []


def test_an_amount_that_is_no_number_is_told() -> None:
    flows = park().flows
    of = park()
    lost = pd.concat([flows.assign(amount=flows["amount"].where(flows["id"] != "ash", np.inf))])

    with pytest.raises(InvalidData, match="process/before/works: takes inf"):
        foreground(Subject(**{**vars(subject(of)), "before": lost}))
