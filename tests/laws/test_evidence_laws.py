"""What a result rests on, on arbitrary parks: contributions are the account, shares are shares."""

import numpy as np
import pytest
from hypothesis import given

from symbiosis.catalogue import datasets_folder
from symbiosis.lca import Inventory, read_inventory
from symbiosis.model import Park
from symbiosis.scenarios import evidence, planned
from symbiosis.scenarios.resting import plan_changes, plan_contributions
from tests.matching_parks import matching_parks, shipped


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return read_inventory(datasets_folder() / "inventory")


@given(park=matching_parks())
def test_contributions_add_up_to_the_net_of_every_exchange(
    inventory: Inventory, park: Park
) -> None:
    found = planned(park, shipped(), inventory)
    behind = evidence(found)

    made_of = plan_contributions(found, plan_changes(found), behind.figures)

    for name, amounts in made_of.amounts.items():
        net = found.exchanges[f"{name}_net"].to_numpy(float)
        size = np.abs(amounts).sum() + 1.0
        added = np.bincount(made_of.whose, weights=amounts, minlength=len(net))
        assert added == pytest.approx(net, abs=1e-9 * size)


@given(park=matching_parks())
def test_shares_lie_between_nothing_and_all(inventory: Inventory, park: Park) -> None:
    behind = evidence(planned(park, shipped(), inventory))

    carried = behind.figures.filter(like="_share").to_numpy(float)
    shares = np.concatenate([behind.unverified, behind.exchanges.to_numpy(float).ravel()])
    assert ((shares >= 0) & (shares <= 1 + 1e-9)).all()
    assert ((carried >= 0) & (carried <= 1 + 1e-9)).all()


@given(park=matching_parks())
def test_the_share_is_at_least_what_any_unverified_figure_carries(
    inventory: Inventory, park: Park
) -> None:
    behind = evidence(planned(park, shipped(), inventory))
    weak = behind.figures[
        (behind.figures["grade"] == "unverified") & (behind.figures["room"] != "inventory")
    ]

    for name, share in behind.unverified.items():
        assert share >= weak[f"{name}_share"].max(skipna=True) - 1e-9 or weak.empty
