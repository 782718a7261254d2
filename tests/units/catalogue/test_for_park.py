from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from symbiosis.catalogue import Catalogue, for_park
from symbiosis.model import Park

Rows = Callable[..., pd.DataFrame]


def _factor(resource: str, value: float, unit: str, indicator: str = "cost") -> dict[str, object]:
    return {
        "boundary": "@supply",
        "resource": resource,
        "indicator": indicator,
        "value": value,
        "unit": unit,
    }


@pytest.fixture
def catalogue(rows: Rows) -> Catalogue:
    return Catalogue(
        resources=rows(
            "resources",
            {"id": "quicklime", "kind": "material", "unit": "t"},
            {"id": "limestone", "kind": "material", "unit": "t", "note": "catalogue"},
            {"id": "electricity", "kind": "electricity", "unit": "MWh"},
            {"id": "chalk", "kind": "material", "unit": "t"},
            {"id": "capital", "kind": "service", "unit": "currency"},
        ),
        pathways=rows(
            "pathways",
            {"id": "burning", "takes": "limestone", "gives": "quicklime", "yield": 0.5}
            | {"replaces": "quicklime", "low": 0.4, "high": 0.6, "operating_cost": 70.0}
            | {"capital_per_capacity": 700.0, "capacity": 1000.0, "lifetime": 20.0},
            {"id": "lighting", "takes": "chalk", "gives": "electricity", "yield": 3.0}
            | {"replaces": "electricity"},
        ),
        pathway_flows=rows(
            "pathway_flows",
            {"pathway": "burning", "direction": "in", "boundary": "@supply"}
            | {"resource": "electricity", "amount": 0.02, "unit": "MWh"},
            {"pathway": "burning", "direction": "in", "boundary": "@supply"}
            | {"resource": "capital", "amount": 14.0, "unit": "CNY"},
        ),
        pathway_limits=rows(
            "pathway_limits",
            {"pathway": "burning", "property": "moisture", "maximum": 0.1},
            {"pathway": "burning", "property": "silica", "maximum": 0.02},
        ),
        factors=rows(
            "factors",
            _factor("limestone", 70.0, "CNY/t"),
            _factor("electricity", 700.0, "CNY/MWh"),
            _factor("electricity", 0.5, "t CO2e/MWh", "gwp100"),
            _factor("capital", 1.0, "CNY/CNY"),
            _factor("capital", 0.0001, "t CO2e/CNY", "gwp100"),
        ),
        currencies=rows(
            "currencies",
            {"currency": "USD", "cny_per_unit": 8.0, "year": 2000},
            {"currency": "USD", "cny_per_unit": 7.0, "year": 2023},
            {"currency": "USD", "cny_per_unit": 9.0, "year": 2030},
        ),
    )


def _values(catalogue: Catalogue, indicator: str = "cost") -> "pd.Series[float]":
    factors = catalogue.factors
    return factors[factors["indicator"] == indicator].set_index("resource")["value"]


def test_a_park_in_yuan_sees_the_catalogue_as_it_stands(catalogue: Catalogue, toy: Park) -> None:
    local = for_park(catalogue, toy)

    assert _values(local).to_dict() == {"limestone": 70.0, "electricity": 700.0, "capital": 1.0}
    pd.testing.assert_frame_equal(local.pathways, catalogue.pathways)


def test_money_is_in_the_parks_currency_at_the_rate_of_its_year(
    catalogue: Catalogue, toy: Park
) -> None:
    local = for_park(catalogue, replace(toy, currency="USD"))

    burning = local.pathways.set_index("id").loc["burning"]
    assert burning["operating_cost"] == pytest.approx(10.0)
    assert burning["capital_per_capacity"] == pytest.approx(100.0)
    assert _values(local)[["limestone", "electricity"]].tolist() == pytest.approx([10.0, 100.0])
    assert set(local.factors["unit"]) >= {"USD/t", "USD/MWh", "t CO2e/MWh"}


def test_money_that_is_bought_keeps_its_cost_and_its_impact(
    catalogue: Catalogue, toy: Park
) -> None:
    local = for_park(catalogue, replace(toy, currency="USD"))

    capital = local.pathway_flows.set_index("resource").loc["capital"]
    assert (capital["amount"], capital["unit"]) == (pytest.approx(2.0), "USD")
    assert local.resources.set_index("id").loc["capital", "unit"] == "USD"
    assert _values(local)["capital"] == 1.0
    assert capital["amount"] * _values(local, "gwp100")["capital"] == pytest.approx(14 * 0.0001)


def test_money_of_an_unknown_currency_is_a_gap_but_nothing_stays_nothing(
    catalogue: Catalogue, toy: Park
) -> None:
    local = for_park(catalogue, replace(toy, currency="XYZ"))

    burning = local.pathways.set_index("id").loc["burning"]
    assert pd.isna(burning["operating_cost"])
    assert burning["capital_fixed"] == 0.0
    assert _values(local)[["limestone", "electricity"]].isna().all()
    assert _values(local, "gwp100")["electricity"] == 0.5
    assert _values(local)["capital"] == 1.0


def test_the_parks_own_pathway_replaces_the_catalogues_with_its_flows_and_limits(
    catalogue: Catalogue, toy: Park, rows: Rows
) -> None:
    own = rows("pathways", {"id": "burning", "takes": "limestone", "gives": "lime", "yield": 0.9})
    park = replace(toy, currency="USD", pathways=own.drop(columns="note").assign(removes_x=0.5))

    local = for_park(catalogue, park)

    assert local.pathways["id"].tolist() == ["burning", "lighting"]
    assert local.pathways["yield"].tolist() == [0.9, 3.0]
    assert local.pathways["removes_x"].tolist() == [0.5, 0.0]
    assert local.pathways["note"].tolist() == ["", ""]
    assert len(local.pathway_flows) == len(local.pathway_limits) == 0


def test_a_limit_of_the_park_overrides_that_one_limit_of_a_catalogues_pathway(
    catalogue: Catalogue, toy: Park, rows: Rows
) -> None:
    own = rows("pathway_limits", {"pathway": "burning", "property": "silica", "maximum": 0.5})

    local = for_park(catalogue, replace(toy, pathway_limits=own))

    maximum = local.pathway_limits.set_index("property")["maximum"]
    assert maximum.to_dict() == {"silica": 0.5, "moisture": 0.1}


def test_a_resource_of_the_park_stands_before_the_catalogues(
    catalogue: Catalogue, toy: Park
) -> None:
    resources = for_park(catalogue, toy).resources

    assert resources["id"].tolist()[: len(toy.resources)] == toy.resources["id"].tolist()
    assert not resources["id"].duplicated().any()
    assert resources.set_index("id").loc["limestone", "note"] == ""
    assert {"chalk", "capital"} <= set(resources["id"])


def test_figures_follow_the_unit_in_which_the_park_counts_a_resource(
    catalogue: Catalogue, toy: Park
) -> None:
    in_kwh = toy.resources["unit"].replace("MWh", "kWh")

    local = for_park(catalogue, replace(toy, resources=toy.resources.assign(unit=in_kwh)))

    assert _values(local)["electricity"] == pytest.approx(0.7)
    assert _values(local, "gwp100")["electricity"] == pytest.approx(0.0005)
    flow = local.pathway_flows.set_index("resource").loc["electricity"]
    assert (flow["amount"], flow["unit"]) == (pytest.approx(20.0), "kWh")
    assert local.pathways.set_index("id").loc["lighting", "yield"] == pytest.approx(3000.0)


def test_amounts_per_unit_taken_follow_the_unit_of_what_is_taken(
    catalogue: Catalogue, toy: Park
) -> None:
    tonnes = toy.resources["id"] == "limestone"
    in_kg = toy.resources.assign(unit=toy.resources["unit"].mask(tonnes, "kg"))

    local = for_park(catalogue, replace(toy, resources=in_kg))

    burning = local.pathways.set_index("id").loc["burning"]
    assert burning[["yield", "low", "high"]].tolist() == pytest.approx([5e-4, 4e-4, 6e-4])
    assert burning["operating_cost"] == pytest.approx(0.07)
    assert burning["capacity"] == pytest.approx(1e6)
    flow = local.pathway_flows.set_index("resource").loc["electricity"]
    assert flow["amount"] == pytest.approx(2e-5)


def test_a_pathway_of_a_resource_that_the_park_counts_otherwise_is_left_out(
    catalogue: Catalogue, toy: Park
) -> None:
    stones = toy.resources["id"] == "limestone"
    by_volume = toy.resources.assign(unit=toy.resources["unit"].mask(stones, "m3"))

    local = for_park(catalogue, replace(toy, resources=by_volume))

    assert local.pathways["id"].tolist() == ["lighting"]
    assert pd.isna(_values(local)["limestone"])


def test_a_market_price_comes_before_the_parks_factor_and_that_before_the_others(
    catalogue: Catalogue, toy: Park, rows: Rows
) -> None:
    markets = rows(
        "markets",
        {"boundary": "@supply", "resource": "limestone", "price": 1.0},
        {"boundary": "@sales", "resource": "quicklime", "price": 300.0},
        {"boundary": "@disposal", "resource": "mystery", "maximum": 10.0},
    )
    own = rows("factors", _factor("limestone", 2.0, "CNY/t"), _factor("mystery", 3.0, "CNY/t"))
    more = rows("factors", _factor("mystery", 4.0, "CNY/t"), _factor("electricity", 5.0, "CNY/MWh"))

    values = _values(for_park(catalogue, replace(toy, markets=markets, factors=own), more))

    assert values.to_dict() == {
        "limestone": 1.0,
        "quicklime": -300.0,
        "mystery": 3.0,
        "electricity": 5.0,
        "capital": 1.0,
    }


def test_an_empty_catalogue_leaves_what_the_park_has(toy: Park) -> None:
    local = for_park(Catalogue(), toy)

    assert local.resources["id"].tolist() == toy.resources["id"].tolist()
    assert len(local.factors) == 0


def test_the_catalogue_itself_is_not_changed(catalogue: Catalogue, toy: Park) -> None:
    before = catalogue.factors.copy()

    for_park(catalogue, replace(toy, currency="USD"))

    pd.testing.assert_frame_equal(catalogue.factors, before)
