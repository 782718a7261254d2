"""Ids made of names, in whatever script these are."""

import re
from collections.abc import Iterable

LONGEST = 40


def identifiers(names: Iterable[str]) -> dict[str, str]:
    """Return an id for each name: its letters and digits joined by ``_``, all different.

    Examples
    --------
    >>> identifiers(["fuquan urea co., ltd.", "福泉 尿素厂", "fuquan urea co ltd", "@"])
    {'fuquan urea co., ltd.': 'fuquan_urea_co_ltd', '福泉 尿素厂': '福泉_尿素厂', \
'fuquan urea co ltd': 'fuquan_urea_co_ltd_2', '@': 'firm'}
    """
    given: dict[str, str] = {}
    taken: set[str] = set()
    for name in dict.fromkeys(names):
        stem = re.sub(r"[\W_]+", "_", name).strip("_")[:LONGEST].strip("_") or "firm"
        wanted, again = stem, 1
        while wanted in taken:
            again += 1
            wanted = f"{stem}_{again}"
        taken.add(wanted)
        given[name] = wanted
    return given
