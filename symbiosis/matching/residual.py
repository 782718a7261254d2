"""What is left of heat flows after a plan: one flow per range of temperature."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from symbiosis.matching.heat import Vector, remaining_ranges
from symbiosis.matching.limits import whole_id
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
        served_at = zip(used["serves_at_c"], used["served"], strict=True)
        pieces[name] = cold_left(cold, hot, total, served_at)
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
    bottom: float, top: float, total: float, served: Iterable[tuple[float, float]]
) -> list[Piece]:
    """Return what is left of a cold stream as (from, to, amount), the coldest need kept longest.

    Parameters
    ----------
    served : iterable of (float, float)
        The hottest temperature that each supply reaches [degC], and its amount.

    Examples
    --------
    >>> cold_left(0.0, 100.0, 100.0, [(100.0, 30.0), (50.0, 50.0)])
    [(50.0, 100.0, 20.0)]
    """
    mirrored = hot_left(-bottom, -top, total, ((-level, amount) for level, amount in served))
    return [(-start, -end, amount) for start, end, amount in mirrored]


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
    """Return flows and qualities with each flow in `pieces` replaced by its pieces.

    The first piece keeps the flow's name; a flow of which nothing is left stays, at zero.
    """
    names = set(flows["id"])
    rows = []
    for flow, ranges in pieces.items():
        whole = sum(amount for *_, amount in ranges)
        for number, (start, end, amount) in enumerate(ranges):
            name = flow if number == 0 else _fresh_name(flow, names)
            names.add(name)
            rows.append((flow, name, start, end, amount / whole))
        if not ranges:
            rows.append((flow, flow, np.nan, np.nan, 0.0))
    split = pd.DataFrame(rows, columns=["flow", "name", *TEMPERATURES, "share"])
    if split.empty:
        return flows, park.qualities
    left = flows.merge(split, left_on="id", right_on="flow", how="left")
    share = left["share"].fillna(1.0)
    sized = {c: left[c] * share for c in ("amount", "low", "high")}
    left = left.assign(id=left["name"].astype(object).fillna(left["id"]).astype(str), **sized)
    told = park.qualities.rename(columns={"flow": "of"})
    told = told.merge(split.drop(columns="share"), left_on="of", right_on="flow", how="left")
    for name in TEMPERATURES:
        asked = (told["property"] == name) & told[name].notna()
        told["value"] = told["value"].where(~asked, told[name])
    told["flow"] = told["name"].astype(object).fillna(told["of"]).astype(str)
    return left[flows.columns], told[park.qualities.columns]


def _fresh_name(flow: str, names: set[str]) -> str:
    base, number = whole_id(flow), 2
    while f"{base}#{number}" in names:
        number += 1
    return f"{base}#{number}"
