"""The laws of matching, on arbitrary parks and on arbitrary plans, not only the best one."""

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from symbiosis.catalogue import Catalogue
from symbiosis.errors import NoSolution
from symbiosis.io import read_park, write_park
from symbiosis.matching import (
    Plan,
    Search,
    accounts,
    apply,
    best_plan,
    candidates,
    middle_prices,
    weights,
)
from symbiosis.matching.highs import solve
from symbiosis.matching.problem import exchange_problem
from symbiosis.matching.search import planned
from symbiosis.model import Park
from symbiosis.views.footprint import footprint, footprint_by_enterprise
from tests.matching_parks import local, matching_parks, plan_prices, random_park, shipped

INDICATORS = ("cost", "gwp100")
SEEDS = st.integers(0, 2**32 - 1)


def searched(park: Park) -> tuple[Catalogue, Search]:
    known = local(park)
    return known, candidates(park, known, known.factors)


def arbitrary_plan(park: Park, known: Catalogue, search: Search, seed: int) -> Plan:
    """Return the plan that is best at arbitrary prices: any corner of what is possible."""
    price = plan_prices(search, np.random.default_rng(seed)).to_numpy(float)
    if not len(search.found.heat.links):
        return Plan()
    program = exchange_problem(park, known, known.factors, search.found, price)
    solution = solve(program, time_limit=20, mip_gap=1e-6, seed=0)
    return planned(search.found, solution.values, price, solution.bound, solution.status)


def scale(park: Park, known: Catalogue, name: str) -> float:
    """Return how large a park's terms are in an indicator: what rounding is relative to."""
    from symbiosis.views.footprint import rates

    value = rates(park.flows, known.factors, name, park.settings).value
    return float(np.abs(value * park.flows["amount"].to_numpy(float)).sum()) + 1.0


@given(park=matching_parks(), seed=SEEDS)
def test_what_any_plan_saves_is_what_the_footprint_loses(park: Park, seed: int) -> None:
    known, search = searched(park)
    plan = arbitrary_plan(park, known, search, seed)
    account = accounts(park, known.factors, search.found, plan)
    plan = replace(plan, prices=middle_prices(account))

    after = apply(park, plan, known)

    change = footprint(after, known.factors, INDICATORS) - footprint(
        park, known.factors, INDICATORS
    )
    for name in INDICATORS:
        slack = 1e-8 * scale(park, known, name)
        assert -account[f"{name}_net"].sum() == pytest.approx(change[name], rel=1e-8, abs=slack)
        parts = account[[c for c in account if c.startswith(f"{name}_") and _is_part(c)]]
        assert parts.sum().sum() == pytest.approx(-change[name], rel=1e-8, abs=slack)
        sides = account[[f"{name}_{side}" for side in ("giver", "taker", "unallocated")]]
        assert sides.sum().sum() == pytest.approx(-change[name], rel=1e-8, abs=slack)
        by_enterprise = footprint_by_enterprise(after, known.factors, INDICATORS)[name]
        total = footprint(after, known.factors, (name,))[name]
        assert by_enterprise.sum() == pytest.approx(total, rel=1e-8, abs=slack)


def _is_part(column: str) -> bool:
    return not column.endswith(("_net", "_giver", "_taker", "_unallocated"))


@given(park=matching_parks(), seed=SEEDS)
def test_a_park_written_after_any_plan_is_read_as_the_same_park(park: Park, seed: int) -> None:
    known, search = searched(park)
    plan = arbitrary_plan(park, known, search, seed)
    after = apply(park, plan, known)

    with tempfile.TemporaryDirectory() as folder:
        write_park(after, Path(folder) / "park")
        again = read_park(Path(folder) / "park", shipped())

    assert again == after
    before = footprint(after, known.factors, INDICATORS)
    assert footprint(again, local(again).factors, INDICATORS).equals(before)


@given(park=matching_parks(), seed=SEEDS)
def test_every_need_is_served_or_bought_and_every_offer_used_or_discarded(
    park: Park, seed: int
) -> None:
    known, search = searched(park)
    plan = arbitrary_plan(park, known, search, seed)

    after = apply(park, plan, known)

    assert (after.flows["amount"] >= 0).all()
    turned = _turned_down(park, after)
    remaining = after.flows.groupby("lot")["amount"].sum()
    inside = after.flows[(after.flows["displaces"] != "") & (after.flows["pathway"] != "")]
    inside = inside[~inside["target"].str.startswith("@")]
    served = inside.groupby("lot")["displaced_amount"].sum()
    given_inside = inside.groupby("lot")["amount"].sum()
    for demand in search.found.demands.itertuples():
        need = demand.amount * (1 - turned.get(demand.process, 0.0))
        bought = remaining[demand.lot] - given_inside.get(demand.lot, 0.0)
        assert bought + served.get(demand.lot, 0.0) == pytest.approx(need, rel=1e-7, abs=1e-7)
    taken = plan.links.groupby("offer")["taken"].sum()
    for offer in search.found.offers.itertuples():
        left = after.flows.loc[after.flows["id"].str.split("#").str[0] == offer.id, "amount"]
        offered = offer.amount * (1 - turned.get(offer.process, 0.0))
        assert left.sum() + taken.get(offer.id, 0.0) == pytest.approx(offered, rel=1e-7, abs=1e-7)


def _turned_down(park: Park, after: Park) -> dict[str, float]:
    """Return the share by which utilities are turned down, read off what they burn."""
    before = park.flows.set_index("id")["amount"]
    now = after.flows.set_index("id")["amount"]
    flexible = set(park.processes.loc[park.processes["flexible"], "id"])
    fuel = park.flows[(park.flows["resource"] == "carbon_dioxide")]
    return {
        row.source: 1 - now[row.id] / before[row.id]
        for row in fuel.itertuples()
        if row.source in flexible
    }


@given(park=matching_parks(), seed=SEEDS)
def test_every_plant_closes_in_mass_and_carbon(park: Park, seed: int) -> None:
    known, search = searched(park)
    plan = arbitrary_plan(park, known, search, seed)

    after = apply(park, plan, known)

    plants = set(after.processes["id"]) - set(park.processes["id"])
    contents = after.resources.set_index("id")
    for layer in ("mass", "C"):
        content = after.flows["resource"].map(contents[f"content_{layer}"]).astype(float)
        amount = after.flows["amount"] * content.fillna(0.0)
        for plant in plants:
            into = amount[after.flows["target"] == plant].sum()
            out = amount[after.flows["source"] == plant].sum()
            assert into == pytest.approx(out, rel=1e-8, abs=1e-8), (plant, layer)


@given(park=matching_parks(), seed=SEEDS)
def test_a_blend_after_any_plan_meets_the_limits_of_its_lot(park: Park, seed: int) -> None:
    known, search = searched(park)
    after = apply(park, arbitrary_plan(park, known, search, seed), known)

    rows = after.flows.merge(after.qualities, left_on="id", right_on="flow", suffixes=("", "_q"))
    rows = rows[rows["property"].isin(["cod", "tds"])]
    for (_, _), mix in rows.groupby(["lot", "property"]):
        limit = mix["maximum"].min()
        if np.isnan(limit):
            continue
        load = (mix["amount"] * (mix["value"].fillna(0.0) - limit)).sum()
        assert load <= 1e-7 * (mix["amount"] * limit).sum() + 1e-6


@given(park=matching_parks())
def test_the_best_plan_is_never_worse_than_none_and_more_candidates_never_hurt(park: Park) -> None:
    known, search = searched(park)
    best = best_plan(park, known, known.factors, search.found)
    size = sum(w * scale(park, known, n.split()[0]) for n, w in weights(park.settings).items())
    assert best.value <= 1e-9 * size

    fewer = replace(known, pathways=known.pathways[known.pathways["id"] != "route0"])
    less = candidates(park, fewer, fewer.factors)
    other = best_plan(park, fewer, fewer.factors, less.found)
    assert best.value <= other.value + 1e-6 * abs(other.value) + 1e-9 * size


@given(park=matching_parks())
@example(  # a boiler at its lowest activity stays there
    park=random_park(
        seed=662, enterprises=3, materials=0, waters=2, heats=1, boilers=2, plants=True
    )
)
def test_matching_the_park_after_saves_nothing_more(park: Park) -> None:
    known, search = searched(park)
    best = best_plan(park, known, known.factors, search.found)
    after = apply(park, best, known)

    again_known, again = searched(after)
    more = best_plan(after, again_known, again_known.factors, again.found)

    size = sum(w * scale(park, known, n.split()[0]) for n, w in weights(park.settings).items())
    assert abs(more.value) <= 2e-6 * abs(best.value) + 1e-8 * size


@given(park=matching_parks(), share=st.floats(0, 1))
def test_a_quota_on_discards_is_met_also_when_matched_again(park: Park, share: float) -> None:
    quota = {"id": "quota", "scope": "park", "measure": "discarded", "resource": "slag"}
    row = {**quota, "minimum": np.nan, "maximum": share, "share_of": "discarded"}
    bounded = replace(park, limits=pd.DataFrame([row])[park.limits.columns])
    known, search = searched(bounded)
    try:
        best = best_plan(bounded, known, known.factors, search.found)
    except NoSolution:
        return  # the quota cannot be met here
    after = apply(bounded, best, known)
    left = _discards(after, "slag")
    assert left <= share * _discards(park, "slag") * (1 + 1e-7) + 1e-6
    again_known, again = searched(after)
    more = best_plan(after, again_known, again_known.factors, again.found)
    assert apply(after, more, again_known).flows["amount"].sum() >= 0


def _discards(park: Park, resource: str) -> float:
    flows = park.flows
    leaves = flows["tradable"] & flows["target"].isin(("@disposal", "@stock", "@nature"))
    return float(flows.loc[leaves & (flows["resource"] == resource), "amount"].sum())


def test_the_laws_are_not_vacuous() -> None:
    counts = []
    for seed in range(20):
        park = random_park(seed)
        known, search = searched(park)
        plan = arbitrary_plan(park, known, search, seed)
        counts.append(plan.links["pathway"].nunique())
    assert np.mean(counts) > 1
    assert max(counts) >= 3
