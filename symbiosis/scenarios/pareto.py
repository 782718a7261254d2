"""What one indicator costs in another: the plans that nothing betters in both."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from symbiosis.catalogue import Catalogue
from symbiosis.lca import Inventory
from symbiosis.matching import candidates
from symbiosis.matching.account import column_prices
from symbiosis.matching.blocks import Vector
from symbiosis.matching.exchanges import Exchanges
from symbiosis.matching.highs import LinearProgram, solve
from symbiosis.matching.plan import exchange_ids
from symbiosis.matching.problem import exchange_problem
from symbiosis.matching.search import planned
from symbiosis.model import Park
from symbiosis.scenarios.outcome import Progress, local_catalogue
from symbiosis.views.footprint import footprint

SLACK = 1e-9  # of what all variables together could change: what a bound yields to rounding
SAME = 10 * SLACK  # of the same: points as close as that are one
TRACE = 1e-6  # of an offer: less is what such a bound leaves of an exchange


@dataclass(frozen=True, kw_only=True)
class Point:
    """A plan that no other betters in both indicators.

    Attributes
    ----------
    saving, total : dict of str to float
        Per indicator [indicator unit/year]: what the plan saves, and the park's total after it.
    exchanges : int
        How many exchanges the plan has.
    objective : str
        With ``carbon_price = 0`` and `limit` it finds the point again.
    limit : tuple of str and float
        Indicator, and the most that the park's total of it may be.
    status : str
        ``optimal``, or ``time_limit`` where a search was cut short and may have missed better.
    """

    saving: dict[str, float]
    total: dict[str, float]
    exchanges: int
    objective: str
    limit: tuple[str, float]
    status: str


@dataclass(frozen=True, kw_only=True)
class _Frontier:
    """The program of a park with the prices of both indicators."""

    park: Park
    found: Exchanges
    program: LinearProgram
    columns: tuple[Vector, Vector]
    prices: tuple[Vector, Vector]


def pareto(
    park: Park,
    catalogue: Catalogue,
    inventory: Inventory,
    indicators: tuple[str, str],
    points: int,
    progress: Progress = lambda _: None,
) -> tuple[Point, ...]:
    """Return plans from the best in the first indicator to the best in the second.

    Parameters
    ----------
    catalogue : Catalogue
        As read.
    indicators : tuple of str
        Two, that differ.
    points : int
        At most so many, two or more: the ends, and between them even steps of the second
        indicator. Equal plans are one point.
    progress : callable
        Called with how far it has come.

    Raises
    ------
    InvalidData
        If an indicator is unknown.
    NoSolution
        If the park's limits contradict each other.

    Notes
    -----
    The first indicator is minimised while the second is held to a bound, then the second at that
    value of the first, so that every point is efficient, ends included. An exchange must have its
    figures in both indicators.
    """
    first, second = indicators
    objective = f"{first} + 0*{second}"
    settings = replace(
        park.settings, objective=objective, carbon_price=0.0, indicators=(first, second)
    )
    park = replace(park, settings=settings)
    progress("candidates")
    local = local_catalogue(park, catalogue, inventory)
    asked = _frontier(park, local, indicators)
    progress("ends")
    ends = [_lexicographic(asked, 0), _lexicographic(asked, 1)]
    high, low = (float(asked.columns[1] @ values) for values, _ in ends)
    solved = [ends[0]]
    for number, bound in enumerate(np.linspace(high, low, points)[1:-1]):
        progress(f"points {number + 1}/{points - 2}")
        solved.append(_lexicographic(asked, 0, float(bound)))
    solved.append(ends[1])
    today = footprint(park, local.factors)
    base = float(today[first]), float(today[second])
    return tuple(
        _point(asked, indicators, base, objective, *found) for found in _efficient(asked, solved)
    )


def pareto_document(points: Sequence[Point]) -> dict[str, object]:
    """Return points as ``pareto --format json`` prints them."""
    return {
        "points": [
            {
                "saving": point.saving,
                "total": point.total,
                "exchanges": point.exchanges,
                "status": point.status,
                "reproduce": {
                    "settings": {"objective": point.objective, "carbon_price": 0.0},
                    "limits": [{"measure": point.limit[0], "maximum": point.limit[1]}],
                },
            }
            for point in points
        ]
    }


def _frontier(park: Park, local: Catalogue, indicators: tuple[str, str]) -> _Frontier:
    found = candidates(park, local, local.factors).found
    table = column_prices(park, local.factors, found.effects, list(indicators))
    one, other = (table[name].to_numpy(float) for name in indicators)
    programs = [exchange_problem(park, local, local.factors, found, p) for p in (one, other)]
    return _Frontier(
        park=park,
        found=found,
        program=programs[0],
        columns=(programs[0].cost, programs[1].cost),
        prices=(one, other),
    )


def _lexicographic(asked: _Frontier, goal: int, bound: float | None = None) -> tuple[Vector, str]:
    """Return the values that minimise an indicator, then the other; the other up to a bound."""
    other = 1 - goal
    program = replace(asked.program, cost=asked.columns[goal])
    if bound is not None:
        program = _bounded(program, asked.columns[other], bound)
    best, status = _solved(asked, program)
    reached = float(asked.columns[goal] @ best)
    again = _bounded(asked.program, asked.columns[goal], reached)
    values, second = _solved(asked, replace(again, cost=asked.columns[other]))
    return values, "optimal" if status == second == "optimal" else "time_limit"


def _solved(asked: _Frontier, program: LinearProgram) -> tuple[Vector, str]:
    settings = asked.park.settings
    found = solve(program, time_limit=settings.time_limit, mip_gap=0.0, seed=settings.seed)
    return found.values, found.status


def _bounded(program: LinearProgram, price: Vector, most: float) -> LinearProgram:
    """Return a program with one row more: price @ x is at most `most`, save for rounding."""
    row = sparse.csr_array(price[None, :])
    slack = SLACK * _reach(program, price)
    return replace(
        program,
        rows=sparse.csr_array(sparse.vstack([program.rows, row], format="csr")),
        row_lower=np.append(program.row_lower, -np.inf),
        row_upper=np.append(program.row_upper, most + slack),
    )


def _efficient(asked: _Frontier, solved: list[tuple[Vector, str]]) -> list[tuple[Vector, str]]:
    """Return the ends, and what no other is as good as in both; equal ones once."""
    place = np.array([[float(column @ values) for column in asked.columns] for values, _ in solved])
    near = SAME * np.array([_reach(asked.program, column) for column in asked.columns])
    last = len(solved) - 1
    order = [0, last, *range(1, last)]

    def beaten(rank: int) -> bool:
        here = place[order[rank]]
        for before, other in enumerate(order):
            as_good = (place[other] <= here + near).all()
            equal = as_good and (here <= place[other] + near).all()
            if (equal and before < rank) or (as_good and not equal and rank > 1):
                return True
        return False

    return [solved[n] for n in sorted(n for rank, n in enumerate(order) if not beaten(rank))]


def _reach(program: LinearProgram, price: Vector) -> float:
    """Return the most that all variables together could change."""
    upper = np.where(np.isfinite(program.upper), program.upper, 0.0)
    return float(np.abs(price) @ upper)


def _point(
    asked: _Frontier,
    indicators: tuple[str, str],
    base: tuple[float, float],
    objective: str,
    values: Vector,
    status: str,
) -> Point:
    change = [float(column @ values) for column in asked.columns]
    plan = planned(asked.found, values, asked.prices[0], change[0], status)
    offers = asked.found.offers
    offered = plan.links["offer"].map(dict(zip(offers["id"], offers["amount"], strict=True)))
    real = plan.links[plan.links["taken"] > TRACE * offered.astype(float)]
    total = {name: base[n] + change[n] for n, name in enumerate(indicators)}
    return Point(
        saving={name: 0.0 - change[n] for n, name in enumerate(indicators)},
        total=total,
        exchanges=int(exchange_ids(real).nunique()),
        objective=objective,
        limit=(indicators[1], total[indicators[1]]),
        status=status,
    )
