"""Heat and power: below Carnot, and none of it made from nothing."""

import pandas as pd

from symbiosis.catalogue.checks.broken import Mask, broken
from symbiosis.catalogue.checks.contents import ENERGY, carried, held
from symbiosis.catalogue.checks.contents import shown as gj
from symbiosis.catalogue.rules import Tables
from symbiosis.errors import Problem

AMBIENT_K, KELVIN = 298.15, 273.15
CLOSES_WITHIN = 0.01
_DRIVE = "list the power that drives it in pathway_flows.csv"
_CLOSE = "let the yield be the heat taken and the power that drives it, less listed losses"


def energy_problems(tables: Tables) -> list[Problem]:
    """Return pathways that give more heat or power than nature allows."""
    rows = _balances(tables)
    pumps = rows["temperature_lift"].gt(0)
    heat_in, heat_out = rows["taken_kind"].eq("heat"), rows["given_kind"].eq("heat")
    engines = heat_in & rows["given_kind"].eq("electricity")
    pipes = heat_in & heat_out & ~pumps
    burners = rows["taken"].gt(0) & rows["given_kind"].isin(["heat", "electricity"]) & ~heat_in
    return [
        *_without_level(rows, pumps | engines),
        *_engines(rows, engines),
        *_pumps(rows, pumps),
        *_conversions(rows, pipes, "heat by pipe"),
        *_conversions(rows, burners, "what is burnt"),
    ]


def _balances(tables: Tables) -> pd.DataFrame:
    """Return pathways with kinds, energies per unit taken [GJ] and the lowest level used [K]."""
    rows = tables["pathways"].drop_duplicates("id")
    kinds = tables["resources"].drop_duplicates("id").set_index("id")["kind"]
    sides = {
        direction: carried(tables, "pathway_flows", "pathway", direction)[ENERGY]
        .reindex(rows["id"])
        .set_axis(rows.index)
        for direction in ("in", "out")
    }
    limits = tables["pathway_limits"]
    levels = limits[limits["property"].eq("temperature_to") & limits["at"].isin(["taken", ""])]
    level = levels.drop_duplicates("pathway").set_index("pathway")["minimum"]
    best = rows[["yield", "high"]].max(axis=1)
    one = pd.Series(1.0, index=rows.index)
    return rows.assign(
        taken_kind=rows["takes"].map(kinds),
        given_kind=rows["gives"].map(kinds),
        taken=held(tables, rows["takes"], one)[ENERGY],
        given=held(tables, rows["gives"], rows["yield"])[ENERGY],
        best=held(tables, rows["gives"], best)[ENERGY],
        driven=sides["in"],
        beside=sides["out"],
        level=rows["id"].map(level) + KELVIN,
    )


def _without_level(rows: pd.DataFrame, asked: Mask) -> list[Problem]:
    what = "no lowest temperature is known, so Carnot's bound is not either"
    remedy = "give pathway_limits.csv a minimum of temperature_to at taken"
    return broken("pathways", "id", asked & rows["level"].isna(), what, remedy)


def _engines(rows: pd.DataFrame, engines: Mask) -> list[Problem]:
    carnot = 1 - AMBIENT_K / rows["level"]
    share = rows["best"] / rows["taken"]
    what = "turns " + share.map("{:.3f}".format) + " of the heat into power (at the high end), "
    what += "Carnot allows " + carnot.map("{:.3f}".format)
    remedy = "lower the yield, or raise the lowest temperature in pathway_limits.csv"
    return broken("pathways", "yield", engines & share.ge(carnot), what, remedy)


def _pumps(rows: pd.DataFrame, pumps: Mask) -> list[Problem]:
    driven = pumps & rows["driven"].gt(0)
    performance = rows["given"] / rows["driven"]
    carnot = (rows["level"] + rows["temperature_lift"]) / rows["temperature_lift"]
    too_good = "has a coefficient of performance of " + performance.map("{:.2f}".format)
    too_good += ", Carnot allows " + carnot.map("{:.2f}".format)
    entering, leaving = rows["taken"] + rows["driven"], rows["given"] + rows["beside"]
    open_by = (entering - leaving).abs()
    is_open = open_by.gt(CLOSES_WITHIN * entering)
    unlike = "energy does not close: " + entering.map(gj) + " GJ enters, " + leaving.map(gj)
    column = "yield"
    return [
        *broken("pathways", column, pumps & ~driven, "a heat pump that nothing drives", _DRIVE),
        *broken("pathways", column, driven & performance.ge(carnot), too_good, _DRIVE),
        *broken("pathways", column, driven & is_open, unlike + " GJ leaves", _CLOSE),
    ]


def _conversions(rows: pd.DataFrame, asked: Mask, who: str) -> list[Problem]:
    entering = rows["taken"] + rows["driven"]
    above = (rows["best"] + rows["beside"]).gt(entering * (1 + 1e-9))
    what = f"{who} gives " + (rows["best"] + rows["beside"]).map(gj) + " GJ (at the high end), "
    what += "where " + entering.map(gj) + " GJ enters"
    return broken("pathways", "yield", asked & above, what, "lower the yield, or check the units")
