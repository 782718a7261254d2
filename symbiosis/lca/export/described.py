"""What the activities and elementary flows of an export are called, and what they say."""

from collections.abc import Iterator

import pandas as pd

from symbiosis.lca.export.behind import scale_of
from symbiosis.lca.export.links import Ends, stated_flow
from symbiosis.lca.export.nature import elementary_code
from symbiosis.lca.export.subject import (
    Subject,
    exchange_flows,
    indicators,
    processes_in,
    stated_exchanges,
    states_of,
)
from symbiosis.lca.inventory import Inventory
from symbiosis.lca.linking import WORLD
from symbiosis.views.footprint import boundary_of

YEAR = "year"  # the unit of what a process gives: a year of its operation


def nodes(subject: Subject, ends: Ends, edges: pd.DataFrame) -> pd.DataFrame:
    """Return the activities of a database, in its columns; names may stand twice."""
    place = subject.park.region or WORLD
    rows = [
        node
        for state, flows in states_of(subject).items()
        for node in _of_park(subject, state, flows)
    ]
    for code in dict.fromkeys([*exchange_flows(subject), *stated_exchanges(subject)]):
        name = code.removeprefix("exchange/").replace("/", " > ")
        comment = "what the exchange adds in a year; negative is a saving"
        rows.append((code, f"exchange {name}", "exchange", YEAR, "exchange", comment))
    units = dict(zip(subject.park.resources["id"], subject.park.resources["unit"], strict=True))
    for (boundary, resource), found in ends.markets.items():
        unit, name = units.get(resource, "unit"), f"{resource} at {boundary}"
        if found.kind == "stated":
            comment = "a factor that the park or the catalogue states; no inventory stands behind"
            rows.append((found.node, f"{name}, stated", resource, unit, "stated", comment))
        elif found.kind == "gap":
            comment = "no figure is known: it counts nothing until it is linked"
            rows.append((found.node, f"{name}, no figure", resource, unit, "gap", comment))
    columns = ["code", "name", "product", "unit", "kind", "comment"]
    ours = pd.DataFrame(rows, columns=columns).assign(location=place)
    used = {*edges["consumer"], *edges.loc[edges["type"].eq("technosphere"), "supplier"]}
    return pd.concat([ours, _background(subject.inventory, used)], ignore_index=True)


def _background(inventory: Inventory, used: set[str]) -> pd.DataFrame:
    activities = inventory.activities
    activities = activities[activities["id"].isin(used)]
    dated = activities["year"].map(lambda year: "" if year != year else f", {year:.0f}")
    return pd.DataFrame(
        {
            "code": activities["id"],
            "name": activities["name"] + dated,
            "product": activities["product"],
            "unit": activities["unit"],
            "kind": "background",
            "comment": activities["boundary"]
            + (" " + activities["convention"]).where(activities["convention"] != "", "")
            + " ("
            + activities["citation"]
            + ") "
            + activities["note"].fillna(""),
            "location": activities["region"],
        }
    )


def _of_park(subject: Subject, state: str, flows: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    park = subject.park
    yield (f"park/{state}", f"{park.title}, {state}", "park", YEAR, "park", park.description)
    called = dict(zip(park.processes["id"], park.processes["name"], strict=True))
    given = flows[~flows["source"].str.startswith("@") & ~flows["target"].eq("@nature")]
    for name in processes_in(flows):
        gives = given[given["source"].eq(name) & given["amount"].ne(0.0)]
        told = "; ".join(
            f"{amount:g} {unit} {resource} to {target}"
            for amount, unit, resource, target in zip(
                *(gives[c] for c in ("amount", "unit", "resource", "target")), strict=True
            )
        )
        title = f"{name}, {called.get(name) or name} ({state})"
        comment = f"gives in a year: {told}" if told else ""
        yield (f"process/{state}/{name}", title, name, YEAR, "process", comment)
    inside = flows[boundary_of(flows).eq("") & flows["amount"].ne(0.0)]
    for name, source, target, resource, unit in zip(
        *(inside[c] for c in ("id", "source", "target", "resource", "unit")), strict=True
    ):
        title = f"{resource} from {source} to {target} ({state}, {name})"
        comment = "from inside the park: its burden stands where it arises"
        yield (f"inside/{state}/{name}", title, resource, unit, "inside", comment)


def elementary_flows(subject: Subject, ends: Ends, edges: pd.DataFrame) -> pd.DataFrame:
    """Return the elementary flows that edges lead to."""
    theirs = subject.inventory.elementary_flows
    rows = [
        (elementary_code(code), name, unit)
        for code, name, unit in zip(theirs["id"], theirs["name"], theirs["unit"], strict=True)
    ]
    rows += [
        (found.flow, resource.replace("_", " "), found.unit)
        for resource, found in ends.nature.items()
        if found.flow.startswith("flow/own/")
    ]
    for name in ends.units:
        unit = scale_of(subject.inventory, name)[0]
        rows.append((stated_flow(name), f"{name}, as stated", unit))
    table = pd.DataFrame(rows, columns=["code", "name", "unit"]).drop_duplicates("code")
    used = set(edges.loc[edges["type"].eq("biosphere"), "supplier"])
    return table[table["code"].isin(used)].reset_index(drop=True)


def characters(subject: Subject, edges: pd.DataFrame) -> pd.DataFrame:
    """Return the characterisation of the flows that edges lead to."""
    used = set(edges.loc[edges["type"].eq("biosphere"), "supplier"])
    names = indicators(subject)
    table = subject.inventory.characterisation
    theirs = table[table["indicator"].isin(names)]
    theirs = theirs.assign(flow=[elementary_code(flow) for flow in theirs["flow"]])
    stated = pd.DataFrame(
        [(name, stated_flow(name), 1.0, scale_of(subject.inventory, name)[0]) for name in names],
        columns=["indicator", "flow", "value", "unit"],
    )
    every = pd.concat([theirs[["indicator", "flow", "value", "unit"]], stated])
    return every[every["flow"].isin(used)].reset_index(drop=True)


def comment_of(subject: Subject) -> str:
    """Return the park, region, year and rules that a database is made under."""
    park, settings = subject.park, subject.park.settings
    return (
        f"{park.title}. Region {park.region or WORLD}, year {park.year or 'latest'}, electricity "
        f"{settings.electricity}, allocation {settings.allocation}. Written by symbiosis."
    )
