"""Laws of a fixed plan in other states of the world, and of where its saving comes from."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbiosis.catalogue import datasets_folder
from symbiosis.lca import Inventory, read_inventory
from symbiosis.scenarios import Outcome, evidence, planned
from symbiosis.scenarios.fixed_plan import changed, fixed_plan, grown
from symbiosis.scenarios.upstream import saving_contributions
from tests.matching_parks import random_park, shipped

SEEDS = st.integers(0, 2**32 - 1)
FEW = settings(max_examples=8, deadline=None)


@cache
def inventory() -> Inventory:
    return read_inventory(datasets_folder() / "inventory")


@cache
def matched(seed: int) -> Outcome:
    return planned(random_park(seed), shipped(), inventory())


@FEW
@given(seed=SEEDS)
def test_in_the_middle_of_all_ranges_a_plan_changes_what_was_planned(seed: int) -> None:
    outcome = matched(seed)
    figures = evidence(outcome).figures
    plan = fixed_plan(outcome, figures)

    found = changed(plan, np.ones((len(figures), 2)))

    planned_amount = plan.changes.amount
    size = np.abs(planned_amount).max(initial=1.0)
    assert found == pytest.approx(np.column_stack([planned_amount] * 2), rel=1e-6, abs=1e-9 * size)


@FEW
@given(seed=SEEDS, draws=SEEDS)
def test_no_draw_takes_more_than_is_offered_or_gives_more_than_is_needed(
    seed: int, draws: int
) -> None:
    outcome = matched(seed)
    figures = evidence(outcome).figures
    plan = fixed_plan(outcome, figures)
    ratio = np.random.default_rng(draws).lognormal(0, 0.5, (len(figures), 5))

    use = grown(plan, ratio)

    table, found = outcome.exchanges, outcome.search.found
    place = {name: at for at, name in enumerate(zip(*_named(figures), strict=True))}

    def drawn(names: pd.Series) -> "np.typing.NDArray[np.float64]":
        at = [place["flows", name, "amount"] for name in names]
        return ratio[at]

    taken = pd.DataFrame(table["taken"].to_numpy()[:, None] * use).groupby(table["offer_id"]).sum()
    offered = found.offers.set_index("id").loc[taken.index, "amount"].to_numpy()[:, None]
    assert (taken.to_numpy() <= offered * drawn(taken.index.to_series()) * (1 + 1e-6)).all()
    inside = table["demand"] >= 0
    gives = (
        ratio[plan.ends.given] * (plan.ends.given >= 0)[:, None] + (plan.ends.given < 0)[:, None]
    )
    asks = ratio[plan.ends.ratio] * (plan.ends.ratio >= 0)[:, None] + (plan.ends.ratio < 0)[:, None]
    served = pd.DataFrame(table["served_amount"].to_numpy()[:, None] * use * gives * asks)
    served = served[inside.to_numpy()].groupby(table.loc[inside, "demand_id"]).sum()
    needed = found.demands.set_index("id").loc[served.index, "amount"].to_numpy()[:, None]
    assert (served.to_numpy() <= needed * drawn(served.index.to_series()) * (1 + 1e-6)).all()


def _named(figures: pd.DataFrame) -> list[list[str]]:
    return [figures[name].tolist() for name in ("table", "id", "column")]


@FEW
@given(seed=SEEDS)
def test_what_each_activity_saves_adds_up_to_what_the_exchanges_save(seed: int) -> None:
    outcome = matched(seed)
    if "gwp100" not in outcome.park.settings.indicators:
        return

    found = saving_contributions(outcome)

    nets = outcome.exchanges["gwp100_net"]
    size = float(found["value"].abs().sum())
    assert found["value"].sum() == pytest.approx(nets.sum(), abs=1e-9 * size + 1e-9)


def test_the_laws_are_not_about_plans_without_exchanges() -> None:
    counts = [len(matched(seed).exchanges) for seed in range(6)]

    assert sum(count > 0 for count in counts) > 3
