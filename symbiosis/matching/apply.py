"""A park with a plan carried out: the same table of effects, written back as flows."""

from dataclasses import replace

import numpy as np
import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.matching.blocks import Vector
from symbiosis.matching.carriage import carried
from symbiosis.matching.effects import Effects, effects
from symbiosis.matching.exchanges import Exchanges
from symbiosis.matching.limits import settled_limits
from symbiosis.matching.pairs import pairs
from symbiosis.matching.plan import Plan, exchange_ids
from symbiosis.matching.residual import split_heat
from symbiosis.matching.streams import demands, offers
from symbiosis.matching.turndown import turndown
from symbiosis.model import IDENTITY, Park

SNAP = 1e-9  # of an amount: what is left of a difference that should be nothing


def apply(park: Park, plan: Plan, catalogue: Catalogue, found: Exchanges | None = None) -> Park:
    """Return the park after a plan: flows rerouted, one process added per plant used.

    Parameters
    ----------
    park : Park
        As it is.
    plan : Plan
        Any plan whose exchanges some pathway of the catalogue joins, not only the best one.
    catalogue : Catalogue
        As this park sees it.
    found : Exchanges, optional
        The candidates that the plan was chosen from; without them they are looked for again.
    """
    wanted = exchange_ids(plan.links)
    down = turndown(park) if found is None else found.down
    if found is None:
        offered = _called(offers(park), plan.links["offer"])
        needed = _called(demands(park, frozenset(down.processes)), plan.links["demand"])
        every = carried(park, catalogue, pairs(park, catalogue, offered, needed))
    else:
        offered, needed, every = found.offers, found.demands, found.candidates
    name = exchange_ids(every, "offer_id", "demand_id")
    table = every[name.isin(wanted)].reset_index(drop=True)
    effect = effects(park, catalogue, table, needed, down)
    taken = plan.links["taken"].groupby(wanted).sum()
    values = exchange_ids(table, "offer_id", "demand_id").map(taken).to_numpy(float)
    built = effect.plants.index.isin(plan.plants).astype(float)
    flows = _changed(effect, np.concatenate([values, built]))
    turned = replace(park, processes=_turned_down(park, flows, down.processes))
    flows = _priced(flows, plan, table)
    flows, qualities = split_heat(park, flows, plan, table, offered, needed)
    return replace(
        park,
        flows=flows[park.flows.columns].reset_index(drop=True),
        qualities=_with_mixes(park, qualities, flows, table),
        processes=_with_plants(turned, catalogue, effect, table, flows),
        resources=_with_resources(park, catalogue, flows),
        limits=settled_limits(park, effect, table),
    )


def _called(table: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    return table[table["id"].isin(names)].reset_index(drop=True)


def _changed(effect: Effects, values: Vector) -> pd.DataFrame:
    """Return all flows with their new amounts; a new flow that carries nothing is left out."""
    entries = effect.entries
    weight = entries["amount"].to_numpy(float) * values[entries["column"].to_numpy(int)]
    count = len(effect.rows)
    change = np.bincount(entries["row"], weights=weight, minlength=count)
    moved = np.bincount(entries["row"], weights=np.abs(weight), minlength=count)
    before = effect.rows["amount"].to_numpy(float)
    after = before + change
    after = np.where(np.abs(after) <= SNAP * np.maximum(before, moved), 0.0, after)
    rows = effect.rows.assign(amount=after, before=before)
    displaced = (rows["per_amount"] * after).where(
        rows["displaces"] != "", rows["displaced_amount"]
    )
    shrunk = before - after
    rows = rows.assign(
        displaced_amount=displaced,
        low=np.minimum((rows["low"] - shrunk).clip(lower=0.0), after),
        high=np.maximum(rows["high"] - shrunk, after),
    )
    rows["low"] = rows["low"].where(effect.rows["low"].notna())
    rows["high"] = rows["high"].where(effect.rows["high"].notna())
    kept: pd.DataFrame = rows.loc[rows["old"].to_numpy(bool) | (after != 0)]
    return kept


def _turned_down(park: Park, flows: pd.DataFrame, utilities: tuple[str, ...]) -> pd.DataFrame:
    """Return processes where the activity of utilities follows what they still give."""
    given = flows[flows["source"].isin(utilities) & flows["old"] & (flows["pathway"] == "")]
    given = given[~given["target"].isin(("@nature", "@disposal", "@stock"))]
    total = given.groupby("source")[["amount", "before"]].sum()
    share = park.processes["id"].map(total["amount"] / total["before"]).astype(float).fillna(1.0)
    return park.processes.assign(activity=park.processes["activity"] * share)


def _priced(flows: pd.DataFrame, plan: Plan, table: pd.DataFrame) -> pd.DataFrame:
    """Return flows where each exchange carries what its taker pays, per unit of the flow.

    What is paid stands on the leg that crosses from one enterprise to the other.
    """
    name = exchange_ids(table, "offer_id", "demand_id")
    price = name.map(plan.prices).astype(float)
    at_taker = (table["site"] == "taker") & (table["pathway"] != IDENTITY)
    leg = name.where(~at_taker, name + ":taken")
    arriving = (1.0 - table["loss"]).where(at_taker, table["given"])
    paid = pd.Series((price / arriving).to_numpy(float), index=leg)
    inside = ~flows["source"].str.startswith("@") & ~flows["target"].str.startswith("@")
    fresh = flows["id"].map(paid).astype(float).where(inside)
    return flows.assign(
        unit_cost=flows["unit_cost"].where(fresh.isna() | (flows["before"] > 0), fresh)
    )


def _with_mixes(
    park: Park, qualities: pd.DataFrame, flows: pd.DataFrame, table: pd.DataFrame
) -> pd.DataFrame:
    """Return qualities with what each exchange brings, so that its lot remembers the blend."""
    name = exchange_ids(table, "offer_id", "demand_id")
    legs = []
    for flow, cleaned in ((name, True), (name + ":taken", False)):
        rows = pd.DataFrame({"offer": table["offer_id"], "new": flow, "row": table.index})
        rows = rows[rows["new"].isin(flows["id"]) & ~rows["new"].isin(qualities["flow"])]
        known = rows.merge(park.qualities, left_on="offer", right_on="flow")
        if cleaned:
            known = known.assign(value=known["value"] * (1.0 - _removed(table, known)))
        legs.append(known.assign(flow=known["new"], minimum=np.nan, maximum=np.nan))
    extra = pd.concat(legs)[qualities.columns].dropna(subset="value")
    return pd.concat([qualities, extra], ignore_index=True)


def _removed(table: pd.DataFrame, known: pd.DataFrame) -> Vector:
    removed = np.zeros(len(known))
    for column in (c for c in table.columns if c.startswith("removes_")):
        mask = (known["property"] == column.removeprefix("removes_")).to_numpy()
        share = table[column].fillna(0.0).to_numpy(float)[known["row"].to_numpy(int)]
        removed = np.where(mask, share, removed)
    return removed


def _with_plants(
    park: Park, catalogue: Catalogue, effect: Effects, table: pd.DataFrame, flows: pd.DataFrame
) -> pd.DataFrame:
    """Return processes with one more for each plant that takes something in."""
    used = effect.plants[
        effect.plants.index.isin(flows.loc[flows["amount"] > 0, "target"])
        & ~effect.plants["standing"]
    ]
    made = table.drop_duplicates("plant").set_index("plant").loc[used.index]
    called = catalogue.pathways.set_index("id")["name"].reindex(made["pathway"]).to_numpy(str)
    columns = {
        "id": used.index,
        "enterprise": used["enterprise"],
        "name": made["pathway"].where(called == "", called),
        "product": made["gives"],
    }
    blank = {"activity": np.nan, "minimum_activity": np.nan, "maximum_activity": np.nan}
    fresh = pd.DataFrame(columns).assign(
        **blank, margin=np.nan, flexible=False, operating_hours=8760.0
    )
    return pd.concat([park.processes, fresh[park.processes.columns]], ignore_index=True)


def _with_resources(park: Park, catalogue: Catalogue, flows: pd.DataFrame) -> pd.DataFrame:
    """Return resources with those that only the plan's flows use, in order of id."""
    missing = set(flows["resource"]) | set(flows["displaces"]) - {""}
    missing -= set(park.resources["id"])
    known = catalogue.resources[catalogue.resources["id"].isin(missing)]
    table = pd.concat([park.resources, known.reindex(columns=park.resources.columns)])
    return table.sort_values("id", ignore_index=True)
