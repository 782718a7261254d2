"""How what is exchanged gets from giver to taker: mode, loss on the way, and what is hauled."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.model import IDENTITY, Park, Settings


def carried(park: Park, catalogue: Catalogue, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return pairs with their carriage and what a unit taken gives, serves and hauls.

    Adds ``hauled_resource``, ``hauled_kind``, ``mode``, ``service`` (the transport resource),
    ``reach_km`` (NaN: no limit), ``allowed_km``, ``loss`` (share lost on the way), ``input``
    [pathway units entering the plant per unit taken], ``given`` [unit of ``gives`` arriving per
    unit taken], ``served`` [demand units per unit taken], ``haul`` [service units per unit taken].
    """
    resources = pd.concat([park.resources, catalogue.resources]).drop_duplicates("id")
    resources = resources.set_index("id")
    made_first = pairs["site"] == "giver"
    hauled = pairs["gives"].where(made_first & (pairs["pathway"] != IDENTITY), pairs["resource"])
    kind = hauled.map(resources["kind"])
    way = _modes(catalogue.modes, kind, pairs["mode"])
    per_km = pairs["loss_per_km"].fillna(way["loss_per_km"]).fillna(0.0)
    loss = (per_km * pairs["distance_km"]).clip(0.0, 1.0)
    kept = 1.0 - loss
    made = pairs["taken_scale"] * pairs["yield"]
    before = np.where(made_first, made, 1.0)  # what sets out, per unit taken
    content = hauled.map(resources["content_mass"]).astype(float).where(kind == "material", 1.0)
    content = content.where(
        kind != "heat", hauled.map(resources["content_energy"]).astype(float)
    ).fillna(1.0)
    given = made * kept
    return pairs.assign(
        hauled_resource=hauled,
        hauled_kind=kind,
        mode=way["mode"],
        service=way["resource"],
        reach_km=pairs["max_distance"].fillna(way["max_distance_km"]),
        allowed_km=_setting(park.settings.max_distance, kind, way["mode"], np.inf),
        loss=loss,
        input=pairs["taken_scale"] * kept.where(~made_first, 1.0),
        given=given,
        given_mass=pairs["gives"]
        .where(pairs["pathway"] != IDENTITY, pairs["resource"])
        .map(resources["content_mass"])
        .astype(float),
        served=given * pairs["ratio"] * pairs["served_scale"],
        haul=np.where(pairs["demand"] < 0, 0.0, before * content * pairs["distance_km"]),
        haul_cost=_setting(park.settings.transport_cost, kind, way["mode"], np.nan),
    )


def _modes(modes: pd.DataFrame, kind: pd.Series, named: pd.Series) -> pd.DataFrame:
    """Return the mode of each pair: the one its pathway names, else the kind's usual one."""
    usual = modes[modes["default"]].drop_duplicates("kind").set_index("kind")
    chosen = named.where(
        named.astype(object).fillna("") != "", kind.map(usual["mode"]).astype(object)
    ).fillna("road")
    columns = ["resource", "max_distance_km", "loss_per_km"]
    table = modes.drop_duplicates(["kind", "mode"]).set_index(["kind", "mode"])[columns]
    found = table.reindex(pd.MultiIndex.from_arrays([kind, chosen])).reset_index(drop=True)
    found.index = kind.index
    return found.assign(
        mode=chosen,
        resource=found["resource"].astype(object).fillna("transport_" + chosen.astype(str)),
    )


def _setting(
    value: float | Mapping[str, float], kind: pd.Series, mode: pd.Series, blank: float
) -> pd.Series:
    """Return a setting that is a number, or a table by kind or mode (the mode goes first)."""
    if not isinstance(value, Mapping):
        return pd.Series(float(value), index=kind.index)
    table = dict(value)
    return mode.map(table).fillna(kind.map(table)).astype(float).fillna(blank)


def printed_defaults(catalogue: Catalogue, settings: Settings) -> pd.DataFrame:
    """Return the way each kind of resource is carried where a pathway says nothing else."""
    usual = catalogue.modes[catalogue.modes["default"]]
    return usual.assign(default_distance_km=settings.default_distance, detour=settings.detour)
