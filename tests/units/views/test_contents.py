from dataclasses import replace

import pytest

from symbiosis.model import Park
from symbiosis.views import flow_contents, unknown_contents


def test_a_flow_carries_its_amount_times_the_content_of_its_resource(toy: Park) -> None:
    carried = flow_contents(toy, "C").set_axis(toy.flows["id"])

    assert carried["stone"] == pytest.approx(12.0)
    assert carried["gas"] == pytest.approx(12.0)


def test_services_and_electricity_weigh_nothing(toy: Park) -> None:
    carried = flow_contents(toy).set_axis(toy.flows["id"])

    assert carried[["power", "haulage"]].tolist() == [0.0, 0.0]


def test_electricity_carries_energy(toy: Park) -> None:
    assert flow_contents(toy, "energy").set_axis(toy.flows["id"])["power"] == pytest.approx(25.2)


def test_an_unknown_content_is_reported_and_not_taken_for_zero(toy: Park) -> None:
    unknown = unknown_contents(toy, "C")

    assert unknown.to_dict("records") == [
        {"resource": "mystery", "flows": 1, "amount": 6.0, "unit": "t"}
    ]


def test_a_layer_that_nobody_declared_is_refused(toy: Park) -> None:
    with pytest.raises(ValueError, match="no layer 'Xx'"):
        flow_contents(toy, "Xx")


def test_where_nothing_flows_nothing_is_carried(toy: Park) -> None:
    still = flow_contents(replace(toy, flows=toy.flows.iloc[:0]))

    assert (len(still), still.dtype) == (0, "float64")
