import numpy as np
import pytest

from symbiosis.matching.heat import grid, level, remaining_ranges, stream_cells
from symbiosis.matching.residual import cold_left, hot_left


def test_the_grid_holds_each_temperature_once_hottest_first() -> None:
    assert grid([20, 100], np.nan, [100, 60]).tolist() == [100, 60, 20]


def test_a_stream_is_cut_where_others_begin_in_proportion_to_its_range() -> None:
    cells = stream_cells(np.array([100.0, 60.0, 20.0]), np.array([100.0]), np.array([20.0]))

    assert cells["cell"].tolist() == [1, 3]
    assert cells["share"].tolist() == [0.5, 0.5]
    assert cells[["upper", "lower"]].to_numpy().tolist() == [[100, 60], [60, 20]]


def test_a_condensing_stream_stands_at_one_point() -> None:
    points = np.array([100.0, 60.0, 20.0])

    cells = stream_cells(points, np.array([60.0]), np.array([60.0]))

    assert cells[["cell", "share"]].to_numpy().tolist() == [[2, 1.0]]


def test_a_stream_of_unknown_temperature_stands_nowhere() -> None:
    assert stream_cells(np.array([100.0]), np.array([np.nan]), np.array([20.0])).empty


def test_even_cells_are_points_and_odd_ones_the_intervals_below_them() -> None:
    points = np.array([100.0, 60.0, 20.0])
    cells = stream_cells(points, np.array([100.0, 60.0, 20.0]), np.array([60.0, 20.0, 20.0]))

    assert cells.set_index("stream")["cell"].to_dict() == {0: 1, 1: 3, 2: 4}


@pytest.mark.parametrize(
    ("temperature", "cell"), [(120, -1), (100, 0), (99.9, 0), (60, 2), (59, 2), (-50, 4)]
)
def test_the_level_of_a_temperature_is_the_last_point_at_or_above_it(
    temperature: float, cell: int
) -> None:
    assert level(np.array([100.0, 60.0, 20.0]), temperature).tolist() == cell


def test_even_stretches_that_touch_are_one_range() -> None:
    found = remaining_ranges(np.array([100.0, 60.0, 20.0]), np.array([40.0, 40.0]), 100, 20)

    assert found == [(100, 20, 80)]


def test_stretches_of_other_density_or_with_a_hole_between_stay_apart() -> None:
    thin = remaining_ranges(np.array([100.0, 60.0, 20.0]), np.array([40.0, 10.0]), 100, 20)
    holed = remaining_ranges(np.array([90.0, 60.0, 30.0, 0.0]), np.array([30.0, 0.0, 30.0]), 90, 0)

    assert thin == [(100, 60, 40), (60, 20, 10)]
    assert holed == [(90, 60, 30), (30, 0, 30)]


def test_the_hottest_heat_is_kept_longest() -> None:
    # 80 GJ from 100 to 20 degC; 30 GJ for a user of any heat come from the cold end.
    assert hot_left(100, 20, 80, [(20, 30)]) == [(100, 20, 50)]
    # A user that needs 60 degC takes from the coldest that will do: what is above 60.
    assert hot_left(100, 20, 80, [(60, 10)]) == [(100, 60, 30), (60, 20, 40)]


def test_a_user_of_any_heat_leaves_the_hot_end_to_the_one_that_needs_it() -> None:
    left = hot_left(100, 20, 80, [(20, 40), (60, 40)])

    assert left == []


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_in_which_heat_is_drawn_does_not_matter(order: int) -> None:
    draws = [(80.0, 5.0), (40.0, 25.0), (60.0, 10.0)][::order]

    left = hot_left(100, 20, 80, draws)

    assert sum(amount for *_, amount in left) == pytest.approx(40)
    assert left == hot_left(100, 20, 80, sorted(draws))


def test_what_is_left_of_a_condensing_stream_is_at_its_temperature() -> None:
    assert hot_left(120, 120, 100, [(100, 40)]) == [(120, 120, 60)]
    assert hot_left(120, 120, 100, [(100, 100)]) == []


def test_a_cold_stream_is_served_from_its_cold_end_up() -> None:
    # 60 GJ from 20 to 80 degC, served by heat that reaches 50: the upper half is to be heated yet.
    assert cold_left(20, 80, 60, [(50, 30)]) == [(50, 80, 30)]
    assert cold_left(20, 80, 60, [(50, 30), (80, 30)]) == []


def test_heat_serves_the_hottest_part_that_it_reaches() -> None:
    # Heat that reaches 80 serves up there; what only a cold supply could serve is left for it.
    assert cold_left(20, 80, 60, [(80, 12)]) == [(20, 80, 48)]
    assert cold_left(20, 80, 60, [(50, 12)]) == [(20, 50, 18), (50, 80, 30)]


def test_a_boiling_stream_is_served_at_its_temperature() -> None:
    assert cold_left(100, 100, 50, [(100, 20)]) == [(100, 100, 30)]


def test_what_rounding_leaves_of_nothing_is_nothing() -> None:
    assert cold_left(20, 80, 60, [(80, 60 - 1e-12)]) == []
    assert hot_left(100, 20, 80, [(20, 80 - 1e-12)]) == []
