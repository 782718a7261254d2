"""Every offer with every pathway that takes it and every demand that the outcome replaces."""

import numpy as np
import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.matching.distance import distances
from symbiosis.model import IDENTITY, Park

HEAT_POOL = "*heat"  # all resources of kind heat are one pool, told apart by temperature
SALES = "@sales:"
ROUTE = (
    "takes",
    "gives",
    "replaces",
    "yield",
    "ratio",
    "site",
    "mode",
    "market_constrained",
    "capital_fixed",
    "capital_per_capacity",
    "operating_cost",
    "minimum",
    "capacity",
    "lifetime",
    "max_distance",
    "loss_per_km",
    "temperature_lift",
    "reference_moisture",
)


def pairs(
    park: Park, catalogue: Catalogue, offers: pd.DataFrame, demands: pd.DataFrame
) -> pd.DataFrame:
    """Return all pairs that some pathway joins, whether or not its rules allow them.

    Returns
    -------
    DataFrame
        One row per (offer, pathway, demand): positions ``offer`` and ``demand`` (-1 for a
        market), ids ``offer_id``, ``pathway``, ``demand_id``, the pathway's columns, and per unit
        taken ``given`` [unit of ``gives``] and ``served`` [unit of the demand], ``distance_km``,
        ``giver``, ``taker``, ``site`` and ``site_enterprise``, ``plant`` ("" for identity).
    """
    kinds = resource_kinds(park, catalogue)
    energy = _energy(park, catalogue)
    left = offers[["resource", "kind", "enterprise", "process", "id", "target"]].assign(
        offer=np.arange(len(offers)), key=_key(offers["resource"], kinds)
    )
    right = pd.concat([_demand_side(demands, kinds), _markets(park, kinds)], ignore_index=True)
    routes = _routes(catalogue, kinds)
    routed = left.merge(routes, on="key", suffixes=("", "_route"))
    bought = right[right["demand"] >= 0]
    converted = [
        routed.merge(bought, left_on="wanted", right_on="wanted_key"),
        routed.merge(right[right["demand"] < 0], left_on="sold", right_on="wanted_key"),
    ]
    joined = left.merge(right, left_on="key", right_on="wanted_key").assign(
        pathway=IDENTITY, **{"yield": 1.0, "ratio": 1.0}
    )
    table = pd.concat([_as_it_is(joined, routes), *converted], ignore_index=True)
    sold_already = (table["demand"] < 0) & (table["target"] == "@sales")
    return _measured(park, table[~sold_already].reset_index(drop=True), energy)


def _routes(catalogue: Catalogue, kinds: pd.Series) -> pd.DataFrame:
    """Return pathways with the columns that matching asks for (a wide table is slow to join)."""
    table = catalogue.pathways
    removes = [c for c in table.columns if c.startswith("removes_") and table[c].gt(0).any()]
    return (
        table[["id", *ROUTE, *removes]]
        .assign(
            key=_key(table["takes"], kinds),
            wanted=_key(table["replaces"], kinds),
            sold=_key(table["gives"], kinds),
        )
        .rename(columns={"id": "pathway"})
    )


def resource_kinds(park: Park, catalogue: Catalogue) -> pd.Series:
    """Return the kind of every resource that the park or the catalogue knows, by id."""
    both = pd.concat([park.resources[["id", "kind"]], catalogue.resources[["id", "kind"]]])
    return both.drop_duplicates("id").set_index("id")["kind"]


def _energy(park: Park, catalogue: Catalogue) -> pd.Series:
    """Return the energy content of resources of kind heat [GJ/unit], by id."""
    columns = ["id", "kind", "content_energy"]
    both = pd.concat([park.resources[columns], catalogue.resources[columns]]).drop_duplicates("id")
    heat = both[both["kind"] == "heat"]
    return heat.set_index("id")["content_energy"].fillna(1.0)


def _key(resource: pd.Series, kinds: pd.Series) -> pd.Series:
    return resource.where(resource.map(kinds) != "heat", HEAT_POOL)


def _demand_side(demands: pd.DataFrame, kinds: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "demand": np.arange(len(demands)),
            "demand_id": demands["id"].to_numpy(),
            "taker": demands["enterprise"].to_numpy(),
            "taker_process": demands["process"].to_numpy(),
            "wanted_resource": demands["resource"].to_numpy(),
            "wanted_key": _key(demands["resource"], kinds).to_numpy(),
        }
    )


def _markets(park: Park, kinds: pd.Series) -> pd.DataFrame:
    sold = park.markets[park.markets["boundary"] == "@sales"]
    return pd.DataFrame(
        {
            "demand": np.full(len(sold), -1),
            "demand_id": (SALES + sold["resource"]).to_numpy(str),
            "taker": "",
            "taker_process": "@sales",
            "wanted_resource": sold["resource"].to_numpy(str),
            "wanted_key": _key(sold["resource"], kinds).to_numpy(str),
        }
    )


def _as_it_is(joined: pd.DataFrame, routes: pd.DataFrame) -> pd.DataFrame:
    """Return identity pairs with the columns of a pathway: nothing added, nothing paid."""
    blank: dict[str, str | float | bool | pd.Series] = {
        "takes": joined["resource"],
        "gives": joined["resource"],
        "replaces": joined["wanted_resource"],
        "site": "taker",
        "mode": "",
        "market_constrained": False,
        "capital_fixed": 0.0,
        "capital_per_capacity": 0.0,
        "operating_cost": 0.0,
        "minimum": 0.0,
        "temperature_lift": 0.0,
    }
    unset = ("capacity", "lifetime", "max_distance", "loss_per_km", "reference_moisture")
    nothing = dict.fromkeys(unset, np.nan)
    removed = {name: 0.0 for name in routes.columns if name.startswith("removes_")}
    return joined.assign(**blank, **nothing, **removed)


def _measured(park: Park, table: pd.DataFrame, energy: pd.Series) -> pd.DataFrame:
    """Return pairs with their distance, their site and what a unit taken gives and serves."""
    market = table["demand"] < 0
    site = table["site"].where(~market, "giver")  # what is sold is made where it arises
    taker = table["taker"].where(~market, table["enterprise"])
    way = distances(park)
    row, column = (way.index.get_indexer(pd.Index(end)) for end in (table["enterprise"], taker))
    site_enterprise = table["enterprise"].where(site == "giver", taker)
    # Heat in other units than the pathway's (steam in t): by energy content, 1 for all else.
    taken_scale = _ratio(table["resource"], table["takes"], energy)
    served_scale = _ratio(table["replaces"], table["wanted_resource"], energy)
    identity = table["pathway"] == IDENTITY
    served_scale = served_scale.where(
        ~identity, _ratio(table["resource"], table["wanted_resource"], energy)
    ).where(~market, 1.0)
    spare = ["key", "wanted_key", "wanted", "sold", "target", "id", "process"]
    return table.drop(columns=spare).assign(
        offer_id=table["id"],
        giver=table["enterprise"],
        giver_process=table["process"],
        taker=taker,
        site=site,
        site_enterprise=site_enterprise,
        plant=(table["pathway"] + "@" + site_enterprise).where(~identity, ""),
        distance_km=way.to_numpy()[row, column],
        taken_scale=taken_scale,
        served_scale=served_scale,
    )


def _ratio(top: pd.Series, bottom: pd.Series, energy: pd.Series) -> pd.Series:
    above, below = (end.map(energy).astype(float).fillna(1.0) for end in (top, bottom))
    return above / below
