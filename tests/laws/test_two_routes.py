"""Law 5 of the design: factors by the library equal a full Brightway LCA of the same demand."""

import warnings
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbiosis.catalogue import Catalogue, park_folder, read_catalogue, shipped_parks
from symbiosis.io import read_park
from symbiosis.lca import Inventory, brightway_score, factors, read_inventory
from symbiosis.lca.brightway import without_projects
from symbiosis.lca.export import Database, Subject, datapackage, foreground
from symbiosis.scenarios import Outcome, climate, planned
from symbiosis.scenarios.exchange_flows import exchange_flows
from symbiosis.views.footprint import footprint

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


@settings(deadline=None, max_examples=20)
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


@cache
def catalogue() -> Catalogue:
    return read_catalogue()


def matched(name: str) -> tuple[Outcome, Database]:
    """Return the plan for a shipped park, and park and plan as a foreground database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        park = read_park(park_folder(name), catalogue())
    outcome = planned(park, catalogue(), shipped())
    subject = Subject(
        park=outcome.after,
        inventory=shipped(),
        known=outcome.catalogue.factors,
        climate=climate(park, shipped()),
        before=park.flows,
        exchanges=exchange_flows(outcome),
    )
    return outcome, foreground(subject)


def full_calculation(database: Database) -> Any:
    """Return bw2calc's LCA of a database, factorised once."""
    with without_projects():
        import bw2calc

        calculation = bw2calc.LCA({0: 1.0}, data_objs=[datapackage(database, "gwp100")])
        calculation.lci(factorize=True)
        calculation.lcia()
    return calculation


@pytest.mark.parametrize("name", shipped_parks())
def test_a_park_and_each_of_its_exchanges_score_as_a_full_calculation_says(name: str) -> None:
    outcome, database = matched(name)
    position, calculation = database.positions(), full_calculation(database)

    def score(code: str) -> float:
        calculation.lcia({position[code]: 1.0})
        return float(calculation.score) / 1000

    for state, park in (("before", outcome.park), ("after", outcome.after)):
        total = footprint(park, outcome.catalogue.factors, ("gwp100",))["gwp100"]
        assert score(f"park/{state}") == pytest.approx(total, rel=1e-8)
    exchanges = outcome.exchanges
    keys = zip(*(exchanges[c] for c in ("offer_id", "pathway", "demand_id")), strict=True)
    scores = {"/".join(key): score("/".join(("exchange", *key))) for key in keys}
    nets = dict(zip(scores, exchanges["gwp100_net"], strict=True))
    size = max(map(abs, nets.values()))
    assert size > 0  # or the law says nothing
    for key, net in nets.items():
        assert -scores[key] == pytest.approx(net, rel=1e-8, abs=1e-8 * size * 1e-3), key


@pytest.mark.parametrize("name", ["qiannan", "kalundborg"])
def test_what_a_park_buys_and_discards_is_linked_and_not_only_stated(name: str) -> None:
    _, database = matched(name)

    kinds = database.nodes["kind"].value_counts()
    assert kinds["background"] > 15
    assert kinds.get("stated", 0) < 5
