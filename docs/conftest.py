"""Examples in the pages run: blocks of Python, most of them as sessions."""

from doctest import ELLIPSIS, NORMALIZE_WHITESPACE

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

pytest_collect_file = Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=ELLIPSIS | NORMALIZE_WHITESPACE),
        SkipParser(),
    ],
    pattern="**/*.md",
).pytest()

collect_ignore_glob = ["*.py"]  # Sphinx configuration, not tests
