"""Flows as a network: for topology, drawings and GraphML. Built on demand, never stored."""

from math import inf

import networkx as nx
import pandas as pd

from symbiosis.model import BOUNDARIES, Park, empty_table

_POSITION = "position"


def flow_graph(park: Park) -> nx.MultiDiGraph:
    """Return the park's flows as a network.

    Returns
    -------
    MultiDiGraph
        A node per process (with the columns of ``processes``, ``role`` ``process``, and the
        enterprise's ``enterprise_name``, ``latitude``, ``longitude``) and per boundary (``role``
        ``boundary``). An edge per flow, its key the flow's id, with every column of ``flows``
        [amount per year in ``unit``] and its ``position`` in that table. No attribute is None.
    """
    graph = nx.MultiDiGraph(title=park.title, currency=park.currency)
    graph.add_nodes_from((name, {"role": "boundary", "name": name}) for name in BOUNDARIES)
    graph.add_nodes_from((row["id"], row) for row in _processes(park))
    graph.add_edges_from(
        (row["source"], row["target"], row["id"], row | {_POSITION: position})
        for position, row in enumerate(park.flows.to_dict("records"))
    )
    return graph


def graph_table(graph: nx.MultiDiGraph) -> pd.DataFrame:
    """Return the flows table that `graph` was made of: `flow_graph` the other way.

    Edges added since then stand at the end; they must carry the columns of ``flows``.
    """
    edges = [attributes for _, _, attributes in graph.edges(data=True)]
    edges.sort(key=lambda attributes: attributes.get(_POSITION, inf))
    declared = empty_table("flows")
    return pd.DataFrame(edges, columns=declared.columns).astype(declared.dtypes.to_dict())


def _processes(park: Park) -> list[dict[str, object]]:
    """Return each process's attributes, and its enterprise's name and place."""
    place = park.enterprises[["id", "name", "latitude", "longitude"]]
    place = place.rename(columns={"id": "enterprise", "name": "enterprise_name"})
    joined = park.processes.merge(place, on="enterprise", how="left").assign(role="process")
    return [{str(k): v for k, v in row.items()} for row in joined.to_dict("records")]
