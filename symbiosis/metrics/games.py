"""Cooperative games: how a saving (or a cost) is split between those who make it together.

A game is the values of all coalitions of n players as an array of 2**n numbers. Place k holds the
coalition of the players whose bits are set in k, so that place 0 is the empty coalition (worth
nothing) and the last one is all players. Everything here is about savings: a game of costs is the
game of their negatives, and so is its split.
"""

from collections.abc import Callable
from math import factorial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

Vector = npt.NDArray[np.float64]
MOST_EXACT = 15  # players: 32,767 coalitions
TOLERANCE = 1e-6  # of the largest value: what a linear program may be off by
BINDING = 1e-7  # of a dual value: more means that a coalition limits every best split


class Sampled(NamedTuple):
    """A split that was estimated, and the standard error of each share [unit of the game]."""

    allocation: Vector
    standard_error: Vector


def shapley(values: Vector) -> Vector:
    """Return the Shapley value: what each player adds, averaged over all orders of joining.

    Parameters
    ----------
    values : ndarray, shape (2**n,)
        What each coalition saves [unit of the game].

    Returns
    -------
    ndarray, shape (n,)
        In the unit of the game; it adds up to the value of all players together.

    References
    ----------
    Shapley (1953), A value for n-person games, Contributions to the Theory of Games II.

    Examples
    --------
    >>> one_left_two_right_gloves = np.array([0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0])
    >>> shapley(one_left_two_right_gloves).round(4)
    array([0.6667, 0.1667, 0.1667])
    """
    count = players(values)
    places = np.arange(len(values))
    size = np.bitwise_count(places)
    orders = [factorial(s) * factorial(count - s - 1) / factorial(count) for s in range(count)]
    shares = np.zeros(count)
    for player in range(count):
        without = places[(places >> player) & 1 == 0]
        added = values[without | (1 << player)] - values[without]
        shares[player] = np.array(orders)[size[without]] @ added
    return shares


def sampled_shapley(
    value: Callable[[int], float], count: int, samples: int, rng: np.random.Generator
) -> Sampled:
    """Return the Shapley value estimated from orders of joining drawn by chance.

    Parameters
    ----------
    value : callable
        What a coalition saves, named by its place [unit of the game].
    count : int
        How many players there are.
    samples : int
        How many orders to draw, at least 2; the shares of each add up to the whole.

    References
    ----------
    Castro, Gomez & Tejada (2009), Computers & Operations Research 36, 1726-1730.
    """
    added = np.zeros((samples, count))
    for row in added:
        coalition, before = 0, 0.0
        for player in rng.permutation(count).tolist():
            coalition |= 1 << player
            after = value(coalition)
            row[player], before = after - before, after
    error = added.std(axis=0, ddof=1) / np.sqrt(samples)
    return Sampled(allocation=added.mean(axis=0), standard_error=error)


def least_core(values: Vector) -> Vector:
    """Return a split whose worst treated coalition is treated as well as possible.

    It is in the core wherever the core is not empty. There may be several; this is one of them.

    Parameters
    ----------
    values : ndarray, shape (2**n,)
        What each coalition saves [unit of the game].

    References
    ----------
    Maschler, Peleg & Shapley (1979), Mathematics of Operations Research 4, 303-338.
    """
    if players(values) == 1:
        return values[1:]
    scale = _scale(values)
    proper = np.arange(1, len(values) - 1)
    split, _, _ = _fairest(values / scale, proper, np.array([len(values) - 1]), np.zeros(1), False)
    return split * scale


def nucleolus(values: Vector) -> Vector:
    """Return the nucleolus: the complaints of all coalitions, worst first, as small as can be.

    A coalition's complaint is what it saves alone less what it is given. No player gets less than
    alone wherever that can be (else it is the prenucleolus, which does not ask that).

    Parameters
    ----------
    values : ndarray, shape (2**n,)
        What each coalition saves [unit of the game].

    References
    ----------
    Schmeidler (1969), SIAM Journal on Applied Mathematics 17, 1163-1170; by successive linear
    programs: Maschler, Peleg & Shapley (1979).
    """
    count = players(values)
    if count == 1:
        return values[1:]
    scale = _scale(values)
    scaled, whole = values / scale, len(values) - 1
    alone = bool(scaled[1 << np.arange(count)].sum() <= scaled[-1] + TOLERANCE)
    free = np.arange(1, whole)
    fixed, given = np.array([whole]), np.zeros(1)
    while True:
        split, complaint, weight = _fairest(scaled, free, fixed, given, alone)
        bound = free[weight > BINDING * weight.max()]
        fixed = np.concatenate([fixed, bound])
        given = np.concatenate([given, np.full(len(bound), complaint)])
        if np.linalg.matrix_rank(members(fixed, count)) == count:
            return split * scale
        free = _undecided(free, fixed, count)


def in_core(values: Vector, allocation: Vector) -> bool:
    """Return whether all is given out and no coalition would save more alone.

    A shortfall of up to a millionth of the largest value is taken for rounding.
    """
    given = members(np.arange(len(values)), len(allocation)) @ allocation
    slack = TOLERANCE * _scale(values)
    return bool((given >= values - slack).all() and abs(given[-1] - values[-1]) <= slack)


def players(values: Vector) -> int:
    """Return how many players a game has."""
    count = len(values).bit_length() - 1
    if count < 1 or len(values) != 1 << count or values[0] != 0:
        raise ValueError("a game has 2**n values, n at least 1, the first of them 0")
    return count


def members(coalitions: npt.NDArray[np.intp], count: int) -> Vector:
    """Return who is in which coalition: 1 where a player (column) is in it (row), else 0.

    Examples
    --------
    >>> members(np.array([1, 6]), 3)
    array([[1., 0., 0.],
           [0., 1., 1.]])
    """
    return ((coalitions[:, None] >> np.arange(count)) & 1).astype(np.float64)


def _scale(values: Vector) -> float:
    return float(np.abs(values).max()) or 1.0


def _fairest(
    values: Vector,
    free: npt.NDArray[np.intp],
    fixed: npt.NDArray[np.intp],
    given: Vector,
    alone: bool,
) -> tuple[Vector, float, Vector]:
    """Return the split with the smallest largest complaint of free coalitions.

    The complaints of `fixed` ones are `given`. Also returned: that complaint, and the dual value
    of each free coalition (above zero: its complaint is that large in every such split).
    """
    count = players(values)
    low = values[1 << np.arange(count)] if alone else np.full(count, -np.inf)
    found = linprog(
        np.append(np.zeros(count), 1.0),
        A_ub=-np.column_stack([members(free, count), np.ones(len(free))]),
        b_ub=-values[free],
        A_eq=np.column_stack([members(fixed, count), np.zeros(len(fixed))]),
        b_eq=values[fixed] - given,
        bounds=[*((bound, None) for bound in low), (None, None)],
        method="highs",
    )
    if (
        found.status != 0 or found.x is None
    ):  # cannot be: a split and a large complaint meet all rows
        raise ArithmeticError(f"the linear program of a game failed: {found.message}")
    return found.x[:count], float(found.x[-1]), -found.ineqlin.marginals


def _undecided(
    free: npt.NDArray[np.intp], fixed: npt.NDArray[np.intp], count: int
) -> npt.NDArray[np.intp]:
    """Return the coalitions that the shares of the fixed ones do not settle."""
    _, size, directions = np.linalg.svd(members(fixed, count))
    rank = int((size > 1e-9 * size[0]).sum())
    loose = np.abs(members(free, count) @ directions[rank:].T).max(axis=1)
    left: npt.NDArray[np.intp] = free[loose > 1e-9]
    return left
