"""Which flow each exchange of a plan changes, and by how much."""

import pandas as pd

from symbiosis.matching.plan import exchange_ids
from symbiosis.scenarios.outcome import Outcome

COLUMNS = (
    *("offer", "pathway", "demand", "part", "flow", "source", "target", "resource", "unit"),
    *("change", "displaces", "displaced_change", "market_constrained"),
)


def exchange_flows(outcome: Outcome) -> pd.DataFrame:
    """Return the changes that the exchanges of a plan make, in `COLUMNS`.

    With the factors of the outcome the changes of an exchange give its net: what it avoids is
    negative, what it adds positive. Flows of a plant that several exchanges share are split by
    the amounts that they take.

    Returns
    -------
    DataFrame
        ``change`` in the resource's unit per year, ``displaced_change`` in that of what is
        displaced.
    """
    found, table = outcome.search.found, outcome.exchanges
    effects = found.effects
    number = pd.Series(range(len(table)), index=table["exchange"].to_numpy(str))
    names = exchange_ids(found.candidates, "offer_id", "demand_id")
    exchange = pd.Series(names.map(number).to_numpy(), index=range(effects.candidates))
    own = effects.entries.assign(exchange=effects.entries["column"].map(exchange)).dropna()
    own = own.assign(times=own["exchange"].map(table["taken"]).astype(float))
    shares = table.assign(column=table["plant"].map(effects.plants["column"]))
    shares = shares.assign(exchange=range(len(table)), times=table["plant_share"])
    shared = effects.entries.merge(shares[["column", "exchange", "times"]], on="column")
    entries = pd.concat([own, shared], ignore_index=True).astype({"exchange": int})
    change = entries["amount"] * entries["times"]
    keys = {"exchange": entries["exchange"], "row": entries["row"], "part": entries["part"]}
    summed = change.groupby(list(keys.values()), observed=True).sum().rename("change").reset_index()
    summed = summed[summed["change"] != 0.0]
    rows = effects.rows.loc[summed["row"]].reset_index(drop=True)
    links = table.loc[summed["exchange"]].reset_index(drop=True)
    summed = summed.reset_index(drop=True)
    result = rows.assign(
        offer=links["offer_id"],
        pathway=links["pathway"],
        demand=links["demand_id"],
        part=summed["part"].astype(str),
        flow=rows["id"],
        change=summed["change"],
        displaced_change=(summed["change"] * rows["per_amount"]).where(rows["displaces"] != ""),
    )
    return result[list(COLUMNS)]
