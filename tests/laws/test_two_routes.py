"""Law 5 of the design: factors by the library equal a full Brightway LCA of the same demand."""

from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbiosis.lca import Inventory, brightway_score, factors, read_inventory

FOLDER = Path(__file__).parents[2] / "datasets" / "inventory"
KEY = ["boundary", "product", "region", "year", "convention"]


@cache
def shipped() -> Inventory:
    return read_inventory(FOLDER)


@cache
def scored(region: str, year: int, convention: str) -> pd.DataFrame:
    """Return the factors of a place, each beside the activity it is the factor of."""
    table = factors(shipped(), region, year, convention)
    bought = table[table["boundary"].ne("@nature")].rename(columns={"resource": "product"})
    return bought.merge(shipped().activities[["id", *KEY]], on=KEY, validate="one_to_one")


@settings(deadline=None, max_examples=60)
@given(
    region=st.sampled_from(["Guizhou", "Hebei", "CN", "Denmark"]),
    year=st.sampled_from([2021, 2022, 2023, 2025]),
    convention=st.sampled_from(["location", "residual", "footprint", "park_method"]),
    draw=st.data(),
)
def test_factors_times_demand_is_what_brightway_says(
    region: str, year: int, convention: str, draw: st.DataObject
) -> None:
    table = scored(region, year, convention).set_index("id")
    amounts = st.floats(-1e6, 1e6).filter(lambda amount: abs(amount) > 1e-3)
    demand = draw.draw(
        st.dictionaries(st.sampled_from(list(table.index)), amounts, min_size=1, max_size=8)
    )

    by_factors = sum(table.loc[name, "value"] * amount for name, amount in demand.items())
    by_brightway = brightway_score(shipped(), demand, convention, year) / 1000

    size = sum(abs(table.loc[name, "value"] * amount) for name, amount in demand.items())
    assert by_factors == pytest.approx(by_brightway, rel=1e-8, abs=1e-8 * size + 1e-12)


def test_the_law_covers_every_activity_that_serves_guizhou_with_a_score() -> None:
    table = scored("Guizhou", 2025, "location")
    demand = {row.id: 1.0 + at for at, row in enumerate(table.itertuples())}

    assert len(table) > 100  # or the law says nothing
    assert table["value"].to_numpy() @ list(demand.values()) == pytest.approx(
        brightway_score(shipped(), demand, "location", 2025) / 1000, rel=1e-10
    )
