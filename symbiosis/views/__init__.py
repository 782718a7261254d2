"""Views of a park: its flows as a table, a network, a matrix, and what they count."""

from symbiosis.views.contents import flow_contents, unknown_contents
from symbiosis.views.graph import flow_graph, graph_table
from symbiosis.views.matrix import flow_matrix
from symbiosis.views.table import enterprise_of, flow_table, from_table

__all__ = [
    "enterprise_of",
    "flow_contents",
    "flow_graph",
    "flow_matrix",
    "flow_table",
    "from_table",
    "graph_table",
    "unknown_contents",
]
