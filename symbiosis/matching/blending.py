"""The quality of a mix: what arrives at a lot must meet its limits, bought and kept included."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from symbiosis.matching.blocks import Block, block
from symbiosis.matching.qualities import (
    HEAT_LEVELS,
    PAIRWISE,
    Known,
    arriving,
    on_basis,
)
from symbiosis.matching.turndown import Turndown, numbered, turned_down
from symbiosis.model import Park

KEY = ["lot", "property", "sense"]


@dataclass(frozen=True, kw_only=True)
class Mixes:
    """How far what is mixed stands from the limits of its lot, whatever the amounts.

    Attributes
    ----------
    limits : int
        Number of limits: per lot, property and sense (+1 a maximum, -1 a minimum).
    arriving : DataFrame
        Columns pair (candidate), row (limit), excess: sense x (value - limit) x weight per unit
        given.
    bought : DataFrame
        Columns demand, process, row, excess per unit bought.
    kept : DataFrame
        Columns flow (position in the park's flows), row, excess per unit that an earlier exchange
        brings.
    """

    limits: int
    arriving: pd.DataFrame
    bought: pd.DataFrame
    kept: pd.DataFrame


_NOTHING = pd.DataFrame()
_UNLIMITED = Mixes(limits=0, arriving=_NOTHING, bought=_NOTHING, kept=_NOTHING)


def mixes(park: Park, candidates: pd.DataFrame, demands: pd.DataFrame) -> Mixes:
    """Return what each candidate, purchase and earlier exchange does to the limits of its lot.

    Amounts are weighed by mass where the mass of all is known (and by dry mass for a limit on dry
    basis); for a minimum the sign turns.
    """
    limits = _lot_limits(park, demands)
    limits = limits[limits["lot"].isin(demands["lot"].iloc[_served(candidates)])]
    if limits.empty:
        return _UNLIMITED
    limits = limits.reset_index(drop=True).rename_axis("row").reset_index()
    bought = _bought(park, demands, limits)
    kept = _kept(park, demands, limits)
    arriving = _arriving(park, candidates, demands, limits)
    weighed = _weighed(bought, kept, arriving)
    return Mixes(
        limits=len(limits),
        arriving=_excess(arriving, weighed)[["pair", "row", "excess"]],
        bought=_excess(bought, weighed)[["demand", "process", "row", "excess"]],
        kept=_excess(kept, weighed)[["flow", "row", "excess"]],
    )


def blends(
    park: Park, mix: Mixes, candidates: pd.DataFrame, demands: pd.DataFrame, down: Turndown
) -> Block:
    """Return a row per limit of a lot: sum of amount x (value - limit) <= 0."""
    if not mix.limits:
        return block(len(candidates))
    today, size = np.zeros(mix.limits), np.zeros(mix.limits)
    for table, end, flows in ((mix.bought, "demand", demands), (mix.kept, "flow", park.flows)):
        amount = flows["amount"].to_numpy(float)[table[end]]
        excess = table["excess"].to_numpy(float) * amount
        today += np.bincount(table["row"], weights=excess, minlength=mix.limits)
        size += np.bincount(table["row"], weights=np.abs(excess), minlength=mix.limits)
    # A blend that is full has no room left, whatever its sum's last digits say.
    room = np.where(-today > 1e-9 * size, -today, 0.0)
    given = candidates["given"].to_numpy(float)[mix.arriving["pair"]]
    brought = mix.arriving.assign(column=mix.arriving["pair"], value=given * mix.arriving["excess"])
    entries = [brought, *_displaced(candidates, demands, mix.bought, down)]
    return block(len(candidates), pd.concat(entries), upper=room)


def _served(candidates: pd.DataFrame) -> list[int]:
    return [demand for demand in candidates["demand"].unique() if demand >= 0]


def _lot_limits(park: Park, demands: pd.DataFrame) -> pd.DataFrame:
    """Return the tightest limit of each lot: lot, process, property, sense (+1 maximum), limit."""
    table = park.qualities[~park.qualities["property"].isin(HEAT_LEVELS | PAIRWISE)]
    table = table.merge(
        demands[["id", "lot", "process"]], left_on="flow", right_on="id", how="inner"
    )
    tables = []
    for bound, sense in (("maximum", 1), ("minimum", -1)):
        rows = table[table[bound].notna()]
        rows = rows.assign(sense=sense, limit=rows[bound], order=sense * rows[bound])
        tables.append(rows.sort_values("order").drop_duplicates(["lot", "property"]))
    return pd.concat(tables)[[*KEY, "process", "limit", "basis"]]


def _bought(park: Park, demands: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """Return what each lot still buys, with its value (its limit where none is known)."""
    rows = demands[["id", "lot", "content_mass"]].assign(demand=demands.index)
    rows = rows.merge(limits, on="lot", suffixes=("", "_limit"))
    return _valued(park, rows).assign(value=lambda t: t["value"].fillna(t["limit"]))


def _kept(park: Park, demands: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """Return what a lot already receives from earlier exchanges."""
    flows = park.flows[["id", "lot", "source", "target", "resource"]]
    flows = flows.assign(flow=np.arange(len(flows)))
    flows = flows[flows["lot"].isin(limits["lot"]) & ~flows["id"].isin(demands["id"])]
    flows = flows[~flows["source"].str.startswith("@") & ~flows["target"].str.startswith("@")]
    mass = park.resources.set_index("id")["content_mass"]
    rows = flows.merge(limits, on="lot")
    rows = rows[rows["target"] == rows["process"]].reset_index(drop=True)
    return _valued(park, rows.assign(content_mass=rows["resource"].map(mass).astype(float)))


def _valued(park: Park, rows: pd.DataFrame) -> pd.DataFrame:
    known = Known(park)
    moisture = known.moisture(rows["id"])
    found = known.of(rows["id"], rows["property"])
    dry = (1.0 - moisture).where(rows["basis"] == "dry", 1.0).fillna(1.0)
    return rows.assign(value=on_basis(found, rows["basis"], moisture), dry_share=dry)


def _arriving(
    park: Park, candidates: pd.DataFrame, demands: pd.DataFrame, limits: pd.DataFrame
) -> pd.DataFrame:
    """Return what each candidate would bring to its lot."""
    lot = candidates["demand"].map(demands["lot"]).dropna()
    limited = pd.DataFrame({"pair": lot.index, "lot": lot}).merge(limits, on="lot")
    rows = arriving(park, candidates, limited)
    return rows.assign(content_mass=rows["pair"].map(candidates["given_mass"]).astype(float))


def _weighed(*tables: pd.DataFrame) -> set[str]:
    """Return the lots of which the mass of all that is mixed there is known."""
    every, unknown = set[str](), set[str]()
    for table in tables:
        every |= set(table["lot"])
        unknown |= set(table.loc[~(table["content_mass"] > 0), "lot"])
    return every - unknown


def _excess(table: pd.DataFrame, weighed: set[str]) -> pd.DataFrame:
    """Return the table with ``excess``, (value - limit) x weight per unit.

    A kept flow of unknown value counts as standing at the limit: it leaves no room to others.
    """
    weight = table["content_mass"].where(table["lot"].isin(weighed), 1.0)
    excess = table["sense"] * (table["value"] - table["limit"]) * weight * table["dry_share"]
    return table.assign(excess=excess.fillna(0.0))


def _displaced(
    candidates: pd.DataFrame, demands: pd.DataFrame, bought: pd.DataFrame, down: Turndown
) -> list[pd.DataFrame]:
    """Return what leaves the mix: purchases that are served, or no longer needed."""
    table = candidates[["demand", "served"]].assign(column=candidates.index)
    served = table[table["demand"] >= 0].merge(bought, on="demand")
    direct = served.assign(value=-served["served"] * served["excess"])
    shares = turned_down(table, demands, down)
    if shares.empty:
        return [direct]
    scaled = bought.assign(
        utility=numbered(bought["process"], down),
        total=bought["excess"] * demands["amount"].to_numpy(float)[bought["demand"]],
    )
    scaled = scaled.dropna(subset="utility").merge(shares, on="utility")
    return [direct, scaled.assign(value=-scaled["share"] * scaled["total"])]
