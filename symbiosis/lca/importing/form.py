"""The one form that every reader gives: outputs, inputs, emissions and flows, as rows."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from symbiosis.errors import InvalidData, Problem
from symbiosis.lca.importing.spread import PLAIN, Spread

LARGEST = 1e30
DISTRIBUTION = tuple(Spread._fields)


class Output(NamedTuple):
    """What a process gives; one that takes in and treats what it is named for gives less than 0."""

    id: str
    process: str
    product: str
    name: str
    product_name: str
    location: str
    unit: str
    amount: float
    share: float = math.nan  # of what the process takes and emits; NaN where nothing is said
    year: float = math.nan
    where: str = ""


class Input(NamedTuple):
    """What a process takes from another; what it leaves to a treatment is less than 0."""

    process: str
    output: str  # the output that it serves alone, or "" for all
    provider: str  # an output's id, or "" where only product and location are known
    product: str
    name: str
    location: str
    unit: str
    amount: float
    spread: Spread = PLAIN
    where: str = ""


class Emission(NamedTuple):
    """What a process emits to nature or takes from it, in either case more than 0."""

    process: str
    output: str
    flow: str
    unit: str
    amount: float
    spread: Spread = PLAIN
    where: str = ""


class Flow(NamedTuple):
    """A flow to or from nature."""

    id: str
    name: str
    cas: str
    compartment: str
    unit: str


class Character(NamedTuple):
    """What one unit of a flow counts for an indicator."""

    indicator: str
    flow: str
    value: float
    unit: str


@dataclass(kw_only=True)
class Rows:
    """What a reader has found so far. Only readers add to it.

    Attributes
    ----------
    say : callable
        Told how far a long reading is.
    formulas : list of str
        Where an amount is computed from parameters: the value in the file counts.
    problems : list of Problem
        Every broken rule met, so that all can be told at once.
    """

    say: Callable[[str], None] = lambda _: None
    outputs: list[Output] = field(default_factory=list)
    inputs: list[Input] = field(default_factory=list)
    emissions: list[Emission] = field(default_factory=list)
    flows: dict[str, Flow] = field(default_factory=dict)
    characters: list[Character] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)

    def number(self, text: object, where: str, default: float | None = None) -> float:
        """Return `text` as a finite number; what is none is a problem at `where`."""
        if default is not None and (text is None or text == ""):
            return default
        try:
            value = float(text)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            self.problems.append(Problem(where, f"'{text}' is no number", "write a number"))
            return 0.0
        if not abs(value) <= LARGEST:
            what = f"'{text}' is no finite number below {LARGEST:g}"
            self.problems.append(Problem(where, what, "correct the amount"))
            return 0.0
        return value

    def check(self) -> None:
        """Raise `InvalidData` where a problem was met."""
        if self.problems:
            raise InvalidData(self.problems)


def table(rows: Iterable[tuple[object, ...]], row: type[NamedTuple]) -> pd.DataFrame:
    """Return rows as a table, a spread as six columns."""
    names = list(row._fields)
    frame = pd.DataFrame(list(rows), columns=names)
    if "spread" not in names:
        return frame
    spread = pd.DataFrame(frame["spread"].tolist(), columns=list(DISTRIBUTION), dtype=float)
    return pd.concat([frame.drop(columns="spread"), spread], axis=1)
