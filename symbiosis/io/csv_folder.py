"""A folder of CSV files as raw tables."""

import csv
from io import StringIO
from pathlib import Path

from symbiosis.errors import Problem
from symbiosis.io.limits_of_size import size_problem
from symbiosis.io.raw import RawTable, raw_table

_CELL_LIMIT = 131_072


def csv_table(file: Path, name: str) -> tuple[RawTable | None, list[Problem]]:
    """Return the table in a CSV file, or what keeps it from being read."""
    place = file.name
    try:
        too_large = size_problem(file, place)
        text = "" if too_large else decoded(file.read_bytes())
    except OSError as error:
        return None, [Problem(place, f"it cannot be read: {error.strerror}", "give a CSV file")]
    except UnicodeDecodeError as error:
        return None, [_wrong_encoding(error, place)]
    if too_large:
        return None, [too_large]
    if "\x00" in text:
        return None, [Problem(place, "it holds NUL characters", "save it as CSV UTF-8")]
    return _parsed(text, name, place)


def decoded(content: bytes) -> str:
    """Return UTF-8 text, with or without the mark that Excel puts first."""
    return content.decode("utf-8-sig")


def _parsed(text: str, name: str, place: str) -> tuple[RawTable | None, list[Problem]]:
    rows: list[list[str]] = []
    lines: list[int] = []
    # `strict`, or a quote that is never closed would swallow the rest of the file in silence.
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        while True:
            line = reader.line_num + 1
            row = next(reader, None)
            if row is None:
                break
            rows.append([cell.strip() for cell in row])
            lines.append(line)
    except csv.Error as error:
        what, advice = f"not CSV: {error}", "check the quotes from this row on"
        return None, [Problem(f"{place}, row {line}", what, advice)]
    first = next((i for i, row in enumerate(rows) if any(row)), len(rows))
    return raw_table(name, place, rows[first:], lines[first:])


def _wrong_encoding(error: UnicodeDecodeError, place: str) -> Problem:
    """Say which line is not UTF-8, and which encoding the file seems to have."""
    content = error.object
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Problem(place, "it is UTF-16, not UTF-8", "save it as CSV UTF-8")
    line = content.count(b"\n", 0, error.start) + 1
    what = f"byte 0x{content[error.start]:02x} is not UTF-8"
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return Problem(f"{place}, row {line}", what, "save it as CSV UTF-8")
    advice = "it may be GBK, as Excel saves in Chinese: save it as CSV UTF-8"
    return Problem(f"{place}, row {line}", what, advice)
