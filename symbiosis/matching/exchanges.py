"""A park's candidates with all that the problem, the plan and its account need."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from symbiosis.matching.blending import Mixes
from symbiosis.matching.blocks import Vector
from symbiosis.matching.cascade import Cascade
from symbiosis.matching.effects import Effects
from symbiosis.matching.rules import largest
from symbiosis.matching.turndown import Turndown, numbered, turned_down


@dataclass(frozen=True, kw_only=True)
class Exchanges:
    """A park's candidates with all that the problem, the plan and its account need.

    Attributes
    ----------
    offers, demands : DataFrame
        As of `symbiosis.matching.streams`.
    candidates : DataFrame
        Pairs that passed every rule, index 0..n-1.
    effects : Effects
        What each of them changes.
    down : Turndown
        The utilities that can turn down.
    heat : Cascade
        The links of candidates.
    mixes : Mixes
        How far what is mixed stands from the limits of its lot.
    """

    offers: pd.DataFrame
    demands: pd.DataFrame
    candidates: pd.DataFrame
    effects: Effects
    down: Turndown
    heat: Cascade
    mixes: Mixes


def needs_decision(plants: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which plants are a yes or no: a fixed cost or a smallest size, not standing yet."""
    asks = (plants["capital_fixed"] > 0) | (plants["minimum"] > 0)
    return (asks & ~plants["standing"]).to_numpy(bool)


def largest_links(found: Exchanges) -> Vector:
    """Return the most that each link can take."""
    candidates, links = found.candidates, found.heat.links
    offered = candidates["offer"].map(found.offers["amount"]).astype(float)
    needed = candidates["demand"].map(found.demands["amount"]).astype(float)
    return largest(candidates, offered, needed).to_numpy(float)[links["candidate"]]


def turned_at(found: Exchanges, process: pd.Series, amount: pd.Series) -> pd.DataFrame:
    """Return how amounts at processes shrink as their utility turns down: row, column, value."""
    shares = turndown_shares(found)
    if shares.empty:
        return shares.rename(columns={"utility": "row", "share": "value"})
    rows = pd.DataFrame(
        {
            "row": np.arange(len(process)),
            "utility": numbered(process, found.down),
            "amount": amount,
        }
    ).dropna(subset="utility")
    merged = rows.merge(shares, on="utility")
    return merged.assign(value=merged["amount"] * merged["share"])[["row", "column", "value"]]


def turndown_shares(found: Exchanges) -> pd.DataFrame:
    """Return the share by which utilities turn down per unit that each candidate takes."""
    table = found.candidates[["demand", "served"]]
    table = table.assign(column=np.arange(len(table)))
    return turned_down(table, found.demands, found.down)
