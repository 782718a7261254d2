"""What exchanges save, split into parts and between giver and taker, for every indicator."""

import numpy as np
import pandas as pd

from symbiosis.matching.blocks import Vector
from symbiosis.matching.effects import PARTS, Effects, annuity
from symbiosis.matching.exchanges import Exchanges
from symbiosis.matching.limits import with_unit_amounts
from symbiosis.matching.objective import weights
from symbiosis.matching.plan import Plan, exchange_ids
from symbiosis.matching.rules import largest
from symbiosis.model import Park
from symbiosis.views.footprint import CLIMATE, COST, boundary_of, rates
from symbiosis.views.rules import circularity, split

SIDES = ("giver", "taker", "unallocated")


def column_prices(
    park: Park, factors: pd.DataFrame, effects: Effects, indicators: list[str]
) -> pd.DataFrame:
    """Return what each candidate (per unit taken) and each plant changes in each indicator.

    Returns
    -------
    DataFrame
        Shape (candidates + plants, indicators); positive is a burden.
    """
    count = effects.candidates + len(effects.plants)
    rows = with_unit_amounts(effects.rows)
    entries = effects.entries
    table = {}
    for name in indicators:
        rate = rates(rows, factors, name, park.settings).value
        weight = rate[entries["row"]] * entries["amount"].to_numpy(float)
        table[name] = np.bincount(entries["column"], weights=weight, minlength=count)
    return pd.DataFrame(table, index=np.arange(count))


def saving(
    park: Park, factors: pd.DataFrame, found: Exchanges, plan: Plan, indicators: tuple[str, ...]
) -> pd.Series:
    """Return what a plan saves in each indicator [indicator unit/year]."""
    prices = column_prices(park, factors, found.effects, list(indicators))
    names = exchange_ids(found.candidates, "offer_id", "demand_id")
    taken = plan.links["taken"].groupby(exchange_ids(plan.links)).sum()
    amounts = names.map(taken).astype(float).fillna(0.0).to_numpy()
    built = found.effects.plants.index.isin(plan.plants).astype(float)
    values = np.concatenate([amounts, built]) @ prices.to_numpy(float)
    return pd.Series(-values, index=list(indicators), dtype=float)


def missing_burdens(
    park: Park, factors: pd.DataFrame, effects: Effects, indicators: list[str]
) -> pd.DataFrame:
    """Return what candidates add that has no figure in an indicator of the objective.

    A saving without a figure counts nothing and is no reason to refuse; what is sold is a saving.

    Returns
    -------
    DataFrame
        Columns column (candidate), item ("indicator of resource at boundary").
    """
    entries = effects.entries[effects.entries["column"] < effects.candidates]
    change = entries.groupby(["column", "row"], as_index=False)["amount"].sum()
    added = change[change["amount"] > 0]
    rows = with_unit_amounts(effects.rows)
    boundary = boundary_of(rows)
    found = []
    for name in indicators:
        known = rates(rows, factors, name, park.settings).known
        unknown = added[~known[added["row"]]]
        flow = rows.loc[unknown["row"]]
        where = boundary.loc[unknown["row"]].to_numpy(str)
        item = name + " of " + flow["resource"].to_numpy(str) + " at " + where
        table = pd.DataFrame({"column": unknown["column"].to_numpy(int), "item": item})
        found.append(table[where != "@sales"])
    return pd.DataFrame(pd.concat(found, ignore_index=True)).drop_duplicates()


def accounts(park: Park, factors: pd.DataFrame, found: Exchanges, plan: Plan) -> pd.DataFrame:
    """Return the exchanges of a plan with what each saves, part by part.

    For every indicator there are signed parts that add up to the net (a burden is negative), and
    the net's split between giver, taker and others: money by whose books the flows are in, with
    the interval of prices between which both gain, all else by the rule of the settings
    (`symbiosis.views.rules`).
    """
    candidates = found.candidates
    name = exchange_ids(candidates, "offer_id", "demand_id")
    taken = plan.links["taken"].groupby(exchange_ids(plan.links)).sum()
    amount = name.map(taken).astype(float).fillna(0.0).to_numpy()
    chosen = np.flatnonzero(amount > 0)
    table = candidates.iloc[chosen].assign(taken=amount[chosen], exchange=name.iloc[chosen])
    table = table.assign(
        given_amount=table["given"] * table["taken"],
        served_amount=table["served"] * table["taken"],
        plant_share=_plant_share(table, plan),
    )
    entries = _spread(found.effects, plan, table)
    rows = with_unit_amounts(found.effects.rows)
    columns: dict[str, Vector] = {}
    for indicator in dict.fromkeys((*park.settings.indicators, COST)):
        rate = rates(rows, factors, indicator, park.settings).value
        saved = -rate[entries["row"]] * entries["change"].to_numpy(float)
        parts = _by_part(entries, saved, indicator, len(table))
        sides = _by_side(entries, saved, indicator, table, found.effects)
        columns |= parts
        columns |= _by_rule(park, factors, parts, sides, indicator, table)
    result = pd.concat([table.reset_index(drop=True), pd.DataFrame(columns)], axis=1)
    return _valued(park, result)


def _plant_share(table: pd.DataFrame, plan: Plan) -> pd.Series:
    """Return each exchange's share of a plant that the plan builds, by amount taken."""
    fed = table["taken"] * table["input"]
    share = fed / fed.groupby(table["plant"]).transform("sum")
    return share.where(table["plant"].isin(plan.plants), 0.0)


def _spread(effects: Effects, plan: Plan, table: pd.DataFrame) -> pd.DataFrame:
    """Return the plan's changes of flows by exchange: position, row, part, change."""
    position = pd.Series(np.arange(len(table)), index=table.index)
    entries = effects.entries
    own = entries[entries["column"].isin(table.index)]
    own = own.assign(
        position=own["column"].map(position),
        change=own["amount"] * own["column"].map(table["taken"]).astype(float),
    )
    plants = effects.plants[effects.plants.index.isin(plan.plants)]
    built = entries[entries["column"].isin(plants["column"])]
    by_column = pd.Series(plants.index.astype(str), index=plants["column"])
    shared = built.assign(plant=built["column"].map(by_column).astype(str)).merge(
        table.assign(position=position)[["plant", "position", "plant_share"]], on="plant"
    )
    shared = shared.assign(change=shared["amount"] * shared["plant_share"])
    columns = ["position", "row", "part", "change"]
    return pd.concat([own[columns], shared[columns]], ignore_index=True)


def _by_part(entries: pd.DataFrame, saved: Vector, indicator: str, count: int) -> dict[str, Vector]:
    parts = {
        f"{indicator}_{part}": _summed(entries, saved, entries["part"] == part, count)
        for part in PARTS
    }
    return parts | {f"{indicator}_net": np.sum(list(parts.values()), axis=0)}


def _summed(entries: pd.DataFrame, saved: Vector, mask: "pd.Series[bool]", count: int) -> Vector:
    chosen = mask.to_numpy(bool)
    place = entries["position"].to_numpy(int)[chosen]
    return np.bincount(place, weights=saved[chosen], minlength=count).astype(float)


def _by_side(
    entries: pd.DataFrame,
    saved: Vector,
    indicator: str,
    table: pd.DataFrame,
    effects: Effects,
) -> dict[str, Vector]:
    """Return the net by whose books it is in; transfers inside the park move between sides."""
    rows = effects.rows
    giver = table["giver"].to_numpy(str)[entries["position"]]
    taker = table["taker"].to_numpy(str)[entries["position"]]
    owner = rows["owner"].to_numpy(str)[entries["row"]]
    ledgers = [(owner, saved, (entries["part"] == "avoided_disposal").to_numpy(bool))]
    if indicator == COST:
        inside = (boundary_of(rows) == "").to_numpy() & (rows["amount"] > 0).to_numpy()
        paid = np.where(inside, rows["unit_cost"].fillna(0.0), 0.0)[entries["row"]]
        transfer = -paid * entries["change"].to_numpy(float)
        buyer = rows["receiver"].to_numpy(str)[entries["row"]]
        never = np.zeros(len(entries), dtype=bool)
        ledgers += [(buyer, transfer, never), (owner, -transfer, never)]
    sides = {f"{indicator}_{side}": np.zeros(len(table)) for side in SIDES}
    for books, money, always_giver in ledgers:
        is_giver = always_giver | ((books == giver) & (books != taker))
        is_taker = ~is_giver & (books == taker)
        for side, mask in zip(SIDES, (is_giver, is_taker, ~is_giver & ~is_taker), strict=True):
            sides[f"{indicator}_{side}"] += _summed(entries, money, pd.Series(mask), len(table))
    return sides


def _by_rule(
    park: Park,
    factors: pd.DataFrame,
    parts: dict[str, Vector],
    sides: dict[str, Vector],
    indicator: str,
    table: pd.DataFrame,
) -> dict[str, Vector]:
    """Return the net's split by the rule of the settings; what is sold has no taker to share."""
    rule = park.settings.allocation
    if indicator == COST or rule == "substitution":
        return sides
    net, disposal, purchase = (
        parts[f"{indicator}_{part}"] for part in ("net", "avoided_disposal", "avoided_purchase")
    )
    circular = circularity(factors, table["resource"], climate=indicator == CLIMATE)
    giver, taker = split(rule, disposal, purchase, disposal + purchase - net, circular)
    shared = dict(zip(SIDES, (giver, taker, net - giver - taker), strict=True))
    inside = (table["demand"] >= 0).to_numpy()
    return {
        f"{indicator}_{side}": np.where(inside, shared[side], sides[f"{indicator}_{side}"])
        for side in SIDES
    }


def _valued(park: Park, table: pd.DataFrame) -> pd.DataFrame:
    """Return exchanges with investment, payback, net present value and the price interval."""
    lifetime = table["lifetime"].fillna(park.settings.lifetime)
    factor = annuity(park.settings.discount_rate, lifetime)
    investment = table["input"] * table["taken"] * table["capital_per_capacity"]
    investment += table["plant_share"] * table["capital_fixed"]
    yearly = table[f"{COST}_net"] - table[f"{COST}_capital"]
    payback = (investment / yearly).where((yearly > 0) & (investment > 0))
    return table.assign(
        investment=investment,
        payback_years=payback.where(investment > 0, np.where(yearly >= 0, 0.0, np.nan)),
        npv=yearly / factor - investment,
        value_low=0.0 - table[f"{COST}_giver"] / table["taken"],
        value_high=table[f"{COST}_taker"] / table["taken"],
    )


def middle_prices(table: pd.DataFrame) -> pd.Series:
    """Return the price in the middle of each exchange's interval, per unit taken, by exchange.

    What goes on within one enterprise, and what is sold to a market, has no price inside the park.
    """
    middle = (table["value_low"] + table["value_high"]) / 2
    between = (table["giver"] != table["taker"]) & (table["demand"] >= 0)
    return pd.Series(middle.where(between, 0.0).to_numpy(float), index=table["exchange"])


def stand_alone(park: Park, factors: pd.DataFrame, found: Exchanges) -> pd.DataFrame:
    """Return what each candidate would save on its own, at the most that it could take.

    Returns
    -------
    DataFrame
        One row per candidate: offer, pathway, demand, from_enterprise, to_enterprise,
        resource_taken, taken [offer unit/year], resource_given, given [its unit/year],
        distance_km, ``<indicator>_net`` (its own plant's fixed capital included) and
        ``objective_net``.
    """
    table, effects = found.candidates, found.effects
    weight = weights(park.settings)
    names = list(dict.fromkeys((*park.settings.indicators, *weight)))
    prices = column_prices(park, factors, effects, names)
    offered = table["offer"].map(found.offers["amount"]).astype(float)
    needed = table["demand"].map(found.demands["amount"]).astype(float)
    taken = largest(table, offered, needed)
    plant = table["plant"].map(effects.plants["column"]).astype(float)
    nets = {}
    for name in names:
        fixed = plant.map(prices[name]).astype(float).fillna(0.0)
        nets[name] = -(prices[name].to_numpy(float)[: len(table)] * taken + fixed)
    result = pd.DataFrame(
        {
            "offer": table["offer_id"],
            "pathway": table["pathway"],
            "demand": table["demand_id"],
            "from_enterprise": table["giver"],
            "to_enterprise": table["taker"].where(table["demand"] >= 0, ""),
            "resource_taken": table["resource"],
            "taken": taken,
            "resource_given": table["gives"],
            "given": taken * table["given"],
            "distance_km": table["distance_km"],
            **{f"{name}_net": nets[name] for name in park.settings.indicators},
        }
    )
    return result.assign(objective_net=sum(weight[name] * nets[name] for name in weight))
