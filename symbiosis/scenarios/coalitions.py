"""What any group of a park's enterprises could save among themselves: one search, many solves."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from symbiosis.catalogue import Catalogue
from symbiosis.matching import candidates, weights
from symbiosis.matching.account import column_prices
from symbiosis.matching.exchanges import Exchanges
from symbiosis.matching.highs import LinearProgram, solve
from symbiosis.matching.problem import exchange_problem
from symbiosis.matching.qualities import heat_limits
from symbiosis.matching.search import without_dominated
from symbiosis.model import Park

Masks = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Coalitions:
    """What groups of enterprises save by exchanges among themselves, everyone else as today.

    Attributes
    ----------
    enterprises : tuple of str
        Those that some exchange of the park would touch, in the order of ``enterprises``.
    program : LinearProgram
        That of the whole park; to change nothing meets every row.
    touched : ndarray of bool, shape (variables, enterprises)
        Whose flows each variable changes.
    """

    park: Park
    enterprises: tuple[str, ...]
    program: LinearProgram
    touched: Masks
    _known: dict[bytes, float] = field(default_factory=dict, repr=False)

    def saving(self, group: Sequence[str]) -> float:
        """Return the most that a group saves in the objective of the settings [per year].

        Exchanges count that change nobody's flows but the group's: within a member, between
        members, and from members to markets. What is independent is solved apart and once.
        """
        outsiders = [name not in group for name in self.enterprises]
        allowed = ~self.touched[:, outsiders].any(axis=1)
        return sum(self._part(part) for part in _parts(self.program.rows, np.flatnonzero(allowed)))

    def _part(self, columns: npt.NDArray[np.intp]) -> float:
        if not (self.program.cost[columns] < 0).any():
            return 0.0
        key = columns.tobytes()
        if key not in self._known:
            settings = self.park.settings
            found = solve(
                _restricted(self.program, columns),
                time_limit=settings.time_limit,
                mip_gap=settings.mip_gap,
                seed=settings.seed,
            )
            self._known[key] = max(0.0, -found.objective)
        return self._known[key]


def coalitions(park: Park, catalogue: Catalogue) -> Coalitions:
    """Return what groups of a park's enterprises could save, ready to be asked.

    Parameters
    ----------
    catalogue : Catalogue
        As the park sees it (`symbiosis.scenarios.local_catalogue`).

    Notes
    -----
    A limit that is not met today (an exchange that is forced, a quota that is exceeded) binds no
    group to more than today, since a group cannot answer for what others do.
    """
    found = candidates(park, catalogue, catalogue.factors).found
    weight = weights(park.settings)
    prices = column_prices(park, catalogue.factors, found.effects, list(weight))
    price = prices.to_numpy(float) @ np.array(list(weight.values()))
    if park.limits.empty:
        found = without_dominated(found, price, heat_limits(catalogue).index)
    program = exchange_problem(park, catalogue, catalogue.factors, found, price)
    program = replace(
        program,
        row_lower=np.minimum(program.row_lower, 0.0),
        row_upper=np.maximum(program.row_upper, 0.0),
    )
    touched = _touched(park, found, len(program.cost))
    part = np.flatnonzero(touched.any(axis=0))
    return Coalitions(
        park=park,
        enterprises=tuple(park.enterprises["id"].iloc[part]),
        program=program,
        touched=touched[:, part],
    )


def _touched(park: Park, found: Exchanges, variables: int) -> Masks:
    """Return whose flows each variable changes; heat that is passed on is nobody's."""
    effects, links = found.effects, found.heat.links
    number = pd.Series(np.arange(len(park.enterprises)), index=park.enterprises["id"])
    changed = effects.entries[effects.entries["amount"] != 0]
    columns = np.zeros((effects.candidates + len(effects.plants), len(number)), dtype=bool)
    for side in ("owner", "receiver"):
        who = effects.rows[side].map(number).to_numpy(float)[changed["row"]]
        known = ~np.isnan(who)
        columns[changed["column"].to_numpy(int)[known], who[known].astype(int)] = True
    own = columns[links["candidate"].to_numpy(int)]
    passed = np.zeros((variables - len(own) - len(effects.plants), len(number)), dtype=bool)
    return np.concatenate([own, columns[effects.candidates :], passed])


def _parts(rows: sparse.csr_array, columns: npt.NDArray[np.intp]) -> list[npt.NDArray[np.intp]]:
    """Return columns in groups that no row joins."""
    if not len(columns):
        return []
    used = sparse.coo_array(rows[:, columns])
    count = len(columns) + used.shape[0]
    ends = (used.coords[0] + len(columns), used.coords[1])
    joint = sparse.csr_array((np.ones(used.nnz), ends), shape=(count, count))
    _, label = connected_components(joint, directed=False)
    own = label[: len(columns)]
    order = np.argsort(own, kind="stable")
    return list(np.split(columns[order], np.flatnonzero(np.diff(own[order])) + 1))


def _restricted(program: LinearProgram, columns: npt.NDArray[np.intp]) -> LinearProgram:
    """Return the program in which all other variables stay zero."""
    rows = sparse.csr_array(program.rows[:, columns])
    kept = np.flatnonzero(np.diff(rows.indptr))
    return LinearProgram(
        cost=program.cost[columns],
        lower=program.lower[columns],
        upper=program.upper[columns],
        rows=sparse.csr_array(rows[kept]),
        row_lower=program.row_lower[kept],
        row_upper=program.row_upper[kept],
        integer=program.integer[columns],
    )
