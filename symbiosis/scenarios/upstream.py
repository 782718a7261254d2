"""Where the saving of a plan comes from: which activity upstream, or which figure of the park."""

import numpy as np
import pandas as pd

from symbiosis.lca.contributions import COLUMNS, Background, background, contributions
from symbiosis.scenarios.origins import INVENTORY, factor_figures
from symbiosis.scenarios.outcome import HOME, Outcome, climate
from symbiosis.scenarios.resting import plan_changes
from symbiosis.views.footprint import CLIMATE, DIRECT_CLIMATE, rates

FACTOR = "factor"  # a figure of the park or the catalogue, of which no chain is known


def saving_demand(outcome: Outcome, indicator: str = CLIMATE) -> pd.DataFrame:
    """Return what a plan takes less of the background, by boundary and resource.

    Returns
    -------
    DataFrame
        Columns boundary, resource, room (whose figure it is scored with), value (what is saved
        through it [indicator unit/year]) and amount: that over the inventory's factor, in the
        inventory's units, so that credits of what is sold count as the allocation rule has it. NaN
        where the figure is not the inventory's.
    """
    changes, park = plan_changes(outcome), outcome.park
    factors = outcome.catalogue.factors
    value = -rates(changes.flows, factors, indicator, park.settings).value[changes.row]
    flows = changes.flows
    displaced = flows["displaces"].to_numpy(object)
    credited = (changes.boundary == "@sales") & (displaced != "")
    table = pd.DataFrame(
        {
            "boundary": np.where(credited, "@supply", changes.boundary)[changes.row],
            "resource": np.where(credited, displaced, flows["resource"].to_numpy(object))[
                changes.row
            ],
            "value": value * changes.amount,
        }
    )
    table = table.groupby(["boundary", "resource"])["value"].sum().reset_index()
    table = table[table["value"] != 0].reset_index(drop=True)
    name = CLIMATE if indicator == DIRECT_CLIMATE else indicator
    pairs = set(table["boundary"] + " " + table["resource"])
    behind = factor_figures(park, outcome.provenance, outcome.catalogue, outcome.inventory, pairs)
    room = behind[behind["column"] == name].set_index("id")["room"]
    scored = climate(park, outcome.inventory)
    scored = scored[scored["indicator"] == name]
    known = scored.set_index(["boundary", "resource"])["value"]
    keys = pd.MultiIndex.from_frame(table[["boundary", "resource"]])
    rooms = (table["boundary"] + " " + table["resource"]).map(room).fillna("")
    amount = table["value"] / known.reindex(keys).to_numpy(float)
    return table.assign(room=rooms, amount=amount.where(rooms == INVENTORY))


def traced(outcome: Outcome, indicator: str = CLIMATE) -> Background:
    """Return the background of a park for an indicator that its inventory characterises."""
    park = outcome.park
    name = CLIMATE if indicator == DIRECT_CLIMATE else indicator
    where = (park.region or HOME, park.year, park.settings.electricity)
    return background(outcome.inventory, *where, indicator=name)


def saving_contributions(outcome: Outcome, indicator: str = CLIMATE) -> pd.DataFrame:
    """Return which upstream activity the saving of a plan's exchanges comes from.

    Returns
    -------
    DataFrame
        Columns of `symbiosis.lca.contributions.contributions`; what is scored with a figure of the
        park or the catalogue is a row of its own, without an activity, kind `FACTOR`. The values
        add up to what the exchanges save [indicator unit/year].
    """
    demand = saving_demand(outcome, indicator)
    inside = demand["room"].eq(INVENTORY)
    known = contributions(traced(outcome, indicator), demand[inside])
    other = demand[~inside].rename(columns={"resource": "product"})
    other = other.assign(activity="", name="", region="", kind=FACTOR, scaling=np.nan)
    every = [part for part in (known, other[known.columns]) if len(part)]
    if not every:
        return known
    whole = pd.concat(every, ignore_index=True)
    return whole.sort_values("value", key=abs, ascending=False, kind="stable", ignore_index=True)


def contribution_table(outcome: Outcome) -> pd.DataFrame:
    """Return where the saving comes from in every indicator that the inventory characterises.

    Returns
    -------
    DataFrame
        Column indicator, then those of `saving_contributions`.
    """
    known = set(outcome.inventory.characterisation["indicator"])
    tables = [
        saving_contributions(outcome, name).assign(indicator=name)
        for name in outcome.park.settings.indicators
        if name in known
    ]
    columns = ["indicator", *COLUMNS]
    return pd.concat(tables)[columns] if tables else pd.DataFrame(columns=columns)
