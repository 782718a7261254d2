import io

import networkx as nx

from symbiosis.model import BOUNDARIES, Park
from symbiosis.views import flow_graph, graph_table


def test_processes_and_boundaries_are_nodes_and_flows_are_edges(toy: Park) -> None:
    graph = flow_graph(toy)

    assert set(graph) == {*toy.processes["id"], *BOUNDARIES}
    assert graph.edges["kiln", "mill", "lime"]["amount"] == 56.0
    assert graph.nodes["kiln"]["enterprise_name"] == "Lime works"
    assert graph.nodes["@supply"]["role"] == "boundary"


def test_a_graph_holds_nothing_that_graphml_refuses(toy: Park) -> None:
    file = io.BytesIO()

    nx.write_graphml(flow_graph(toy), file)

    assert "石灰" not in file.getvalue().decode()  # resources are named by id
    assert b"limestone" in file.getvalue()


def test_a_graph_gives_the_flows_back_in_their_order(toy: Park) -> None:
    assert graph_table(flow_graph(toy)).equals(toy.flows)


def test_an_edge_taken_out_of_the_graph_is_a_flow_less(toy: Park) -> None:
    graph = flow_graph(toy)

    graph.remove_edge("kiln", "mill", "lime")

    left = toy.flows[toy.flows["id"] != "lime"].reset_index(drop=True)
    assert graph_table(graph).equals(left)
