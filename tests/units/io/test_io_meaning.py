"""What the cells of a park come to mean when it is read."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from symbiosis.catalogue import CATALOGUE_TABLES, Catalogue
from symbiosis.errors import InvalidData
from symbiosis.io import park_of
from symbiosis.model import LAYERS, TABLES, Park, Settings
from tests.strategies import CATALOGUE

Row = dict[str, Any]
HOSTS = [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]
STONE = {"id": "stone", "name": "stone", "kind": "material", "unit": "t"}
WATER = {"id": "water", "name": "water", "kind": "water", "unit": "m3"}
HEAT = {"id": "heat", "name": "heat", "kind": "heat", "unit": "GJ"}
AIR = {"id": "air", "name": "air", "kind": "gas", "unit": "t"}
RESOURCES = [STONE, WATER, HEAT, AIR]


def flow(name: str, source: str, target: str, **cells: Any) -> Row:
    row = {"id": name, "source": source, "target": target, "resource": "stone", "unit": "t"}
    return {**row, "amount": 1.0, **cells}


def park(
    *flows: Row, heading: Row | None = None, known: Catalogue = CATALOGUE, **tables: Any
) -> Park:
    everything = {"enterprises": HOSTS, "resources": RESOURCES, "flows": flows, **tables}
    return park_of(everything, known, heading)


def knowing(*resources: Row) -> Catalogue:
    """Return a catalogue with these resources."""
    kinds = {"text": "str", "number": "float64", "boolean": "bool"}
    columns = CATALOGUE_TABLES["resources"].columns
    return Catalogue(
        resources=pd.DataFrame(
            {
                c.name: pd.Series(
                    [row.get(c.name, c.blank) for row in resources], dtype=kinds[c.kind]
                )
                for c in columns
            }
        )
    )


def test_an_enterprise_without_process_becomes_one_where_a_flow_names_it() -> None:
    found = park(flow("f", "a", "@disposal"))

    assert found.processes[["id", "enterprise", "name"]].to_numpy().tolist() == [["a", "a", "A"]]
    assert found.processes["operating_hours"].tolist() == [8760.0]


def test_an_enterprise_with_one_process_is_that_process() -> None:
    found = park(flow("f", "a", "@disposal"), processes=[{"id": "kiln", "enterprise": "a"}])

    assert found.flows["source"].tolist() == ["kiln"]
    assert found.processes["id"].tolist() == ["kiln"]


@pytest.mark.parametrize(
    ("source", "target", "resource", "tradable"),
    [
        ("@supply", "a", "stone", True),
        ("a", "@disposal", "stone", True),
        ("a", "@stock", "stone", True),
        ("a", "@sales", "stone", False),
        ("a", "@nature", "stone", False),
        ("a", "@nature", "air", False),
        ("a", "@nature", "water", True),
        ("@nature", "a", "water", True),
        ("a", "@nature", "heat", True),
        ("a", "b", "stone", False),
    ],
)
def test_a_blank_says_tradable_by_boundary_and_kind(
    source: str, target: str, resource: str, tradable: bool
) -> None:
    unit = {"water": "m3", "heat": "GJ"}.get(resource, "t")
    row = flow("f", source, target, resource=resource, unit=unit)

    assert park(row).flows["tradable"].tolist() == [tradable]
    assert park({**row, "tradable": not tradable}).flows["tradable"].tolist() == [not tradable]


def test_an_emission_with_a_quality_is_tradable() -> None:
    qualities = [{"flow": "f", "property": "moisture", "value": 0.1}]

    found = park(flow("f", "a", "@nature", resource="air"), qualities=qualities)

    assert found.flows["tradable"].tolist() == [True]


def test_lot_and_status_have_defaults() -> None:
    found = park(flow("f", "a", "@stock"), flow("g", "a", "@stock", lot="f"))

    assert found.flows["lot"].tolist() == ["f", "f"]
    assert found.flows["status"].tolist() == ["existing", "existing"]


def test_amount_spread_and_bounds_share_the_unit_and_the_hours_of_source_then_target() -> None:
    processes = [{"id": "p", "enterprise": "a", "operating_hours": 1000}]
    cells = {"amount": 2, "sd": 1, "low": 1, "high": 3, "unit": "kg/h"}

    found = park(
        flow("f", "p", "@disposal", **cells),
        flow("g", "@supply", "p", **cells),
        processes=processes,
    )

    assert found.flows[["amount", "sd", "low", "high"]].to_numpy() == pytest.approx(
        np.array([[2, 1, 1, 3]] * 2)
    )
    assert found.flows["unit"].tolist() == ["t", "t"]


def test_resources_are_all_that_is_named_in_order_with_every_content() -> None:
    known = knowing({**STONE, "id": "zinc", "content_mass": 1.0}, {**STONE, "id": "never"})
    market = {"boundary": "@sales", "resource": "zinc"}

    found = park(flow("f", "a", "@disposal"), known=known, markets=[market])

    assert found.resources["id"].tolist() == ["air", "heat", "stone", "water", "zinc"]
    assert {f"content_{layer}" for layer in (*LAYERS, "energy")} <= {*found.resources}
    contents = found.resources.set_index("id")
    assert contents["content_mass"].fillna(0).to_dict() == {
        "air": 1, "heat": 0, "stone": 1, "water": 0, "zinc": 1
    }  # fmt: skip
    assert contents["content_energy"]["heat"] == 1


def test_what_a_park_leaves_blank_of_a_resource_the_catalogue_fills_in_its_unit() -> None:
    coal = {**STONE, "id": "coal", "name_zh": "煤", "hazardous": True}
    known = knowing({**coal, "content_mass": 1.0, "content_C": 0.6, "content_energy": 25.0})
    own = {"id": "coal", "unit": "kg", "content_C": 0.0007}

    found = park(known=known, resources=[own]).resources.set_index("id").loc["coal"]

    assert (found["name_zh"], found["kind"], found["unit"]) == ("煤", "material", "kg")
    assert found["hazardous"]
    assert found["content_C"] == 0.0007
    assert found["content_energy"] == pytest.approx(0.025)
    assert found["content_mass"] == pytest.approx(0.001)


def test_contents_per_tonne_mean_nothing_for_a_resource_counted_in_cubic_metres() -> None:
    known = knowing({**WATER, "unit": "t", "content_mass": 1.0, "content_energy": 0.1})

    found = park(known=known, resources=[{"id": "water", "unit": "m3"}]).resources.iloc[0]

    assert np.isnan(found["content_energy"])
    assert np.isnan(found["content_mass"])


def test_the_unit_currency_is_the_money_of_the_park() -> None:
    capital = {"id": "capital", "name": "capital", "kind": "service", "unit": "currency"}
    row = flow("f", "@supply", "a", resource="capital", unit="currency", amount=5.0)

    found = park(row, resources=[capital], heading={"currency": "EUR"})

    assert found.resources["unit"].tolist() == ["EUR"]
    assert found.flows[["amount", "unit"]].to_numpy().tolist() == [[5.0, "EUR"]]


def test_qualities_take_the_unit_of_the_catalogue_else_degc_else_the_first() -> None:
    qualities = [
        {"flow": "f", "property": "moisture", "value": 20, "unit": "%"},
        {"flow": "f", "property": "cod", "value": 3, "unit": "g/L"},
        {"flow": "f", "property": "temperature", "value": 300, "unit": "K"},
        {"flow": "f", "property": "size", "value": 2, "unit": "cm"},
        {"flow": "g", "property": "size", "value": 5, "unit": "mm"},
        {"flow": "g", "property": "ph", "value": 7},
    ]

    found = park(flow("f", "a", "@stock"), flow("g", "b", "@stock"), qualities=qualities).qualities

    assert found["unit"].tolist() == ["1", "mg/L", "degC", "cm", "cm", "pH"]
    assert found["value"].tolist() == pytest.approx([0.2, 3000, 26.85, 2, 0.5, 7])


def test_a_purchase_without_value_is_as_good_as_it_must_be() -> None:
    limits = [
        {"flow": "f", "property": "moisture", "maximum": 0.5, "value": 0.2},
        {"flow": "f", "property": "chloride", "maximum": 0.1},
        {"flow": "f", "property": "cod", "minimum": 5, "maximum": 9},
        {"flow": "f", "property": "purity", "minimum": 0.8, "basis": "dry"},
        {"flow": "f", "property": "colour", "unit": "1"},
        {"flow": "g", "property": "chloride", "maximum": 0.1},
    ]

    found = park(flow("f", "@supply", "a"), flow("g", "b", "@stock"), qualities=limits).qualities

    assert found["value"].fillna(-1).tolist() == pytest.approx([0.2, 0, 5, 0.64, -1, -1])


def test_limits_on_dry_basis_are_compared_with_the_dry_value() -> None:
    rows = [
        {"flow": "f", "property": "moisture", "value": 0.5},
        {"flow": "f", "property": "chloride", "value": 0.3, "maximum": 0.5, "basis": "dry"},
    ]

    with pytest.raises(InvalidData, match=r"'0\.3' of bought flow 'f' is above its own maximum"):
        park(flow("f", "@supply", "a"), qualities=rows)


def test_factors_come_out_per_unit_of_the_resource() -> None:
    factors = [
        {"boundary": "@supply", "resource": "stone", "indicator": name, "value": 5, "unit": unit}
        for name, unit in (("cost", "CNY/kg"), ("gwp100", "kg CO2e/t"), ("metals", "kg Sb eq/kg"))
    ]

    found = park(factors=factors).factors

    assert found["unit"].tolist() == ["CNY/t", "t CO2e/t", "kg Sb eq/t"]
    assert found["value"].tolist() == pytest.approx([5000, 0.005, 5000])


def test_a_pathway_replaces_what_it_gives_and_removes_nothing_where_it_says_nothing() -> None:
    rows = [
        {"id": "p", "takes": "stone", "gives": "water", "yield": 1, "removes_cod": 0.5},
        {"id": "q", "takes": "stone", "gives": "water", "yield": 1, "replaces": "air"},
    ]

    found = park(pathways=rows).pathways

    assert found["replaces"].tolist() == ["water", "air"]
    assert found["removes_cod"].tolist() == [0.5, 0.0]
    assert found["site"].tolist() == ["taker", "taker"]


def test_the_heading_has_defaults_and_keeps_what_it_is_given() -> None:
    assert park().settings == Settings()
    assert (park().title, park().currency, park().year) == ("park", "CNY", None)
    given = {"title": "=T", "year": 2025, "sources": ["one"], "settings": {"detour": 1.1}}

    found = park(heading=given)

    assert (found.title, found.year, found.sources) == ("=T", 2025, ("one",))
    assert found.settings == Settings(detour=1.1)


def test_every_table_has_its_declared_columns_and_kinds() -> None:
    kinds = {"text": "str", "number": "float64", "boolean": "bool"}
    found = park(flow("f", "a", "@stock"))

    for name, table in TABLES.items():
        frame = getattr(found, name)
        assert {c.name: kinds[c.kind] for c in table.columns}.items() <= {
            str(column): str(kind) for column, kind in frame.dtypes.items()
        }.items()
        assert frame.index.equals(pd.RangeIndex(len(frame)))
