from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from symbiosis.lca import Inventory, brightway_score, factors, read_inventory
from symbiosis.lca.brightway import _datapackage, without_projects
from symbiosis.lca.contributions import (
    ITSELF,
    background,
    by_stage,
    contributions,
    scaling,
    supply_chain,
)
from tests.units.lca.conftest import Write

FOLDER = Path(__file__).parents[3] / "datasets" / "inventory"
GUIZHOU = ("Guizhou", 2023)
POWER = 0.05 + 0.5  # MWh per t of lime, of two suppliers


def asked(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["boundary", "resource", "amount"])


@pytest.fixture(scope="module")
def shipped() -> Inventory:
    return read_inventory(FOLDER)


def demand_of_everything(inventory: Inventory, seed: int = 1) -> pd.DataFrame:
    table = factors(inventory, *GUIZHOU)
    sizes = np.random.default_rng(seed).normal(size=len(table)) * 1000
    return table[["boundary", "resource", "value"]].assign(amount=sizes)


def test_lime_emits_in_its_kiln_and_in_the_power_that_it_takes(toy: Inventory) -> None:
    demand = asked(("@supply", "quicklime", 10.0), ("@nature", "carbon_dioxide", 3.0))

    found = contributions(background(toy, *GUIZHOU), demand).set_index("activity")

    assert found.loc["lime_cn", "value"] == pytest.approx(10 * 0.780)
    assert found.loc["power_cn_23", "value"] == pytest.approx(10 * 0.05 * 0.400)
    assert found.loc["power_gz_23", "scaling"] == pytest.approx(10 * 0.5)
    assert (found.loc["", "kind"], found.loc["", "value"]) == (ITSELF, 3.0)
    stages = by_stage(found.reset_index()).set_index(["boundary", "kind"])["value"]
    assert stages["@supply", "unit_process"] == pytest.approx(10 * (0.78 + 0.05 * 0.4 + 0.5 * 0.5))


def test_contributions_add_up_to_what_factors_say(shipped: Inventory) -> None:
    demand = demand_of_everything(shipped)

    found = contributions(background(shipped, *GUIZHOU), demand)

    assert len(found) > 100  # or the sum says little
    assert found["value"].sum() == pytest.approx(demand["value"] @ demand["amount"], rel=1e-10)


def test_the_scaling_is_that_of_a_full_brightway_calculation(shipped: Inventory) -> None:
    known = background(shipped, *GUIZHOU)
    demand = asked(("@supply", "monoammonium_phosphate", 7.0), ("@disposal", "fly_ash", -2.0))
    with without_projects():
        import bw2calc
    position = {name: at for at, name in enumerate(shipped.activities["id"])}
    named = {
        position[known.serving[b, r]]: amount for b, r, amount in demand.itertuples(index=False)
    }
    full = bw2calc.LCA(
        demand=named, data_objs=[_datapackage(shipped, "location", GUIZHOU[1], "gwp100")]
    )
    full.lci()

    own = scaling(known, demand)

    place = full.dicts.activity
    theirs = [full.supply_array[place[position[name]]] for name in known.activities["id"]]
    assert np.count_nonzero(own) > 5  # a chain, not the demand alone
    assert own == pytest.approx(theirs, rel=1e-9, abs=1e-12)


def test_branches_of_the_supply_chain_and_what_is_not_followed_add_up(shipped: Inventory) -> None:
    known = background(shipped, *GUIZHOU)
    demand = demand_of_everything(shipped, seed=2)
    bought = demand[demand["boundary"] != "@nature"]

    tree = supply_chain(known, bought, depth=6, cut_off=0.0002)

    below = tree[tree["above"] >= 0].groupby("above")["value"].sum().reindex(tree.index).fillna(0.0)
    assert tree["level"].max() > 1
    sums = (tree["own"] + tree["rest"] + below).tolist()
    assert tree["rest"].abs().max() > 0
    assert sums == pytest.approx(tree["value"].tolist())
    whole = (bought["value"] * bought["amount"]).abs().sum()
    assert (tree["value"].abs() >= 0.0002 * whole * (1 - 1e-9)).all()
    assert tree["share"].tolist() == pytest.approx((tree["value"] / whole).tolist())


def test_the_whole_tree_ends_in_what_activities_emit_themselves(toy: Inventory) -> None:
    known = background(toy, *GUIZHOU)

    tree = supply_chain(known, asked(("@supply", "quicklime", 1.0)), depth=9, cut_off=0.0)

    assert tree["activity"].tolist() == ["lime_cn", "power_gz_23", "power_cn_23"]
    assert tree["own"].sum() == pytest.approx(tree["value"].iloc[0])
    score = brightway_score(toy, {"lime_cn": 1.0}, "location", GUIZHOU[1])
    assert tree["value"].iloc[0] == pytest.approx(score / 1000)


def test_a_shallow_tree_says_what_it_leaves_out(toy: Inventory) -> None:
    known = background(toy, *GUIZHOU)

    tree = supply_chain(known, asked(("@supply", "quicklime", 1.0)), depth=0)

    assert tree["activity"].tolist() == ["lime_cn"]
    assert tree["rest"].tolist() == [pytest.approx(0.27)]


def test_what_no_activity_serves_contributes_nothing(write: Write) -> None:
    known = background(read_inventory(write()), *GUIZHOU)

    found = contributions(known, asked(("@supply", "unobtainium", 5.0)))

    assert found.empty
    assert supply_chain(known, asked(("@supply", "unobtainium", 5.0))).empty
