"""A game that somebody gives: what each coalition saves (or costs), as a CSV file."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt

from symbiosis.errors import InvalidData, Problem
from symbiosis.io.cells import number
from symbiosis.io.csv_folder import csv_table
from symbiosis.io.raw import RawTable

COLUMNS = ("coalition", "value")
MOST_PLAYERS = 15
MOST_NAMED = 5  # missing coalitions that a message names
_BETWEEN = re.compile(r"[,;，；]")


@dataclass(frozen=True, kw_only=True)
class Game:
    """Players and what each coalition of them is worth.

    Attributes
    ----------
    players : tuple of str
        In the order in which the file first names them.
    values : ndarray, shape (2**n,)
        As of `symbiosis.metrics.games`, in the unit of the file.
    """

    players: tuple[str, ...]
    values: npt.NDArray[np.float64]


def read_game(path: Path) -> Game:
    """Return the game in a CSV file with the columns ``coalition`` and ``value``.

    The members of a coalition are joined by commas (in quotes) or semicolons. Where no cell has
    either and single characters stand alone, each character is a member: ``12`` is 1 with 2.

    Raises
    ------
    InvalidData
        If a coalition is missing, stands twice, or has no number; or players are more than 15.
    """
    table, problems = csv_table(path, "game")
    if table is None:
        raise InvalidData(problems)
    missing = [name for name in COLUMNS if name not in table.cells]
    if missing:
        advice = "a game has the columns coalition and value"
        raise InvalidData(
            [Problem(table.where(None, name), "the column is missing", advice) for name in missing]
        )
    groups = _groups(table.cells["coalition"])
    players = tuple(dict.fromkeys(name for group in groups for name in group))
    if not 1 <= len(players) <= MOST_PLAYERS:
        what = f"{len(players)} players"
        advice = f"name 1 to {MOST_PLAYERS}, their coalitions by members joined by ;"
        raise InvalidData([Problem(table.where(None, "coalition"), what, advice)])
    return Game(players=players, values=_values(table, groups, players))


def _groups(cells: Sequence[str]) -> list[tuple[str, ...]]:
    joined = any(_BETWEEN.search(cell) for cell in cells)
    by_character = not joined and any(len(cell) > 1 for cell in cells)
    by_character &= all(len(set(cell)) == len(cell) for cell in cells)
    by_character &= {name for cell in cells for name in cell} <= set(cells)
    if by_character:
        return [tuple(cell) for cell in cells]
    return [tuple(name.strip() for name in _BETWEEN.split(cell) if name.strip()) for cell in cells]


def _values(
    table: RawTable, groups: Sequence[tuple[str, ...]], players: Sequence[str]
) -> npt.NDArray[np.float64]:
    bit = {name: 1 << place for place, name in enumerate(players)}
    values = np.full(1 << len(players), math.nan)
    values[0] = 0.0
    problems, seen = [], set()
    for row, (group, cell) in enumerate(zip(groups, table.cells["value"], strict=True)):
        place, value = sum(bit[name] for name in dict.fromkeys(group)), number(cell)
        if len(set(group)) < len(group):
            what = "a member stands here twice"
            problems.append(Problem(table.where(row, "coalition"), what, "name each once"))
        elif place in seen:
            what = f"the coalition '{','.join(group)}' stands here again"
            problems.append(Problem(table.where(row, "coalition"), what, "keep one"))
        if math.isnan(value):
            problems.append(Problem(table.where(row, "value"), f"'{cell}'", "write a number"))
        elif not group and value:
            what = f"nobody together is worth {cell}"
            problems.append(Problem(table.where(row, "value"), what, "write 0, or no such row"))
        seen.add(place)
        values[place] = value
    lacking = [group for group in _every(players) if sum(bit[name] for name in group) not in seen]
    if lacking:
        named = ", ".join(f"'{','.join(group)}'" for group in lacking[:MOST_NAMED])
        more = f" and {len(lacking) - MOST_NAMED} more" if len(lacking) > MOST_NAMED else ""
        what = f"no value of {named}{more}"
        problems.append(Problem(table.where(None, ""), what, "give a row for each coalition"))
    if problems:
        raise InvalidData(problems)
    return values


def _every(players: Sequence[str]) -> list[tuple[str, ...]]:
    """Return all coalitions but the empty one, the small ones first."""
    sizes = range(1, len(players) + 1)
    return [group for size in sizes for group in combinations(players, size)]
