"""The account of one exchange between two firms, every figure worked out by hand.

The works discards 1000 t/year of slag and pays 40 per t; the yard buys 720 t/year of sand at 150.
A plant makes 0.9 t of sand of a t of slag: it takes 800 t. Per t taken it runs at 5, needs 0.05 t
of lime at 200 and leaves 0.15 t of residue at 30; it costs 10,000 and 100 per t/year, for ten
years at 8 %. The way is 10 km at 0.5 per t km.
"""

from functools import cache
from typing import Any, NamedTuple

import pandas as pd
import pytest

from symbiosis.catalogue import Catalogue
from symbiosis.io import park_of
from symbiosis.matching import (
    Plan,
    accounts,
    apply,
    best_plan,
    candidates,
    middle_prices,
    saving,
    stand_alone,
)
from symbiosis.matching.effects import annuity
from symbiosis.model import Park
from symbiosis.views.footprint import footprint, footprint_by_enterprise
from tests.matching_parks import local, shipped

Row = dict[str, Any]
ANNUITY = 0.08 / (1 - 1.08**-10)
INVESTMENT = 10_000 + 100 * 800
PARTS = {
    "cost_avoided_purchase": 720 * 150,
    "cost_avoided_disposal": 800 * 40,
    "cost_coproducts": 0,
    "cost_processing": -800 * 5,
    "cost_side_flows": -(800 * 0.05 * 200 + 800 * 0.15 * 30),
    "cost_transport": -800 * 10 * 0.5,
    "cost_capital": -ANNUITY * INVESTMENT,
    "gwp100_avoided_purchase": 720 * 0.01,
    "gwp100_avoided_disposal": 800 * 0.002,
    "gwp100_coproducts": 0,
    "gwp100_processing": 0,
    "gwp100_side_flows": -(800 * 0.05 * 1.2 + 800 * 0.15 * 0.002),
    "gwp100_transport": 0,
    "gwp100_capital": 0,
}
NET = {i: sum(v for k, v in PARTS.items() if k.startswith(i)) for i in ("cost", "gwp100")}


class Settled(NamedTuple):
    """The best plan of the two firms and its account."""

    park: Park
    known: Catalogue
    plan: Plan
    table: pd.DataFrame

    @property
    def row(self) -> "pd.Series[Any]":
        assert len(self.table) == 1
        return self.table.iloc[0]


def factor(boundary: str, resource: str, cost: float | None, climate: float | None) -> list[Row]:
    row = {"boundary": boundary, "resource": resource}
    unit = "t*km" if resource.startswith("transport") else "t"
    rows = []
    if cost is not None:
        rows.append({**row, "indicator": "cost", "value": cost, "unit": f"CNY/({unit})"})
    if climate is not None:
        rows.append({**row, "indicator": "gwp100", "value": climate, "unit": f"t CO2e/({unit})"})
    return rows


def side(direction: str, boundary: str, resource: str, amount: float) -> Row:
    row = {"pathway": "washing", "direction": direction, "boundary": boundary}
    return {**row, "resource": resource, "amount": amount, "unit": "t"}


@cache
def usual() -> Settled:
    return settled()


def settled(site: str = "taker", one_firm: bool = False, **tables: list[Row]) -> Settled:
    yard = "works" if one_firm else "yard"
    pathway = {"id": "washing", "takes": "slag", "gives": "sand", "yield": 0.9, "site": site}
    pathway |= {"operating_cost": 5, "capital_per_capacity": 100, "capital_fixed": 10_000}
    rows: dict[str, list[Row]] = {
        "enterprises": [{"id": "works", "name": "Works"}, {"id": "yard", "name": "Yard"}],
        "processes": [
            {"id": "furnace", "enterprise": "works"},
            {"id": "mixer", "enterprise": yard},
        ],
        "resources": [
            {"id": r, "name": r, "kind": "material", "unit": "t"}
            for r in ("slag", "sand", "lime", "residue", "soot")
        ],
        "flows": [
            {"id": "by", "source": "furnace", "target": "@disposal", "resource": "slag"}
            | {"amount": 1000, "unit": "t", "unit_cost": 40},
            {"id": "buy", "source": "@supply", "target": "mixer", "resource": "sand"}
            | {"amount": 720, "unit": "t", "unit_cost": 150},
        ],
        "distances": [{"source": "works", "target": "yard", "distance_km": 10}],
        "pathways": [{**pathway, "lifetime": 10}],
        "pathway_flows": [
            side("in", "@supply", "lime", 0.05),
            side("out", "@disposal", "residue", 0.15),
        ],
        "factors": [
            *factor("@supply", "sand", None, 0.01),
            *factor("@disposal", "slag", None, 0.002),
            *factor("@supply", "lime", 200, 1.2),
            *factor("@disposal", "residue", 30, 0.002),
            *factor("@supply", "transport_road", 0.5, 0),
        ],
    }
    for name, more in tables.items():
        rows[name] = [*rows[name], *more]
    park = park_of(rows, shipped(), {"title": "two firms", "settings": {"discount_rate": 0.08}})
    known = local(park)
    search = candidates(park, known, known.factors)
    plan = best_plan(park, known, known.factors, search.found)
    return Settled(park, known, plan, accounts(park, known.factors, search.found, plan))


def test_an_annuity_pays_back_what_it_is_worth() -> None:
    years = pd.Series([10.0])
    paid = annuity(0.08, years).iloc[0]

    assert paid == pytest.approx(ANNUITY)
    assert sum(paid / 1.08**year for year in range(1, 11)) == pytest.approx(1)
    assert annuity(0, years).iloc[0] == pytest.approx(0.1)


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_what_it_is_by_hand(part: str) -> None:
    assert usual().row[part] == pytest.approx(PARTS[part], rel=1e-9, abs=1e-9)


def test_amounts_and_nets_are_what_they_are_by_hand() -> None:
    row = usual().row

    assert row["taken"] == pytest.approx(800)
    assert row["given_amount"] == pytest.approx(720)
    assert row["cost_net"] == pytest.approx(NET["cost"])
    assert row["gwp100_net"] == pytest.approx(NET["gwp100"])
    assert NET["gwp100"] < 0 < NET["cost"]  # money gained at the expense of climate, not clipped


def test_the_giver_pays_up_to_its_gate_fee_and_the_taker_what_is_left_to_gain() -> None:
    row = usual().row

    assert row["cost_giver"] == pytest.approx(800 * 40)
    assert row["cost_taker"] == pytest.approx(NET["cost"] - 800 * 40)
    assert row["cost_unallocated"] == pytest.approx(0, abs=1e-9)
    assert row["value_low"] == pytest.approx(-40)
    assert row["value_high"] == pytest.approx((NET["cost"] - 800 * 40) / 800)


def test_a_plant_at_the_giver_hauls_its_product_and_is_in_the_givers_books() -> None:
    row = settled(site="giver").row

    assert row["cost_transport"] == pytest.approx(-720 * 10 * 0.5)
    assert row["cost_taker"] == pytest.approx(720 * 150)
    assert row["value_high"] == pytest.approx(720 * 150 / 800)
    others = NET["cost"] - PARTS["cost_transport"] - 720 * 10 * 0.5 - 720 * 150
    assert row["cost_giver"] == pytest.approx(others)
    assert row["value_low"] == pytest.approx(-others / 800)


def test_investment_payback_and_net_present_value_follow_from_the_yearly_gain() -> None:
    row = usual().row
    yearly = NET["cost"] - PARTS["cost_capital"]

    assert row["investment"] == pytest.approx(INVESTMENT)
    assert row["payback_years"] == pytest.approx(INVESTMENT / yearly)
    by_year = sum(yearly / 1.08**year for year in range(1, 11))
    assert row["npv"] == pytest.approx(by_year - INVESTMENT)


def test_halfway_between_both_prices_both_firms_gain_the_same() -> None:
    found = usual()
    prices = middle_prices(found.table)

    after = apply(found.park, Plan(**{**vars(found.plan), "prices": prices}), found.known)
    gain = footprint_by_enterprise(found.park, found.known.factors) - footprint_by_enterprise(
        after, found.known.factors
    )

    assert prices["by:washing:buy"] == pytest.approx(
        (found.row["value_low"] + found.row["value_high"]) / 2
    )
    assert gain.loc["works", "cost"] == pytest.approx(NET["cost"] / 2)
    assert gain.loc["yard", "cost"] == pytest.approx(NET["cost"] / 2)
    total = footprint(found.park, found.known.factors) - footprint(after, found.known.factors)
    assert total["cost"] == pytest.approx(NET["cost"])
    assert total["gwp100"] == pytest.approx(NET["gwp100"])


def test_what_goes_on_within_one_firm_has_no_price() -> None:
    found = settled(one_firm=True)

    assert found.row["cost_transport"] == 0
    assert found.row["cost_net"] == pytest.approx(NET["cost"] - PARTS["cost_transport"])
    assert middle_prices(found.table).tolist() == [0]


def test_a_product_that_arises_beside_it_earns_and_displaces() -> None:
    found = settled(
        pathway_flows=[side("out", "@sales", "soot", 0.1)],
        factors=[*factor("@sales", "soot", -500, None), *factor("@supply", "soot", 700, 2)],
    )

    assert found.row["cost_coproducts"] == pytest.approx(800 * 0.1 * 500)
    assert found.row["gwp100_coproducts"] == pytest.approx(800 * 0.1 * 2)
    assert found.row["cost_net"] == pytest.approx(NET["cost"] + 800 * 0.1 * 500)


def test_a_candidate_alone_is_worth_what_the_plan_makes_of_it() -> None:
    found = usual()
    search = candidates(found.park, found.known, found.known.factors)

    alone = stand_alone(found.park, found.known.factors, search.found)
    saved = saving(found.park, found.known.factors, search.found, found.plan, ("cost", "gwp100"))

    assert alone[["taken", "given"]].to_numpy().tolist() == [pytest.approx([800, 720])]
    assert alone["cost_net"].tolist() == pytest.approx([NET["cost"]])
    assert alone["objective_net"].tolist() == pytest.approx([NET["cost"]])
    assert saved["cost"] == pytest.approx(NET["cost"])
    assert found.plan.value == pytest.approx(-NET["cost"])


def test_the_park_after_holds_every_flow_of_the_exchange() -> None:
    found = usual()

    flows = apply(found.park, found.plan, found.known).flows
    amounts = {(row.source, row.target, row.resource): row.amount for row in flows.itertuples()}

    assert amounts == pytest.approx(
        {
            ("furnace", "@disposal", "slag"): 200,
            ("@supply", "mixer", "sand"): 0,
            ("furnace", "washing@yard", "slag"): 800,
            ("washing@yard", "mixer", "sand"): 720,
            ("@supply", "washing@yard", "lime"): 40,
            ("washing@yard", "@disposal", "residue"): 120,
            ("@supply", "washing@yard", "operation"): 4000,
            ("@supply", "washing@yard", "capital"): ANNUITY * INVESTMENT,
            ("@supply", "washing@yard", "transport_road"): 8000,
        }
    )
