"""A park whose documented exchanges are hidden, to see what a matcher proposes without them."""

from dataclasses import replace

import numpy as np
import pandas as pd

from symbiosis.io.qualities import with_purchase_values
from symbiosis.matching.pieces import RELEASED_TO
from symbiosis.model import Park

OFFER, NEED = ".offer", ".need"
TEMPERATURES = ("temperature_from", "temperature_to")


def documented_links(park: Park) -> pd.DataFrame:
    """Return the flows that are documented exchanges: inside, existing, and displacing a purchase.

    Returns
    -------
    DataFrame
        Rows of ``park.flows`` with ``giver`` and ``taker``, the enterprises at their ends; the
        index is that of the flows.
    """
    flows = park.flows
    inside = ~flows["source"].str.startswith("@") & ~flows["target"].str.startswith("@")
    known = flows[inside & (flows["status"] == "existing") & (flows["displaces"] != "")]
    owner = park.processes.set_index("id")["enterprise"]
    return known.assign(giver=known["source"].map(owner), taker=known["target"].map(owner))


def hidden(park: Park) -> Park:
    """Return the park as if nobody had made its documented exchanges yet.

    A link from A to B becomes an offer of A, ``<link>.offer`` (to @disposal, heat, water and gas
    to @nature), and a need of B, ``<link>.need`` (what the link displaces, from @supply). Of its
    qualities `value` stays with the offer, `minimum` and `maximum` go to the need; the `minimum`
    of a temperature is what the taker's heat has. What the link cost either side is forgotten.
    """
    links = documented_links(park)
    flows = pd.concat(
        [park.flows.drop(index=links.index), _offers(park, links), _needs(park, links)],
        ignore_index=True,
    )[park.flows.columns]
    qualities = _qualities(park.qualities, set(links["id"]))
    return replace(
        park,
        flows=flows.astype(park.flows.dtypes.to_dict()),
        qualities=with_purchase_values(qualities, flows).astype(park.qualities.dtypes.to_dict()),
    )


def _offers(park: Park, links: pd.DataFrame) -> pd.DataFrame:
    kind = links["resource"].map(park.resources.set_index("id")["kind"])
    name = links["id"] + OFFER
    target = kind.map(RELEASED_TO).fillna("@nature")
    return _boundary_flows(links).assign(id=name, target=target, lot=name)


def _needs(park: Park, links: pd.DataFrame) -> pd.DataFrame:
    name = links["id"] + NEED
    displaced = links["displaced_amount"] / links["amount"]
    return _boundary_flows(links).assign(
        id=name,
        source="@supply",
        resource=links["displaces"],
        unit=links["displaces"].map(park.resources.set_index("id")["unit"]),
        lot=links["lot"].where(links["lot"] != links["id"], name),
        **{column: links[column] * displaced for column in ("amount", "low", "high", "sd")},
    )


def _boundary_flows(links: pd.DataFrame) -> pd.DataFrame:
    """Return links with what only an exchange has left blank."""
    blank = {"pathway": "", "displaces": "", "mode": ""}
    unknown = dict.fromkeys(("displaced_amount", "distance_km", "unit_cost"), np.nan)
    return links.assign(tradable=True, **blank, **unknown)


def _qualities(qualities: pd.DataFrame, links: set[str]) -> pd.DataFrame:
    hides = qualities["flow"].isin(links)
    rows = qualities[hides]
    offered = rows[rows["value"].notna()]
    offered = offered.assign(flow=offered["flow"] + OFFER, minimum=np.nan, maximum=np.nan)
    level = rows["property"].isin(TEMPERATURES)
    asked = rows[rows["minimum"].notna() | rows["maximum"].notna()]
    level = level[asked.index]
    needed = asked.assign(
        flow=asked["flow"] + NEED,
        value=asked["minimum"].where(level),
        minimum=asked["minimum"].mask(level),
    )
    return pd.concat([qualities[~hides], offered, needed], ignore_index=True)
