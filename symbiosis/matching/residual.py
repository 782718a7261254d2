"""What is left of heat flows after a plan: one flow per range of temperature."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from symbiosis.matching.heat import Vector, remaining_ranges
from symbiosis.matching.plan import Plan, exchange_ids
from symbiosis.matching.streams import TEMPERATURES
from symbiosis.model import Park

TOLERANCE_K = 1e-7  # temperatures closer than this are one
Piece = tuple[float, float, float]


def split_heat(
    park: Park,
    flows: pd.DataFrame,
    plan: Plan,
    table: pd.DataFrame,
    offers: pd.DataFrame,
    demands: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return flows and qualities in which each heat flow that was used is split by temperature.

    Parameters
    ----------
    flows : DataFrame
        After the plan; ``amount`` of a heat flow is what is left of it.
    table : DataFrame
        The plan's candidates.
    """
    links = plan.links.assign(exchange=exchange_ids(plan.links))
    served = pd.Series(
        table["served"].to_numpy(), index=exchange_ids(table, "offer_id", "demand_id")
    )
    links["served"] = links["taken"] * links["exchange"].map(served).astype(float)
    left = flows.set_index("id")["amount"]
    pieces: dict[str, list[Piece]] = {}
    for name, hot, cold in _streams(offers, links["offer"]):
        used = links[links["offer"] == name]
        total = float(left[name]) + float(used["taken"].sum())
        draws = zip(used["draws_at_c"], used["taken"], strict=True)
        pieces[name] = hot_left(hot, cold, total, draws)
    for name, hot, cold in _streams(demands, links["demand"]):
        used = links[links["demand"] == name]
        total = float(left[name]) + float(used["served"].sum())
        columns = (used[c] for c in ("serves_from_c", "serves_to_c", "served"))
        warm = cold_left(cold, hot, total, zip(*columns, strict=True))
        pieces[name] = [(low, high, amount) for high, low, amount in warm]
    return _written(park, flows, pieces)


def _streams(table: pd.DataFrame, used: pd.Series) -> list[tuple[str, float, float]]:
    """Return the heat streams of a table that are used: id, hot and cold end [degC]."""
    rows = table[table["id"].isin(used) & (table["kind"] == "heat")]
    return list(zip(rows["id"], rows["hot_c"], rows["cold_c"], strict=True))


def hot_left(
    top: float, bottom: float, total: float, draws: Iterable[tuple[float, float]]
) -> list[Piece]:
    """Return what is left of a hot stream as (from, to, amount), the hottest heat kept longest.

    Parameters
    ----------
    draws : iterable of (float, float)
        The coldest temperature each draw can do with [degC], and its amount.

    Examples
    --------
    >>> hot_left(100.0, 0.0, 100.0, [(0.0, 30.0), (50.0, 50.0)])
    [(50.0, 0.0, 20.0)]
    """
    wanted = sorted(((max(level, bottom), amount) for level, amount in draws), reverse=True)
    inner = [level for level, _ in wanted if bottom + TOLERANCE_K < level < top - TOLERANCE_K]
    breaks = np.array(_distinct([top, *inner, bottom]))
    left = _even(breaks, total)
    for level, amount in wanted:
        for i in reversed(range(len(left))):
            if len(breaks) == 1 or breaks[i + 1] >= level - TOLERANCE_K:
                used = min(amount, left[i])
                left[i] -= used
                amount -= used
    return _ranges(breaks, left, total, top, bottom)


def cold_left(
    bottom: float, top: float, total: float, served: Iterable[tuple[float, float, float]]
) -> list[Piece]:
    """Return what is left of a cold stream as (from, to, amount), from its hot end down.

    Parameters
    ----------
    served : iterable of (float, float, float)
        Lower and upper temperature [degC] and amount of each stretch served.
    """
    stretches = list(served)
    ends = [end for low, high, _ in stretches for end in (low, high)]
    inner = [end for end in ends if bottom + TOLERANCE_K < end < top - TOLERANCE_K]
    breaks = np.array(_distinct([top, *sorted(inner, reverse=True), bottom]))
    left = _even(breaks, total)
    for low, high, amount in stretches:
        inside = (breaks[:-1] <= high + TOLERANCE_K) & (breaks[1:] >= low - TOLERANCE_K)
        width = np.where(inside, breaks[:-1] - breaks[1:], 0.0)
        share = width / width.sum() if width.sum() > 0 else np.ones(len(left)) / len(left)
        left -= amount * share
    return _ranges(breaks, left, total, top, bottom)


def _distinct(temperatures: list[float]) -> list[float]:
    """Return falling temperatures without those that repeat the one before."""
    kept = temperatures[:1]
    for temperature in temperatures[1:]:
        if kept[-1] - temperature > TOLERANCE_K:
            kept.append(temperature)
    return kept


def _even(breaks: Vector, total: float) -> Vector:
    if len(breaks) == 1:
        return np.array([total])
    return np.asarray(total * (breaks[:-1] - breaks[1:]) / (breaks[0] - breaks[-1]))


def _ranges(breaks: Vector, left: Vector, total: float, top: float, bottom: float) -> list[Piece]:
    left = np.where(np.abs(left) <= 1e-9 * total, 0.0, left)
    if len(breaks) == 1:
        return [(top, bottom, float(left[0]))] if left[0] else []
    return remaining_ranges(breaks, left, top, bottom)


def _written(
    park: Park, flows: pd.DataFrame, pieces: dict[str, list[Piece]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return flows and qualities with each flow in `pieces` replaced by its pieces."""
    names = set(flows["id"])
    qualities = park.qualities
    split: list[pd.DataFrame] = []
    copied: list[pd.DataFrame] = []
    for flow, ranges in pieces.items():
        row = flows[flows["id"] == flow]
        whole = float(row["amount"].iloc[0])
        own = qualities[qualities["flow"] == flow]
        rows = [row.assign(amount=0.0, low=np.nan, high=np.nan)] if not ranges else []
        scale = whole / sum(amount for *_, amount in ranges) if ranges else 0.0
        for number, (start, end, amount) in enumerate(ranges):
            name = flow if number == 0 else _fresh_name(flow, names)
            names.add(name)
            share = amount * scale / whole if whole else 0.0
            piece = row.assign(
                id=name, amount=amount * scale, low=row["low"] * share, high=row["high"] * share
            )
            rows.append(piece)
            value = own["property"].map(dict(zip(TEMPERATURES, (start, end), strict=True)))
            copied.append(own.assign(flow=name, value=value.fillna(own["value"])))
        split.append(pd.concat(rows))
    if not pieces:
        return flows, qualities
    kept = flows[~flows["id"].isin(pieces)]
    rest = qualities[~qualities["flow"].isin([f for f, r in pieces.items() if r])]
    return (
        pd.concat([kept, *split], ignore_index=True),
        pd.concat([rest, *copied], ignore_index=True),
    )


def _fresh_name(flow: str, names: set[str]) -> str:
    base, number = flow.split("#")[0], 2
    while f"{base}#{number}" in names:
        number += 1
    return f"{base}#{number}"
