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
from symbiosis.matching.blocks import Vector
from symbiosis.matching.turndown import Turndown, numbered, scaled_flows
from symbiosis.model import IDENTITY, Park

PARTS = (
    "avoided_purchase",
    "avoided_disposal",
    "coproducts",
    "processing",
    "side_flows",
    "transport",
    "capital",
)
_NO_PIECES = pd.DataFrame(
    {
        "column": pd.Series(dtype="int64"),
        "part": pd.Series(dtype="str"),
        "amount": pd.Series(dtype="float64"),
        "id": pd.Series(dtype="str"),
        "source": pd.Series(dtype="str"),
    }
)
_NO_SHARES = pd.DataFrame(
    {
        "column": pd.Series(dtype="int64"),
        "utility": pd.Series(dtype="int64"),
        "share": pd.Series(dtype="float64"),
    }
)
RELEASED_TO = {"material": "@disposal", "electricity": "@sales"}  # all else goes to @nature


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
    pieces = [
        _offered(table),
        _served(table),
        *_turned_down(park, table, demands, down),
        _taken(table),
        _given(table, demands),
        _sold(table),
        _lost(table),
        *_side_flows(park, table, catalogue),
        _operated(table),
        _hauled(table),
        _invested(table),
        _built(plants),
    ]
    merged = pd.concat([_NO_PIECES, *(p for p in pieces if len(p))], ignore_index=True)
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


def _piece(
    table: pd.DataFrame,
    part: str,
    amount: float | Vector,
    **flow: str | float | bool | pd.Series | Vector,
) -> pd.DataFrame:
    """Return entries with the flow each belongs to, described by its columns."""
    return pd.DataFrame(
        {"column": table["column"].to_numpy(), "part": part, "amount": amount}
    ).assign(**{k: v.to_numpy() if isinstance(v, pd.Series) else v for k, v in flow.items()})


def _offered(table: pd.DataFrame) -> pd.DataFrame:
    return _piece(table, "avoided_disposal", -1.0, id=table["offer_id"])


def _served(table: pd.DataFrame) -> pd.DataFrame:
    rows = table[table["demand"] >= 0]
    return _piece(rows, "avoided_purchase", -rows["served"].to_numpy(), id=rows["demand_id"])


def _turned_down(
    park: Park, table: pd.DataFrame, demands: pd.DataFrame, down: Turndown
) -> list[pd.DataFrame]:
    """Serving what a utility gives scales its flows, and those of the utilities behind it."""
    share = turned_down(table, demands, down)
    if share.empty:
        return []
    scaled = scaled_flows(park, down).merge(share, on="utility")
    amount = scaled["amount"] * scaled["share"]
    flow = park.flows.iloc[scaled["position"]].reset_index(drop=True)
    shrunk = _piece(scaled, "avoided_purchase", -amount.to_numpy(), id=flow["id"])
    from_others = ~flow["source"].isin(("@supply", "@nature", "@stock", *down.processes))
    freed = flow[from_others]
    kind = freed["resource"].map(park.resources.set_index("id")["kind"])
    released = _piece(
        scaled[from_others.to_numpy()],
        "avoided_purchase",
        amount[from_others.to_numpy()].to_numpy(),
        id=freed["id"] + ":released",
        source=freed["source"],
        target=kind.map(RELEASED_TO).fillna("@nature"),
        resource=freed["resource"],
        pathway="released",
    )
    return [shrunk, released]


def turned_down(table: pd.DataFrame, demands: pd.DataFrame, down: Turndown) -> pd.DataFrame:
    """Return the share by which each utility turns down per unit taken: column, utility, share."""
    if not down.processes:
        return _NO_SHARES
    rows = table.loc[table["demand"] >= 0, ["column", "demand", "served"]]
    served_at = rows["demand"].map(numbered(demands["utility"], down))
    rows = rows[served_at.notna()]
    if rows.empty:
        return _NO_SHARES
    shares = down.response[:, served_at.dropna().astype(int)] * rows["served"].to_numpy()
    utility_number, position = np.nonzero(shares)
    return pd.DataFrame(
        {
            "column": rows["column"].to_numpy()[position],
            "utility": utility_number,
            "share": shares[utility_number, position],
        }
    )


def _taken(table: pd.DataFrame) -> pd.DataFrame:
    rows = table[table["plant"] != ""]
    arriving = np.where(rows["site"] == "taker", 1.0 - rows["loss"], 1.0)
    return _piece(
        rows,
        "side_flows",
        arriving,
        id=rows["exchange"] + ":taken",
        source=rows["giver_process"],
        target=rows["plant"],
        resource=rows["resource"],
        pathway=rows["pathway"],
        distance_km=rows["distance_km"],
        mode=rows["mode"],
    )


def _given(table: pd.DataFrame, demands: pd.DataFrame) -> pd.DataFrame:
    rows = table[table["demand"] >= 0]
    identity = rows["pathway"] == IDENTITY
    return _piece(
        rows,
        "side_flows",
        rows["given"].to_numpy(),
        id=rows["exchange"],
        source=rows["plant_process"],
        target=rows["taker_process"],
        resource=rows["gives"].where(~identity, rows["resource"]),
        pathway=rows["pathway"],
        lot=rows["demand"].map(demands["lot"]),
        displaces=rows["wanted_resource"],
        per_amount=rows["served"] / rows["given"],
        distance_km=rows["distance_km"],
        mode=rows["mode"],
        exchange=rows["column"],
    )


def _sold(table: pd.DataFrame) -> pd.DataFrame:
    rows = table[table["demand"] < 0]
    return _piece(
        rows,
        "coproducts",
        rows["given"].to_numpy(),
        id=rows["exchange"],
        source=rows["plant_process"],
        target="@sales",
        resource=rows["gives"],
        pathway=rows["pathway"],
    )


def _lost(table: pd.DataFrame) -> pd.DataFrame:
    """What is lost on the way goes to nature, from where it set out."""
    rows = table[table["loss"] > 0]
    made_first = (rows["site"] == "giver") & (rows["pathway"] != IDENTITY)
    set_out = np.where(made_first, rows["taken_scale"] * rows["yield"], 1.0)
    return _piece(
        rows,
        "side_flows",
        set_out * rows["loss"].to_numpy(),
        id=rows["exchange"] + ":lost",
        source=rows["plant_process"].where(made_first, rows["giver_process"]),
        target="@nature",
        resource=rows["hauled_resource"],
        pathway=rows["pathway"],
    )


def _side_flows(park: Park, table: pd.DataFrame, catalogue: Catalogue) -> list[pd.DataFrame]:
    constrained = park.markets[
        park.markets["market_constrained"] & (park.markets["boundary"] == "@sales")
    ]["resource"]
    rows = table[["column", "pathway", "plant", "input", "market_constrained"]].merge(
        catalogue.pathway_flows.rename(columns={"resource": "side", "amount": "per_taken"}),
        on="pathway",
    )
    into = rows["direction"] == "in"
    sold = ~into & (rows["boundary"] == "@sales")
    piece = _piece(
        rows,
        "side_flows",
        (rows["input"] * rows["per_taken"]).to_numpy(),
        id=rows["plant"] + ":" + rows["direction"] + ":" + rows["boundary"] + ":" + rows["side"],
        source=rows["boundary"].where(into, rows["plant"]),
        target=rows["plant"].where(into, rows["boundary"]),
        resource=rows["side"],
        pathway=rows["pathway"],
        displaces=rows["side"].where(sold, ""),
        per_amount=sold.astype(float),
        market_constrained=rows["market_constrained"] | rows["side"].isin(constrained),
        tradable=~into & rows["boundary"].isin(("@disposal", "@stock")),
    )
    piece["part"] = piece["part"].where(~sold.to_numpy(), "coproducts")
    return [piece]


def _operated(table: pd.DataFrame) -> pd.DataFrame:
    rows = table[(table["operating_cost"] != 0) & (table["plant"] != "")]
    return _piece(
        rows,
        "processing",
        (rows["operating_cost"] * rows["input"]).to_numpy(),
        id=rows["plant"] + ":operation",
        source="@supply",
        target=rows["plant"],
        resource="operation",
        pathway=rows["pathway"],
        unit_cost=1.0,
    )


def _hauled(table: pd.DataFrame) -> pd.DataFrame:
    rows = table[table["haul"] > 0]
    receiver = rows["plant"].where(rows["plant"] != "", rows["taker_process"])
    named = ["" if np.isnan(cost) else f":{cost:g}" for cost in rows["haul_cost"]]
    price = pd.Series(named, index=rows.index, dtype=str)
    return _piece(
        rows,
        "transport",
        rows["haul"].to_numpy(),
        id=receiver + ":" + rows["service"] + price,
        source="@supply",
        target=receiver,
        resource=rows["service"],
        pathway=rows["pathway"],
        unit_cost=rows["haul_cost"],
        mode=rows["mode"],
    )


def _invested(table: pd.DataFrame) -> pd.DataFrame:
    rows = table[(table["capital_per_capacity"] != 0) & (table["plant"] != "")]
    return _piece(
        rows,
        "capital",
        (rows["capital_per_capacity"] * rows["annuity"] * rows["input"]).to_numpy(),
        id=rows["plant"] + ":capital",
        source="@supply",
        target=rows["plant"],
        resource="capital",
        pathway=rows["pathway"],
        unit_cost=1.0,
    )


def _built(plants: pd.DataFrame) -> pd.DataFrame:
    rows = plants[(plants["capital_fixed"] != 0) & ~plants["standing"]]
    return _piece(
        rows,
        "capital",
        rows["capital_fixed"].to_numpy(),
        id=pd.Series(rows.index + ":capital"),
        source="@supply",
        target=pd.Series(rows.index),
        resource="capital",
        pathway=rows["pathway"],
        unit_cost=1.0,
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
    receiver = rows["target"].map(home).fillna("")
    entries = pd.DataFrame(
        {
            "row": pieces["id"].map(numbers).to_numpy(int),
            "column": pieces["column"].to_numpy(int),
            "amount": pieces["amount"].to_numpy(float),
            "part": pieces["part"].to_numpy(),
        }
    )
    return Effects(
        rows=rows.assign(owner=rows["source"].map(home).fillna(receiver), receiver=receiver),
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
        unit=table["resource"].map(units).fillna("t*km"),
        status="proposed",
        since="",
        citation="",
        grade="",
        tradable=table["tradable"].eq(True).fillna(value=False),
        market_constrained=table["market_constrained"].eq(True).fillna(value=False),
        per_amount=table["per_amount"].astype(float).fillna(0.0),
        **{name: table[name].fillna("") for name in texts},
    )
    table["lot"] = table["lot"].where(table["lot"] != "", table["id"])
    return table.astype(park.flows.dtypes.to_dict()).reset_index(drop=True)
