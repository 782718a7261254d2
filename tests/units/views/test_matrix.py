from dataclasses import replace

import pytest

from symbiosis.model import BOUNDARIES, Park
from symbiosis.views import flow_matrix


def test_rows_give_and_columns_take(toy: Park) -> None:
    labels, matrix = flow_matrix(toy)

    assert labels == ("kiln", "mill", "plaster", *BOUNDARIES)
    assert matrix[labels.index("kiln"), labels.index("mill")] == 56.0
    assert matrix[labels.index("mill"), labels.index("kiln")] == 0.0
    assert matrix.sum() == pytest.approx(100 + 56 + 44 + 6 + 40)


def test_what_stays_within_an_enterprise_stands_on_the_diagonal(toy: Park) -> None:
    labels, matrix = flow_matrix(toy, by="enterprise")

    assert labels == ("limeworks", "plasterworks", *BOUNDARIES)
    assert matrix[0, 0] == 56.0
    assert matrix[0, 1] == 6.0


def test_parallel_flows_add_up(toy: Park) -> None:
    again = toy.flows[toy.flows["id"] == "lime"].assign(id="more_lime", amount=4.0)
    twice = replace(toy, flows=type(again)({c: [*toy.flows[c], *again[c]] for c in again}))

    labels, matrix = flow_matrix(twice)

    assert matrix[labels.index("kiln"), labels.index("mill")] == 60.0


def test_an_unknown_content_counts_nothing(toy: Park) -> None:
    labels, matrix = flow_matrix(toy, "C")

    assert matrix[labels.index("mill"), labels.index("plaster")] == 0.0


def test_a_flow_that_ends_nowhere_is_refused(toy: Park) -> None:
    lost = replace(toy, flows=toy.flows.assign(target="elsewhere"))

    with pytest.raises(ValueError, match="ends at no process"):
        flow_matrix(lost)
