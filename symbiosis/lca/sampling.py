"""Monte Carlo factors: the inventory sampled from its ranges and solved for every sample."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import splu

from symbiosis.errors import InvalidData
from symbiosis.lca.checks import RESOURCE_UNITS
from symbiosis.lca.distributions import Samples, distributions, drawn
from symbiosis.lca.factors import characters_of, direct_flows, factors, indicator_unit, serving
from symbiosis.lca.inventory import Inventory
from symbiosis.lca.linking import linked_exchanges, offers
from symbiosis.lca.matrices import Pattern, placed, unsolvable, upstream

DENSE = 200  # a loop of more activities is solved by a sparse factorisation per sample
CHUNK = 20_000_000  # numbers sampled at a time: 160 MB
Positions = npt.NDArray[np.intp]


@dataclass(frozen=True, kw_only=True)
class SampledFactors:
    """Factors and what they are in every sample of the background.

    Attributes
    ----------
    factors : DataFrame
        Of `symbiosis.lca.factors`.
    samples : ndarray, shape (factors, samples)
        [t CO2e] per unit of the resource for gwp100. A column is one state of the world: the park
        before and after, and all exchanges, are to be scored with the same one.
    """

    factors: pd.DataFrame
    samples: Samples


def sampled_factors(
    inventory: Inventory,
    region: str | None,
    year: int | None,
    samples: int,
    rng: np.random.Generator,
    convention: str = "location",
    indicators: tuple[str, ...] = ("gwp100",),
) -> SampledFactors:
    """Return the factors of a park's region with samples of each.

    Every exchange and every characterisation factor is drawn from its own distribution
    (`symbiosis.lca.distributions`), independently of the others.

    Parameters
    ----------
    samples : int
        How many states of the world to draw.
    rng : Generator
        Equal generators give equal samples.
    inventory, region, year, convention, indicators
        As for `factors`.
    """
    table = factors(inventory, region, year, convention, indicators)
    background = _background(inventory, table, region, year, convention)
    size = max(1, CHUNK // max(1, len(background.pattern.row)))
    parts = [np.empty((len(table), 0))]
    for start in range(0, samples, size):
        parts.append(_block(background, min(size, samples - start), rng))
    return SampledFactors(factors=table, samples=np.concatenate(parts, axis=1))


@dataclass(frozen=True, kw_only=True)
class _Rows:
    """The factors of one indicator: where they stand, and where their values come from.

    Attributes
    ----------
    bought, direct : ndarray of int
        Rows of the table of factors: of activities, and of what goes straight to nature.
    activity, flow : ndarray of int
        Their activities in the pattern, and their rows of `characters`.
    size : ndarray, shape (direct, 1)
        Units of the elementary flow per unit of the resource.
    scale : float
        Our units per unit of the characterisation.
    characters : DataFrame
        The characterisation, by elementary flow.
    """

    bought: Positions
    direct: Positions
    activity: Positions
    flow: Positions
    size: Samples
    scale: float
    characters: pd.DataFrame


@dataclass(frozen=True, kw_only=True)
class _Background:
    """What stays the same in every sample."""

    pattern: Pattern
    spread: pd.DataFrame
    rows: list[_Rows]
    count: int


def _background(
    inventory: Inventory, table: pd.DataFrame, region: str | None, year: int | None, convention: str
) -> _Background:
    offered = offers(inventory, convention, year)
    chosen = serving(inventory, offered, region)
    linked = upstream(linked_exchanges(inventory, convention, year, offered), chosen["id"])
    activities = pd.Index(linked["activity"].unique())
    flows = pd.Index(inventory.elementary_flows["id"])
    at = activities.get_indexer(pd.Index(chosen["id"]))
    position = pd.Series(at, index=pd.MultiIndex.from_frame(chosen[["boundary", "product"]]))
    return _Background(
        pattern=placed(linked, activities, flows),
        spread=distributions(linked),
        rows=[
            _rows(inventory, rows, position, str(name))
            for name, rows in table.groupby("indicator", sort=False)
        ],
        count=len(table),
    )


def _rows(
    inventory: Inventory, table: pd.DataFrame, position: "pd.Series[int]", indicator: str
) -> _Rows:
    characters = characters_of(inventory, indicator)
    is_direct = table["boundary"].eq("@nature")
    bought, direct = table[~is_direct], table[is_direct]
    flows = direct_flows(inventory, characters).set_index("catalogue_resource")
    flows = flows.loc[direct["resource"]]
    size = [RESOURCE_UNITS.get(unit, (unit, 1.0))[1] for unit in flows["unit"]]
    wanted = pd.MultiIndex.from_frame(bought[["boundary", "resource"]])
    return _Rows(
        bought=bought.index.to_numpy(),
        direct=direct.index.to_numpy(),
        activity=np.asarray(position.loc[wanted].to_numpy(), dtype=np.intp),
        flow=characters.index.get_indexer(pd.Index(flows["id"])),
        size=np.array(size, dtype=float).reshape(-1, 1),
        scale=indicator_unit(characters)[1],
        characters=characters,
    )


def _block(background: _Background, count: int, rng: np.random.Generator) -> Samples:
    """Return `count` samples of the factors."""
    pattern, every = background.pattern, []
    values = [drawn(distributions(r.characters, "value"), count, rng) for r in background.rows]
    for rows, value in zip(background.rows, values, strict=True):
        ordered = np.zeros((len(pattern.flows), count))
        ordered[pattern.flows.get_indexer(rows.characters.index)] = value
        every.append(ordered)
    solved = solved_samples(pattern, drawn(background.spread, count, rng), every)
    found = np.empty((background.count, count))
    for rows, value, y in zip(background.rows, values, solved, strict=True):
        found[rows.bought] = y[rows.activity] * rows.scale
        found[rows.direct] = value[rows.flow] * rows.size * rows.scale
    return found


def solved_samples(
    pattern: Pattern, amounts: Samples, characters: "list[Samples]"
) -> "list[Samples]":
    """Return the scores of all activities in every sample, an array per indicator.

    What draws on nothing unsolved is solved for all samples at once, level by level; loops are
    solved as a batch of small dense systems, or one sparse system per sample where they are big.

    Parameters
    ----------
    pattern : Pattern
        Where each exchange stands, of `symbiosis.lca.matrices.placed`.
    amounts : ndarray, shape (exchanges, samples)
        What the exchanges are.
    characters : list of ndarray, shape (flows, samples)
        Characterisation by indicator.

    Returns
    -------
    list of ndarray, shape (activities, samples)
    """
    count, inputs = len(pattern.activities), pattern.inputs
    taker, giver, taken = pattern.column[inputs], pattern.row[inputs], amounts[inputs]
    flow, emitter, emitted = pattern.row[~inputs], pattern.column[~inputs], amounts[~inputs]
    scores = [_summed(emitter, emitted * c[flow], count) for c in characters]
    loop, level = _levels(taker, giver, count)
    for depth in range(int(level.max(initial=0)) + 1):
        own = level[taker] == depth
        outer = own & (loop[taker] != loop[giver])
        for y in scores:
            y += _summed(taker[outer], taken[outer] * y[giver[outer]], count)
        inner = own & ~outer
        for number in np.unique(loop[taker[inner]]):
            members = np.flatnonzero(loop == number)
            edges = inner & (loop[taker] == number)
            to, of = (np.searchsorted(members, ends[edges]) for ends in (taker, giver))
            _solve_loop(scores, members, to, of, taken[edges])
    return scores


def _levels(taker: Positions, giver: Positions, count: int) -> tuple[Positions, Positions]:
    """Return the loop that each activity is in, and how many loops deep it draws on others."""
    graph = sparse.csr_array((np.ones(len(taker)), (giver, taker)), (count, count))
    loops, loop = connected_components(graph, directed=True, connection="strong")
    to, of = loop[taker], loop[giver]
    between = to != of
    to, of = to[between], of[between]
    level = np.zeros(loops, dtype=np.intp)
    while True:
        deeper = level.copy()
        np.maximum.at(deeper, to, level[of] + 1)
        if np.array_equal(deeper, level):
            return np.asarray(loop, dtype=np.intp), level[loop]
        level = deeper


def _solve_loop(
    scores: "list[Samples]", members: Positions, to: Positions, of: Positions, taken: Samples
) -> None:
    """Replace the scores of a loop's members by the solution of (1 - T^T) y = score."""
    size, samples = len(members), taken.shape[1]
    right = np.stack([y[members] for y in scores], axis=2)  # member, sample, indicator
    try:
        if size <= DENSE:
            matrix = np.zeros((samples, size, size))
            matrix[:, np.arange(size), np.arange(size)] = 1.0
            for i, j, amount in zip(to, of, taken, strict=True):
                matrix[:, i, j] -= amount
            solution = np.linalg.solve(matrix, right.transpose(1, 0, 2)).transpose(1, 0, 2)
        else:
            solution = np.empty_like(right)
            eye = sparse.eye_array(size, format="csc")
            for sample in range(samples):
                inner = sparse.csc_array((taken[:, sample], (to, of)), (size, size))
                solver = splu(sparse.csc_array(eye - inner), diag_pivot_thresh=0.0)
                solution[:, sample] = solver.solve(right[:, sample])
    except (RuntimeError, np.linalg.LinAlgError) as error:
        raise InvalidData([unsolvable(str(error))]) from error
    for indicator, y in enumerate(scores):
        y[members] = solution[:, :, indicator]


def _summed(at: Positions, parts: Samples, count: int) -> Samples:
    """Return the sum of the rows of `parts` by position."""
    place = sparse.csr_array((np.ones(len(at)), (at, np.arange(len(at)))), (count, len(at)))
    return np.asarray(place @ parts)
