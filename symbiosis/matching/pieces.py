"""What a unit taken by a candidate changes, flow by flow: the entries of `effects`."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.matching.turndown import Turndown, scaled_flows, turned_down
from symbiosis.model import IDENTITY, Park

Array = npt.NDArray[np.generic]
RELEASED_TO = {"material": "@disposal", "electricity": "@sales"}  # all else goes to @nature


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Rows of a table as arrays by column (a park's tables are small and wide: frames are slow).

    Attributes
    ----------
    columns : mapping of str to ndarray
        Of the whole table, all of one length.
    chosen : ndarray of int
        Positions of these rows.
    """

    columns: Mapping[str, Array]
    chosen: npt.NDArray[np.intp]

    def __getitem__(self, name: str) -> npt.NDArray[np.object_]:
        return self.columns[name][self.chosen]  # type: ignore[return-value]

    def __len__(self) -> int:
        return len(self.chosen)

    def where(self, mask: npt.ArrayLike) -> "Rows":
        """Return the rows for which `mask` holds."""
        return Rows(columns=self.columns, chosen=self.chosen[np.asarray(mask, dtype=bool)])


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Entries of one kind of change.

    Attributes
    ----------
    column : ndarray of int
        The candidate or plant of each entry.
    part : str or ndarray of str
        The part of the account.
    amount : ndarray
        Change of the flow per unit taken, or per plant built.
    id : ndarray of str
        The flow.
    flow : mapping of str to str, float, bool or ndarray
        What the flow is where it may be new: source, target, resource and other columns of flows.
    """

    column: Array
    part: str | Array
    amount: Array
    id: Array
    flow: Mapping[str, str | float | bool | Array]


def rows_of(table: pd.DataFrame) -> Rows:
    """Return all rows of a table; text as Python objects."""
    columns = {str(name): values.to_numpy() for name, values in table.items()}
    return Rows(columns=columns, chosen=np.arange(len(table)))


def changes(
    park: Park,
    catalogue: Catalogue,
    table: Rows,
    demands: pd.DataFrame,
    down: Turndown,
    plants: pd.DataFrame,
) -> list[Piece]:
    """Return all entries, one piece per kind of change."""
    return [
        _offered(table),
        _served(table),
        *_turned_down(park, table, demands, down),
        _taken(table),
        _given(table, demands),
        _sold(table),
        _lost(table),
        _side_flows(park, catalogue, table),
        _operated(table),
        _hauled(table),
        _invested(table),
        _built(plants),
    ]


def _piece(
    rows: Rows,
    part: str | Array,
    amount: float | Array,
    name: Array,
    **flow: str | float | bool | Array,
) -> Piece:
    """Return entries of candidates with the flow each belongs to, described by its columns."""
    every = np.broadcast_to(amount, len(rows))
    return Piece(column=rows["column"], part=part, amount=every, id=name, flow=flow)


def _offered(table: Rows) -> Piece:
    return _piece(table, "avoided_disposal", -1.0, table["offer_id"])


def _served(table: Rows) -> Piece:
    rows = table.where(table["demand"] >= 0)
    return _piece(rows, "avoided_purchase", -rows["served"], rows["demand_id"])


def _turned_down(park: Park, table: Rows, demands: pd.DataFrame, down: Turndown) -> list[Piece]:
    """Serving what a utility gives scales its flows, and those of the utilities behind it."""
    served = pd.DataFrame({name: table[name] for name in ("column", "demand", "served")})
    share = turned_down(served, demands, down)
    if share.empty:
        return []
    scaled = scaled_flows(park, down).merge(share, on="utility")
    amount = (scaled["amount"] * scaled["share"]).to_numpy()
    flow = park.flows[["id", "source", "resource"]].iloc[scaled["position"]]
    own = {str(name): values.to_numpy() for name, values in flow.items()}
    every = Rows(
        columns={**own, "amount": amount, "column": scaled["column"].to_numpy()},
        chosen=np.arange(len(scaled)),
    )
    inputs = {"@supply", "@nature", "@stock", *down.processes}
    freed = every.where([source not in inputs for source in own["source"]])
    kind = park.resources.set_index("id")["kind"].to_dict()
    target = [RELEASED_TO.get(kind[resource], "@nature") for resource in freed["resource"]]
    released = _piece(
        freed,
        "avoided_purchase",
        freed["amount"],
        freed["id"] + ":released",
        source=freed["source"],
        target=np.array(target, dtype=object),
        resource=freed["resource"],
        pathway="released",
    )
    return [_piece(every, "avoided_purchase", -every["amount"], every["id"]), released]


def _taken(table: Rows) -> Piece:
    rows = table.where(table["plant"] != "")
    return _piece(
        rows,
        "side_flows",
        np.where(rows["site"] == "taker", 1.0 - rows["loss"], 1.0),
        rows["exchange"] + ":taken",
        source=rows["giver_process"],
        target=rows["plant"],
        resource=rows["resource"],
        pathway=rows["pathway"],
        distance_km=rows["distance_km"],
        mode=rows["mode"],
    )


def _given(table: Rows, demands: pd.DataFrame) -> Piece:
    rows = table.where(table["demand"] >= 0)
    identity = rows["pathway"] == IDENTITY
    return _piece(
        rows,
        "side_flows",
        rows["given"],
        rows["exchange"],
        source=rows["plant_process"],
        target=rows["taker_process"],
        resource=np.where(identity, rows["resource"], rows["gives"]),
        pathway=rows["pathway"],
        lot=demands["lot"].to_numpy()[rows["demand"]],
        displaces=rows["wanted_resource"],
        per_amount=rows["served"] / rows["given"],
        distance_km=rows["distance_km"],
        mode=rows["mode"],
    )


def _sold(table: Rows) -> Piece:
    rows = table.where(table["demand"] < 0)
    return _piece(
        rows,
        "coproducts",
        rows["given"],
        rows["exchange"],
        source=rows["plant_process"],
        target="@sales",
        resource=rows["gives"],
        pathway=rows["pathway"],
    )


def _lost(table: Rows) -> Piece:
    """What is lost on the way goes to nature, from where it set out."""
    rows = table.where(table["loss"] > 0)
    made_first = (rows["site"] == "giver") & (rows["pathway"] != IDENTITY)
    set_out = np.where(made_first, rows["taken_scale"] * rows["yield"], 1.0)
    return _piece(
        rows,
        "side_flows",
        set_out * rows["loss"],
        rows["exchange"] + ":lost",
        source=np.where(made_first, rows["plant_process"], rows["giver_process"]),
        target="@nature",
        resource=rows["hauled_resource"],
        pathway=rows["pathway"],
    )


def _side_flows(park: Park, catalogue: Catalogue, table: Rows) -> Piece:
    markets = park.markets[park.markets["market_constrained"]]
    full = markets.loc[markets["boundary"] == "@sales", "resource"].to_list()
    plants = pd.DataFrame({"pathway": table["pathway"], "position": table.chosen})
    joined = plants.merge(catalogue.pathway_flows, on="pathway")
    rows = Rows(columns=table.columns, chosen=joined.pop("position").to_numpy())
    side = rows_of(joined)
    into = side["direction"] == "in"
    sold = ~into & (side["boundary"] == "@sales")
    way = side["direction"] + ":" + side["boundary"] + ":" + side["resource"]
    return _piece(
        rows,
        np.where(sold, "coproducts", "side_flows"),
        rows["input"] * side["amount"],
        rows["plant"] + ":" + way,
        source=np.where(into, side["boundary"], rows["plant"]),
        target=np.where(into, rows["plant"], side["boundary"]),
        resource=side["resource"],
        pathway=rows["pathway"],
        displaces=np.where(sold, side["resource"], ""),
        per_amount=sold.astype(float),
        market_constrained=rows["market_constrained"] | np.isin(side["resource"], full),
        tradable=~into & ((side["boundary"] == "@disposal") | (side["boundary"] == "@stock")),
    )


def _operated(table: Rows) -> Piece:
    rows = table.where((table["operating_cost"] != 0) & (table["plant"] != ""))
    amount = rows["operating_cost"] * rows["input"]
    return _paid(rows, "processing", "operation", amount)


def _invested(table: Rows) -> Piece:
    rows = table.where((table["capital_per_capacity"] != 0) & (table["plant"] != ""))
    amount = rows["capital_per_capacity"] * rows["annuity"] * rows["input"]
    return _paid(rows, "capital", "capital", amount)


def _built(plants: pd.DataFrame) -> Piece:
    rows = rows_of(plants.rename_axis("plant").reset_index())
    rows = rows.where((rows["capital_fixed"] != 0) & ~rows["standing"].astype(bool))
    return _paid(rows, "capital", "capital", rows["capital_fixed"])


def _paid(rows: Rows, part: str, resource: str, amount: Array) -> Piece:
    """Return what plants spend, in money."""
    return _piece(
        rows,
        part,
        amount,
        rows["plant"] + f":{resource}",
        source="@supply",
        target=rows["plant"],
        resource=resource,
        pathway=rows["pathway"],
        unit_cost=1.0,
    )


def _hauled(table: Rows) -> Piece:
    rows = table.where(table["haul"] > 0)
    receiver = np.where(rows["plant"] != "", rows["plant"], rows["taker_process"])
    price = ["" if np.isnan(cost) else f":{cost:g}" for cost in rows["haul_cost"]]
    return _piece(
        rows,
        "transport",
        rows["haul"],
        receiver + ":" + rows["service"] + np.array(price, dtype=object),
        source="@supply",
        target=receiver,
        resource=rows["service"],
        pathway=rows["pathway"],
        unit_cost=rows["haul_cost"],
        mode=rows["mode"],
    )
