"""JSON that is not trusted: parsed within bounds, read by type."""

import json
from typing import TypeAlias

from symbiosis.errors import InvalidData, Problem
from symbiosis.lca.importing.archive import Member, text

Document: TypeAlias = dict[str, object]


def document(member: Member) -> Document:
    """Return the JSON object in a file."""
    try:
        found = json.loads(text(member, "utf-8-sig"))
    except (ValueError, RecursionError) as error:
        problem = Problem(member.where, f"is no JSON: {error}", "write the file again")
        raise InvalidData([problem]) from error
    if not isinstance(found, dict):
        raise InvalidData([Problem(member.where, "holds no JSON object", "write the file again")])
    return found


def part(of: Document, name: str) -> Document:
    """Return the object called `name`; an empty one where there is none."""
    found = of.get(name)
    return found if isinstance(found, dict) else {}


def parts(of: Document, name: str) -> list[Document]:
    """Return the objects in the list called `name`."""
    found = of.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def string(of: Document, name: str) -> str:
    """Return the text called `name`; "" where there is none."""
    found = of.get(name)
    return str(found) if found is not None else ""
