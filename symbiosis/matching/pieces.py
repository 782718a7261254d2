"""What a unit taken by a candidate changes, flow by flow: the entries of `effects`."""

import numpy as np
import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.matching.blocks import Vector
from symbiosis.matching.turndown import Turndown, scaled_flows, turned_down
from symbiosis.model import IDENTITY, Park

NO_PIECES = pd.DataFrame(
    {
        "column": pd.Series(dtype="int64"),
        "part": pd.Series(dtype="str"),
        "amount": pd.Series(dtype="float64"),
        "id": pd.Series(dtype="str"),
        "source": pd.Series(dtype="str"),
    }
)
RELEASED_TO = {"material": "@disposal", "electricity": "@sales"}  # all else goes to @nature


def changes(
    park: Park,
    catalogue: Catalogue,
    table: pd.DataFrame,
    demands: pd.DataFrame,
    down: Turndown,
    plants: pd.DataFrame,
) -> list[pd.DataFrame]:
    """Return all entries, one table per kind of change.

    A table has columns column, part, amount and id (of the flow); where the flow may be new, what
    it is: source, target, resource and other columns of flows.
    """
    return [
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
        target=kind.map(RELEASED_TO).astype(object).fillna("@nature"),
        resource=freed["resource"],
        pathway="released",
    )
    return [shrunk, released]


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
