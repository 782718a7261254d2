"""What each candidate changes: every flow of the park, existing or new, per unit taken.

One sparse table says it all. A row is a flow (an existing one, or one that `apply` would add), a
column a candidate or the decision to build a plant; an entry is the change of that flow's amount
per unit, labelled with the part of the account it belongs to. Objective, limits, attribution and
`apply` are products with this table, so that they cannot disagree.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.matching.pieces import NO_PIECES, changes
from symbiosis.matching.turndown import Turndown
from symbiosis.model import Park

PARTS = (
    "avoided_purchase",
    "avoided_disposal",
    "coproducts",
    "processing",
    "side_flows",
    "transport",
    "capital",
)


@dataclass(frozen=True, kw_only=True)
class Effects:
    """The flows that candidates touch and by how much.

    Attributes
    ----------
    rows : DataFrame
        All flows of the park, then the new ones (amount 0): the columns of flows, ``per_amount``
        (displaced amount per amount), ``owner`` (the enterprise whose books it is in: the giving
        one inside the park), ``receiver`` (the enterprise it goes to, "" for a boundary) and
        ``old`` (a flow of the park as it is).
    entries : DataFrame
        Columns row, column, amount [row's unit per unit taken, or per plant built], part.
    plants : DataFrame
        Index: plant ids; enterprise, pathway, column, capital_fixed [money/year], minimum,
        capacity, investment_fixed [money], standing (there already).
    candidates : int
        Number of candidates; the columns after them are the plants'.
    """

    rows: pd.DataFrame
    entries: pd.DataFrame
    plants: pd.DataFrame
    candidates: int


def annuity(rate: float, years: pd.Series) -> pd.Series:
    """Return the yearly payment per unit of capital [1/year]."""
    if rate == 0:
        return 1.0 / years
    return rate / (1.0 - (1.0 + rate) ** -years)


def effects(
    park: Park,
    catalogue: Catalogue,
    candidates: pd.DataFrame,
    demands: pd.DataFrame,
    down: Turndown,
) -> Effects:
    """Return what each candidate changes in the park's flows.

    Parameters
    ----------
    candidates : DataFrame
        Pairs as of `symbiosis.matching.carriage.carried`, index 0..n-1.
    """
    table = candidates.assign(
        column=np.arange(len(candidates)),
        plant_process=candidates["plant"].where(
            candidates["plant"] != "", candidates["giver_process"]
        ),
        annuity=annuity(
            park.settings.discount_rate, candidates["lifetime"].fillna(park.settings.lifetime)
        ),
        exchange=candidates["offer_id"]
        + ":"
        + candidates["pathway"]
        + ":"
        + candidates["demand_id"],
    )
    plants = _plants(park, table)
    pieces = changes(park, catalogue, table, demands, down, plants)
    merged = pd.concat([NO_PIECES, *(p for p in pieces if len(p))], ignore_index=True)
    return _numbered(park, catalogue, merged, plants, len(table))


def _plants(park: Park, table: pd.DataFrame) -> pd.DataFrame:
    made = table[table["plant"] != ""].drop_duplicates("plant").set_index("plant")
    first = len(table)
    return pd.DataFrame(
        {
            "enterprise": made["site_enterprise"],
            "pathway": made["pathway"],
            "column": first + np.arange(len(made)),
            "capital_fixed": made["capital_fixed"] * made["annuity"],
            "investment_fixed": made["capital_fixed"],
            "minimum": made["minimum"],
            "capacity": made["capacity"],
            "standing": made.index.isin(park.processes["id"]),
        }
    )


def _numbered(
    park: Park, catalogue: Catalogue, pieces: pd.DataFrame, plants: pd.DataFrame, candidates: int
) -> Effects:
    """Return pieces with flows numbered: the park's own first, then the new ones."""
    old = pd.Series(np.arange(len(park.flows)), index=park.flows["id"])
    described = pieces["source"].notna() & ~pieces["id"].isin(old.index)
    fresh = pieces[described].drop_duplicates("id")
    new = _new_flows(park, catalogue, fresh)
    numbers = pd.concat([old, pd.Series(len(old) + np.arange(len(new)), index=new["id"])])
    share = (park.flows["displaced_amount"] / park.flows["amount"]).where(
        park.flows["displaces"] != "", np.nan
    )
    kept = park.flows.assign(per_amount=share.fillna(0.0))
    rows = pd.concat([kept.assign(old=True), new.assign(old=False)], ignore_index=True)
    home = pd.concat([park.processes.set_index("id")["enterprise"], plants["enterprise"]])
    home = home[~home.index.duplicated()]
    receiver = rows["target"].map(home).astype(object).fillna("")
    entries = pd.DataFrame(
        {
            "row": pieces["id"].map(numbers).to_numpy(int),
            "column": pieces["column"].to_numpy(int),
            "amount": pieces["amount"].to_numpy(float),
            "part": pieces["part"].to_numpy(),
        }
    )
    return Effects(
        rows=rows.assign(
            owner=rows["source"].map(home).astype(object).fillna(receiver), receiver=receiver
        ),
        entries=entries,
        plants=plants,
        candidates=candidates,
    )


def _new_flows(park: Park, catalogue: Catalogue, fresh: pd.DataFrame) -> pd.DataFrame:
    """Return described pieces as flows that carry nothing yet, with the kinds of park.flows."""
    known = pd.concat([park.resources, catalogue.resources]).drop_duplicates("id")
    units = known.set_index("id")["unit"]
    table = fresh.reindex(columns=[*park.flows.columns, "per_amount"])
    texts = ("lot", "pathway", "displaces", "mode")
    table = table.assign(
        amount=0.0,
        unit=table["resource"].map(units).astype(object).fillna("t*km"),
        status="proposed",
        since="",
        citation="",
        grade="",
        tradable=table["tradable"].eq(True).fillna(value=False),
        market_constrained=table["market_constrained"].eq(True).fillna(value=False),
        per_amount=table["per_amount"].astype(float).fillna(0.0),
        **{name: table[name].astype(object).fillna("") for name in texts},
    )
    table["lot"] = table["lot"].where(table["lot"] != "", table["id"])
    return table.astype(park.flows.dtypes.to_dict()).reset_index(drop=True)
