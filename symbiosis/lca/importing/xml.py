"""XML that is not trusted: no entities, no document types, nothing fetched."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree

from symbiosis.errors import InvalidData, Problem
from symbiosis.lca.importing.archive import Member

Element: TypeAlias = Any  # lxml ships no types


def root(member: Member) -> Element:
    """Return the root of an XML file; a document type, which could hold entities, is refused."""
    if b"<!DOCTYPE" in member.content.replace(b"\0", b"").upper():  # UTF-16 has a NUL a letter
        raise InvalidData([_document_type(member.where)])
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        element = etree.fromstring(member.content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        problem = Problem(member.where, f"is no well-formed XML: {error}", "write the file again")
        raise InvalidData([problem]) from error
    if element.getroottree().docinfo.doctype:
        raise InvalidData([_document_type(member.where)])
    return element


def _document_type(where: str) -> Problem:
    return Problem(where, "declares a document type", "remove <!DOCTYPE ...> and its entities")


def name(element: Element) -> str:
    """Return the name of an element without its namespace; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """Yield the children of these names, in whatever namespace."""
    for child in element:
        if name(child) in names:
            yield child


def below(element: Element, path: str) -> Iterator[Element]:
    """Yield what stands at a path of names such as ``activity/activityName``."""
    head, _, rest = path.partition("/")
    for child in children(element, head):
        if rest:
            yield from below(child, rest)
        else:
            yield child


def first(element: Element, path: str) -> Element | None:
    """Return the first element at `path`, or None."""
    return next(below(element, path), None)


def content(element: Element, path: str, language: str = "en") -> str:
    """Return the text at `path`, in `language` if it stands in several; "" where none is."""
    found = list(below(element, path))
    if not found:
        return ""
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    chosen = next((one for one in found if one.get(lang) == language), found[0])
    return " ".join((chosen.text or "").split())


def line(member: Member, element: Element, what: str) -> str:
    """Return where an element stands: file, line, and what it is."""
    return f"{member.where}, line {element.sourceline}, {what}"
