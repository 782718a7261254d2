"""The smallest weighted changes of flows that make all nodes of a network balance."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_array, csr_array, diags_array
from scipy.sparse.linalg import SuperLU, splu

from symbiosis.errors import NoSolution
from symbiosis.metrics.observability import Network, Numbers, Vector, groups, incidence

Matrix = npt.NDArray[np.float64]

_REFINEMENTS = 3
_CONTRADICTION = 1e-6  # of the largest flow: what exact flows may miss a balance by
_DENSE = 6000  # balances whose whole inverse fits into memory (300 MB)
_CELLS = 4_000_000  # numbers solved for at once


@dataclass(frozen=True, kw_only=True, eq=False)
class Balances:
    """Independent balances of a network, and the factors of their covariance."""

    rows: csr_array  # independent balances by flows
    variance: Vector  # of each flow; 0 means exact
    kept: Numbers  # the nodes of the rows
    group: Numbers  # of each node, joined by flows that may change
    factors: SuperLU | None

    def solved(self, right: Vector) -> Vector:
        """Return the covariance of the balances, inverted, times `right`."""
        return right if self.factors is None else np.asarray(self.factors.solve(right))


def balances(network: Network, variance: Vector) -> Balances:
    """Return the independent balances of a network.

    In a group that flows of known variance do not join to node 0 one balance follows from the
    others; without it the covariance is a grounded Laplacian, hence positive definite.
    """
    group = groups(network.among(variance > 0))
    first = np.unique(group, return_index=True)[1]
    kept = np.setdiff1d(np.arange(network.nodes), first)
    rows = csr_array(incidence(network)[kept])
    covariance = csc_array(rows @ diags_array(variance) @ rows.T)
    factors = None
    if len(kept):
        factors = splu(
            covariance,
            permc_spec="MMD_AT_PLUS_A",
            diag_pivot_thresh=0.0,
            options={"SymmetricMode": True},
        )
    return Balances(rows=rows, variance=variance, kept=kept, group=group, factors=factors)


def adjusted(
    network: Network, known: Balances, values: Vector, entering: Vector, size: float
) -> tuple[Vector, Vector]:
    """Return balanced flows at the least sum of squared changes over variance, and multipliers.

    Parameters
    ----------
    values : ndarray, shape (flows,)
        What is stated [any unit].
    entering : ndarray, shape (nodes,)
        What else enters each node [the same unit].
    size : float
        The largest flow there is [the same unit]; what misses a balance by little of it, fits.

    Returns
    -------
    flows : ndarray, shape (flows,)
        [the same unit].
    multipliers : ndarray, shape (nodes,)
        Of the balances; 0 at the node of each group that is left out.

    Raises
    ------
    NoSolution
        If exact flows contradict each other.

    References
    ----------
    Narasimhan and Jordache (2000), *Data Reconciliation and Gross Error Detection*, Gulf, ch. 3.
    """
    _refuse_contradictions(network, known, values, entering, size)
    flows, multipliers = values.copy(), np.zeros(network.nodes)
    for _ in range(_REFINEMENTS):
        step = known.solved(known.rows @ flows + entering[known.kept])
        multipliers[known.kept] += step
        flows = flows - known.variance * (known.rows.T @ step)
    return flows, multipliers


def _refuse_contradictions(
    network: Network, known: Balances, values: Vector, entering: Vector, size: float
) -> None:
    missed = np.zeros(int(known.group.max()) + 1)
    np.add.at(missed, known.group, incidence(network) @ values + entering)
    if np.abs(missed[1:]).max(initial=0.0) > _CONTRADICTION * size:
        raise NoSolution(
            "flows stated exactly (sd 0) contradict the balances: give one of them an sd, "
            "or list the flow that is missing"
        )


def variances(known: Balances, weights: csc_array, dense: int = _DENSE) -> Vector:
    """Return the variance of sums of adjusted flows.

    Parameters
    ----------
    weights : csc_array, shape (flows, sums)
        How often each flow counts in each sum [dimensionless].
    dense : int
        Up to so many balances are inverted as a whole, more of them in parts, which needs less
        memory and more time.

    Returns
    -------
    ndarray, shape (sums,)
        [the square of the flows' unit].
    """
    scaled = csc_array(diags_array(known.variance) @ weights)
    before = np.asarray(weights.multiply(scaled).sum(axis=0)).ravel()
    moved = csr_array(known.rows @ scaled)
    saved = np.zeros(weights.shape[1])
    for some, inverse in _inverses(known, dense):
        saved += np.asarray(moved[some].multiply((moved.T @ inverse).T).sum(axis=0)).ravel()
    return np.clip(before - saved, 0.0, before)


def _inverses(known: Balances, dense: int) -> Iterator[tuple[Numbers, Matrix]]:
    """Yield columns of the inverse covariance of the balances, a part at a time."""
    count, flows = known.rows.shape
    size = max(1, _CELLS // max(1, flows, count))
    whole = None
    if count <= dense:
        covariance = known.rows @ diags_array(known.variance) @ known.rows.T
        whole = np.linalg.inv(covariance.toarray())
    for start in range(0, count, size):
        some = np.arange(start, min(start + size, count))
        if whole is not None:
            yield some, whole[:, some]
        else:
            unit = np.zeros((count, len(some)))
            unit[some, np.arange(len(some))] = 1.0
            yield some, known.solved(unit)
