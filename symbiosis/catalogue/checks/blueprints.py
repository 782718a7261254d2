"""Plant types: mass closes, no element is made, and heat has its temperatures."""

import numpy as np
import pandas as pd

from symbiosis.catalogue.checks.broken import Mask, broken
from symbiosis.catalogue.checks.contents import MASS, carried, element
from symbiosis.catalogue.checks.contents import shown as t
from symbiosis.catalogue.rules import Tables
from symbiosis.catalogue.tables import ELEMENTS
from symbiosis.errors import Problem

MASS_WITHIN, ELEMENTS_WITHIN = 0.03, 0.02  # of what enters
FLOOR = 0.002  # t per t entering: traces
HOURS_PER_YEAR = 8760.0


def blueprint_problems(tables: Tables) -> list[Problem]:
    """Return plant types that do not close or make no sense."""
    return [*_balances(tables), *_heat(tables), *_sizes(tables)]


def _balances(tables: Tables) -> list[Problem]:
    rows = tables["blueprints"].drop_duplicates("id")
    entering, leaving = (
        carried(tables, "blueprint_flows", "blueprint", direction)
        .reindex(rows["id"])
        .set_axis(rows.index)
        for direction in ("in", "out")
    )
    mass = leaving[MASS] - entering[MASS]
    is_open = mass.abs().gt(MASS_WITHIN * entering[MASS])
    found = _unclosed(rows, MASS, entering, leaving, is_open)
    for layer in ELEMENTS:
        room = np.maximum(ELEMENTS_WITHIN * entering[layer], FLOOR * entering[MASS])
        made = (leaving[layer] - entering[layer]).gt(room)
        found += _unclosed(rows, layer, entering, leaving, made)
    return found


def _unclosed(
    rows: pd.DataFrame, layer: str, entering: pd.DataFrame, leaving: pd.DataFrame, fails: Mask
) -> list[Problem]:
    gap = leaving[layer] - entering[layer]
    ends = entering[layer].map(t) + " t enters, " + leaving[layer].map(t) + " t leaves"
    what = "'" + rows["id"] + f"': {element(layer)} does not close: " + ends
    what += ", " + gap.abs().map(t) + gap.gt(0).map({True: " t is made", False: " t is lost"})
    return broken("blueprints", "id", fails, what, "mend its rows in blueprint_flows.csv")


def _heat(tables: Tables) -> list[Problem]:
    """Return heat without temperatures, heat that flows uphill, and temperatures of other flows."""
    rows = tables["blueprint_flows"]
    kinds = tables["resources"].drop_duplicates("id").set_index("id")["kind"]
    heat = rows["resource"].map(kinds).eq("heat")
    first, last = rows["temperature_from"], rows["temperature_to"]
    bare = heat & (first.isna() | last.isna())
    hot, cold = rows["direction"].eq("out"), rows["direction"].eq("in")
    uphill = heat & ((hot & first.lt(last)) | (cold & first.gt(last)))
    other = ~heat & (first.notna() | last.notna())
    way = "from " + first.map(str) + " to " + last.map(str) + " degC, going " + rows["direction"]
    name, column = "blueprint_flows", "temperature_from"
    given = "give temperature_from and temperature_to"
    order = "heat given cools down, heat taken warms up"
    elsewhere = "write it in blueprint_qualities.csv as 'temperature'"
    return [
        *broken(name, column, bare, "heat without its temperatures", given),
        *broken(name, column, uphill, way, order),
        *broken(name, column, other, "only heat has these", elsewhere),
    ]


def _sizes(tables: Tables) -> list[Problem]:
    """Return capacities and hours out of order, plant types without flows, and odd products."""
    rows, flows = tables["blueprints"], tables["blueprint_flows"]
    low, high, hours = rows["capacity_low"], rows["capacity_high"], rows["operating_hours"]
    words = low.map(str) + " is above capacity_high, " + high.map(str)
    idle = ~rows["id"].isin(flows["blueprint"])
    products = dict(zip(rows["id"], rows["product"], strict=True))
    made = flows["direction"].eq("out") & flows["resource"].eq(flows["blueprint"].map(products))
    best = flows["amount"].where(made & flows["boundary"].eq("@sales"))
    most = best.groupby(flows["blueprint"]).max()
    unlike = rows["id"].map(most).sub(1).abs().gt(1e-9)
    return [
        *broken("blueprints", "capacity_low", low.gt(high), words, "put them in order"),
        *broken(
            "blueprints",
            "operating_hours",
            hours.le(0) | hours.gt(HOURS_PER_YEAR),
            hours.map(str) + " h of a year",
            f"above 0, at most {HOURS_PER_YEAR:.0f}",
        ),
        *broken("blueprints", "id", idle, "no flow", "list its flows in blueprint_flows.csv"),
        *broken(
            "blueprints",
            "product",
            unlike,
            "its product does not leave as 1 per unit of capacity",
            "write all amounts per unit of the product",
        ),
    ]
