from typing import Any

import numpy as np
import pandas as pd
import pytest

from symbiosis.errors import InvalidData
from symbiosis.io import Change, ScenarioFile, limits_frame, park_of
from symbiosis.model import Park
from symbiosis.scenarios import under_scenario, with_settings
from tests.matching_parks import shipped

Row = dict[str, Any]


@pytest.fixture
def park() -> Park:
    return park_of(
        {
            "enterprises": [{"id": "mill", "name": "M"}, {"id": "yard", "name": "Y"}],
            "resources": [{"id": "grit", "name": "Grit", "kind": "material", "unit": "t"}],
            "flows": [
                flow("dust", "mill", "@disposal", 1000, low=900, high=1200),
                flow("sand", "@supply", "yard", 800, unit_cost=100),
            ],
            "qualities": [{"flow": "dust", "property": "moisture", "value": 0.1}],
            "limits": [
                {"id": "cap", "measure": "taken", "maximum": 500},
                {"id": "quota", "measure": "discarded", "maximum": 900},
            ],
        },
        shipped(),
        {"title": "two firms", "year": 2025, "settings": {"carbon_price": 5, "seed": 3}},
    )


def flow(name: str, source: str, target: str, amount: float, **more: Any) -> Row:
    row = {"id": name, "source": source, "target": target, "resource": "grit"}
    return {**row, "amount": amount, "unit": "t", **more}


def under(park: Park, *changes: Change, **more: Any) -> Park:
    return under_scenario(park, ScenarioFile(name="what if", changes=changes, **more), shipped())


def change(table: str, row: str, column: str, act: Any, value: object = None) -> Change:
    return Change(table=table, id=row, column=column, act=act, value=value)


def flow_of(park: Park, name: str) -> "pd.Series[Any]":
    return park.flows.set_index("id").loc[name]


def test_an_empty_scenario_changes_nothing(park: Park) -> None:
    assert under(park) == park


def test_a_value_is_put_in_place_and_the_park_stays_as_it_was(park: Park) -> None:
    changed = under(park, change("flows", "sand", "amount", "value", 640.0))

    assert flow_of(changed, "sand")["amount"] == 640
    assert flow_of(park, "sand")["amount"] == 800
    assert changed.flows.drop(columns="amount").equals(park.flows.drop(columns="amount"))


def test_changes_are_made_in_their_order(park: Park) -> None:
    changed = under(
        park,
        change("flows", "sand", "unit_cost", "times", 3.0),
        change("flows", "sand", "unit_cost", "value", 50.0),
        change("flows", "sand", "unit_cost", "times", 2.0),
    )

    assert flow_of(changed, "sand")["unit_cost"] == 100


@pytest.mark.parametrize(
    ("act", "value"), [("times", 0.5), ("times", 2.0), ("value", 500.0), ("value", 3000.0)]
)
def test_a_changed_amount_takes_its_range_along(park: Park, act: Any, value: float) -> None:
    changed = flow_of(under(park, change("flows", "dust", "amount", act, value)), "dust")

    assert changed["amount"] == (1000 * value if act == "times" else value)
    assert changed["low"] <= changed["amount"] <= changed["high"]


def test_a_blank_multiplied_stays_blank(park: Park) -> None:
    changed = under(park, change("flows", "dust", "unit_cost", "times", 3.0))

    assert np.isnan(flow_of(changed, "dust")["unit_cost"])


def test_a_row_of_several_keys_is_named_by_all_or_by_the_first(park: Park) -> None:
    for name in ("dust", "dust:moisture"):
        changed = under(park, change("qualities", name, "value", "times", 2.0))
        assert changed.qualities["value"].tolist() == [0.2]


def test_a_row_is_taken_out(park: Park) -> None:
    changed = under(
        park,
        change("qualities", "dust:moisture", "", "remove"),
        change("flows", "dust", "", "remove"),
    )

    assert changed.flows["id"].tolist() == ["sand"]
    assert changed.qualities.empty


def test_every_change_that_names_nothing_is_listed(park: Park) -> None:
    with pytest.raises(InvalidData) as caught:
        under(
            park,
            change("flows", "dusk", "amount", "value", 1.0),
            change("markets", "here", "maximum", "value", 1.0),
        )

    told = [str(problem) for problem in caught.value.problems]
    assert told == [
        "what if, changes: no row 'dusk' in flows (name a row of the park)",
        "what if, changes: no row 'here' in markets (name a row of the park)",
    ]


def test_a_park_that_breaks_a_rule_afterwards_is_refused(park: Park) -> None:
    with pytest.raises(InvalidData, match="nowhere"):
        under(park, change("flows", "dust", "target", "value", "nowhere"))
    with pytest.raises(InvalidData, match="yard"):
        under(park, change("enterprises", "yard", "", "remove"))


def test_limits_are_added_and_one_of_the_same_name_takes_the_place_of_the_old(park: Park) -> None:
    fresh = limits_frame(
        [{"id": "cap", "measure": "taken", "maximum": 5}, {"measure": "bought", "minimum": 1}]
    )

    changed = under(park, limits=fresh)

    assert changed.limits.set_index("id")["maximum"].dropna().to_dict() == {"quota": 900, "cap": 5}
    assert len(changed.limits) == 3


def test_settings_of_a_scenario_go_over_those_of_the_park(park: Park) -> None:
    changed = under(
        park, change("flows", "sand", "amount", "value", 1.0), settings={"carbon_price": 80}
    )

    assert (changed.settings.carbon_price, changed.settings.seed) == (80, 3)
    assert changed.year == 2025


def test_an_unknown_setting_names_where_it_stands(park: Park) -> None:
    with pytest.raises(InvalidData, match=r"--set, carbon_prise.*carbon_price"):
        with_settings(park, {"carbon_prise": 1}, "--set")
