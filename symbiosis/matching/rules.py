"""The rules that a pair must pass, each with the figures it was judged by.

A verdict is a row: ``pair``, ``rule``, ``item`` (the property, permit or resource judged),
``passes``, ``value``, ``limit``, ``sense`` (how value must stand to limit) and ``unit``.
"""

import re

import numpy as np
import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.matching.qualities import (
    PAIRWISE,
    arriving,
    demand_limits,
    heat_limits,
    pathway_limits,
)
from symbiosis.model import IDENTITY, Park

COLUMNS = ("pair", "rule", "item", "passes", "value", "limit", "sense", "unit")


def verdicts(
    park: Park,
    catalogue: Catalogue,
    pairs: pd.DataFrame,
    offers: pd.DataFrame,
    demands: pd.DataFrame,
) -> pd.DataFrame:
    """Return every rule's verdict on every pair, long: see the module's head for the columns."""
    if pairs.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    offer = offers.loc[pairs["offer"]].set_axis(pairs.index)
    demand = demands.reindex(pairs["demand"]).set_axis(pairs.index)
    tables = [
        _process(pairs),
        _internal(park, pairs),
        _lifted(park, pairs),
        _sold_out(pairs, offer),
        _utility(pairs, demand),
        _distance(pairs),
        _reach(pairs),
        _minimum(pairs, offer, demand),
        _permit(park, pairs, offer),
        _moisture(park, pairs),
        _temperature(park, catalogue, pairs, offer, demand),
        _standards(park, catalogue, pairs),
        _receiver(park, pairs),
    ]
    return pd.concat([t for t in tables if len(t)], ignore_index=True)[list(COLUMNS)]


def _judged(
    rule: str,
    passes: pd.Series,
    value: object = np.nan,
    limit: object = np.nan,
    *,
    item: object = "",
    sense: object = "<=",
    unit: object = "",
) -> pd.DataFrame:
    index = passes.index
    return pd.DataFrame(
        {
            "pair": index,
            "rule": rule,
            "item": item,
            "passes": passes.to_numpy(bool),
            "value": value,
            "limit": limit,
            "sense": sense,
            "unit": unit,
        }
    )


def _process(pairs: pd.DataFrame) -> pd.DataFrame:
    """What a process gives as it is may not go back into the same process."""
    unchanged = (pairs["pathway"] == IDENTITY) | (pairs["takes"] == pairs["gives"])
    same = (pairs["giver_process"] == pairs["taker_process"]) & unchanged
    return _judged("process", ~same[same], item=pairs.loc[same, "giver_process"].to_numpy())


def _internal(park: Park, pairs: pd.DataFrame) -> pd.DataFrame:
    inside = (pairs["giver"] == pairs["taker"]) & (pairs["demand"] >= 0)
    if park.settings.internal:
        inside &= False
    return _judged("internal", ~inside[inside], item=pairs.loc[inside, "giver"].to_numpy())


def _lifted(park: Park, pairs: pd.DataFrame) -> pd.DataFrame:
    """Heat is lifted only where heat pumps are asked for (else the optimum is the pinch target)."""
    lifted = (pairs["temperature_lift"] > 0) & (not park.settings.heat_pumps)
    return _judged("heat pump", ~lifted[lifted], item=pairs.loc[lifted, "pathway"].to_numpy())


def _sold_out(pairs: pd.DataFrame, offer: pd.DataFrame) -> pd.DataFrame:
    """A by-product that sells out saves nothing here: another user would go back to virgin."""
    constrained = offer["market_constrained"].astype(bool)
    return _judged("market", ~constrained[constrained], item=pairs["resource"][constrained])


def _utility(pairs: pd.DataFrame, demand: pd.DataFrame) -> pd.DataFrame:
    stuck = demand["can_turn"].eq(False) & (pairs["demand"] >= 0)
    return _judged("utility", ~stuck[stuck], item=demand.loc[stuck, "utility"].to_numpy())


def _distance(pairs: pd.DataFrame) -> pd.DataFrame:
    way, limit = pairs["distance_km"], pairs["allowed_km"]
    return _judged("distance", way <= limit, way, limit, unit="km")


def _reach(pairs: pd.DataFrame) -> pd.DataFrame:
    way, limit = pairs["distance_km"], pairs["reach_km"].fillna(np.inf)
    return _judged("reach", way <= limit, way, limit, item=pairs["mode"], unit="km")


def _minimum(pairs: pd.DataFrame, offer: pd.DataFrame, demand: pd.DataFrame) -> pd.DataFrame:
    """All that could feed a plant must reach its smallest size."""
    most = largest(pairs, offer["amount"], demand["amount"])
    fed = most.groupby(pairs["plant"]).transform("sum")
    asked = pairs["minimum"] > 0
    return _judged(
        "size",
        (fed >= pairs["minimum"])[asked],
        fed[asked],
        pairs.loc[asked, "minimum"],
        item=pairs.loc[asked, "pathway"],
        sense=">=",
    )


def largest(pairs: pd.DataFrame, offered: pd.Series, needed: pd.Series) -> pd.Series:
    """Return the most that each pair could take [offer unit/year], others aside."""
    wanted = (needed / pairs["served"]).where(pairs["demand"] >= 0, np.inf)
    most = offered.where(offered <= wanted, wanted)
    return most.clip(upper=pairs["capacity"].fillna(np.inf))


def _permit(park: Park, pairs: pd.DataFrame, offer: pd.DataFrame) -> pd.DataFrame:
    """Whoever takes a hazardous resource needs a permit that names it, its code or its class."""
    moved = offer["hazardous"] & ((pairs["site"] == "taker") | (pairs["pathway"] == IDENTITY))
    held = park.enterprises.set_index("id")["permits"].map(_codes)
    receiver = pairs["taker"].where(pairs["demand"] >= 0, "")[moved]
    asked = [
        _codes(f"{r};{e};{c};hazardous")
        for r, e, c in offer.loc[moved, ["resource", "ewc", "cn_code"]].itertuples(index=False)
    ]
    passes = [
        bool(held.get(who, frozenset()) & codes) for who, codes in zip(receiver, asked, strict=True)
    ]
    return _judged(
        "permit",
        pd.Series(passes, index=receiver.index, dtype=bool),
        item=offer.loc[moved, "resource"].to_numpy(),
    )


def _codes(text: str) -> frozenset[str]:
    words = (re.sub(r"[\s*]", "", word).lower() for word in re.split(r"[;/|]", str(text)))
    return frozenset(word for word in words if word and word != "nan")


def _moisture(park: Park, pairs: pd.DataFrame) -> pd.DataFrame:
    """A pathway's figures hold up to its reference moisture; what is wetter needs more drying."""
    known = park.qualities[park.qualities["property"] == "moisture"].set_index("flow")["value"]
    value = pairs["offer_id"].map(known).astype(float)
    asked = pairs["reference_moisture"].notna() & value.notna()
    limit = pairs.loc[asked, "reference_moisture"]
    value = value[asked]
    return _judged("moisture", value <= limit + 1e-9, value, limit, unit="fraction")


def _temperature(
    park: Park,
    catalogue: Catalogue,
    pairs: pd.DataFrame,
    offer: pd.DataFrame,
    demand: pd.DataFrame,
) -> pd.DataFrame:
    """The hottest of the offer must reach the coldest of the demand and the pathway's level."""
    asked = heat_limits(catalogue)
    draw = pairs["pathway"].map(asked["draw_c"]).astype(float)
    reach = pairs["pathway"].map(asked["reach_c"]).astype(float)
    hot, cold = offer["hot_c"], demand["cold_c"]
    from_heat = offer["kind"] == "heat"
    to_heat = demand["kind"] == "heat"
    both = from_heat & to_heat
    unknown = (from_heat & hot.isna()) | (to_heat & cold.isna())
    needed = cold + park.settings.heat_min_approach - pairs["temperature_lift"]
    rows = [
        _judged("temperature unknown", ~unknown[unknown], item=pairs.loc[unknown, "offer_id"]),
        _compared("temperature", both & ~unknown, hot, needed, ">="),
        _compared("level", from_heat & draw.notna() & ~unknown, hot, draw, ">="),
        _compared("delivery", to_heat & reach.notna() & ~unknown, cold, reach, "<="),
    ]
    return pd.concat(rows)


def _compared(
    rule: str, asked: pd.Series, value: pd.Series, limit: pd.Series, sense: str
) -> pd.DataFrame:
    left, right = value[asked], limit[asked]
    passes = (left >= right) if sense == ">=" else (left <= right)
    return _judged(rule, passes, left, right, sense=sense, unit="degC")


def _standards(park: Park, catalogue: Catalogue, pairs: pd.DataFrame) -> pd.DataFrame:
    """What a pathway accepts: each limit on the offer as it is taken, or as it is given."""
    limits = pathway_limits(pairs, catalogue)
    return _within(arriving(park, pairs, limits, limits["at"] == "given"), "standard")


def _receiver(park: Park, pairs: pd.DataFrame) -> pd.DataFrame:
    """What a receiver accepts: properties that mix are judged in the blend, here only known."""
    limits = arriving(park, pairs, demand_limits(park, pairs))
    pairwise = limits["property"].isin(PAIRWISE)
    mixing = _within(limits[~pairwise], "quality")
    blended = mixing["value"].notna()
    mixing["rule"] = mixing["rule"].where(mixing["passes"] | ~blended, "blend")
    mixing["passes"] = mixing["passes"] | blended
    return pd.concat([_within(limits[pairwise], "quality"), mixing])


def _within(limits: pd.DataFrame, rule: str) -> pd.DataFrame:
    """Return a verdict per limit; an unknown value of a limited property does not pass."""
    tables = []
    for bound, sense in (("maximum", "<="), ("minimum", ">=")):
        rows = limits[limits[bound].notna()]
        value, limit = rows["value"], rows[bound]
        slack = 1e-9 * limit.abs()
        passes = (value <= limit + slack) if sense == "<=" else (value >= limit - slack)
        table = _judged(rule, passes, value, limit, item=rows["property"].to_numpy(), sense=sense)
        table["pair"] = rows["pair"].to_numpy()
        table["rule"] = np.where(value.isna(), "quality unknown", rule)
        tables.append(table)
    return pd.concat(tables)
