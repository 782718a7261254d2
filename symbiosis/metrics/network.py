"""How much passes through a network, and in what order, as ecological network analysis has it.

Written out in docs/metrics.md. ``p`` is a flow as a share of all flows, outside ones included.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Network:
    """What n compartments give to each other, and to and from outside; none of it negative.

    Attributes
    ----------
    exchanges : csr_array, shape (n, n)
        Row gives, column takes [one unit per year]; no zeros are stored.
    imports, exports, losses : ndarray, shape (n,)
        What each compartment takes from outside, sells, and loses [the same unit per year].
    """

    exchanges: csr_array
    imports: Vector
    exports: Vector
    losses: Vector


def intakes(network: Network) -> Vector:
    """Return all that each compartment takes in [the network's unit]."""
    return np.asarray(network.exchanges.sum(axis=0), np.float64) + network.imports


def throughflow(network: Network) -> float:
    """Return the sum over compartments of all they take in [the network's unit]."""
    return float(intakes(network).sum())


def total_system_throughput(network: Network) -> float:
    """Return imports + internal flows + exports + losses [the network's unit]."""
    return throughflow(network) + float(network.exports.sum() + network.losses.sum())


def mean_path_length(network: Network) -> float:
    """Return how many compartments an import passes through on average [dimensionless].

    Infinite where things go round and nothing comes in, NaN where nothing flows.

    References
    ----------
    Finn (1976), *J. Theor. Biol.* 56, 363-380.
    """
    passed, imported = throughflow(network), float(network.imports.sum())
    if imported == 0:
        return np.inf if passed > 0 else np.nan
    return passed / imported


def average_mutual_information(network: Network) -> float:
    """Return how much knowing where a flow comes from tells of where it goes [bit].

    sum p_ij log2(p_ij / (p_i. p_.j)), over imports, exchanges, exports and losses, with one node
    outside for each of the three; NaN where nothing flows.

    References
    ----------
    Ulanowicz (1986), *Growth and Development*, Springer; Ulanowicz & Norden (1990),
    *Int. J. Systems Sci.* 21, 429-437.
    """
    share, given, taken = _shares(network)
    return float(share @ np.log2(share / given / taken)) if len(share) else np.nan


def ascendency(network: Network) -> float:
    """Return average mutual information times total system throughput [unit x bit]."""
    return total_system_throughput(network) * average_mutual_information(network)


def development_capacity(network: Network) -> float:
    """Return the ceiling of the ascendency, -TST sum p log2 p [unit x bit]; NaN without flows."""
    share, _given, _taken = _shares(network)
    if not len(share):
        return np.nan
    return total_system_throughput(network) * abs(float(share @ np.log2(share)))


def overhead(network: Network) -> float:
    """Return development capacity - ascendency, what is redundant or spread [unit x bit].

    As the sum of its terms, -TST sum p_ij log2(p_ij^2 / (p_i. p_.j)), none of them negative.
    """
    share, given, taken = _shares(network)
    if not len(share):
        return np.nan
    spread = np.log2(given / share) + np.log2(taken / share)
    return total_system_throughput(network) * float(share @ spread)


def relative_ascendency(network: Network) -> float:
    """Return ascendency over development capacity [0..1]; NaN where the capacity is nothing."""
    capacity = development_capacity(network)
    return min(1.0, max(0.0, ascendency(network) / capacity)) if capacity > 0 else np.nan


def robustness(network: Network) -> float:
    """Return -a ln a of the relative ascendency a [dimensionless, 0 to 1/e].

    References
    ----------
    Fath (2015), *MethodsX* 2, 223-230; natural logarithm, no scaling.
    """
    order = relative_ascendency(network)
    return 0.0 if order in (0.0, 1.0) else -order * np.log(order)


def connectance(network: Network) -> float:
    """Return links between compartments over the square of their number [0..1].

    Links from and to outside are not counted; NaN without compartments.
    """
    count = len(network.imports)
    return network.exchanges.nnz / count**2 if count else np.nan


def connectance_without_loops(network: Network) -> float:
    """Return links between different compartments over n (n - 1) [0..1]; NaN for fewer than two.

    References
    ----------
    Latham (2006), *Ecol. Model.* 192, 586-600.
    """
    count = len(network.imports)
    loops = np.count_nonzero(network.exchanges.diagonal())
    return (network.exchanges.nnz - loops) / (count * (count - 1)) if count > 1 else np.nan


def _shares(network: Network) -> tuple[Vector, Vector, Vector]:
    """Return each flow over all flows, and the shares that its source gives and its target takes.

    Compartments are nodes 0 to n - 1; imports come from n, exports go to n, losses to n + 1.
    """
    count = len(network.imports)
    inside, each, node = network.exchanges.tocoo(), np.arange(count), np.full(count, count)
    rows = np.concatenate([inside.row, node, each, each])
    columns = np.concatenate([inside.col, each, node, node + 1])
    amounts = np.concatenate([inside.data, network.imports, network.exports, network.losses])
    flowing = amounts > 0
    rows, columns, share = rows[flowing], columns[flowing], amounts[flowing] / amounts.sum()
    given, taken = np.bincount(rows, share), np.bincount(columns, share)
    return share, given[rows], taken[columns]
