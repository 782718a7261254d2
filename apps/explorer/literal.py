"""Texts of the user's data where Streamlit would read Markdown."""

import re

from symbiosis.errors import InvalidData, SymbiosisError

MOST_LINES = 40
_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def literal(text: str) -> str:
    r"""Return Markdown that shows `text` as it stands: no link, picture, formula or colour.

    Examples
    --------
    >>> literal("![x](http://a) $1$ :red[y]")
    '\\!\\[x\\]\\(http\\:\\/\\/a\\) \\$1\\$ \\:red\\[y\\]'
    """
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


def error_text(error: SymbiosisError) -> str:
    """Return what a refusal says as Markdown, a line per problem, the first of many only."""
    lines = [str(p) for p in error.problems] if isinstance(error, InvalidData) else [str(error)]
    shown = [literal(line) for line in lines[:MOST_LINES]]
    return "  \n".join([*shown, *(["…"] if lines[MOST_LINES:] else [])])
