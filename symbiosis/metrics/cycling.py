"""What goes round in a network. Only compartments on a common cycle matter to each other here."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, diags_array
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import ArpackNoConvergence, eigs

from symbiosis.metrics.network import Network, Vector, intakes

_MANY = 200  # compartments: from here on, all eigenvalues take long
_CLOSED = 1e-12  # of what a cycle takes in: less from outside is rounding


def finn_cycling_index(network: Network) -> float:
    """Return the share of the throughflow that has been in the same compartment before [0..1].

    sum T_j c_j / sum T_j, with T_j what compartment j takes in and c_j = (n_jj - 1) / n_jj, n_jj
    the diagonal of (I - G)^-1 and g_ij = f_ij / T_j. As T_j is an intake, also in a network that
    does not balance, no c_j is beyond 0 or 1. NaN where nothing flows.

    References
    ----------
    Finn (1976), *J. Theor. Biol.* 56, 363-380; Finn (1980), *Ecology* 61, 562-571.
    """
    taken = intakes(network)
    total = float(taken.sum())
    return float(taken @ _cycled_shares(network, taken)) / total if total > 0 else np.nan


def cyclicity(network: Network) -> float:
    """Return the spectral radius of the links, each counted as one [dimensionless].

    0 without cycles, 1 where cycles share no compartment, more where they interlock.

    References
    ----------
    Fath & Halnes (2007), *Ecol. Model.* 208, 17-24; Layton, Bras & Weissburg (2016),
    *J. Ind. Ecol.* 20, 1426-1439.
    """
    links = network.exchanges.astype(bool).astype(np.float64)
    return max((_radius(links, on) for on in _cycles(network)), default=0.0)


def _radius(links: csr_array, on: npt.NDArray[np.intp]) -> float:
    """Return the spectral radius among compartments that all reach each other.

    By Perron and Frobenius it is itself the eigenvalue farthest to the right; where there are
    many, only that one is sought.
    """
    if len(on) > _MANY:
        try:
            start = np.ones(len(on))
            found = eigs(links[on][:, on], 1, which="LR", v0=start, return_eigenvectors=False)
            return float(found.real[0])
        except ArpackNoConvergence:  # long rings: their eigenvalues lie close together
            pass
    return float(np.abs(np.linalg.eigvals(_among(links, on))).max())


def _cycled_shares(network: Network, taken: Vector) -> Vector:
    """Return what share of each intake has been in the same compartment before."""
    per_taken = np.divide(1.0, taken, out=np.zeros_like(taken), where=taken > 0)
    received = (network.exchanges @ diags_array(per_taken)).tocsr()
    shares = np.zeros_like(taken)
    for on in _cycles(network):
        inner = _among(received, on)
        from_outside = taken[on] @ (1.0 - inner.sum(axis=0))
        if from_outside <= _CLOSED * taken[on].sum():
            shares[on] = 1.0
        else:
            visits = np.diag(np.linalg.inv(np.eye(len(on)) - inner))
            shares[on] = 1.0 - 1.0 / visits
    return shares


def _cycles(network: Network) -> Iterator[npt.NDArray[np.intp]]:
    """Yield each greatest set of compartments that can all reach each other along links."""
    _count, label = connected_components(network.exchanges, directed=True, connection="strong")
    order = np.argsort(label, kind="stable")
    starts = np.flatnonzero(np.diff(label[order])) + 1
    to_itself = network.exchanges.diagonal() > 0
    for on in np.split(order, starts):
        if len(on) > 1 or to_itself[on].any():
            yield on


def _among(matrix: csr_array, on: npt.NDArray[np.intp]) -> Vector:
    return np.asarray(matrix[on][:, on].toarray(), np.float64)
