from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from symbiosis.errors import InvalidData, NoSolution
from symbiosis.io import limits_frame
from symbiosis.matching import apply, best_plan, candidates
from symbiosis.matching.limits import limit_rows
from tests.matching_parks import local
from tests.units.matching.conftest import Look, Looked, two_firms

Row = dict[str, Any]
FACTORS = [
    {"boundary": b, "resource": "grit", "indicator": "gwp100", "value": v, "unit": "t CO2e/t"}
    for b, v in (("@supply", 0.1), ("@disposal", 0.02))
]


@cache
def unlimited() -> Looked:
    return two_firms(factors=FACTORS, settings={"transport_cost": 0})


def limited(**limit: Any) -> Looked:
    rows = limits_frame([{"id": "l", "scope": "park", **limit}])
    found = unlimited()
    return found._replace(park=replace(found.park, limits=rows))


def bounds(found: Looked) -> tuple[float, float, float]:
    """Return the change per t taken and both bounds on the sum of changes."""
    rows = limit_rows(
        found.park, found.known.factors, found.search.found.effects, found.search.found.candidates
    )
    assert rows.rows.shape == (1, 1)
    return float(rows.rows.toarray()[0, 0]), float(rows.lower[0]), float(rows.upper[0])


# Today 1000 t are discarded and 800 t bought; a t taken changes both by one.
@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ({"measure": "discarded", "maximum": 400}, (-1, -np.inf, -600)),
        ({"measure": "discarded", "resource": "grit", "maximum": 400}, (-1, -np.inf, -600)),
        ({"measure": "discarded", "scope": "mill", "maximum": 400}, (-1, -np.inf, -600)),
        ({"measure": "discarded", "scope": "dust", "minimum": 400}, (-1, -600, np.inf)),
        ({"measure": "bought", "maximum": 300}, (-1, -np.inf, -500)),
        ({"measure": "bought", "scope": "yard", "minimum": 300}, (-1, -500, np.inf)),
        ({"measure": "taken", "maximum": 300}, (1, -np.inf, 300)),
        ({"measure": "taken", "scope": "dust>identity>sand", "minimum": 5}, (1, 5, np.inf)),
        ({"measure": "taken", "scope": "yard", "maximum": 5}, (1, -np.inf, 5)),
        ({"measure": "discarded", "maximum": 0.4, "share_of": "discarded"}, (-1, -np.inf, -600)),
        ({"measure": "bought", "minimum": 0.25, "share_of": "bought"}, (-1, -600, np.inf)),
        ({"measure": "taken", "minimum": 0.4, "share_of": "discarded"}, (1, 400, np.inf)),
        ({"measure": "gwp100", "maximum": 90}, (-0.12, -np.inf, -10)),
        ({"measure": "cost", "minimum": 0}, (-120, -100000, np.inf)),
    ],
)
def test_a_limit_is_a_row_over_candidates_with_todays_amounts_in_its_bounds(
    limit: Row, expected: tuple[float, float, float]
) -> None:
    assert bounds(limited(**limit)) == pytest.approx(expected)


@pytest.mark.parametrize(
    "scope", [{"scope": "yard", "measure": "discarded"}, {"scope": "mill", "measure": "bought"}]
)
def test_a_limit_elsewhere_holds_without_any_exchange(scope: Row) -> None:
    found = limited(**scope, maximum=5)

    assert bounds(found) == (0, -np.inf, 5)


@pytest.mark.parametrize(
    ("limit", "taken"),
    [
        ({"measure": "discarded", "maximum": 900}, 800),
        ({"measure": "discarded", "minimum": 700}, 300),
        ({"measure": "bought", "minimum": 300}, 500),
        ({"measure": "taken", "maximum": 123}, 123),
        ({"measure": "taken", "scope": "mill", "maximum": 0}, 0),
        ({"measure": "gwp100", "minimum": 40}, 500),  # of 100 t CO2e today, at 0.12 per t
    ],
)
def test_the_plan_keeps_within_a_limit(limit: Row, taken: float) -> None:
    # Every t taken saves: without the limit all 800 t are.
    found = limited(**limit)

    plan = best_plan(found.park, found.known, found.known.factors, found.search.found)

    assert plan.links["taken"].sum() == pytest.approx(taken, abs=1e-6)


def test_limits_that_no_plan_meets_are_no_solution() -> None:
    found = limited(measure="discarded", maximum=100)

    with pytest.raises(NoSolution, match="limits"):
        best_plan(found.park, found.known, found.known.factors, found.search.found)


def test_an_impossible_limit_is_refused_also_where_there_are_no_candidates(look: Look) -> None:
    found = look(
        demand={"resource": "water_vapour"},
        limits=[{"id": "l", "measure": "discarded", "maximum": 100}],
    )
    assert found.search.found.candidates.empty

    with pytest.raises(NoSolution):
        best_plan(found.park, found.known, found.known.factors, found.search.found)


def test_an_indicator_of_one_firm_cannot_be_limited_yet() -> None:
    found = limited(measure="gwp100", scope="mill", maximum=5)

    with pytest.raises(InvalidData, match="cannot be limited yet"):
        bounds(found)


@pytest.mark.parametrize("name", ["dust", "dust 2", "a:b", "a#b"])
def test_a_limit_holds_for_a_flow_of_any_name_and_again_in_the_park_after(
    look: Look, name: str
) -> None:
    limit = {"id": "l", "scope": f"{name}>identity>sand", "measure": "taken", "maximum": 300}
    found = look(offer={"id": name}, limits=[limit], factors=FACTORS)
    plan = best_plan(found.park, found.known, found.known.factors, found.search.found)
    assert plan.links["taken"].tolist() == pytest.approx([300])

    after = apply(found.park, plan, found.known)
    known = local(after)
    again = best_plan(after, known, known.factors, candidates(after, known, known.factors).found)

    assert again.links["taken"].sum() == pytest.approx(0)
    assert again.value == pytest.approx(0)
