"""The park: a frozen bundle of validated tables."""

from dataclasses import dataclass, field, fields
from functools import partial

import pandas as pd

from symbiosis.model.schema import TABLES
from symbiosis.model.settings import Settings


def empty_table(name: str) -> pd.DataFrame:
    """Return the table `name` without rows, with its declared columns and kinds."""
    kinds = {"text": "str", "number": "float64", "boolean": "bool"}
    return pd.DataFrame({c.name: pd.Series(dtype=kinds[c.kind]) for c in TABLES[name].columns})


@dataclass(frozen=True, kw_only=True)
class Park:
    """One year of a park: enterprises, their processes, and flows between them and the edge.

    Every table has the columns of `symbiosis.model.schema.TABLES`, a default index, and no blanks
    that mean something else: amounts are per year in the resource's unit, ends are processes or
    boundaries, lots are filled in, temperatures are in degC. ``resources`` holds every resource
    that the park's tables name. Nothing changes a park: a change is a function ``Park -> Park``.
    """

    title: str
    title_zh: str = ""
    currency: str = "CNY"
    description: str = ""
    description_zh: str = ""
    year: int | None = None
    region: str = ""
    licence: str = ""
    sources: tuple[str, ...] = ()
    settings: Settings = field(default_factory=Settings)
    enterprises: pd.DataFrame
    flows: pd.DataFrame
    processes: pd.DataFrame
    resources: pd.DataFrame
    qualities: pd.DataFrame = field(default_factory=partial(empty_table, "qualities"))
    markets: pd.DataFrame = field(default_factory=partial(empty_table, "markets"))
    limits: pd.DataFrame = field(default_factory=partial(empty_table, "limits"))
    distances: pd.DataFrame = field(default_factory=partial(empty_table, "distances"))
    pathways: pd.DataFrame = field(default_factory=partial(empty_table, "pathways"))
    pathway_flows: pd.DataFrame = field(default_factory=partial(empty_table, "pathway_flows"))
    pathway_limits: pd.DataFrame = field(default_factory=partial(empty_table, "pathway_limits"))
    factors: pd.DataFrame = field(default_factory=partial(empty_table, "factors"))
    allocation: pd.DataFrame = field(default_factory=partial(empty_table, "allocation"))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Park):
            return NotImplemented
        return all(_same(getattr(self, f.name), getattr(other, f.name)) for f in fields(self))

    __hash__ = None  # type: ignore[assignment]


def _same(left: object, right: object) -> bool:
    if isinstance(left, pd.DataFrame) and isinstance(right, pd.DataFrame):
        return left.equals(right)
    return left == right
