"""The laws of sharing, on arbitrary games and on arbitrary parks."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbiosis.matching import best_plan, candidates
from symbiosis.metrics.games import (
    Vector,
    in_core,
    least_core,
    members,
    nucleolus,
    sampled_shapley,
    shapley,
)
from symbiosis.model import Park
from symbiosis.scenarios.coalitions import coalitions
from symbiosis.scenarios.sharing import shared
from tests.matching_parks import local, matching_parks

RULES = (shapley, nucleolus, least_core)
SEEDS = st.integers(0, 2**32 - 1)


def game(seed: int, count: int) -> Vector:
    values = np.random.default_rng(seed).normal(1, 2, 1 << count)
    values[0] = 0
    return values


def convex(seed: int, count: int) -> Vector:
    """Return a game whose core is not empty: carriers that a coalition must hold whole."""
    rng = np.random.default_rng(seed)
    places = np.arange(1 << count)
    carriers = rng.integers(1, 1 << count, 2 * count)
    worth = rng.exponential(10, 2 * count)
    whole = (places[:, None] & carriers) == carriers
    return np.asarray(whole @ worth)


@pytest.mark.parametrize("rule", RULES)
@given(seed=SEEDS, count=st.integers(1, 6))
def test_everything_is_given_out(rule: Callable[[Vector], Vector], seed: int, count: int) -> None:
    values = game(seed, count)
    assert rule(values).sum() == pytest.approx(values[-1], abs=1e-6)


@given(seed=SEEDS, count=st.integers(2, 5))
def test_players_that_add_the_same_get_the_same_and_who_adds_nothing_gets_nothing(
    seed: int, count: int
) -> None:
    small = convex(seed, count)
    twins = np.concatenate([small, small])  # a player more, who adds nothing
    places = np.arange(len(twins) * 2)
    swapped = (places >> 1 & 1) | (places & 1) << 1 | places >> 2 << 2
    both = np.concatenate([twins, twins + 1.0])
    both[len(twins)] = 1.0  # the last one brings 1, alone or not
    even = (both + both[swapped]) / 2  # the first two are alike

    for rule in (shapley, nucleolus):
        split = rule(even)
        assert split[0] == pytest.approx(split[1], abs=1e-5)
        assert split[-2] == pytest.approx(0, abs=1e-5)
        assert split[-1] == pytest.approx(1, abs=1e-5)


@given(first=SEEDS, second=SEEDS, count=st.integers(1, 5))
def test_the_shapley_value_of_two_games_is_the_sum_of_theirs(
    first: int, second: int, count: int
) -> None:
    one, other = game(first, count), game(second, count)
    assert shapley(one + other) == pytest.approx(shapley(one) + shapley(other))


@given(seed=SEEDS, count=st.integers(2, 6))
def test_core_and_nucleolus_leave_no_coalition_a_reason_to_leave(seed: int, count: int) -> None:
    values = convex(seed, count)
    for rule in RULES:  # all three: the core of a convex game holds the Shapley value
        split = rule(values)
        given_out = members(np.arange(len(values)), count) @ split
        assert (given_out >= values - 1e-5 * values.max()).all()
        assert in_core(values, split)


@given(seed=SEEDS, count=st.integers(2, 5), factor=st.floats(0.1, 1e6))
def test_the_nucleolus_moves_with_the_unit_and_with_what_players_bring(
    seed: int, count: int, factor: float
) -> None:
    values, own = convex(seed, count), np.random.default_rng(seed).normal(0, 5, count)
    brought = members(np.arange(len(values)), count) @ own
    moved = nucleolus(factor * (values + brought))
    size = factor * np.abs(values + brought).max()
    assert moved == pytest.approx(factor * (nucleolus(values) + own), abs=1e-5 * size)


def test_sampled_shares_lie_within_their_errors_of_the_exact_ones() -> None:
    values = convex(5, 6)
    found = sampled_shapley(lambda k: float(values[k]), 6, 4000, np.random.default_rng(1))
    assert found.allocation.sum() == pytest.approx(values[-1])
    assert (abs(found.allocation - shapley(values)) <= 4 * found.standard_error + 1e-9).all()
    assert (found.standard_error > 0).any()


@settings(max_examples=15)
@given(park=matching_parks())
def test_all_together_save_what_the_best_plan_saves_and_more_members_never_less(
    park: Park,
) -> None:
    known = local(park)
    best = best_plan(park, known, known.factors, candidates(park, known, known.factors).found)
    asked = coalitions(park, known)
    names = asked.enterprises
    savings = [asked.saving(names[:count]) for count in range(len(names) + 1)]
    assert savings[-1] == pytest.approx(-best.value, rel=1e-5, abs=1e-5)
    assert all(b >= a - 1e-5 * max(1, a) for a, b in pairwise(savings))
    split = shared(park, known)
    assert list(split.allocation) == park.enterprises["id"].tolist()
    assert sum(split.allocation.values()) == pytest.approx(savings[-1], abs=1e-5)
