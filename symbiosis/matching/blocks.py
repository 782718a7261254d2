"""Rows of the problem, block by block: sparse entries with their bounds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Block:
    """Rows over a set of columns: lower <= rows @ x <= upper."""

    rows: sparse.csr_array
    lower: Vector
    upper: Vector


def block(
    columns: int,
    entries: pd.DataFrame | None = None,
    *,
    lower: npt.ArrayLike | None = None,
    upper: npt.ArrayLike | None = None,
) -> Block:
    """Return rows from entries (row, column, value); a bound that is not given does not bind."""
    bound = upper if upper is not None else lower if lower is not None else ()
    count = len(np.atleast_1d(np.asarray(bound, dtype=float)))
    if entries is None or entries.empty:
        matrix = sparse.csr_array((count, columns))
    else:
        place = (entries["row"].to_numpy(int), entries["column"].to_numpy(int))
        matrix = sparse.csr_array(
            sparse.coo_array((entries["value"].to_numpy(float), place), shape=(count, columns))
        )
    return Block(
        rows=matrix,
        lower=np.full(count, -np.inf) if lower is None else np.asarray(lower, dtype=float),
        upper=np.full(count, np.inf) if upper is None else np.asarray(upper, dtype=float),
    )


def stacked(blocks: Sequence[Block]) -> Block:
    """Return blocks over the same columns as one, without empty rows that bind nothing."""
    rows = sparse.csr_array(sparse.vstack([b.rows for b in blocks], format="csr"))
    lower = np.concatenate([b.lower for b in blocks])
    upper = np.concatenate([b.upper for b in blocks])
    kept = (np.diff(rows.indptr) > 0) | (lower > 0) | (upper < 0)
    return Block(rows=rows[kept], lower=lower[kept], upper=upper[kept])


def over_columns(part: Block, incidence: sparse.csr_array) -> Block:
    """Return a block over other columns, given what one of those means in the block's own."""
    return Block(rows=sparse.csr_array(part.rows @ incidence), lower=part.lower, upper=part.upper)
