"""A park as a foreground database: its processes, its exchanges, and what they draw on."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from symbiosis.lca.distributions import COLUMNS as SPREAD
from symbiosis.lca.distributions import distributions
from symbiosis.lca.export.behind import behind, figures, scale_of
from symbiosis.lca.export.database import EDGES, Database, checked, uniquely_named
from symbiosis.lca.export.described import characters, comment_of, elementary_flows, nodes
from symbiosis.lca.export.links import Ends, links, market_keys, stated_flow
from symbiosis.lca.export.nature import elementary
from symbiosis.lca.export.subject import (
    Subject,
    exchange_flows,
    indicators,
    processes_in,
    stated_exchanges,
    states_of,
)
from symbiosis.lca.linking import linked_exchanges
from symbiosis.lca.matrices import upstream
from symbiosis.views.footprint import boundary_of

Row = dict[str, object]


def foreground(subject: Subject) -> Database:
    """Return a park, its exchanges and all they draw on as one database.

    There is an activity for each state of the park (``park/now``, or ``park/before`` and
    ``park/after``), for each process in that state, and for each exchange; each gives one year.
    The score of an exchange is what it adds: negative where it saves. What goes from process to
    process inside the park bears no burden (it stands where it arises). Of the inventory come the
    activities that these draw on, linked for the park's year and convention. Money is not in it.

    Raises
    ------
    InvalidData
        If an amount is not a finite number.
    """
    states = states_of(subject)
    every = pd.concat([*states.values(), *exchange_flows(subject).values()], ignore_index=True)
    ends = _ends(subject, every)
    rows = [
        *(row for state, flows in states.items() for row in _of_state(state, flows, ends)),
        *(
            row
            for code, flows in exchange_flows(subject).items()
            for row in _edges(flows, [code] * len(flows), ends, f"{code}/inside")
        ),
        *_stated(ends),
        *_nets(subject, ends),
    ]
    edges = _with_background(subject, _table(rows))
    return checked(
        Database(
            name=subject.name,
            comment=comment_of(subject),
            nodes=uniquely_named(nodes(subject, ends, edges)),
            edges=edges,
            flows=uniquely_named(elementary_flows(subject, ends, edges)),
            characters=characters(subject, edges),
        )
    )


def _ends(subject: Subject, flows: pd.DataFrame) -> Ends:
    names = indicators(subject)
    known = subject.known[subject.known["indicator"].isin(names)]
    natural = flows[boundary_of(flows) == "@nature"]
    pairs = sorted(set(zip(natural["resource"], natural["unit"], strict=True)))
    return Ends(
        markets=behind(market_keys(flows), subject.inventory, known, subject.climate),
        nature=elementary(pairs, subject.inventory, known, names),
        known=subject.known,
        units={name: scale_of(subject.inventory, name)[1] for name in names},
        settings=subject.park.settings,
    )


def _of_state(state: str, flows: pd.DataFrame, ends: Ends) -> Iterator[Row]:
    """Yield the edges of the park in a state, and of each of its processes."""
    own = _process_of(flows)
    yield from _edges(flows, [f"process/{state}/{name}" for name in own], ends, f"inside/{state}")
    for name in processes_in(flows):
        yield _row(f"park/{state}", f"process/{state}/{name}", "technosphere", 1.0, "")


def _process_of(flows: pd.DataFrame) -> list[str]:
    """Return whose flow each is: what it takes in, what it gives off across the edge."""
    inward = ~flows["target"].str.startswith("@")
    return [str(name) for name in flows["target"].where(inward, flows["source"])]


def _edges(flows: pd.DataFrame, consumers: list[str], ends: Ends, inside: str) -> Iterator[Row]:
    low, high = flows["low"].tolist(), flows["high"].tolist()
    for link in links(flows, ends, inside):
        row = _row(consumers[link.row], link.supplier, link.type, link.amount, link.comment)
        if link.scale > 0 and link.amount > 0:
            row |= {"low": low[link.row] * link.scale, "high": high[link.row] * link.scale}
        yield row


def _row(consumer: str, supplier: str, kind: str, amount: float, comment: str) -> Row:
    ends: Row = {"consumer": consumer, "supplier": supplier, "type": kind}
    return ends | {"amount": amount, "low": np.nan, "high": np.nan, "comment": comment}


def _stated(ends: Ends) -> Iterator[Row]:
    """Yield what factors without an activity say, as emissions of what the indicator counts."""
    known = figures(ends.known[ends.known["indicator"].isin(ends.units)])
    for key, found in ends.markets.items():
        if found.kind == "stated":
            for name, (value, citation) in known[key].items():
                if value == value:
                    amount = value / ends.units[name]
                    yield _row(found.node, stated_flow(name), "biosphere", amount, citation)


def _nets(subject: Subject, ends: Ends) -> Iterator[Row]:
    """Yield what exchanges are stated to add, where it is not known which flows they change."""
    told = exchange_flows(subject)
    for code, net in stated_exchanges(subject).items():
        for name, unit in ends.units.items():
            amount = -float(net[f"{name}_net"]) / unit
            if code not in told and amount:
                yield _row(code, stated_flow(name), "biosphere", amount, "as match states it")


def _table(rows: Iterable[Row]) -> pd.DataFrame:
    columns = ["consumer", "supplier", "type", "amount", "low", "high", "comment"]
    table = pd.DataFrame(list(rows), columns=columns).astype({"amount": float})
    return table.astype({"low": float, "high": float})


def _with_background(subject: Subject, edges: pd.DataFrame) -> pd.DataFrame:
    """Return edges with those of the activities that they draw on, and how they are spread."""
    park, inventory = subject.park, subject.inventory
    linked = linked_exchanges(inventory, park.settings.electricity, park.year)
    drawn = edges.loc[edges["type"].eq("technosphere"), "supplier"].drop_duplicates()
    linked = upstream(linked, drawn)
    emitted = linked["type"].eq("biosphere")
    supplier = linked["supplier"].where(~emitted, "flow/" + linked["supplier"].astype(str))
    cited = linked["citation"].str.cat(linked["note"].fillna(""), sep=" ").str.strip()
    theirs = linked.assign(consumer=linked["activity"], supplier=supplier, comment=cited)
    ours = edges.assign(**{name: np.nan for name in SPREAD if name in theirs})
    every = pd.concat([ours, theirs], ignore_index=True)
    return every.drop(columns=[c for c in SPREAD if c in every]).join(distributions(every))[
        list(EDGES)
    ]
