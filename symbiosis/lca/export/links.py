"""What one activity takes and emits for the flows of a park that are its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from symbiosis.lca.export.behind import Behind, Key
from symbiosis.lca.export.nature import Elementary
from symbiosis.model import Settings
from symbiosis.views.footprint import boundary_of, rates
from symbiosis.views.rules import CREDITED

MARKETS = ("@supply", "@disposal", "@stock")


@dataclass(frozen=True, kw_only=True)
class Ends:
    """Where the flows of a park lead to.

    Attributes
    ----------
    markets : mapping
        (boundary, resource) to what stands behind it.
    nature : mapping
        Resource to its elementary flow.
    known : DataFrame
        The factors that count for the park.
    units : mapping
        Indicator to how many of our units one of its characterisation is (0.001 for gwp100).
    settings : Settings
    """

    markets: Mapping[Key, Behind]
    nature: Mapping[str, Elementary]
    known: pd.DataFrame
    units: Mapping[str, float]
    settings: Settings


@dataclass(frozen=True, kw_only=True)
class Link:
    """One amount that an activity takes or emits, in the supplier's unit."""

    row: int
    supplier: str
    type: str
    amount: float
    scale: float
    comment: str


def market_keys(flows: pd.DataFrame) -> list[Key]:
    """Return each (boundary, resource) that something has to stand behind."""
    boundary = boundary_of(flows)
    keys = set(zip(boundary, flows["resource"], strict=True))
    displaced = flows.loc[boundary.eq("@sales") & flows["displaces"].ne(""), "displaces"]
    keys = {key for key in keys if key[0] in MARKETS}
    return sorted(keys | {("@supply", resource) for resource in displaced})


def stated_flow(indicator: str) -> str:
    """Return the code of the flow that carries factors which no inventory stands behind."""
    return f"flow/stated/{indicator}"


def links(flows: pd.DataFrame, ends: Ends, inside: str) -> Iterator[Link]:
    """Yield the links of flows, by their row; those of amount 0 have none.

    Bought, discarded and stacked lead to what stands behind them, emissions and extraction to
    elementary flows, what comes from inside the park to the node `inside`/id of the flow. A sale
    is credited with a negative purchase of what it displaces.

    Parameters
    ----------
    flows : DataFrame
        With the columns of a park's flows and a default index.
    ends : Ends
    inside : str
        Prefix of the nodes of flows inside the park.
    """
    boundary = boundary_of(flows).tolist()
    columns = (flows[c].tolist() for c in ("id", "source", "target", "resource", "amount"))
    for row, (name, source, target, resource, amount) in enumerate(zip(*columns, strict=True)):
        if not amount:
            continue
        comment = f"{name}: {resource} from {source} to {target}"
        edge = boundary[row]
        if edge == "":
            yield _taken(row, f"{inside}/{name}", amount, 1.0, comment)
        elif edge in MARKETS:
            behind = ends.markets[edge, resource]
            yield _taken(row, behind.node, amount, behind.scale, comment)
        elif edge == "@nature":
            yield from _natural(row, ends.nature[resource], amount, ends, comment)
    yield from _credits(flows, ends)


def _taken(row: int, node: str, amount: float, scale: float, comment: str) -> Link:
    return Link(
        row=row,
        supplier=node,
        type="technosphere",
        amount=amount * scale,
        scale=scale,
        comment=comment,
    )


def _emitted(row: int, flow: str, amount: float, scale: float, comment: str) -> Link:
    return Link(
        row=row,
        supplier=flow,
        type="biosphere",
        amount=amount * scale,
        scale=scale,
        comment=comment,
    )


def _natural(
    row: int, found: Elementary, amount: float, ends: Ends, comment: str
) -> Iterator[Link]:
    yield _emitted(row, found.flow, amount, found.scale, comment)
    for name, value in found.stated.items():
        scale = value / ends.units[name]
        yield _emitted(row, stated_flow(name), amount, scale, f"{comment} (stated factor)")


def _credits(flows: pd.DataFrame, ends: Ends) -> Iterator[Link]:
    """Yield what is credited to sales, by the rule of the settings."""
    settings = ends.settings
    sold = boundary_of(flows).eq("@sales") & flows["displaces"].ne("") & flows["amount"].ne(0.0)
    if not sold.any():
        return
    rows = flows[sold].to_dict("index")
    if settings.allocation in CREDITED:
        share = CREDITED[settings.allocation]
        for row, flow in rows.items():
            kept = share * (settings.marginal_credit if flow["market_constrained"] else 1.0)
            behind = ends.markets["@supply", flow["displaces"]]
            if kept:
                amount, scale = -kept * flow["displaced_amount"], behind.scale
                comment = f"{flow['id']}: displaces {flow['displaces']} ({settings.allocation})"
                yield _taken(int(str(row)), behind.node, amount, scale, comment)
        return
    for name, unit in ends.units.items():  # a formula that no negative purchase can state
        credited = rates(flows, ends.known, name, settings).value
        for row, flow in rows.items():
            value = float(credited[int(str(row))])
            if value:
                comment = f"{flow['id']}: credit by {settings.allocation}"
                flow_code, amount = stated_flow(name), float(flow["amount"])
                yield _emitted(int(str(row)), flow_code, amount, value / unit, comment)
