"""How the saving of a park, or the worth of a given game, is split between its players."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from symbiosis.catalogue import Catalogue
from symbiosis.errors import InvalidData, Problem
from symbiosis.io.game import Game
from symbiosis.metrics.games import (
    MOST_EXACT,
    Vector,
    in_core,
    least_core,
    nucleolus,
    sampled_shapley,
    shapley,
)
from symbiosis.model import Park
from symbiosis.scenarios.coalitions import Coalitions, coalitions
from symbiosis.scenarios.outcome import Progress

METHODS = ("shapley", "nucleolus", "core")
ALL_LISTED = 10  # enterprises: so many or fewer are all players, those that gain nothing too
SAMPLES = 30


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """A split of what all players gain together.

    Attributes
    ----------
    method : str
        One of `METHODS`.
    coalitions : mapping of tuple of str to float
        What each coalition saves, or costs [unit of the game]; where it was sampled, only single
        players and all together.
    allocation : mapping of str to float
        Each player's share [unit of the game]; of a park, every enterprise's.
    in_core : bool or None
        Whether no coalition fares better alone; None: not known, not every coalition was asked.
    standard_error : mapping of str to float
        Of each share that was sampled [unit of the game].
    samples : int
        How many orders were drawn; 0 if the split is exact.
    """

    method: str
    coalitions: Mapping[tuple[str, ...], float]
    allocation: Mapping[str, float]
    in_core: bool | None
    standard_error: Mapping[str, float]
    samples: int = 0


def shared(
    park: Park,
    catalogue: Catalogue,
    method: str = "shapley",
    samples: int = SAMPLES,
    progress: Progress = lambda _: None,
) -> Sharing:
    """Return how what the best plan saves is split between the enterprises of a park.

    Parameters
    ----------
    catalogue : Catalogue
        As the park sees it (`symbiosis.scenarios.local_catalogue`).
    method : str
        One of `METHODS`.
    samples : int
        Orders of joining to draw where more than 15 enterprises take part; the seed is that of
        the park's settings.
    progress : callable
        Called with how far it has come.

    Raises
    ------
    InvalidData
        If more enterprises take part than the method allows.
    NoSolution
        If the park's limits contradict each other.
    """
    progress("candidates")
    asked = coalitions(park, catalogue)
    everyone = tuple(park.enterprises["id"])
    players = everyone if len(everyone) <= ALL_LISTED else asked.enterprises
    progress("coalitions")
    if method == "shapley" and len(players) > MOST_EXACT:
        return _sampled(park, asked, samples, progress)
    _refuse_many(method, len(players))
    values = np.array(
        [
            _value(asked, players, place, 1 << len(players), progress)
            for place in range(1 << len(players))
        ]
    )
    found = shared_game(Game(players=players, values=values), method)
    allocation = {name: found.allocation.get(name, 0.0) for name in everyone}
    return Sharing(
        method=method,
        coalitions=found.coalitions,
        allocation=allocation,
        in_core=found.in_core,
        standard_error={},
    )


def shared_game(game: Game, method: str = "shapley", cost: bool = False) -> Sharing:
    """Return how what all players of a game gain, or cost, is split between them.

    Parameters
    ----------
    method : str
        One of `METHODS`.
    cost : bool
        The values are costs: nobody wants to pay more than alone.

    Raises
    ------
    InvalidData
        If there are more players than the method allows.
    """
    sign = -1.0 if cost else 1.0
    values, players = sign * game.values, game.players
    if not players:
        return Sharing(method=method, coalitions={}, allocation={}, in_core=True, standard_error={})
    _refuse_many(method, len(players))
    rules: Mapping[str, Callable[[Vector], Vector]] = {
        "shapley": shapley,
        "nucleolus": nucleolus,
        "core": least_core,
    }
    split = rules[method](values)
    return Sharing(
        method=method,
        coalitions={
            _group(players, place): float(game.values[place])
            for place in sorted(range(1, len(values)), key=lambda place: _order(players, place))
        },
        allocation=dict(zip(players, (sign * split + 0.0).tolist(), strict=True)),
        in_core=in_core(values, split),
        standard_error={},
    )


def sharing_document(sharing: Sharing) -> dict[str, object]:
    """Return a split as ``share --format json`` prints it."""
    document: dict[str, object] = {
        "method": sharing.method,
        "coalitions": {",".join(group): value for group, value in sharing.coalitions.items()},
        "allocation": dict(sharing.allocation),
        "in_core": sharing.in_core,
    }
    if sharing.samples:
        document |= {
            "samples": sharing.samples,
            "standard_error": dict(sharing.standard_error),
        }
    return document


def _sampled(park: Park, asked: Coalitions, samples: int, progress: Progress) -> Sharing:
    players = asked.enterprises
    known: dict[int, float] = {}
    whole = (1 << len(players)) - 1
    drawn = 0

    def value(place: int) -> float:
        nonlocal drawn
        if place not in known:
            known[place] = asked.saving(_group(players, place))
        if place == whole:
            drawn += 1
            progress(f"orders {drawn}/{samples}")
        return known[place]

    found = sampled_shapley(value, len(players), samples, np.random.default_rng(park.settings.seed))
    share = dict(zip(players, found.allocation.tolist(), strict=True))
    error = dict(zip(players, found.standard_error.tolist(), strict=True))
    listed = [1 << place for place in range(len(players))] + [whole]
    everyone = park.enterprises["id"].tolist()
    return Sharing(
        method="shapley",
        coalitions={
            _group(players, place): asked.saving(_group(players, place)) for place in listed
        },
        allocation={name: share.get(name, 0.0) for name in everyone},
        in_core=None,
        standard_error={name: error.get(name, 0.0) for name in everyone},
        samples=samples,
    )


def _value(
    asked: Coalitions, players: Sequence[str], place: int, count: int, progress: Progress
) -> float:
    if place and place % 1000 == 0:
        progress(f"coalitions {place}/{count}")
    return asked.saving(_group(players, place))


def _group(players: Sequence[str], place: int) -> tuple[str, ...]:
    return tuple(name for bit, name in enumerate(players) if place >> bit & 1)


def _order(players: Sequence[str], place: int) -> tuple[int, tuple[int, ...]]:
    """Return a key that puts small coalitions first, then the players' own order."""
    bits = tuple(bit for bit in range(len(players)) if place >> bit & 1)
    return len(bits), bits


def _refuse_many(method: str, count: int) -> None:
    if count > MOST_EXACT:
        what = f"{count} players, and {method} asks every coalition of at most {MOST_EXACT}"
        advice = "use --method shapley, which samples, or a park of fewer enterprises"
        raise InvalidData([Problem("--method", what, advice)])
