"""What the planner demands: quotas, forced, forbidden and capped exchanges, indicator limits."""

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

from symbiosis.errors import InvalidData, NoSolution, Problem
from symbiosis.matching.blocks import Block, Vector, block
from symbiosis.matching.effects import Effects
from symbiosis.model import IDENTITY, Park
from symbiosis.views.footprint import rates

MEASURES = ("discarded", "bought", "taken")
PIECE = re.compile(r"#\d+(?=[:>]|$)")
FULL = 1e-8  # of an amount: a limit that an earlier plan met exactly is met, whatever the digits


class Limit(NamedTuple):
    """A row of limits.csv; a blank bound is NaN."""

    id: str
    scope: str
    measure: str
    resource: str
    minimum: float
    maximum: float
    share_of: str


def limit_rows(
    park: Park, factors: pd.DataFrame, effects: Effects, candidates: pd.DataFrame
) -> Block:
    """Return a row per limit over candidates and plants, today's amounts taken into the bounds.

    A share counts of what a plan cannot change: of what is discarded and taken together, or of
    what is bought and served together.

    Raises
    ------
    NoSolution
        If a limit is not met today and nothing that could be exchanged changes that.
    """
    columns = effects.candidates + len(effects.plants)
    entries: list[pd.DataFrame] = []
    lower: list[float] = []
    upper: list[float] = []
    stuck: list[str] = []
    for row, limit in enumerate(_limits(park)):
        change, today, whole = _measured(park, factors, effects, candidates, limit)
        size = whole if limit.share_of else 1.0
        used = np.flatnonzero(change)
        entries.append(pd.DataFrame({"row": row, "column": used, "value": change[used]}))
        lower.append(-_room(-limit.minimum * size, -today))
        upper.append(_room(limit.maximum * size, today))
        if not len(used) and (lower[-1] > 0 or upper[-1] < 0):
            stuck.append(
                f"limit '{limit.id}' cannot be met: no exchange that is possible changes it "
                f"({limit.measure} is {today:g}; see symbiosis explain)"
            )
    if stuck:
        raise NoSolution("\n".join(stuck))
    if not entries:
        return block(columns)
    return block(columns, pd.concat(entries), lower=lower, upper=upper)


def settled_limits(park: Park, effects: Effects, candidates: pd.DataFrame) -> pd.DataFrame:
    """Return a park's limits with shares as the amounts that they are of today's whole.

    A plan may change the whole (a boiler that turns down leaves less ash), so that the park after
    it keeps the amounts.
    """
    rows = []
    for limit in _limits(park):
        size = 1.0
        if limit.share_of and limit.measure == "taken":
            size = _taken(effects, candidates, limit)[2]
        elif limit.share_of and limit.measure in MEASURES:
            size = _crossing(park, effects, limit)[2]
        low, high = limit.minimum * size, limit.maximum * size
        rows.append(limit._replace(minimum=low, maximum=high, share_of="")._asdict())
    table = pd.DataFrame(rows, columns=list(park.limits.columns))
    return table.astype(park.limits.dtypes.to_dict())


def _room(maximum: float, today: float) -> float:
    """Return what a maximum leaves, infinity where there is none; a full one leaves nothing."""
    if np.isnan(maximum):
        return np.inf
    room = maximum - today
    return 0.0 if abs(room) <= FULL * abs(today) else room


def _limits(park: Park) -> list[Limit]:
    columns = park.limits[list(Limit._fields)]
    return [Limit(*row) for row in columns.itertuples(index=False, name=None)]


def _measured(
    park: Park,
    factors: pd.DataFrame,
    effects: Effects,
    candidates: pd.DataFrame,
    limit: Limit,
) -> tuple[Vector, float, float]:
    """Return what a limit measures: its change per column, its amount today, the whole."""
    if limit.measure == "taken":
        return _taken(effects, candidates, limit)
    if limit.measure in MEASURES:
        return _crossing(park, effects, limit)
    return _indicator(park, factors, effects, limit)


def _weights_to_columns(effects: Effects, weight: Vector) -> Vector:
    entries = effects.entries
    value = weight[entries["row"].to_numpy()] * entries["amount"].to_numpy()
    columns = effects.candidates + len(effects.plants)
    return np.bincount(entries["column"], weights=value, minlength=columns).astype(float)


def discarded(rows: pd.DataFrame, kinds: pd.Series) -> pd.Series:
    """Return which flows are discards: tradable, to @disposal, @nature or @stock, no service."""
    leaves = rows["target"].isin(("@disposal", "@nature", "@stock"))
    return leaves & rows["tradable"] & (rows["resource"].map(kinds) != "service")


def bought(rows: pd.DataFrame, kinds: pd.Series) -> pd.Series:
    """Return which flows are purchases: from @supply or @nature, no service."""
    enters = rows["source"].isin(("@supply", "@nature"))
    return enters & (rows["resource"].map(kinds) != "service")


def _in_scope(rows: pd.DataFrame, limit: Limit) -> pd.Series:
    """Return which flows a limit's scope and resource cover."""
    scope = whole_id(limit.scope)
    resource = rows["resource"].eq(limit.resource) | (limit.resource == "")
    flow = _whole_ids(rows["id"])
    return resource & ((scope in ("", "park")) | rows["owner"].eq(scope) | flow.eq(scope))


def _crossing(park: Park, effects: Effects, limit: Limit) -> tuple[Vector, float, float]:
    rows = effects.rows
    kinds = park.resources.set_index("id")["kind"]
    counted = (discarded if limit.measure == "discarded" else bought)(rows, kinds)
    counted &= _in_scope(rows, limit)
    weight = counted.to_numpy(float)
    today = float(weight @ rows["amount"].to_numpy(float))
    return _weights_to_columns(effects, weight), today, today + _within(rows, limit)


def _within(rows: pd.DataFrame, limit: Limit) -> float:
    """Return what of a resource is already exchanged within a limit's scope."""
    proposed = (rows["pathway"] != "") & ~rows["source"].str.startswith("@")
    inside = rows[proposed & ~rows["target"].str.startswith("@")]
    if limit.measure == "bought":
        same = inside["displaces"].eq(limit.resource) | (limit.resource == "")
        return float(inside.loc[same, "displaced_amount"].fillna(0.0).sum())
    first = inside[_first_leg(inside)]
    same = first["resource"].eq(limit.resource) | (limit.resource == "")
    return float(first.loc[same, "amount"].sum())


def _first_leg(rows: pd.DataFrame) -> pd.Series:
    return (rows["pathway"] == IDENTITY) | rows["id"].str.endswith(":taken")


def _taken(effects: Effects, candidates: pd.DataFrame, limit: Limit) -> tuple[Vector, float, float]:
    change = np.zeros(effects.candidates + len(effects.plants))
    scope = whole_id(limit.scope)
    offer, demand = (_whole_ids(candidates[end]) for end in ("offer_id", "demand_id"))
    counted = (
        (scope in ("", "park"))
        | offer.eq(scope)
        | demand.eq(scope)
        | candidates["giver"].eq(scope)
        | candidates["taker"].eq(scope)
        | (offer + ">" + candidates["pathway"] + ">" + demand).eq(scope)
    )
    resource = candidates["resource"].eq(limit.resource) | (limit.resource == "")
    change[: effects.candidates] = (counted & resource).to_numpy(float)
    today = _already_taken(effects, limit)
    return change, today, _generated(effects, limit) + today


def _already_taken(effects: Effects, limit: Limit) -> float:
    """Return what exchanges of an earlier plan take within a limit's scope, losses included."""
    rows = effects.rows
    legs = rows[_first_leg(rows) & (rows["pathway"] != "") & (rows["amount"] > 0)]
    name = legs["id"].str.removesuffix(":taken")
    lost = rows.set_index(["id", "source"])["amount"]
    keys = pd.MultiIndex.from_arrays([name + ":lost", legs["source"]])
    amount = legs["amount"] + lost.reindex(keys).fillna(0.0).to_numpy(float)
    name, scope = _whole_ids(name), whole_id(limit.scope)
    way = ":" + legs["pathway"] + ":"
    at = legs["owner"].eq(scope) | legs["receiver"].eq(scope) | name.eq(scope.replace(">", ":"))
    ends = [
        text.startswith(scope + middle) or text.endswith(middle + scope)
        for text, middle in zip(name, way, strict=True)
    ]
    at |= np.array(ends, dtype=bool) | (scope in ("", "park"))
    at &= legs["resource"].eq(limit.resource) | (limit.resource == "")
    return float(amount[at].sum())


def whole_id(name: str) -> str:
    """Return the flow (or exchange) that a piece such as ``steam#2`` was split from."""
    return PIECE.sub("", name)


def _whole_ids(names: pd.Series) -> pd.Series:
    return names.astype(str).map(whole_id).astype(str)


def _generated(effects: Effects, limit: Limit) -> float:
    """Return what is discarded today of a resource within a limit's scope."""
    rows = effects.rows
    leaves = rows["target"].isin(("@disposal", "@nature", "@stock")) & rows["tradable"]
    return float(rows.loc[leaves & _in_scope(rows, limit), "amount"].sum())


def _indicator(
    park: Park, factors: pd.DataFrame, effects: Effects, limit: Limit
) -> tuple[Vector, float, float]:
    if limit.scope not in ("", "park"):
        raise InvalidData(
            [
                Problem(
                    f"limits, {limit.id}, scope",
                    f"an indicator ({limit.measure}) of {limit.scope!r} cannot be limited yet",
                    "limit the park's indicator, or an amount of this enterprise or flow",
                )
            ]
        )
    weight = rates(with_unit_amounts(effects.rows), factors, limit.measure, park.settings).value
    today = float(weight @ effects.rows["amount"].to_numpy(float))
    return _weights_to_columns(effects, weight), today, today


def with_unit_amounts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return flows with amount 1 and what that displaces, for rates that hold at any amount."""
    return rows.assign(amount=1.0, displaced_amount=rows["per_amount"])
