"""What pages are built of. Data becomes text nodes, so no name can be read as markup."""

import math
import re
from collections.abc import Iterable, Sequence

from docutils import nodes

from symbiosis.reporting.numbers import plain, unit_text

Part = str | nodes.Node
Cell = Part | Sequence[Part]
WEB = re.compile(r"https?://[^\s;]+|doi:\s?10\.\S+?(?=[\s;,]|$)")


def parts(cell: Cell) -> list[nodes.Node]:
    """Return what a cell holds as inline nodes."""
    several = [cell] if isinstance(cell, str | nodes.Node) else cell
    return [nodes.Text(part) if isinstance(part, str) else part for part in several if part != ""]


def paragraph(cell: Cell, *classes: str) -> nodes.paragraph:
    """Return a paragraph."""
    return nodes.paragraph("", "", *parts(cell), classes=[*classes])


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> nodes.table:
    """Return a table; without words in the head it has none."""
    group = nodes.tgroup("", cols=len(head))
    group.extend(nodes.colspec(colwidth=1) for _ in head)
    if any(head):
        group += nodes.thead("", _row(head))
    group += nodes.tbody("", *map(_row, rows))
    return nodes.table("", group, classes=["catalogue"])


def _row(cells: Sequence[Cell]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", *_held(cell)) for cell in cells))


def _held(cell: Cell) -> list[nodes.Node]:
    # Fewer nodes make the pages in less time; links must stand in a paragraph.
    held = parts(cell)
    plain_text = all(isinstance(part, nodes.Text) for part in held)
    return held if plain_text else [nodes.paragraph("", "", *held)]


def section(anchor: str, title: str, *body: nodes.Node) -> nodes.section:
    """Return a section that can be linked to."""
    # A blank title would be no title; Sphinx wants one.
    heading = nodes.title("", "", nodes.Text(title.strip() or anchor))
    return nodes.section("", heading, *body, ids=[anchor], names=[anchor], classes=["catalogue"])


def code(text: str) -> nodes.literal:
    """Return text as an id is written."""
    return nodes.literal("", "", nodes.Text(text))


def strong(text: str) -> nodes.strong:
    """Return text that stands out."""
    return nodes.strong("", "", nodes.Text(text))


def link(text: str, address: str, *, inside: bool = True) -> nodes.reference:
    """Return a link; `address` is one of ours or one that `web_links` found."""
    return nodes.reference("", "", nodes.Text(text), internal=inside, refuri=address)


def target(anchor: str, text: str) -> nodes.inline:
    """Return text that can be linked to."""
    return nodes.inline("", "", code(text), ids=[anchor])


def joined(several: Iterable[Part], between: str = ", ") -> list[Part]:
    """Return parts with a word between them."""
    out: list[Part] = []
    for part in several:
        out += [between, part] if out else [part]
    return out


def web_links(text: str) -> list[Part]:
    """Return text with its addresses as links: http, https and doi only.

    >>> [str(p) if isinstance(p, str) else p["refuri"] for p in web_links("a doi:10.1/x; b")]
    ['a ', 'https://doi.org/10.1/x', '; b']
    """
    out: list[Part] = []
    end = 0
    for found in WEB.finditer(text):
        shown = found[0].rstrip(".,)")
        address = re.sub(r"^doi:\s?", "https://doi.org/", shown)
        out += [text[end : found.start()], link(shown, address, inside=False)]
        end = found.start() + len(shown)
    return [part for part in [*out, text[end:]] if part != ""]


def number(value: float, unit: str = "", language: str = "en") -> str:
    """Return a number with its unit, nothing where there is none.

    >>> number(1234.6, "t"), number(float("nan"), "t")
    ('1,235 t', '')
    """
    if math.isnan(value):
        return ""
    shown = "" if unit == "1" else unit_text(unit, language)
    return f"{plain(value, 4)} {shown}".strip()


def interval(low: float, high: float) -> str:
    """Return a range in brackets, nothing where there is none.

    >>> interval(0.5, 2.0), interval(float("nan"), float("nan"))
    (' (0.5 … 2)', '')
    """
    return "" if math.isnan(low) and math.isnan(high) else f" ({plain(low, 4)} … {plain(high, 4)})"
