"""Pages of resources: what each is, what becomes of it, who discards and who buys it."""

from docutils import nodes

from catalogued.cells import Cell, Part, code, joined, paragraph, section, table
from catalogued.reader import Reader
from catalogued.shelf import Row, anchor, family
from symbiosis.catalogue.tables import CONTENTS

CODES = ("ewc", "ewc_hazardous", "waste_class", "hs_code", "cn_code", "cpc")
AWAY = {"@disposal", "@nature", "@stock"}


def page(reader: Reader, wanted: str) -> list[nodes.Node]:
    """Return the sections of a family of resources, by name."""
    rows = [row for row in reader.shelf.tables["resources"].values() if family(row) == wanted]
    rows.sort(key=lambda row: reader.name("resources", str(row["id"])).casefold())
    return [_resource(reader, row) for row in rows]


def _resource(reader: Reader, row: Row) -> nodes.section:
    name = str(row["id"])
    head: list[Part] = [code(name), f" · {reader.other_name(row)}"]
    head.append(f" · {reader.word(str(row['kind']))}, {row['unit']}")
    if row["hazardous"] is True:
        head.append(f" · {reader.word('hazardous')}")
    listed = reader.some([*_what_it_is(reader, row), *_what_becomes_of_it(reader, name)])
    body = [paragraph(head)]
    if row["note"]:
        body.append(paragraph(str(row["note"])))
    return section(
        anchor("resources", name), reader.name("resources", name), *body, table(("", ""), listed)
    )


def _what_it_is(reader: Reader, row: Row) -> list[tuple[str, Cell]]:
    known = reader.shelf.figures.get(("resources", str(row["id"])), {})
    return [
        ("synonyms", _synonyms(row)),
        ("formula", str(row["formula"])),
        ("basis", reader.word(str(row["basis"]))),
        ("codes", _codes(reader, row)),
        ("contents", _contents(reader, row)),
        *((column, _figure(reader, known[column])) for column in known),
        ("prices", _prices(reader, str(row["id"]))),
    ]


def _contents(reader: Reader, row: Row) -> list[Part]:
    contents = [
        f"{reader.word(column.removeprefix('content_'))} {reader.number(row[column])}"
        for column in CONTENTS
        if row[column] > 0 and not (column == "content_mass" and row["unit"] == "t")
    ]
    shown = f"{'; '.join(contents)} / {row['unit']} · "
    return [shown, *reader.evidence(row)] if contents else []


def _synonyms(row: Row) -> str:
    several = f"{row['synonyms']};{row['synonyms_zh']}".split(";")
    return "; ".join(name.strip() for name in several if name.strip())


def _codes(reader: Reader, row: Row) -> list[Part]:
    origin = {str(r["column"]): r for r in reader.shelf.by("codes", "resource")[str(row["id"])]}
    shown: list[Part] = []
    for column in CODES:
        if not row[column]:
            continue
        shown.append(f"{'; ' if shown else ''}{reader.word(column)} {row[column]}")
        if column in origin:
            shown += [" (", *reader.evidence(origin[column]), ")"]
    return shown


def _figure(reader: Reader, figure: Row) -> list[Part]:
    return [f"{reader.ranged(figure)} · ", *reader.evidence(figure)]


def _prices(reader: Reader, name: str) -> list[Part]:
    return joined(
        (
            f"{reader.word(str(row['boundary']))} {reader.number(row['value'], str(row['unit']))}"
            for row in reader.shelf.by("factors", "resource")[name]
            if row["indicator"] == "cost"
        ),
        "; ",
    )


def _what_becomes_of_it(reader: Reader, name: str) -> list[tuple[str, Cell]]:
    by = reader.shelf.by
    ways = [
        (key, reader.all_of("pathways", (str(row["id"]) for row in by("pathways", end)[name])))
        for key, end in (("taken by", "takes"), ("given by", "gives"), ("replaced by", "replaces"))
    ]
    flows = by("blueprint_flows", "resource")[name]
    plants = (
        ("discarded by", [r for r in flows if r["boundary"] in AWAY and r["direction"] == "out"]),
        ("bought by", [r for r in flows if r["boundary"] == "@supply"]),
        ("sold by", [r for r in flows if r["boundary"] == "@sales"]),
    )
    return [
        *ways,
        *(
            (key, reader.all_of("blueprints", (str(r["blueprint"]) for r in rows)))
            for key, rows in plants
        ),
    ]
