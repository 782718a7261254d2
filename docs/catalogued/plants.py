"""Pages of plant types: what one takes, gives and discards per unit of its product."""

import math
from collections.abc import Iterable

from docutils import nodes

from catalogued.cells import Cell, code, paragraph, section, table
from catalogued.pathways import bounds
from catalogued.reader import Reader
from catalogued.shelf import Row, anchor, trade


def page(reader: Reader, wanted: str) -> list[nodes.Node]:
    """Return the sections of a group of plant types, by name."""
    rows = [row for row in reader.shelf.tables["blueprints"].values() if trade(row) == wanted]
    rows.sort(key=lambda row: reader.name("blueprints", str(row["id"])).casefold())
    return [_plant(reader, row) for row in rows]


def _plant(reader: Reader, row: Row) -> nodes.section:
    name = str(row["id"])
    flows = reader.shelf.by("blueprint_flows", "blueprint")[name]
    qualities: dict[str, list[Row]] = {}
    for quality in reader.shelf.by("blueprint_qualities", "blueprint")[name]:
        qualities.setdefault(str(quality["flow"]), []).append(quality)
    head = ("direction", "resource", "amount_product", "qualities", "evidence", "note")
    return section(
        anchor("blueprints", name),
        reader.name("blueprints", name),
        paragraph([code(name), f" · {reader.other_name(row)}"]),
        table(("", ""), reader.some(_summary(reader, row))),
        table(
            reader.words(*head),
            (_flow(reader, flow, qualities.get(str(flow["flow"]), [])) for flow in flows),
        ),
    )


def _summary(reader: Reader, row: Row) -> list[tuple[str, Cell]]:
    names = "; ".join(str(row[c]) for c in ("synonyms", "synonyms_zh") if row[c])
    ends = [reader.number(row[c], str(row["unit"])) for c in ("capacity_low", "capacity_high")]
    return [
        ("synonyms", names),
        ("product", [reader.to("resources", str(row["product"]))] if row["product"] else ""),
        ("capacity", " … ".join(ends) if all(ends) else ""),
        ("operating_hours", reader.number(row["operating_hours"])),
        ("sector", str(row["sector"])),
        ("isic", str(row["isic"])),
        ("readiness", reader.word(str(row["readiness"]))),
        ("grade", reader.evidence(row)),
        ("note", str(row["note"])),
    ]


def _flow(reader: Reader, flow: Row, qualities: Iterable[Row]) -> list[Cell]:
    known = (_temperatures(flow), *(_quality(reader, quality) for quality in qualities))
    return [
        [f"{reader.word(str(flow['direction']))} ", code(str(flow["boundary"]))],
        [reader.to("resources", str(flow["resource"]))],
        reader.ranged(flow, "amount"),
        "; ".join(text for text in known if text),
        reader.evidence(flow),
        str(flow["note"]),
    ]


def _temperatures(flow: Row) -> str:
    ends = [flow["temperature_from"], flow["temperature_to"]]
    return " → ".join(f"{end:g} °C" for end in ends if not math.isnan(end))


def _quality(reader: Reader, row: Row) -> str:
    """Return a quality in few words: what the flow is, or what the plant accepts."""
    unit = str(row["unit"])
    shown = [reader.name("properties", str(row["property"])), reader.number(row["value"], unit)]
    shown.append(bounds(reader, row, unit))
    return " ".join(part for part in shown if part)
