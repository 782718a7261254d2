"""What a plan changes, as tables: flows before and after, and what belongs to no exchange."""

import pandas as pd

from symbiosis.model import LAYERS, Park
from symbiosis.scenarios.outcome import Outcome


def flow_changes(before: Park, after: Park) -> pd.DataFrame:
    """Return every flow before and after [resource unit/year], split heat flows by their lot."""
    old = before.flows.set_index("id")
    new = after.flows.set_index("id")
    columns = ["source", "target", "resource", "unit", "pathway", "status"]
    every = pd.concat([new[columns], old.loc[~old.index.isin(new.index), columns]])
    return (
        every.assign(
            before=old["amount"].reindex(every.index).fillna(0.0),
            after=new["amount"].reindex(every.index).fillna(0.0),
        )
        .rename_axis("id")
        .reset_index()
    )


def other_changes(outcome: Outcome) -> pd.DataFrame:
    """Return what changes without belonging to an exchange.

    One row per utility that turns down, with its share; its saving is part of the exchanges that
    serve in its stead, so that its own is zero here.
    """
    before, after = outcome.park.flows, outcome.after.flows
    utilities = outcome.search.found.down.processes
    given_before = before[before["source"].isin(utilities)].groupby("source")["amount"].sum()
    given_after = after[after["source"].isin(utilities)].groupby("source")["amount"].sum()
    share = 1.0 - given_after.reindex(given_before.index).fillna(0.0) / given_before
    share = share[share.abs() > 1e-12]
    table = pd.DataFrame(
        {"process": share.index, "change": "activity", "share": -share.to_numpy(float)}
    )
    return table.assign(**{f"{name}_net": 0.0 for name in outcome.park.settings.indicators})


def shifts(outcome: Outcome) -> pd.DataFrame:
    """Return how the content of what processes receive differs from what it displaces.

    Returns
    -------
    DataFrame
        Columns process, layer, shift [t/year; GJ/year for energy]: given minus displaced; zero
        where contents are equal. Only known contents count.
    """
    flows = outcome.after.flows
    inside = (flows["displaces"] != "") & ~flows["target"].str.startswith("@")
    rows = flows[inside & (flows["pathway"] != "") & (flows["amount"] > 0)]
    resources = outcome.after.resources.set_index("id")
    found = []
    for layer in (*LAYERS, "energy"):
        content = resources[f"content_{layer}"]
        given = rows["amount"] * rows["resource"].map(content).astype(float)
        displaced = rows["displaced_amount"] * rows["displaces"].map(content).astype(float)
        change = (given - displaced).groupby(rows["target"]).sum(min_count=1)
        change = change[change.abs() > 1e-9]
        found.append(
            pd.DataFrame({"process": change.index, "layer": layer, "shift": change.to_numpy()})
        )
    return pd.concat(found, ignore_index=True)
