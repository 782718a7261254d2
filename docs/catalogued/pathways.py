"""Pages of pathways: what each takes, gives and needs beside, and how each number is known."""

import math

from docutils import nodes

from catalogued.cells import Cell, Part, code, interval, paragraph, section, table
from catalogued.reader import Reader
from catalogued.shelf import Row, anchor

ENERGY = {"heat", "electricity"}
NUMBERS = (
    *("ratio", "capital_fixed", "capital_per_capacity", "operating_cost", "minimum", "capacity"),
    *("lifetime", "max_distance", "loss_per_km", "temperature_lift", "reference_moisture"),
)
OUT = {"@sales": "co-product", "@nature": "emission", "@stock": "to stock"}


def page(reader: Reader, wanted: str) -> list[nodes.Node]:
    """Return the sections of the pathways whose page this is, by what they take."""
    rows = [
        row
        for name, row in reader.shelf.tables["pathways"].items()
        if reader.shelf.page("pathways", name) == f"pathways-{wanted}"
    ]
    rows.sort(key=lambda row: (reader.name("resources", str(row["takes"])).casefold(), row["id"]))
    return [_pathway(reader, row) for row in rows]


def _pathway(reader: Reader, row: Row) -> nodes.section:
    name = str(row["id"])
    body = [paragraph([code(name), f" · {reader.other_name(row)}"]), _summary(reader, row)]
    head = reader.words("figure", "value", "evidence", "note")
    body.append(table(head, _numbers(reader, row)))
    flows = reader.shelf.by("pathway_flows", "pathway")[name]
    if flows:
        head = reader.words("role", "resource", "amount", "evidence", "note")
        body.append(paragraph(reader.word("side flows"), "caption"))
        body.append(table(head, (_flow(reader, flow) for flow in flows)))
    limits = reader.shelf.by("pathway_limits", "pathway")[name]
    if limits:
        keys = ("property", "at", "limit", "max_share", "standard", "evidence", "note")
        head = reader.words(*keys)
        body.append(paragraph(reader.word("limits"), "caption"))
        body.append(table(head, (_limit(reader, limit) for limit in limits)))
    return section(anchor("pathways", name), reader.name("pathways", name), *body)


def _summary(reader: Reader, row: Row) -> nodes.table:
    full = reader.word("yes") if row["market_constrained"] is True else ""
    rows: list[tuple[str, Cell]] = [
        (key, [reader.to("resources", str(row[key]))] if row[key] else "")
        for key in ("takes", "gives", "replaces")
    ]
    rows += [(key, reader.word(str(row[key]))) for key in ("site", "mode", "readiness")]
    rows += [("market_constrained", full), ("note", str(row["note"]))]
    return table(("", ""), reader.some(rows))


def _numbers(reader: Reader, row: Row) -> list[list[Cell]]:
    units = [reader.shelf.unit(str(row[end])) for end in ("gives", "takes")]
    shown = [
        [
            reader.word("yield"),
            reader.ranged(row, "yield", "/".join(units)),
            reader.evidence(row),
            "",
        ]
    ]
    known = reader.shelf.figures.get(("pathways", str(row["id"])), {})
    removed = [c for c in row if c.startswith("removes_") and (row[c] > 0 or c in known)]
    for column in (*NUMBERS, *removed):
        if column in known:
            shown.append(_figure(reader, column, known[column]))
        elif says_something(column, row[column]):  # a number that no source is given for
            shown.append([_heading(reader, column), reader.number(row[column]), "", ""])
    return shown


def says_something(column: str, value: float) -> bool:
    """Return whether a number is another than the one that stands where nothing is said.

    >>> says_something("ratio", 1.0), says_something("capacity", 0.0), says_something("ratio", 2.0)
    (False, False, True)
    """
    return not math.isnan(value) and value != (1.0 if column == "ratio" else 0.0)


def _figure(reader: Reader, column: str, figure: Row) -> list[Cell]:
    evidence = reader.evidence(figure)
    return [_heading(reader, column), reader.ranged(figure), evidence, str(figure["how"])]


def _heading(reader: Reader, column: str) -> str:
    if column.startswith("removes_"):
        removed = column.removeprefix("removes_")
        return f"{reader.word('removes')}: {reader.name('properties', removed)}"
    renamed = {"minimum": "minimum_size", "capacity": "capacity_limit"}
    return reader.word(renamed.get(column, column))


def role(flow: Row, kind: str) -> str:
    """Return what a side flow is to its pathway.

    >>> role({"direction": "in", "boundary": "@supply"}, "electricity")
    'energy'
    """
    if flow["direction"] == "out":
        return OUT.get(str(flow["boundary"]), "residue")
    if flow["boundary"] == "@nature":
        return "from nature"
    return "energy" if kind in ENERGY else "service" if kind == "service" else "reagent"


def _flow(reader: Reader, flow: Row) -> list[Cell]:
    name = str(flow["resource"])
    kind = str(reader.shelf.tables["resources"].get(name, {}).get("kind", ""))
    what: list[Part] = [f"{reader.word(role(flow, kind))} ", code(str(flow["boundary"]))]
    value = reader.ranged(flow, "amount")
    to = reader.to("resources", name)
    return [what, [to], value, reader.evidence(flow), str(flow["note"])]


def bounds(reader: Reader, row: Row, unit: str) -> str:
    """Return the limits of a quality."""
    signs = (("≥", row["minimum"]), ("≤", row["maximum"]))
    return ", ".join(f"{s} {reader.number(v, unit)}" for s, v in signs if not math.isnan(v))


def _limit(reader: Reader, limit: Row) -> list[Cell]:
    name = str(limit["property"])
    unit = str(reader.shelf.tables["properties"].get(name, {}).get("unit", ""))
    basis = f" ({reader.word(str(limit['basis']))})" if limit["basis"] else ""
    return [
        reader.name("properties", name) + basis,
        reader.word(str(limit["at"])),
        bounds(reader, limit, unit) + interval(limit["low"], limit["high"]),
        reader.number(limit["max_share"]),
        str(limit["standard"]),
        reader.evidence(limit),
        str(limit["note"]),
    ]
