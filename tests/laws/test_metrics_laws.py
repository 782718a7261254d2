"""Laws of the measures: what they count does not hang on names, order, units or how it is split."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from symbiosis.metrics.cycling import cyclicity, finn_cycling_index
from symbiosis.metrics.indicators import indicators, park_network
from symbiosis.metrics.network import (
    Network,
    ascendency,
    development_capacity,
    intakes,
    overhead,
    relative_ascendency,
    robustness,
    total_system_throughput,
)
from symbiosis.model import Park
from tests.strategies import parks

SIZED = {
    *("total_system_throughput", "throughflow"),
    *("ascendency", "development_capacity", "overhead"),
}
BOTH = st.sampled_from(["process", "enterprise"])
NEAR = {"rel": 1e-9, "abs": 1e-9, "nan_ok": True}


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Draw a network that need not balance; every compartment takes something from outside."""
    count = draw(st.integers(1, 7))
    amount = st.just(0.0) | st.floats(0.01, 1e4)
    rows = draw(st.lists(st.lists(amount, min_size=count, max_size=count), min_size=count,
                         max_size=count))  # fmt: skip
    outside = draw(st.lists(st.floats(0.01, 1e4), min_size=count, max_size=count))
    left = draw(st.lists(amount, min_size=2 * count, max_size=2 * count))
    return Network(
        exchanges=csr_array(np.array(rows)),
        imports=np.array(outside),
        exports=np.array(left[:count]),
        losses=np.array(left[count:]),
    )


def renamed(park: Park) -> Park:
    """Return the park with other ids, every table in the opposite order."""
    called = {i: f"x{n}" for n, i in enumerate([*park.enterprises["id"], *park.processes["id"]])}
    # an enterprise that is its own process keeps one name for both

    def new(column: pd.Series) -> pd.Series:
        return column.map(lambda name: called.get(name, name)).astype("str")

    def turned(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
        changed = table.assign(**{column: new(table[column]) for column in columns})
        return changed.iloc[::-1].reset_index(drop=True)

    return replace(
        park,
        enterprises=turned(park.enterprises, "id"),
        processes=turned(park.processes, "id", "enterprise"),
        flows=turned(park.flows, "source", "target"),
        resources=park.resources.iloc[::-1].reset_index(drop=True),
    )


def in_kilograms(park: Park) -> Park:
    """Return the park with everything in tonnes told in kilograms."""
    resources, flows = park.resources.copy(), park.flows.copy()
    tonnes = resources["unit"] == "t"
    assert tonnes.any()
    contents = [c for c in resources if str(c).startswith("content_")]
    resources.loc[tonnes, contents] /= 1000
    resources.loc[tonnes, "unit"] = "kg"
    of = flows["resource"].isin(resources.loc[tonnes, "id"])
    flows.loc[of, "amount"] *= 1000
    flows.loc[of, "unit"] = "kg"
    return replace(park, resources=resources, flows=flows)


def split(park: Park) -> Park:
    """Return the park with every flow told as two of half the amount."""
    half = park.flows.assign(amount=park.flows["amount"] / 2)
    return replace(park, flows=pd.concat([half, half.assign(id=half["id"] + "'")]).reset_index())


@pytest.mark.parametrize("changed", [renamed, in_kilograms, split], ids=lambda f: f.__name__)
@given(park=parks(), by=BOTH)
def test_measures_do_not_hang_on_names_order_units_or_splits(changed, park, by) -> None:  # type: ignore[no-untyped-def]
    before, after = indicators(park, by=by), indicators(changed(park), by=by)

    assume(before["total_system_throughput"] > 0)
    assert after == pytest.approx(before, **NEAR)


@given(park=parks(), factor=st.floats(1e-3, 1e6))
def test_only_measures_of_size_grow_with_the_unit(park: Park, factor: float) -> None:
    larger = replace(park, flows=park.flows.assign(amount=park.flows["amount"] * factor))
    before, after = indicators(park), indicators(larger)

    assume(before["total_system_throughput"] > 0)
    smaller = {k: v / factor if k in SIZED else v for k, v in after.items()}
    rounding = 1e-9 * max(1.0, before["total_system_throughput"])
    assert smaller == pytest.approx(before, **(NEAR | {"abs": rounding}))


@given(network=networks())
def test_cycling_of_the_cycles_is_cycling_of_the_whole_network(network: Network) -> None:
    whole, taken = network.exchanges.toarray(), intakes(network)
    visits = np.diag(np.linalg.inv(np.eye(len(taken)) - whole / taken))
    radius = np.abs(np.linalg.eigvals((whole > 0).astype(float))).max()

    expected = taken @ (1 - 1 / visits) / taken.sum()
    assert finn_cycling_index(network) == pytest.approx(expected, abs=1e-9)
    assert 0 <= finn_cycling_index(network) <= 1
    # a nilpotent matrix has its numerical eigenvalues at the root of the rounding
    assert cyclicity(network) == pytest.approx(radius, abs=1e-2)


@given(network=networks())
def test_order_is_a_share_of_the_capacity_and_robustness_has_its_top(network: Network) -> None:
    order = relative_ascendency(network)

    assert np.isnan(order) or 0 <= order <= 1
    assert np.isnan(order) or 0 <= robustness(network) <= 1 / np.e + 1e-12
    spare = development_capacity(network) - ascendency(network)
    assert overhead(network) >= 0
    assert overhead(network) == pytest.approx(spare, abs=1e-9 * total_system_throughput(network))


@given(park=parks())
def test_leaving_out_flows_within_enterprises_takes_just_them_from_the_throughput(
    park: Park,
) -> None:
    fine, coarse = park_network(park), park_network(park, by="enterprise")
    assume(total_system_throughput(fine) > 0)

    within = fine.exchanges.sum() - coarse.exchanges.sum()

    assert within >= -1e-9 * total_system_throughput(fine)
    assert total_system_throughput(fine) - within == pytest.approx(total_system_throughput(coarse))
    assert fine.imports.sum() == pytest.approx(coarse.imports.sum())
