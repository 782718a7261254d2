"""Round-trip law: table -> graph -> table, whatever the flows."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from symbiosis.model import BOUNDARIES, TABLES, Park, empty_table
from symbiosis.views import flow_graph, flow_table, from_table, graph_table

PROCESSES = ("kiln", "mill", "窑")
TEXT = st.text(max_size=6)
AMOUNTS = st.floats(min_value=0, allow_infinity=False)
NUMBERS = st.one_of(st.just(float("nan")), st.floats(allow_nan=False))


@st.composite
def flows(draw: st.DrawFn) -> pd.DataFrame:
    """Return flows with any cell in any column, parallel ones and loops included."""
    ids = draw(st.lists(st.text(min_size=1, max_size=6), unique=True, max_size=8))
    ends = st.sampled_from([*PROCESSES, *BOUNDARIES])
    kinds = {"text": TEXT, "number": NUMBERS, "boolean": st.booleans()}
    special = {"source": ends, "target": ends, "amount": AMOUNTS}
    cells = {
        c.name: draw(st.lists(special.get(c.name, kinds[c.kind]), min_size=n, max_size=n))
        for n in [len(ids)]
        for c in TABLES["flows"].columns
    }
    dtypes = empty_table("flows").dtypes
    return pd.DataFrame(
        {name: pd.Series(cell, dtype=dtypes[name]) for name, cell in (cells | {"id": ids}).items()}
    )


def _park(table: pd.DataFrame) -> Park:
    processes = pd.DataFrame({"id": PROCESSES, "enterprise": "works", "name": ""})
    return Park(
        title="any",
        enterprises=empty_table("enterprises").reindex([0]).assign(id="works", name="Works"),
        processes=empty_table("processes").reindex(range(3)).assign(**processes),
        resources=empty_table("resources"),
        flows=table,
    )


@given(flows())
def test_flows_come_back_from_the_graph_as_they_were(table: pd.DataFrame) -> None:
    graph = flow_graph(_park(table))

    assert graph.number_of_edges() == len(table)
    pd.testing.assert_frame_equal(graph_table(graph), table)


@given(flows())
def test_flows_come_back_from_the_table_of_names_as_they_were(table: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(from_table(flow_table(_park(table))), table)


@given(flows())
def test_no_attribute_of_the_graph_is_none(table: pd.DataFrame) -> None:
    graph = flow_graph(_park(table))

    attributes = [a for _, a in graph.nodes(data=True)] + [a for *_, a in graph.edges(data=True)]
    assert all(value is not None for cells in attributes for value in cells.values())
