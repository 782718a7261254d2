"""What the loss of an enterprise costs, on cases solved by hand and as laws."""

from typing import Any

import pytest
from hypothesis import given, settings

from symbiosis.io import park_of
from symbiosis.model import Park
from symbiosis.scenarios.disruption import Loss, losses
from tests.matching_parks import local, matching_parks, shipped


def neighbours() -> Park:
    """Return a mill with 100 t of grit, two yards that buy 60 t at 10 and 8, and a bystander."""
    buys = {"source": "@supply", "resource": "grit", "amount": 60, "unit": "t"}
    flows = [
        {"id": "dust", "source": "mill", "target": "@disposal", "resource": "grit"}
        | {"amount": 100, "unit": "t", "unit_cost": 0},
        {"id": "one", "target": "yard", "unit_cost": 10, **buys},
        {"id": "two", "target": "works", "unit_cost": 8, **buys},
        {"id": "steam", "source": "office", "target": "yard", "resource": "paper"}
        | {"amount": 1, "unit": "t"},
    ]
    tables: dict[str, list[dict[str, Any]]] = {
        "enterprises": [{"id": n, "name": n} for n in ("office", "mill", "yard", "works")],
        "flows": flows,
        "resources": [
            {"id": name, "name": name, "kind": "material", "unit": "t"}
            for name in ("grit", "paper")
        ],
    }
    return park_of(tables, shipped(), {"title": "n", "settings": {"transport_cost": 0}})


def found(park: Park) -> dict[str, Loss]:
    return {row.enterprise: row for row in losses(park, local(park))}


def test_who_takes_the_place_of_the_lost_is_counted() -> None:
    rows = found(neighbours())

    # together 60 * 10 + 40 * 8 = 920; without the yard 60 * 8, without the works 60 * 10
    assert {name: row.loss for name, row in rows.items()} == {
        "mill": pytest.approx(920),
        "yard": pytest.approx(440),
        "works": pytest.approx(320),
        "office": 0.0,
    }
    assert list(rows) == ["mill", "yard", "works", "office"]


def test_what_stops_and_who_is_exposed_are_named() -> None:
    rows = found(neighbours())

    assert len(rows["mill"].stops) == 2
    assert rows["mill"].exposed == ("yard", "works")
    assert (rows["office"].stops, rows["office"].existing) == ((), ("steam",))
    assert rows["office"].exposed == ("yard",)
    assert rows["yard"].exposed == ("office", "mill")


@settings(max_examples=10)
@given(park=matching_parks())
def test_no_loss_is_negative_and_who_is_in_no_planned_exchange_loses_nothing(park: Park) -> None:
    if len(park.limits):
        return  # a limit may force what the others lose by
    for row in losses(park, local(park)):
        assert row.loss >= 0.0
        if not row.stops and not row.existing:
            assert row.loss == pytest.approx(0.0, abs=1e-3)
