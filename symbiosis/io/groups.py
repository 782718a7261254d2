"""Rows that share a unit and a resource, so that each unit is worked out once."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

Rows: TypeAlias = npt.NDArray[np.intp]


class Measure(NamedTuple):
    """How a resource is counted; contents are NaN where unknown.

    Attributes
    ----------
    unit : str
        The resource's unit.
    content_mass, content_energy : float
        In [t per unit] and [GJ per unit].
    """

    unit: str
    content_mass: float
    content_energy: float


def measures(resources: pd.DataFrame) -> Mapping[str, Measure]:
    """Return how each resource is counted, by its id."""
    columns = [resources[name].tolist() for name in ("id", *Measure._fields)]
    return {row[0]: Measure(*row[1:]) for row in zip(*columns, strict=True)}


def groups(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[tuple[str, ...], Rows]]:
    """Yield each combination of texts in `columns` with the positions of its rows."""
    codes = frame.groupby(list(columns), sort=False).ngroup().to_numpy()
    order = np.argsort(codes, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(codes[order])) + 1):
        if len(rows):
            yield tuple(str(frame[column].iloc[rows[0]]) for column in columns), rows
