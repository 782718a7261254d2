"""What no unit process can do: give more of an element than it takes."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pandas as pd

from symbiosis.errors import Problem
from symbiosis.lca.inventory import Inventory

CONTENT = "content_"
_NO_ELEMENT = (f"{CONTENT}mass", f"{CONTENT}energy", f"{CONTENT}water")
# Share of an element in what goes to nature, by mass.
_EMITTED: Mapping[tuple[str, str], float] = MappingProxyType(
    {
        ("carbon_dioxide", "C"): 12.011 / 44.009,
        ("biogenic_carbon_dioxide", "C"): 12.011 / 44.009,
        ("methane", "C"): 12.011 / 16.043,
        ("methane_fossil", "C"): 12.011 / 16.043,
        ("methane_biogenic", "C"): 12.011 / 16.043,
        ("sulfur_dioxide", "S"): 32.06 / 64.064,
        ("hydrogen_sulfide", "S"): 32.06 / 34.081,
        ("hydrogen_fluoride", "F"): 18.998 / 20.006,
        ("hydrogen_chloride", "Cl"): 35.45 / 36.458,
    }
)
SHARE, TRACE = 0.02, 0.005  # of what is taken; t per unit: impurities that are not followed
_SIDES = {True: "taken", False: "given"}


def created_elements(inventory: Inventory, resources: pd.DataFrame) -> Iterator[Problem]:
    """Yield the unit processes that give more of an element than they take, even at high ends.

    Parameters
    ----------
    inventory : Inventory
        As read.
    resources : DataFrame
        Of the catalogue: id, kind, ``content_<element>`` [t per unit of the resource].
    """
    balance = elements(inventory, resources)
    short = balance[balance["given"] > balance["taken"] * (1 + SHARE) + TRACE]
    rows = pd.Series(inventory.activities.index, index=inventory.activities["id"])
    for name, element, given, taken in short.itertuples(index=False):
        what = f"'{name}' gives {given:.4g} t of {element} and takes {taken:.4g} t"
        remedy = "add what brings it, or lower the yield"
        yield Problem(f"activities.csv, row {rows[name] + 2}, id", what, remedy)


def elements(inventory: Inventory, resources: pd.DataFrame) -> pd.DataFrame:
    """Return what unit processes take, at most, and give of each element.

    A process that buys in no material is left out: a mine, or a landfill whose machines burn
    fuel that no row names. So is whatever holds an aggregated value. Waste that is sent away is
    left out too: its row stands for a way of disposal, seldom for its own composition.

    Returns
    -------
    DataFrame
        Columns activity, element, given, taken [t per unit of the activity].
    """
    ends = _ends(inventory, resources)
    columns = [name for name in resources if str(name).startswith(CONTENT)]
    contents = resources.set_index("id")[[n for n in columns if n not in _NO_ELEMENT]]
    parts = []
    for column in contents:
        element = str(column).removeprefix(CONTENT)
        held = ends["resource"].map(contents[column].fillna(0.0)).fillna(0.0)
        emitted = [_EMITTED.get((flow, element), 0.0) / 1000 for flow in ends["emission"]]
        mass = ends["amount"] * (held + pd.Series(emitted, index=ends.index))
        table = pd.DataFrame({"activity": ends["activity"], "element": element})
        sides = {side: mass.where(ends["side"].eq(side), 0.0) for side in ("given", "taken")}
        parts.append(table.assign(**sides).groupby(["activity", "element"], as_index=False).sum())
    every = pd.concat(parts, ignore_index=True) if parts else ends.iloc[:0]
    return every[every["given"] > 0].reset_index(drop=True)


def _ends(inventory: Inventory, resources: pd.DataFrame) -> pd.DataFrame:
    """Return one row per thing that a unit process takes or gives; a treatment takes its waste."""
    activities, exchanges = inventory.activities, inventory.exchanges
    matter = set(resources.loc[resources["kind"].isin(["material", "gas"]), "id"])
    inputs = exchanges["type"].eq("technosphere")
    bought = inputs & exchanges["boundary"].isin(["", "@supply"])
    takes = exchanges.loc[bought & exchanges["flow"].isin(matter), "activity"]
    vague = exchanges.loc[exchanges["flow"].eq("co2e_aggregated"), "activity"]
    told = activities[
        activities["kind"].eq("unit_process")
        & activities["id"].isin(takes)
        & ~activities["id"].isin(vague)
    ]
    rows = exchanges[exchanges["activity"].isin(told["id"]) & (bought | ~inputs)]
    inputs, bought = inputs.loc[rows.index], bought.loc[rows.index]
    most = rows["high"].fillna(rows["amount"])
    flows = pd.DataFrame(
        {
            "activity": rows["activity"],
            "side": bought.map(_SIDES),
            "resource": rows["flow"].where(inputs, ""),
            "emission": rows["flow"].where(~inputs, ""),
            "amount": most.where(bought, rows["amount"]),
        }
    )
    products = pd.DataFrame(
        {
            "activity": told["id"],
            "side": told["boundary"].ne("@supply").map(_SIDES),
            "resource": told["product"],
            "emission": "",
            "amount": 1.0,
        }
    )
    return pd.concat([flows, products], ignore_index=True)
