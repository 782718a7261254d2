"""Reconciliation cases that can be worked out by hand or stand in the literature."""

from collections.abc import Mapping, Sequence
from math import sqrt

import pandas as pd
import pytest

from symbiosis.catalogue import read_catalogue
from symbiosis.io import park_of
from symbiosis.metrics.reconciliation import Reconciliation, reconciled

Row = Mapping[str, object]


def network(*flows: tuple[str, str, str, float, float | None]) -> Reconciliation:
    """Reconcile a park of flows: name, source, target, amount [t] and sd (None: not measured)."""
    ends = {end for _, *pair, _, _ in flows for end in pair if not end.startswith("@")}
    rows: dict[str, Sequence[Row]] = {
        "enterprises": [{"id": end, "name": end} for end in sorted(ends)],
        "resources": [{"id": "stuff", "name": "Stuff", "kind": "material", "unit": "t"}],
        "flows": [
            {
                "id": name,
                "source": source,
                "target": target,
                "resource": "stuff",
                "amount": amount,
                "unit": "t",
                **({} if sd is None else {"sd": sd}),
            }
            for name, source, target, amount, sd in flows
        ],
    }
    tables = {name: list(table) for name, table in rows.items()}
    return reconciled(park_of(tables, read_catalogue(), {"title": "Case"}))


def of(found: Reconciliation, column: str) -> "pd.Series[float]":
    return found.flows.set_index("flow")[column]


def test_two_measurements_of_one_flow_meet_in_the_middle() -> None:
    # docs/reconcile.md works this out; the mean of two equally good measurements.
    found = network(
        ("in", "@supply", "mill", 100, 10),
        ("out", "mill", "@sales", 110, 10),
    )

    assert of(found, "reconciled").tolist() == pytest.approx([105, 105])
    assert of(found, "sd").tolist() == pytest.approx([10 / sqrt(2)] * 2)
    assert found.chi_square == pytest.approx(0.5)
    assert found.degrees_of_freedom == 1
    assert found.p_value == pytest.approx(0.4795001)
    assert of(found, "statistic").tolist() == pytest.approx([10 / sqrt(200)] * 2)


def test_unequal_measurements_are_weighted_by_their_variance() -> None:
    # (100/9 + 110/36) / (1/9 + 1/36) = 102, variance 1 / (1/9 + 1/36) = 7.2
    found = network(
        ("in", "@supply", "mill", 100, 3),
        ("out", "mill", "@sales", 110, 6),
    )

    assert of(found, "reconciled").tolist() == pytest.approx([102, 102])
    assert of(found, "sd").tolist() == pytest.approx([sqrt(7.2)] * 2)


def test_three_measurements_in_series_give_their_mean() -> None:
    found = network(
        ("a", "@supply", "mill", 9, 1),
        ("b", "mill", "kiln", 10, 1),
        ("c", "kiln", "@sales", 14, 1),
    )

    assert of(found, "reconciled").tolist() == pytest.approx([11, 11, 11])
    assert of(found, "sd").tolist() == pytest.approx([1 / sqrt(3)] * 3)
    assert (found.degrees_of_freedom, found.chi_square) == (2, pytest.approx(14))


def test_a_splitter_shares_its_imbalance_by_variance() -> None:
    # Imbalance 100 - 60 - 34 = 6, variances 4, 1, 1: adjustments -4, +1, +1.
    found = network(
        ("feed", "@supply", "split", 100, 2),
        ("top", "split", "@sales", 60, 1),
        ("bottom", "split", "@disposal", 34, 1),
    )

    assert of(found, "reconciled").tolist() == pytest.approx([96, 61, 35])
    assert of(found, "sd").tolist() == pytest.approx([sqrt(4 - 16 / 6), *[sqrt(5 / 6)] * 2])
    assert found.chi_square == pytest.approx(36 / 6)


def test_an_unmeasured_flow_is_the_difference_and_inherits_both_variances() -> None:
    found = network(
        ("feed", "@supply", "split", 100, 3),
        ("top", "split", "@sales", 60, 4),
        ("loss", "split", "@nature", 0, None),
    )

    assert of(found, "status").tolist() == ["nonredundant", "nonredundant", "observable"]
    assert of(found, "reconciled").tolist() == pytest.approx([100, 60, 40])
    assert of(found, "sd").tolist() == pytest.approx([3, 4, 5])
    assert found.degrees_of_freedom == 0


def test_exact_flows_stay_and_others_take_the_imbalance() -> None:
    found = network(
        ("feed", "@supply", "split", 100, 0),
        ("top", "split", "@sales", 60, 1),
        ("bottom", "split", "@disposal", 34, 1),
    )

    assert of(found, "reconciled").tolist() == pytest.approx([100, 63, 37])
    assert of(found, "status").tolist() == ["exact", "redundant", "redundant"]


def test_a_steam_network_with_one_false_meter_names_the_meter() -> None:
    # Consistent by construction; one of eight meters reads 30 too much (10 sd).
    found = network(
        ("a", "@supply", "one", 100, 3),
        ("b", "one", "two", 60, 3),
        ("c", "one", "three", 40 + 30, 3),
        ("d", "two", "four", 45, 3),
        ("e", "two", "@sales", 15, 3),
        ("f", "three", "four", 25, 3),
        ("g", "three", "@sales", 15, 3),
        ("h", "four", "@sales", 70, 3),
    )

    assert found.suspects["flow"].iloc[0] == "c"
    assert found.p_value < 1e-6
