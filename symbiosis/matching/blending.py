"""The quality of a mix: what arrives at a lot must meet its limits, bought and kept included."""

import numpy as np
import pandas as pd

from symbiosis.matching.blocks import Block, block
from symbiosis.matching.qualities import (
    HEAT_LEVELS,
    PAIRWISE,
    arriving,
    on_basis,
)
from symbiosis.matching.turndown import Turndown, numbered, turned_down
from symbiosis.model import Park

KEY = ["lot", "property", "sense"]


def blends(park: Park, candidates: pd.DataFrame, demands: pd.DataFrame, down: Turndown) -> Block:
    """Return a row per lot, property and sense: sum of amount x (value - limit) <= 0.

    Amounts are weighed by mass where the mass of all is known (and by dry mass for a limit on dry
    basis); for a minimum the sign turns.
    """
    limits = _lot_limits(park, demands)
    if limits.empty or candidates.empty:
        return block(len(candidates))
    bought = _bought(park, demands, limits)
    kept = _kept(park, demands, limits)
    offered = _offered(park, candidates, demands, limits)
    weighed = _weighed(bought, kept, offered)
    bought, kept, offered = (_excess(table, weighed) for table in (bought, kept, offered))
    numbers = limits.reset_index(drop=True)[KEY].assign(row=np.arange(len(limits)))
    mixed = pd.concat([bought, kept])[[*KEY, "excess"]]
    today = mixed.assign(size=mixed["excess"].abs()).groupby(KEY, as_index=False).sum()
    today = numbers.merge(today, on=KEY, how="left").fillna({"excess": 0.0, "size": 0.0})
    # A blend that is full has no room left, whatever its sum's last digits say.
    room = np.where(-today["excess"] > 1e-9 * today["size"], -today["excess"], 0.0)
    arrived = offered.merge(numbers, on=KEY)
    entries = [
        _entries(arrived, arrived["given"] * arrived["excess"]),
        *_displaced(candidates, demands, bought.merge(numbers, on=KEY), down),
    ]
    return block(len(candidates), pd.concat(entries), upper=room)


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
    rows = demands[["id", "lot", "amount", "content_mass"]].assign(demand=demands.index)
    rows = rows.merge(limits, on="lot")
    return _valued(park, rows).assign(value=lambda t: t["value"].fillna(t["limit"]))


def _kept(park: Park, demands: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """Return what a lot already receives from earlier exchanges."""
    flows = park.flows[~park.flows["id"].isin(demands["id"])]
    flows = flows[~flows["source"].str.startswith("@") & ~flows["target"].str.startswith("@")]
    mass = park.resources.set_index("id")["content_mass"]
    rows = flows[["id", "lot", "amount", "target", "resource"]].merge(limits, on="lot")
    rows = rows[rows["target"] == rows["process"]]
    return _valued(park, rows.assign(content_mass=rows["resource"].map(mass).astype(float)))


def _valued(park: Park, rows: pd.DataFrame) -> pd.DataFrame:
    known = park.qualities.set_index(["flow", "property"])[["value", "basis"]]

    def found(name: pd.Series) -> pd.DataFrame:
        wanted = pd.MultiIndex.from_arrays([rows["id"], name])
        return known.reindex(wanted).set_axis(rows.index)

    moisture = found(pd.Series("moisture", index=rows.index))["value"]
    value = on_basis(found(rows["property"]), rows["basis"], moisture)
    dry = (1.0 - moisture).where(rows["basis"] == "dry", 1.0).fillna(1.0)
    return rows.assign(value=value, dry_share=dry)


def _offered(
    park: Park, candidates: pd.DataFrame, demands: pd.DataFrame, limits: pd.DataFrame
) -> pd.DataFrame:
    """Return what each candidate would bring to its lot, per unit taken."""
    lot = candidates["demand"].map(demands["lot"]).dropna()
    limited = pd.DataFrame({"pair": lot.index, "lot": lot}).merge(limits, on="lot")
    rows = arriving(park, candidates, limited)
    return rows.assign(
        given=rows["pair"].map(candidates["given"]).astype(float),
        content_mass=rows["pair"].map(candidates["given_mass"]).astype(float),
    )


def _weighed(*tables: pd.DataFrame) -> pd.Series:
    """Return for each lot whether the mass of all that is mixed there is known."""
    every = pd.concat([t[["lot", "content_mass"]] for t in tables])
    return every.groupby("lot")["content_mass"].apply(lambda m: bool(m.gt(0).all()))


def _excess(table: pd.DataFrame, weighed: pd.Series) -> pd.DataFrame:
    """Return the table with ``unit_excess``, (value - limit) x weight, and ``excess``, the total.

    A kept flow of unknown value counts as standing at the limit: it leaves no room to others.
    """
    weight = table["content_mass"].where(table["lot"].map(weighed).astype(bool), 1.0)
    per_unit = table["sense"] * (table["value"] - table["limit"]) * weight * table["dry_share"]
    amount = table.get("amount", pd.Series(1.0, index=table.index))
    return table.assign(unit_excess=per_unit, excess=(per_unit * amount).fillna(0.0))


def _entries(table: pd.DataFrame, value: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "row": table["row"].to_numpy(int),
            "column": table["pair"].to_numpy(int),
            "value": value.to_numpy(float),
        }
    )


def _displaced(
    candidates: pd.DataFrame, demands: pd.DataFrame, bought: pd.DataFrame, down: Turndown
) -> list[pd.DataFrame]:
    """Return what leaves the mix: purchases that are served, or no longer needed."""
    served = candidates.loc[candidates["demand"] >= 0, ["demand", "served"]]
    served = served.assign(pair=served.index).merge(bought, on="demand")
    direct = _entries(served, -served["served"] * served["unit_excess"])
    table = candidates[["demand", "served"]].assign(column=candidates.index)
    shares = turned_down(table, demands, down)
    if shares.empty:
        return [direct]
    scaled = bought.assign(utility=numbered(bought["process"], down)).dropna(subset="utility")
    scaled = scaled.merge(shares, on="utility").assign(pair=lambda t: t["column"])
    return [direct, _entries(scaled, -scaled["share"] * scaled["excess"])]
