"""What a park could give away and what it buys: offers and demands, read off its flows."""

import numpy as np
import pandas as pd

from symbiosis.model import Park

DEMAND_BOUNDARIES = ("@supply", "@nature")
OFFER_BOUNDARIES = ("@disposal", "@nature", "@stock", "@sales")
TEMPERATURES = ("temperature_from", "temperature_to")


def offers(park: Park) -> pd.DataFrame:
    """Return the flows that leave the park's processes and may be used instead.

    Returns
    -------
    DataFrame
        One row per offer, index 0..n-1: the columns of flows and of `_described`.
    """
    flows = park.flows
    free = flows["tradable"] & (flows["pathway"] == "") & (flows["amount"] > 0)
    leaving = flows["target"].isin(OFFER_BOUNDARIES)
    return _described(park, flows[free & leaving], process="source")


def demands(park: Park, turnable: frozenset[str]) -> pd.DataFrame:
    """Return the flows that the park's processes take in and that an offer may serve.

    Parameters
    ----------
    park : Park
        As it is.
    turnable : frozenset of str
        Utilities that can turn down: what they give to other processes is a demand as well.

    Returns
    -------
    DataFrame
        One row per demand, index 0..n-1: the columns of flows, of `_described`, and ``utility``,
        the process that is turned down when the demand is served ("" for a purchase).
    """
    flows = park.flows
    free = flows["tradable"] & (flows["pathway"] == "") & (flows["amount"] > 0)
    bought = free & flows["source"].isin(DEMAND_BOUNDARIES)
    utilities = set(park.processes.loc[park.processes["flexible"], "id"])
    given = (
        flows["source"].isin(utilities)
        & (flows["pathway"] == "")
        & ~flows["target"].str.startswith("@")
        & (flows["amount"] > 0)
    )
    table = _described(park, flows[bought | given], process="target")
    utility = table["source"].where(~table["source"].str.startswith("@"), "")
    return table.assign(utility=utility, can_turn=(utility == "") | utility.isin(turnable))


def _described(park: Park, flows: pd.DataFrame, process: str) -> pd.DataFrame:
    """Return flows with what matching asks of them.

    Adds process, enterprise, flexible, kind, content_mass [t/unit], content_energy [GJ/unit],
    hazardous, ewc, cn_code, hot_c and cold_c (upper and lower end of the temperatures, degC).
    Services are left out: they are never offers and never demands.
    """
    processes = park.processes.set_index("id")
    resources = park.resources.set_index("id")
    temperature = park.qualities[park.qualities["property"].isin(TEMPERATURES)].pivot_table(
        index="flow", columns="property", values="value", aggfunc="first"
    )
    ends = temperature.reindex(index=flows["id"], columns=list(TEMPERATURES)).to_numpy(float)
    table = flows.assign(
        process=flows[process],
        enterprise=flows[process].map(processes["enterprise"]),
        flexible=flows[process].map(processes["flexible"]).astype(bool),
        kind=flows["resource"].map(resources["kind"]),
        hazardous=flows["resource"].map(resources["hazardous"]).astype(bool),
        ewc=flows["resource"].map(resources["ewc"]),
        cn_code=flows["resource"].map(resources["cn_code"]),
        content_mass=flows["resource"].map(resources["content_mass"]).astype(float),
        content_energy=flows["resource"].map(resources["content_energy"]).astype(float),
        hot_c=np.max(ends, axis=1),
        cold_c=np.min(ends, axis=1),
    )
    return table[table["kind"] != "service"].reset_index(drop=True)
