import json
import math
from typing import Any

import pandas as pd
import pytest

from symbiosis.catalogue import datasets_folder
from symbiosis.io import park_of
from symbiosis.lca import read_inventory
from symbiosis.model import Park
from symbiosis.scenarios import (
    Outcome,
    flow_changes,
    matched,
    other_changes,
    settings_document,
    state,
    summary,
    versions,
)
from symbiosis.scenarios.summary import plain, records
from tests.matching_parks import local, shipped


def two_firms(**settings: Any) -> Park:
    def flow(name: str, source: str, target: str, resource: str, **more: Any) -> dict[str, Any]:
        return {"id": name, "source": source, "target": target, "resource": resource, **more}

    return park_of(
        {
            "enterprises": [{"id": "mill", "name": "M"}, {"id": "yard", "name": "Y"}],
            "resources": [{"id": "grit", "name": "Grit", "kind": "material", "unit": "t"}],
            "flows": [
                flow("dust", "mill", "@disposal", "grit", amount=1000, unit="t", unit_cost=20),
                flow("kept", "mill", "@stock", "grit", amount=50, unit="t"),
                flow("sold", "mill", "@sales", "grit", amount=10, unit="t", unit_cost=-5),
                flow("bound", "mill", "@disposal", "grit", amount=3, unit="t", tradable=False),
                flow("sand", "@supply", "yard", "grit", amount=800, unit="t", unit_cost=100),
                flow("dug", "@nature", "yard", "grit", amount=40, unit="t"),
                flow("gas", "mill", "@nature", "carbon_dioxide", amount=7, unit="t"),
                flow("haul", "@supply", "yard", "transport_road", amount=99, unit="t*km"),
            ],
            "distances": [{"source": "mill", "target": "yard", "distance_km": 10}],
        },
        shipped(),
        {"title": "two firms", "settings": {"transport_cost": 0.5, **settings}},
    )


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    park = two_firms(carbon_price=60, carbon_price_on="direct")
    return matched(park, shipped(), read_inventory(datasets_folder() / "inventory"))


def test_a_state_sums_what_is_bought_discarded_and_emitted_by_resource() -> None:
    park = two_firms()

    found = state(park, local(park).factors)

    assert found["bought"] == {"grit": 840}  # from the market and from nature, no services
    assert found["discarded"] == {"grit": 1050}  # tradable only, the yard included
    assert found["emitted"] == {"carbon_dioxide": 7}
    assert set(found) == {"cost", "gwp100", "bought", "discarded", "emitted"}


def test_the_parts_of_a_summary_agree(outcome: Outcome) -> None:
    found: Any = summary(outcome)

    assert found["exchanges"] == len(outcome.exchanges) == 1
    for name in ("cost", "gwp100"):
        assert found["saving"][name] == pytest.approx(found["before"][name] - found["after"][name])
        by = found["saving_by"]
        assert by["exchanges"][name] + by["other"][name] == pytest.approx(found["saving"][name])
        firms = sum(firm["after"][name] for firm in found["enterprises"].values())
        assert firms == pytest.approx(found["after"][name])


def test_the_objective_is_the_cost_and_the_price_of_what_is_emitted_here(outcome: Outcome) -> None:
    found: Any = summary(outcome)

    assert found["carbon_payment"] == pytest.approx(60 * 7)
    assert found["objective"]["expression"] == "cost + 60*gwp100 direct"
    expected = found["after"]["cost"] + found["carbon_payment"]
    assert found["objective"]["after"] == pytest.approx(expected)
    assert found["bound"] == pytest.approx(found["objective"]["after"])


def test_the_cost_never_includes_the_carbon_price() -> None:
    free, priced = (
        state(p, local(p).factors)["cost"] for p in (two_firms(), two_firms(carbon_price=500))
    )

    assert free == priced


def test_a_summary_is_json_as_it_stands(outcome: Outcome) -> None:
    text = json.dumps(summary(outcome), allow_nan=False)

    assert json.loads(text)["settings"]["max_distance"] == "inf"


def test_flows_before_and_after_hold_new_and_vanished_ones(outcome: Outcome) -> None:
    table = flow_changes(outcome.park, outcome.after).set_index("id")

    assert table["before"].sum() == pytest.approx(outcome.park.flows["amount"].sum())
    assert table["after"].sum() == pytest.approx(outcome.after.flows["amount"].sum())
    assert table.loc["sand", ["before", "after"]].tolist() == [800, 0]
    fresh = table[table["status"] == "proposed"]
    assert (fresh["before"] == 0).all()
    assert (fresh["after"] > 0).all()


def test_without_utilities_nothing_changes_beside_the_exchanges(outcome: Outcome) -> None:
    assert other_changes(outcome).empty


def test_records_hold_no_number_that_json_cannot() -> None:
    table = pd.DataFrame({"a": [math.nan, math.inf, 1.5], "b": ["x", "y", "z"]})

    assert [row["a"] for row in records(table)] == [None, "inf", 1.5]
    assert plain(pd.Series({"x": 1, "y": 2.5})) == {"x": 1.0, "y": 2.5}


def test_all_settings_and_versions_are_told() -> None:
    park = two_firms(max_distance={"road": 50})

    assert settings_document(park)["max_distance"] == {"road": 50}
    assert settings_document(park)["indicators"] == ["cost", "gwp100"]
    assert {"symbiosis", "python", "highspy", "numpy"} <= set(versions())
    assert "unknown" not in versions().values()
