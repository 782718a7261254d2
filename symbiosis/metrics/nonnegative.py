"""Flows that balance, none below zero: measured ones first, then the rest."""

from dataclasses import dataclass

import numpy as np

from symbiosis.errors import NoSolution
from symbiosis.metrics.adjustment import adjusted, balances
from symbiosis.metrics.observability import (
    Mask,
    Network,
    Numbers,
    Vector,
    incidence,
    merged,
)

_NEGATIVE = 1e-12  # of the largest flow: what is nearer to zero is zero
_QUICK, _ROUNDS = 40, 400
_TINY = np.finfo(np.float64).tiny
_STIFFEST = 1e-3  # of the largest flow: smaller ones move as easily as one of this size


@dataclass(frozen=True, kw_only=True, eq=False)
class Measurements:
    """What is stated of the flows of a network, in one unit of mass per year."""

    network: Network
    stated: Vector
    sd: Vector  # NaN: not measured, 0: exact

    @property
    def unmeasured(self) -> Mask:
        """Return which flows are not measured."""
        return np.isnan(self.sd)


def balanced_flows(of: Measurements) -> Vector:
    """Return the flows that balance, the nearest to what is measured, none below zero.

    First the measured flows move least, in units of their sd. Then the others take what they
    must; where that leaves a choice they stay near what is stated. Flows that would fall below
    zero are held there and let go again as soon as the others pull them up (an active set).

    Returns
    -------
    ndarray, shape (flows,)
        [the unit of `of`].

    Raises
    ------
    NoSolution
        If exact flows contradict each other, or leave no room above zero.
    """
    held = np.zeros(len(of.stated), dtype=bool)
    least = -_NEGATIVE * np.abs(of.stated).max(initial=0.0)
    for turn in range(_ROUNDS):
        flows, pull = _unbounded(of, held)
        below = flows < least
        if below.any():
            # One at a time where exact flows leave little room: the others may follow.
            worst = flows == flows.min()
            held = held | (worst if (of.sd == 0).any() else below)
        elif (held & (pull > 0)).any():
            # All at once is quick but may go in circles; one by one does not.
            held = held & (pull < (pull.max() if turn > _QUICK else _TINY))
        else:
            return np.maximum(flows, 0.0)
    raise NoSolution(
        "no balance without negative flows was found: list the flows that are missing, or leave "
        "the balance of a process open"
    )


def _unbounded(of: Measurements, held: Mask) -> tuple[Vector, Vector]:
    """Return balanced flows with some held at zero, and how much these pull upwards."""
    free, size = of.unmeasured & ~held, float(of.stated.max(initial=0.0))
    variance = np.where(held | free, 0.0, of.sd) ** 2
    coarse = merged(of.network, free)
    known = balances(coarse, variance)
    measured = np.where(held | free, 0.0, of.stated)
    flows, price = adjusted(coarse, known, measured, np.zeros(coarse.nodes), size)
    wish = np.where(of.sd > 0, of.stated / np.where(of.sd > 0, of.sd, 1.0) ** 2, 0.0)
    pull = _pulls(coarse, price, known.group, wish, held & ~(of.sd == 0))

    weight = _weights(of.stated)
    rest = balances(of.network, np.where(free, weight, 0.0) ** 2)
    entering = incidence(of.network) @ flows
    others, price = adjusted(of.network, rest, np.where(free, of.stated, 0.0), entering, size)
    if not (pull > 0).any():
        inside = held & of.unmeasured & (coarse.source == coarse.target)
        pull = _pulls(of.network, price, rest.group, of.stated / weight**2, inside)
    return np.where(free, others, flows), pull


def _weights(stated: Vector) -> Vector:
    """Return how easily each unmeasured flow moves: as its size, small ones a little more."""
    largest = float(stated.max(initial=0.0))
    return np.maximum(stated, _STIFFEST * largest if largest > 0 else 1.0)


def _pulls(network: Network, price: Vector, group: Numbers, wish: Vector, held: Mask) -> Vector:
    """Return how much each held flow would lower the sum of squares if it could rise.

    A flow gains what it wishes (stated over variance) less the difference of prices of its ends.
    Where held flows cut a group off, its prices may all shift: they are put where the fewest pull.
    """
    gain = np.where(held, wish - price[network.target] + price[network.source], -np.inf)
    least = _NEGATIVE * max(np.abs(price).max(initial=0.0), wish[held].max(initial=0.0))
    start, end = group[network.source], group[network.target]
    for cut in np.unique(np.concatenate([start[held], end[held]])):
        into, out = held & (end == cut) & (start != cut), held & (start == cut) & (end != cut)
        if cut and (into.any() or out.any()):
            shift = _shift(gain[into], gain[out])
            gain = gain - shift * into + shift * out
    return np.where(gain > least, gain, 0.0)


def _shift(into: Vector, out: Vector) -> float:
    """Return what prices of a group rise by so that neither side gains, or both gain alike."""
    low, high = into.max(initial=-np.inf), -out.max(initial=-np.inf)
    if np.isfinite(low) and np.isfinite(high):
        return float(low + high) / 2
    return float(max(low, 0.0) if np.isfinite(low) else min(high, 0.0))
