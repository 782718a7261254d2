"""Where a network's nodes and links lie on paper: no two labels at one height, links that bend."""

from collections.abc import Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

Points = npt.NDArray[np.float64]

WIDTH = 1200.0  # of the drawing, labels included [px]
LABELS = 265.0  # of each side that labels may take [px]
SPACING = 30.0  # between labels of one side [px]
STEPS = 20


def ring(links: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return where nodes lie on a ring: neighbours close, labels of one side evenly apart.

    Parameters
    ----------
    links : DataFrame
        source, target.
    names : sequence of str
        All nodes.

    Returns
    -------
    DataFrame
        Index: names; x, y [px from the middle], ``right`` (the side of the label).
    """
    order = _order(links, names)
    on_right = (len(order) + 1) // 2
    sides = [(order[:on_right], 1.0), (order[on_right:][::-1], -1.0)]
    height = ring_height(len(order))
    rows = []
    for members, sign in sides:
        for place, name in enumerate(members):
            level = 1.0 - 2.0 * (place + 0.5) / max(on_right, 1)
            out = np.sqrt(1.0 - (0.9 * level) ** 2)
            rows.append((name, sign * out * (WIDTH / 2 - LABELS), level * height / 2, sign > 0))
    return pd.DataFrame(rows, columns=["name", "x", "y", "right"]).set_index("name")


def ring_height(nodes: int) -> float:
    """Return the height that so many nodes need [px]."""
    return max(380.0, SPACING * ((nodes + 1) // 2))


def _order(links: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Return the nodes in an order that keeps linked ones together, larger components first."""
    graph = nx.Graph()
    graph.add_nodes_from(names)
    pairs = zip(links["source"], links["target"], strict=True)
    graph.add_edges_from(pair for pair in pairs if pair[0] != pair[1])
    parts = sorted(nx.connected_components(graph), key=len, reverse=True)
    return [name for part in parts for name in _chain(graph.subgraph(sorted(part)))]


def _chain(graph: nx.Graph) -> list[str]:
    """Return the nodes of a connected graph by its Fiedler vector.

    Dense and direct: ``nx.spectral_ordering`` iterates and may never end.
    """
    names = list(graph)
    if len(names) < 3:
        return names
    laplacian = np.diag([float(graph.degree(n)) for n in names]) - nx.to_numpy_array(graph)
    vector = np.linalg.eigh(laplacian)[1][:, 1]
    vector = np.round(vector * np.sign(vector[np.argmax(np.abs(vector))]), 9)
    return [names[i] for i in np.argsort(vector, kind="stable")]


def ribbon(start: Points, end: Points, width: float) -> Points:
    """Return the outline of an arrow that bends towards the middle, shape (k, 2) [px]."""
    path = bend(start, end)
    along = np.gradient(path, axis=0)
    length = np.hypot(along[:, 0], along[:, 1])[:, None]
    across = np.column_stack([-along[:, 1], along[:, 0]]) / np.where(length > 0, length, 1.0)
    head = max(7.0, 1.6 * width)
    distance = np.hypot(*(path[-1] - path).T)
    body = distance > head
    neck = path[body][-1] if body.any() else path[0]
    half = np.full((int(body.sum()), 1), width / 2)
    left = path[body] + across[body] * half
    right = path[body] - across[body] * half
    flank = across[body][-1] if body.any() else across[0]
    spread = max(4.0, 0.95 * width)
    tip = np.array([neck + flank * spread, path[-1], neck - flank * spread])
    return np.vstack([left, tip, right[::-1], left[:1]])


def bend(start: Points, end: Points) -> Points:
    """Return points along the way of a link, shape (STEPS, 2) [px], clear of both nodes."""
    middle = (start + end) / 2
    aside = np.array([start[1] - end[1], end[0] - start[0]])
    pull = 0.12 * middle + 0.06 * aside  # to and fro do not cover each other
    t = np.linspace(0.0, 1.0, STEPS)[:, None]
    path = (1 - t) ** 2 * start + 2 * t * (1 - t) * pull + t**2 * end
    clear = (np.hypot(*(path - start).T) > 9.0) & (np.hypot(*(path - end).T) > 9.0)
    return path[clear] if clear.sum() > 3 else path
