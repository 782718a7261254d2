"""What holds of every reconciliation, whatever the network and the figures."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import nnls

from symbiosis.metrics.nonnegative import Measurements, balanced_flows
from symbiosis.metrics.observability import Network, incidence
from symbiosis.metrics.reconciliation import worth


@st.composite
def measurements(draw: st.DrawFn) -> Measurements:
    """Draw flows between up to six nodes, some of them not measured, none of them consistent."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    nodes, count = draw(st.integers(2, 6)), draw(st.integers(1, 14))
    source = rng.integers(0, nodes, count)
    target = (source + rng.integers(1, nodes, count)) % nodes
    sd = np.where(rng.random(count) < draw(st.sampled_from([0, 0.4])), np.nan, rng.uniform(1, 20))
    network = Network(source=source, target=target, nodes=nodes)
    stated = rng.exponential(10, count) * (rng.random(count) < 0.9)
    return Measurements(network=network, stated=stated, sd=sd)


@given(measurements())
def test_every_node_balances_and_no_flow_is_negative(of: Measurements) -> None:
    flows = balanced_flows(of)

    missed = (incidence(of.network) @ flows)[1:]
    assert np.abs(missed).max() <= 1e-9 * max(1.0, flows.max())
    assert flows.min() >= 0


@given(measurements())
def test_consistent_figures_are_left_alone(of: Measurements) -> None:
    consistent = balanced_flows(of)

    again = balanced_flows(replace(of, stated=consistent))

    assert again == pytest.approx(consistent, abs=1e-9 * max(1.0, consistent.max()))


@given(measurements())
def test_no_variance_grows(of: Measurements) -> None:
    measured = ~of.unmeasured

    assert (worth(of).sd[measured] <= of.sd[measured]).all()


@given(measurements())
def test_no_other_balanced_flows_are_nearer(of: Measurements) -> None:
    measured = ~of.unmeasured
    weight = 1 / of.sd[measured]
    balance = incidence(of.network).toarray()[1:]
    nearness = np.eye(len(of.stated))[measured] * weight[:, None]
    wished = np.concatenate([np.zeros(len(balance)), of.stated[measured] * weight])

    other = nnls(np.vstack([1e4 * balance, nearness]), wished, maxiter=1000)[0]

    def squares(flows: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
        return float((((flows - of.stated)[measured] * weight) ** 2).sum())

    assert squares(balanced_flows(of)) <= squares(other) * (1 + 1e-3) + 1e-3


@given(measurements(), st.floats(1e-3, 1e3))
def test_another_unit_changes_nothing_but_the_unit(of: Measurements, factor: float) -> None:
    scaled = Measurements(network=of.network, stated=of.stated * factor, sd=of.sd * factor)

    assert balanced_flows(scaled) == pytest.approx(
        balanced_flows(of) * factor, abs=1e-8 * factor * max(1.0, of.stated.max())
    )
