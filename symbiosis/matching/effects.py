"""What each candidate changes: every flow of the park, existing or new, per unit taken.

One sparse table says it all. A row is a flow (an existing one, or one that `apply` would add), a
column a candidate or the decision to build a plant; an entry is the change of that flow's amount
per unit, labelled with the part of the account it belongs to. Objective, limits, attribution and
`apply` are products with this table, so that they cannot disagree.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.matching.pieces import Array, Piece, changes, rows_of
from symbiosis.matching.plan import exchange_ids
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
Numbers = npt.NDArray[np.intp]


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
    like: Effects | None = None,
) -> Effects:
    """Return what each candidate changes in the park's flows.

    Parameters
    ----------
    candidates : DataFrame
        Pairs as of `symbiosis.matching.carriage.carried`, index 0..n-1.
    like : Effects, optional
        Of the same candidates at other figures: flows that it describes are not described anew.
    """
    plant, identity = candidates["plant"], candidates["plant"] == ""
    years = candidates["lifetime"].fillna(park.settings.lifetime)
    table = candidates.assign(
        column=np.arange(len(candidates)),
        plant_process=plant.where(~identity, candidates["giver_process"]),
        annuity=annuity(park.settings.discount_rate, years),
        exchange=exchange_ids(candidates, "offer_id", "demand_id"),
    )
    plants = _plants(park, table)
    pieces = changes(park, catalogue, rows_of(table), demands, down, plants)
    return _numbered(park, catalogue, [p for p in pieces if len(p.id)], plants, len(table), like)


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
    park: Park,
    catalogue: Catalogue,
    pieces: list[Piece],
    plants: pd.DataFrame,
    candidates: int,
    like: Effects | None,
) -> Effects:
    """Return pieces with flows numbered: the park's own first, then the new ones."""
    old = len(park.flows)
    names = np.concatenate([park.flows["id"].to_numpy(), *(p.id for p in pieces)])
    number, every = pd.factorize(names)
    seen, first = np.unique(number[old:], return_index=True)
    fresh = np.sort(first[seen >= old])  # the entry that first names each new flow
    if like is None or not np.array_equal(like.rows["id"].to_numpy(), every):
        rows = _owned(park, plants, _all_flows(park, catalogue, pieces, fresh))
    else:
        rows = _at_amounts(park, pieces, fresh, like.rows)
    entries = pd.DataFrame(
        {
            "row": number[old:],
            "column": _joined([p.column for p in pieces]).astype(int),
            "amount": _joined([p.amount for p in pieces]).astype(float),
            "part": pd.Categorical(
                _joined([np.broadcast_to(p.part, len(p.id)) for p in pieces]), categories=PARTS
            ),
        }
    )
    return Effects(rows=rows, entries=entries, plants=plants, candidates=candidates)


def _joined(arrays: list[Array]) -> Array:
    return np.concatenate([np.empty(0, dtype=object), *arrays])


def _all_flows(
    park: Park, catalogue: Catalogue, pieces: list[Piece], fresh: Numbers
) -> pd.DataFrame:
    """Return the park's flows, then each new one as the entry that first names it tells."""
    tables, start = [], 0
    for piece in pieces:
        end = start + len(piece.id)
        own = fresh[(fresh >= start) & (fresh < end)] - start
        if len(own):
            told = {k: v[own] if isinstance(v, np.ndarray) else v for k, v in piece.flow.items()}
            tables.append(pd.DataFrame({"id": piece.id[own], **told}))
        start = end
    kept = park.flows.assign(per_amount=_displaced_share(park), old=True)
    if not tables:
        return kept
    new = _new_flows(park, catalogue, pd.concat(tables, ignore_index=True))
    return pd.concat([kept, new.assign(old=False)], ignore_index=True)


def _displaced_share(park: Park) -> pd.Series:
    share = park.flows["displaced_amount"] / park.flows["amount"]
    return share.where(park.flows["displaces"] != "", np.nan).fillna(0.0)


def _at_amounts(
    park: Park, pieces: list[Piece], fresh: Numbers, rows: pd.DataFrame
) -> pd.DataFrame:
    """Return the same flows with the amounts of `park` and what the pieces displace."""
    told = [np.broadcast_to(p.flow.get("per_amount", 0.0), len(p.id)) for p in pieces]
    new = _joined(told).astype(float)[fresh]
    park_flows = park.flows[["amount", "displaced_amount"]]
    blank = pd.DataFrame({"amount": 0.0, "displaced_amount": np.nan}, index=range(len(new)))
    now = pd.concat([park_flows, blank], ignore_index=True)
    per_amount = np.concatenate([_displaced_share(park).to_numpy(float), new])
    return rows.assign(
        amount=now["amount"], displaced_amount=now["displaced_amount"], per_amount=per_amount
    )


def _owned(park: Park, plants: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return flows with the enterprise in whose books each is and the one it goes to."""
    home = dict(zip(plants.index, plants["enterprise"], strict=True))
    home |= dict(zip(park.processes["id"], park.processes["enterprise"], strict=True))
    receiver = [home.get(end, "") for end in rows["target"]]
    owner = [home.get(end, at) for end, at in zip(rows["source"], receiver, strict=True)]
    return rows.assign(
        owner=np.array(owner, dtype=object), receiver=np.array(receiver, dtype=object)
    )


def _new_flows(park: Park, catalogue: Catalogue, fresh: pd.DataFrame) -> pd.DataFrame:
    """Return described flows that carry nothing yet, with the kinds of park.flows."""
    units = {
        **dict(zip(catalogue.resources["id"], catalogue.resources["unit"], strict=True)),
        **dict(zip(park.resources["id"], park.resources["unit"], strict=True)),
    }
    table = fresh.reindex(columns=[*park.flows.columns, "per_amount"])
    texts = ("lot", "pathway", "displaces", "mode")
    table = table.assign(
        amount=0.0,
        unit=[units.get(resource, "t*km") for resource in fresh["resource"]],
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
