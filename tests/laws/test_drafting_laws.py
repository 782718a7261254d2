"""Laws of drafting, over all plant types at once and any capacities."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbiosis.drafting import Draft, Firm, FirmList, drafted, write_draft
from symbiosis.io import read_park
from symbiosis.metrics import balance
from tests.matching_parks import shipped

TYPES = shipped().blueprints["id"].tolist()
NUMBERS = ["amount", "low", "high"]
CAPACITIES = st.lists(
    st.floats(1.0, 1e7, allow_subnormal=False), min_size=len(TYPES), max_size=len(TYPES)
)
few = settings(max_examples=5)


def draft(capacities: list[float]) -> Draft:
    firms = tuple(
        Firm(row=row, name=f"firm {row}", plant=of, capacity=repr(capacity))
        for row, (of, capacity) in enumerate(zip(TYPES, capacities, strict=True), start=2)
    )
    known = FirmList(file="firms.csv", place="firms.csv", firms=firms, headings={})
    return drafted(known, shipped(), title="any")


@few
@given(capacities=CAPACITIES, times=st.floats(0.01, 100.0))
def test_all_amounts_scale_with_the_capacity(capacities: list[float], times: float) -> None:
    once, more = draft(capacities), draft([capacity * times for capacity in capacities])

    assert len(once.park.flows) == len(shipped().blueprint_flows)
    for column in NUMBERS:
        expected = once.park.flows[column] * times
        np.testing.assert_allclose(more.park.flows[column], expected, rtol=1e-8)
    pd.testing.assert_frame_equal(once.park.qualities, more.park.qualities)


@few
@given(capacities=CAPACITIES)
def test_the_mass_balance_of_a_plant_is_that_of_its_type(capacities: list[float]) -> None:
    made = draft(capacities)
    known = shipped()
    mass = known.resources.set_index("id")["content_mass"]
    flows = known.blueprint_flows
    weighed = (flows["amount"] * flows["resource"].map(mass)).fillna(0.0)
    closed = balance(made.park, "mass").set_index("process")
    processes = made.park.processes["id"].tolist()
    for side, column in (("in", "inputs"), ("out", "outputs")):
        per_unit = weighed[flows["direction"] == side].groupby(flows["blueprint"]).sum()
        expected = per_unit.reindex(TYPES).fillna(0.0).to_numpy() * np.array(capacities)
        np.testing.assert_allclose(closed.loc[processes, column], expected, rtol=1e-8)


@few
@given(capacities=CAPACITIES)
def test_every_figure_says_that_it_is_drafted(capacities: list[float]) -> None:
    made = draft(capacities)

    assert unmarked(made) == []


def unmarked(made: Draft) -> list[str]:
    """Return the numbers of a drafted park that nothing marks as drafted."""
    figures = made.provenance.figures
    marked = figures[figures["citation"].str.startswith("drafted:")]
    known = set(zip(marked["table"], marked["id"], marked["column"], marked["value"], strict=True))
    flows = made.tables["flows"]
    found = [str(i) for i in flows.loc[~flows["citation"].str.startswith("drafted:"), "id"]]
    found += [str(i) for i in flows.loc[~flows["grade"].isin(["derived", "unverified"]), "id"]]
    found += [str(i) for i in figures.loc[~figures["grade"].isin(["derived", "unverified"]), "id"]]
    for name, table in made.tables.items():
        if name == "flows":
            continue
        ids = table["flow"] + "|" + table["property"] if name == "qualities" else table["id"]
        for column in table.select_dtypes("number"):
            cells = zip(ids, table[column], strict=True)
            found += [
                f"{name} {i} {column}"
                for i, value in cells
                if value == value and (name, i, column, value) not in known
            ]
    return found


def test_the_law_of_marks_would_notice_a_figure_without_one() -> None:
    made = draft([1000.0] * len(TYPES))
    flows = made.tables["flows"]
    bare = {**made.tables, "flows": flows.assign(citation="S01")}

    assert len(unmarked(Draft(**{**vars(made), "tables": bare}))) == len(flows)


@pytest.mark.parametrize("capacity", [1.0, 123_456.789])
def test_what_is_written_reads_back_as_what_was_drafted(tmp_path: Path, capacity: float) -> None:
    made = draft([capacity] * len(TYPES))
    write_draft(made, tmp_path / "park")

    assert read_park(tmp_path / "park", shipped()) == made.park
