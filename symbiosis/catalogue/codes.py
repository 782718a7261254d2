"""Codes of resources and plant types: which rows carry the code that a text writes."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

PRECISE, PREFIX, BROAD = 0.8, 0.6, 0.5  # how surely a code names what is meant, were it alone

# A label before a code says which list it is of.
_LABELS = (
    (re.compile(r"^(?:EWC|LOW|欧洲废物名录)[\s:]*"), ("ewc", "ewc_hazardous")),
    (re.compile(r"^(?:HS(?:编码)?|海关编码|税则号)[\s:]*"), ("hs_code", "cn_code")),
    (re.compile(r"^CN(?=\s*\d)[\s:]*"), ("cn_code", "hs_code")),
    (re.compile(r"^(?:GB/?T\s*4754(?:-\d{4})?|国民经济行业分类)[\s:]*"), ("sector",)),
    (re.compile(r"^ISIC(?:\s*REV\.?\s*4)?[\s:]*"), ("isic",)),
)
_CODE = re.compile(r"(?:SW|HW|[A-U])?\d{2,13}")
_CLASS = re.compile(r"(?:SW|HW)\d{2}")

Codes = Mapping[str, Mapping[str, tuple[tuple[str, str], ...]]]


@dataclass(frozen=True, kw_only=True)
class CodeMatch:
    """A row that carries a code: its id, the code with its column, and how sure that is alone."""

    id: str
    code: str
    confidence: float


def code_table(table: pd.DataFrame, columns: tuple[str, ...]) -> Codes:
    """Return by column and bare code the ids that carry it, each with the code as written."""
    found: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for column in columns:
        by_code: dict[str, list[tuple[str, str]]] = defaultdict(list)
        cells = table[column] if column in table else pd.Series("", index=table.index)
        for identifier, cell in zip(table["id"], cells, strict=True):
            for code in _readings(str(cell)):
                by_code[code].append((str(identifier), str(cell)))
        found[column] = by_code
    return {
        column: {code: tuple(rows) for code, rows in by_code.items()}
        for column, by_code in found.items()
    }


def code_matches(text: str, codes: Codes) -> list[CodeMatch]:
    """Return the rows that carry the code `text`, each once; none where it is no code.

    A customs code longer than six digits also finds the six-digit heading it begins with.
    """
    code, columns = _labelled(text)
    if not _CODE.fullmatch(code):
        return []
    sure = BROAD if _CLASS.fullmatch(code) else PRECISE
    tries = [(column, code, sure) for column in columns or codes]
    if code.isdigit() and len(code) > 6:
        tries.append(("hs_code", code[:6], PREFIX))
    found: dict[str, CodeMatch] = {}
    for column, bare, confidence in tries:
        for identifier, written in codes.get(column, {}).get(bare, ()):
            match = CodeMatch(id=identifier, code=f"{column} {written}", confidence=confidence)
            found.setdefault(identifier, match)
    return list(found.values())


def _labelled(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text's bare code, and the columns that the label before it names."""
    plain = unicodedata.normalize("NFKC", text).upper().strip()
    for label, columns in _LABELS:
        if label.match(plain):
            return _bare(label.sub("", plain)), columns
    return _bare(plain), ()


def _bare(code: str) -> str:
    return re.sub(r"[\s.*-]", "", code)


def _readings(cell: str) -> Iterator[str]:
    """Yield the bare code of a cell; of a hazardous waste also its class and its number alone."""
    bare = _bare(cell.upper())
    if not bare:
        return
    yield bare
    whole = re.fullmatch(r"(HW\d{2})(\d{8})", bare)
    if whole:
        yield from whole.groups()
    if re.fullmatch(r"\d{4}", bare):  # sectors are also written with their section: C2611
        yield from (f"{section}{bare}" for section in "ABCDEFGHIJKLMNOPQRSTU")
