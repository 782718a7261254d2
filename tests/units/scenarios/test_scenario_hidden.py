from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from symbiosis.catalogue import park_folder, shipped_parks
from symbiosis.io import park_of, read_park, write_park
from symbiosis.model import Park
from symbiosis.scenarios.hidden import documented_links, hidden
from tests.matching_parks import shipped

Row = dict[str, Any]


@pytest.fixture
def park() -> Park:
    return park_of(
        {
            "enterprises": [{"id": name, "name": name} for name in ("mill", "yard", "town")],
            "flows": [
                flow("g", "mill", "yard", "fgd_gypsum", 100, displaces="natural_gypsum",
                     displaced_amount=80, pathway="fgd_gypsum_as_retarder", low=50, high=200,
                     unit_cost=3),
                flow("h", "mill", "town", "heat", 60, unit="GJ", displaces="heat",
                     displaced_amount=60),
                flow("planned", "yard", "town", "sand", 5, displaces="sand", displaced_amount=5,
                     status="proposed", pathway="identity"),
                flow("service", "yard", "mill", "waste_water", 7, unit="m3"),
                flow("rest", "mill", "@disposal", "fgd_gypsum", 9),
            ],
            "qualities": [
                {"flow": "g", "property": "moisture", "value": 0.1, "maximum": 0.15},
                {"flow": "h", "property": "temperature_from", "value": 120, "minimum": 50},
                {"flow": "h", "property": "temperature_to", "value": 70, "minimum": 90},
            ],
        },
        shipped(),
        {"title": "three firms"},
    )  # fmt: skip


def flow(name: str, source: str, target: str, resource: str, amount: float, **more: Any) -> Row:
    row = {"id": name, "source": source, "target": target, "resource": resource}
    return {**row, "amount": amount, "unit": "t", **more}


def flow_of(park: Park, name: str) -> "pd.Series[Any]":
    return park.flows.set_index("id").loc[name]


def qualities_of(park: Park, name: str) -> pd.DataFrame:
    rows = park.qualities[park.qualities["flow"] == name].set_index("property")
    return rows[["value", "minimum", "maximum"]]


def networks() -> list[str]:
    """Return the shipped parks that have a flow that displaces another."""
    tables = {name: pd.read_csv(park_folder(name) / "flows.csv") for name in shipped_parks()}
    return [name for name, table in tables.items() if "displaces" in table]


def test_documented_links_exist_inside_and_displace_a_purchase(park: Park) -> None:
    links = documented_links(park)

    assert list(links["id"]) == ["g", "h"]
    assert list(links["giver"]) == ["mill", "mill"]
    assert list(links["taker"]) == ["yard", "town"]


def test_a_hidden_link_is_an_offer_and_a_need(park: Park) -> None:
    after = hidden(park)
    offer, need = flow_of(after, "g.offer"), flow_of(after, "g.need")

    assert (offer["source"], offer["target"], offer["resource"]) == (
        "mill",
        "@disposal",
        "fgd_gypsum",
    )
    assert (need["source"], need["target"], need["resource"]) == (
        "@supply",
        "yard",
        "natural_gypsum",
    )
    assert (offer["amount"], offer["low"], offer["high"]) == (100, 50, 200)
    assert (need["amount"], need["low"], need["high"]) == (80, 40, 160)
    for half in (offer, need):
        assert half["tradable"]
        assert half["pathway"] == half["displaces"] == ""
        assert np.isnan(half["unit_cost"])
        assert half["lot"] == half.name


def test_heat_that_is_not_passed_on_goes_to_nature(park: Park) -> None:
    assert flow_of(hidden(park), "h.offer")["target"] == "@nature"


def test_value_stays_with_the_offer_and_limits_go_to_the_need(park: Park) -> None:
    after = hidden(park)

    assert qualities_of(after, "g.offer").loc["moisture"].to_list() == pytest.approx(
        [0.1, np.nan, np.nan], nan_ok=True
    )
    # what is bought meets its own limit: a blank value under a maximum is 0
    assert qualities_of(after, "g.need").loc["moisture"].to_list() == pytest.approx(
        [0.0, np.nan, 0.15], nan_ok=True
    )


def test_the_minimum_of_a_temperature_is_the_heat_that_the_taker_buys(park: Park) -> None:
    after = hidden(park)

    assert qualities_of(after, "h.offer")["value"].to_list() == [120, 70]
    assert qualities_of(after, "h.need")["value"].to_list() == [50, 90]
    assert qualities_of(after, "h.need")["minimum"].isna().all()


def test_all_else_stays_as_it_is(park: Park) -> None:
    after = hidden(park)
    kept = after.flows[after.flows["id"].isin(park.flows["id"])]

    assert list(kept["id"]) == ["planned", "service", "rest"]
    assert hidden(after) == after
    assert len(documented_links(park))  # the argument is not changed


@pytest.mark.parametrize("name", networks())
def test_every_shipped_network_is_a_valid_park_when_its_links_are_hidden(
    name: str, tmp_path: Path
) -> None:
    park = read_park(park_folder(name), shipped())
    after = hidden(park)
    write_park(after, tmp_path / "hidden")

    assert len(documented_links(park))
    assert documented_links(after).empty
    assert read_park(tmp_path / "hidden", shipped()) == after
