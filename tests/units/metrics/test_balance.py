import pytest

from symbiosis.metrics import balance, balance_gaps
from symbiosis.model import Park


def test_a_process_that_gives_what_it_takes_closes(toy: Park) -> None:
    kiln = balance(toy).set_index("process").loc["kiln"]

    assert (kiln["inputs"], kiln["outputs"], kiln["gap"]) == (100.0, 100.0, 0.0)
    assert kiln["unknown"] == 0


def test_a_gap_is_signed_and_shared_over_the_larger_side(toy: Park) -> None:
    mill = balance(toy).set_index("process").loc["mill"]

    assert mill["gap"] == 10.0
    assert mill["gap_share"] == pytest.approx(10 / 56)


def test_services_do_not_feed_a_process(toy: Park) -> None:
    plaster = balance(toy).set_index("process").loc["plaster"]

    assert plaster["inputs"] == 6.0
    assert plaster["gap_share"] == 1.0


def test_flows_of_unknown_content_are_counted_on_both_ends(toy: Park) -> None:
    assert balance(toy, "C")["unknown"].tolist() == [0, 1, 1]


def test_a_process_without_flows_of_a_layer_has_no_share(toy: Park) -> None:
    assert balance(toy, "Fe")["gap_share"].isna().all()


def test_gaps_beyond_the_tolerance_are_listed_largest_first(toy: Park) -> None:
    found = balance_gaps(toy, ["mass", "C"], tolerance=0.05)

    assert list(zip(found["layer"], found["process"], strict=True)) == [
        ("mass", "mill"),
        ("mass", "plaster"),
    ]
    assert len(balance_gaps(toy, ["mass"], tolerance=0.5)) == 1


def test_no_layer_has_no_gap(toy: Park) -> None:
    assert balance_gaps(toy, []).columns[0] == "layer"
