"""Parameters of the circular footprint formula that ship, and how a park sees them."""

from dataclasses import replace

import pytest

from symbiosis.catalogue import for_park, read_catalogue
from symbiosis.io import park_of
from symbiosis.model import Park


def scrapyard(rule: str, unit: str = "t", **own: float) -> Park:
    flow = {"id": "f", "source": "e", "target": "@disposal", "resource": "steel_scrap"}
    tables = {
        "enterprises": [{"id": "e", "name": "E"}],
        "flows": [{**flow, "amount": 1, "unit": unit}],
        "allocation": [{"resource": "steel_scrap", **own}] if own else [],
    }
    heading = {"settings": {"allocation": rule}}
    return park_of({k: v for k, v in tables.items() if v}, read_catalogue(), heading)


def parameter(park: Park, name: str) -> float:
    factors = for_park(read_catalogue(), park).factors
    of = (factors["resource"] == "steel_scrap") & (factors["indicator"] == f"cff {name}")
    return float(factors.loc[of, "value"].squeeze())


def test_the_parks_own_parameters_come_before_those_that_ship() -> None:
    assert parameter(scrapyard("cff"), "A") == 0.2
    assert parameter(scrapyard("cff", A=0.6), "A") == 0.6


def test_a_blank_cell_of_the_park_leaves_what_ships() -> None:
    park = scrapyard("cff", q_out=0.9)
    assert (parameter(park, "A"), parameter(park, "q_out")) == (0.2, 0.9)


def test_parameters_stand_among_the_factors_under_the_formula_only() -> None:
    factors = for_park(read_catalogue(), scrapyard("50-50", A=0.6)).factors
    assert not factors["indicator"].str.startswith("cff").any()


def test_impacts_that_ship_are_restated_per_unit_of_the_park() -> None:
    catalogue = read_catalogue()
    stated = catalogue.allocation.assign(e_virgin=2.0)
    park = scrapyard("cff")
    kilos = replace(park, resources=park.resources.assign(unit="kg"))
    factors = for_park(replace(catalogue, allocation=stated), kilos).factors
    of = (factors["resource"] == "steel_scrap") & (factors["indicator"] == "cff e_virgin")
    assert float(factors.loc[of, "value"].squeeze()) == pytest.approx(0.002)


def test_at_least_twenty_five_resources_have_a_share_within_its_range() -> None:
    table = read_catalogue().allocation
    assert len(table) >= 25
    assert table["A"].between(table["low"], table["high"]).all()
