"""What is measured, what balances, what cannot be told, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csc_array

from symbiosis.errors import InvalidData, NoSolution
from symbiosis.metrics.adjustment import balances, variances
from symbiosis.metrics.nonnegative import Measurements, balanced_flows
from symbiosis.metrics.observability import Network, bridges
from symbiosis.metrics.reconciliation import measured_sd, reconciled, reconciled_park
from symbiosis.model import Park


def measured(toy: Park, **sd: float) -> Park:
    return replace(toy, flows=toy.flows.assign(sd=toy.flows["id"].map(sd)))


def test_an_interval_of_95_per_cent_is_as_good_as_an_sd(toy: Park) -> None:
    flows = toy.flows.assign(low=60.0, high=139.2, sd=np.nan)
    flows.loc[1, "sd"] = 7.0
    flows.loc[2, "low"] = np.nan

    sd = measured_sd(flows)

    assert sd[0] == pytest.approx(79.2 / 2 / 1.96, rel=1e-4)
    assert sd[1] == 7.0
    assert np.isnan(sd[2])


def test_processes_without_inputs_or_outputs_or_contents_are_left_open(toy: Park) -> None:
    found = reconciled(toy)

    reasons = found.processes.set_index("process")["reason"]
    assert reasons["kiln"] == reasons["mill"] == ""
    assert reasons["plaster"] == "nothing flows out"
    assert reconciled(toy, ["kiln"]).processes.set_index("process")["reason"]["kiln"] == "left open"


def test_content_that_is_unknown_leaves_both_ends_open(toy: Park) -> None:
    resources = toy.resources.copy()
    resources.loc[resources["id"].eq("quicklime"), "content_mass"] = np.nan

    assert not reconciled(replace(toy, resources=resources)).processes["balanced"].any()


def test_what_is_in_no_balance_is_left_as_it_stands(toy: Park) -> None:
    found = reconciled(measured(toy, power=0.5)).flows.set_index("flow")

    assert (found["status"]["power"], found["status"]["haulage"]) == (
        "nonredundant",
        "unobservable",
    )
    assert (found["reconciled"]["power"], found["sd"]["power"]) == (7.0, 0.5)
    assert found["reconciled"]["haulage"] == 60.0


def test_a_choice_that_balances_leave_stays_near_what_is_stated(toy: Park) -> None:
    park = measured(toy, stone=1.0)
    found = reconciled(park).flows.set_index("flow")

    assert found["status"]["gas"] == "unobservable"
    assert found["reconciled"]["stone"] == 100.0
    assert found["reconciled"]["gas"] == pytest.approx(44, abs=5)


def test_a_process_to_leave_open_must_be_there(toy: Park) -> None:
    with pytest.raises(InvalidData, match=r"--open: unknown process 'smelter' \(name a process"):
        reconciled(toy, ["smelter", "kiln"])


def test_exact_flows_that_contradict_each_other_are_refused(toy: Park) -> None:
    park = measured(toy, stone=0.0, lime=0.0, gas=0.0)
    wrong = replace(park, flows=park.flows.assign(amount=50.0))

    with pytest.raises(NoSolution, match="contradict the balances"):
        reconciled(wrong, ["mill"])


def test_no_flow_falls_below_zero() -> None:
    # One in, one out measured; the second way out would have to be -10.
    network = Network(source=np.array([0, 1, 1]), target=np.array([1, 0, 0]), nodes=2)
    stated, sd = np.array([100.0, 110.0, 5.0]), np.array([10.0, 10.0, np.nan])

    flows = balanced_flows(Measurements(network=network, stated=stated, sd=sd))

    assert flows.tolist() == pytest.approx([105, 105, 0])


def test_variances_in_parts_are_those_of_the_whole() -> None:
    chain = Network(source=np.arange(5), target=np.array([1, 2, 3, 4, 0]), nodes=5)
    known = balances(chain, np.arange(1.0, 6.0))
    each = csc_array(np.eye(5))

    parts = variances(known, each, dense=0)

    assert parts == pytest.approx([1 / (1 + 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5)] * 5)
    assert parts == pytest.approx(variances(known, each))


def test_bridges_are_the_only_ways_across_a_cut() -> None:
    # 0-1-2 is a triangle; 3 hangs on 2, 4 and 5 hang together apart from the rest.
    source, target = np.array([0, 1, 2, 2, 4, 5]), np.array([1, 2, 0, 3, 5, 4])

    found = list(bridges(Network(source=source, target=target, nodes=6)))

    assert [(flow, side.tolist()) for flow, side in found] == [(3, [3])]


def test_the_reconciled_park_says_what_its_figures_are_worth(toy: Park) -> None:
    park = measured(toy, stone=10.0, lime=1.0, gas=50.0)
    found = reconciled(park, ["mill"])

    after = reconciled_park(park, found).flows.set_index("id")

    assert after["sd"]["gas"] < 50
    assert after["low"]["gas"] == 0.0 or after["low"]["gas"] < after["amount"]["gas"]
    assert after["high"]["gas"] > after["amount"]["gas"]
    assert after[["sd", "low", "high"]].loc["power"].isna().all()
    assert reconciled(reconciled_park(park, found), ["mill"]).chi_square == pytest.approx(0)
