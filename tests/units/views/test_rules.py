"""Rules that share burdens: figures worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from symbiosis.model import Settings
from symbiosis.views.footprint import rates
from symbiosis.views.rules import Circularity, circular_footprint, circularity, credit, split

CASE = {
    "r1": 0.6,
    "e_virgin": 1.0,
    "e_recycled": 0.3,
    "q_in": 0.9,
    "r2": 0.5,
    "e_recycling": 0.4,
    "e_displaced": 1.0,
    "q_out": 0.9,
    "r3": 0.0,
    "e_disposal": 0.05,
}


@pytest.mark.parametrize(
    ("a", "footprint"), [(0.0, 0.715), (0.2, 0.693), (0.5, 0.660), (0.8, 0.627), (1.0, 0.605)]
)
def test_the_published_case_of_the_circular_footprint_comes_out(a: float, footprint: float) -> None:
    assert circular_footprint(a=a, **CASE) == pytest.approx(footprint, abs=1e-12)


def test_energy_recovery_is_shared_by_its_own_factor() -> None:
    assert circular_footprint(a=0.5, r3=1.0, e_recovery=-0.4, b=0.25) == pytest.approx(-0.3)


def circular(**other: float) -> Circularity:
    values = {"a": 0.2, "q_in": 0.8, "q_out": 0.9, "e_recycled": 0.0, "e_virgin": np.nan} | other
    return Circularity(**{name: np.array([value]) for name, value in values.items()})


@pytest.mark.parametrize(
    ("rule", "credited"), [("substitution", 10.0), ("cut-off", 0.0), ("50-50", 5.0), ("cff", 7.2)]
)
def test_a_sale_is_credited_by_the_rule(rule: str, credited: float) -> None:
    of = circular() if rule == "cff" else None
    assert credit(Settings(allocation=rule), np.array([10.0]), of) == pytest.approx(credited)


def test_recycling_that_is_still_to_come_lowers_the_credit() -> None:
    found = credit(Settings(allocation="cff"), np.array([10.0]), circular(e_recycled=2.0))
    assert found == pytest.approx(0.8 * (0.9 * 10 - 2))


@pytest.mark.parametrize(
    ("rule", "giver", "taker"),
    [
        ("cut-off", 20.0, 260.0),
        ("50-50", 140.0, 140.0),
        # 20 + 0.8 x (0.9 x 300 - 40); 300 - 0.2 x 40 - 0.8 x 0.8 x 300
        ("cff", 204.0, 100.0),
    ],
)
def test_what_an_exchange_saves_is_split_by_the_rule(rule: str, giver: float, taker: float) -> None:
    parts = (np.array([value]) for value in (20.0, 300.0, 40.0))
    found = split(rule, *parts, circular())
    assert [float(side[0]) for side in found] == pytest.approx([giver, taker])


def test_with_equal_qualities_the_formula_leaves_nothing_over() -> None:
    parts = [np.array([value]) for value in (20.0, 300.0, 40.0)]
    giver, taker = split("cff", *parts, circular(q_in=0.9))
    assert giver + taker == pytest.approx(280.0)


FACTORS = pd.DataFrame(
    [
        ("@supply", "steel", "gwp100", 2.0),
        ("@supply", "steel", "water", 5.0),
        ("@sales", "scrap", "cff A", 0.2),
        ("@sales", "scrap", "cff e_virgin", 3.0),
    ],
    columns=["boundary", "resource", "indicator", "value"],
)


def sale(**other: object) -> pd.DataFrame:
    row = {
        "source": "works",
        "target": "@sales",
        "resource": "scrap",
        "amount": 4.0,
        "unit_cost": np.nan,
        "displaces": "steel",
        "displaced_amount": 2.0,
        "market_constrained": False,
    }
    return pd.DataFrame([row | other])


def rate(flows: pd.DataFrame, indicator: str = "gwp100", **settings: object) -> float:
    return float(rates(flows, FACTORS, indicator, Settings(**settings)).value[0])


def test_a_table_may_say_what_the_virgin_is_but_for_the_climate_only() -> None:
    assert rate(sale(), allocation="cff") == pytest.approx(-0.8 * 3.0 * 0.5)
    assert rate(sale(), "water", allocation="cff") == pytest.approx(-0.8 * 5.0 * 0.5)


def test_a_resource_without_parameters_has_the_defaults_of_the_method() -> None:
    found = circularity(FACTORS, pd.Series(["unknown"]), climate=True)
    assert (found.a[0], found.q_in[0], found.q_out[0], found.e_recycled[0]) == (0.5, 1, 1, 0)
    assert np.isnan(found.e_virgin[0])


def test_a_constrained_market_keeps_the_marginal_credit() -> None:
    full = sale(market_constrained=True)
    assert rate(full) == 0
    assert rate(full, marginal_credit=0.25) == pytest.approx(0.25 * rate(sale()))


def test_a_sale_in_a_full_market_needs_no_figure() -> None:
    unknown = sale(displaces="gold", market_constrained=True)
    assert rates(unknown, FACTORS, "gwp100", Settings()).known.all()
    claimed = rates(unknown, FACTORS, "gwp100", Settings(marginal_credit=0.5))
    assert not claimed.known.any()
    assert rates(unknown, FACTORS, "gwp100", Settings(allocation="cut-off")).known.all()
