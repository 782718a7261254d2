"""What the balances of a network say of its flows: which are redundant, which can be found."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

Vector = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class Network:
    """Flows between nodes that balance; node 0 is all that does not: the rest of the world."""

    source: Numbers
    target: Numbers
    nodes: int

    def among(self, flows: Mask) -> "Network":
        """Return the network of some of the flows."""
        return Network(source=self.source[flows], target=self.target[flows], nodes=self.nodes)


def incidence(network: Network) -> csr_array:
    """Return the balances: +1 where a flow enters a node, -1 where it leaves, 0 if it does both."""
    count = len(network.source)
    rows = np.concatenate([network.target, network.source])
    columns = np.tile(np.arange(count), 2)
    signs = np.repeat([1.0, -1.0], count)
    return csr_array(coo_array((signs, (rows, columns)), shape=(network.nodes, count)))


def groups(network: Network) -> Numbers:
    """Return for each node the number of its connected group; node 0 is in group 0."""
    ones = np.ones(len(network.source))
    shape = (network.nodes, network.nodes)
    links = coo_array((ones, (network.source, network.target)), shape=shape)
    found = connected_components(csr_array(links), directed=False)[1].astype(np.intp)
    first = found[0]
    return np.where(found == first, 0, np.where(found == 0, first, found))


def merged(network: Network, unmeasured: Mask) -> Network:
    """Return the network whose balances hold measured flows only.

    Nodes that unmeasured flows join become one, and their balances are added up, in which these
    flows cancel. A flow between two of the new nodes is redundant: the others determine it.

    References
    ----------
    Mah, Stanley and Downing (1976), *Reconciliation and rectification of process flow and
    inventory data*, Ind. Eng. Chem. Process Des. Dev. 15(1), 175-183. doi:10.1021/i260057a030
    """
    group = groups(network.among(unmeasured))
    return Network(
        source=group[network.source], target=group[network.target], nodes=int(group.max()) + 1
    )


def bridges(network: Network) -> Iterator[tuple[int, Numbers]]:
    """Yield the flows on which no other depends, each with the nodes on the far side of node 0.

    Such a flow is the only one across a cut, so that the balance of the far side gives it. In a
    group without node 0 one side counts as far.
    """
    near = _neighbours(network)
    reached = np.full(network.nodes, -1)
    for root in range(network.nodes):
        if reached[root] < 0:
            yield from _bridges_from(root, near, reached)


def _neighbours(network: Network) -> list[list[tuple[int, int]]]:
    near: list[list[tuple[int, int]]] = [[] for _ in range(network.nodes)]
    pairs = zip(network.source.tolist(), network.target.tolist(), strict=True)
    for flow, (a, b) in enumerate(pairs):
        if a != b:
            near[a].append((b, flow))
            near[b].append((a, flow))
    return near


def _bridges_from(
    root: int, near: list[list[tuple[int, int]]], reached: Numbers
) -> Iterator[tuple[int, Numbers]]:
    """Search in depth from `root`; a subtree without a way back hangs on a bridge (Tarjan)."""
    order, lowest = [root], {root: 0}
    reached[root] = 0
    path = [(root, -1, iter(near[root]))]
    while path:
        node, by, left = path[-1]
        step = next(((n, f) for n, f in left if f != by), None)
        if step is None:
            path.pop()
            if path:
                above = path[-1][0]
                lowest[above] = min(lowest[above], lowest[node])
                if lowest[node] == reached[node]:
                    yield by, np.array(order[reached[node] :], dtype=np.intp)
        elif reached[step[0]] >= 0:
            lowest[node] = min(lowest[node], int(reached[step[0]]))
        else:
            reached[step[0]] = lowest[step[0]] = len(order)
            order.append(step[0])
            path.append((step[0], step[1], iter(near[step[0]])))
