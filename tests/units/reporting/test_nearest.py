from dataclasses import replace

import numpy as np

from symbiosis.reporting.nearest import COLUMNS, nearest_misses
from symbiosis.scenarios import Outcome


def test_a_miss_is_named_once_with_its_reason(outcome: Outcome) -> None:
    table = nearest_misses(outcome.search, outcome.park, outcome.catalogue)

    assert list(table.columns) == list(COLUMNS)
    assert 0 < len(table) <= 200
    assert not table.duplicated(["offer", "pathway", "demand"]).any()
    assert (table["reason"].str.len() > 5).all()


def test_the_fewest_failures_come_first_and_then_the_smallest_excess(outcome: Outcome) -> None:
    table = nearest_misses(outcome.search, outcome.park, limit=4000)
    far = table[(table["rule"] == "reach") & (table["failed"] == 1)]
    excess = (far["value"] - far["limit"]) / far["limit"]

    assert table["failed"].is_monotonic_increasing
    assert len(far) > 10
    assert excess.round(9).is_monotonic_increasing


def test_every_failed_pair_is_listed_where_there_is_room(outcome: Outcome) -> None:
    verdicts = outcome.search.verdicts
    failed = verdicts.loc[~verdicts["passes"].astype(bool), "pair"].nunique()

    assert len(nearest_misses(outcome.search, outcome.park, limit=10**6)) == failed


def test_a_short_list_gives_every_resource_its_turn(outcome: Outcome) -> None:
    whole = nearest_misses(outcome.search, outcome.park, limit=10**6)
    short = nearest_misses(outcome.search, outcome.park, limit=200)

    assert set(short["resource"]) == set(whole["resource"])


def test_a_pair_that_costs_more_than_it_saves_is_a_miss(outcome: Outcome) -> None:
    table = nearest_misses(outcome.search, outcome.park, outcome.catalogue, limit=10**6)
    dear = table[table["rule"] == "worth"]

    assert len(dear)
    assert (dear["value"] > dear["limit"]).all()
    assert dear["reason"].str.startswith("costs more than it saves").all()


def test_a_proposed_exchange_is_no_miss(outcome: Outcome) -> None:
    table = nearest_misses(outcome.search, outcome.park, outcome.catalogue, limit=10**6)
    missed = set(zip(table["offer"], table["pathway"], table["demand"], strict=True))
    plan = outcome.plan.links
    stands_alone = outcome.exchanges["cost_net"] > 0
    chosen = set(outcome.exchanges.loc[stands_alone, "exchange"])

    assert len(plan)
    assert not {":".join(pair) for pair in missed} & chosen


def test_without_pairs_there_are_no_misses(outcome: Outcome) -> None:
    search = outcome.search
    none = replace(search, pairs=search.pairs.iloc[:0], verdicts=search.verdicts.iloc[:0])

    assert nearest_misses(none, outcome.park).empty


def test_values_are_numbers(outcome: Outcome) -> None:
    table = nearest_misses(outcome.search, outcome.park)

    assert table["value"].dtype == np.float64
