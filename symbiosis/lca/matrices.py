"""The linked inventory as sparse matrices, and scores by one adjoint solve."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.linalg import splu

from symbiosis.errors import InvalidData, Problem

Vector: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float64]]
Shares: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Estimate: TypeAlias = Literal["amount", "low", "high"]


@dataclass(frozen=True, kw_only=True)
class Matrices:
    """What one unit of each activity takes and emits.

    Attributes
    ----------
    technosphere : csc_array, shape (activities, activities)
        1 on the diagonal; minus what the column's activity takes from the row's, in its unit.
    biosphere : csc_array, shape (flows, activities)
        What the column's activity emits of the row's elementary flow, in the flow's unit.
    activities, flows : Index
        Labels of the rows and columns.
    """

    technosphere: "sparse.csc_array[np.float64]"
    biosphere: "sparse.csc_array[np.float64]"
    activities: "pd.Index[str]"
    flows: "pd.Index[str]"


def matrices(
    linked: pd.DataFrame,
    activities: "pd.Index[str]",
    flows: "pd.Index[str]",
    estimate: Estimate = "amount",
) -> Matrices:
    """Return the matrices of linked exchanges, each at its value or at one end of its range."""
    amount = linked[estimate].fillna(linked["amount"])
    inputs = linked["type"].eq("technosphere")
    taken = _sparse(linked[inputs], amount[inputs], activities, activities)
    emitted = _sparse(linked[~inputs], amount[~inputs], flows, activities)
    technosphere = sparse.csc_array(sparse.eye_array(len(activities)) - taken)
    return Matrices(
        technosphere=technosphere, biosphere=emitted, activities=activities, flows=flows
    )


def scores(system: Matrices, characterisation: Vector) -> Vector:
    """Return the indicator per unit of each activity, all of them with one solve.

    Parameters
    ----------
    system : Matrices
        The linked inventory.
    characterisation : ndarray, shape (flows,)
        Indicator per unit of each elementary flow, [kg CO2e/kg] for gwp100.

    Returns
    -------
    ndarray, shape (activities,)
        The y of A^T y = B^T c, in the indicator's unit [kg CO2e] per unit of the activity.

    References
    ----------
    Heijungs and Suh (2002), *The computational structure of life cycle assessment*, ch. 2.
    """
    direct: Vector = np.asarray(system.biosphere.T @ characterisation, dtype=np.float64)
    transposed = sparse.csc_array(system.technosphere.T)
    # Pivots stay on the diagonal, where each activity gives its own unit: elimination then only
    # adds, so that a zero stays an exact zero and nothing turns slightly negative.
    try:
        solver = splu(transposed, diag_pivot_thresh=0.0)
    except RuntimeError as error:  # a loop that consumes all it gives
        what = f"has no solution: {error}"
        raise InvalidData([Problem("exchanges.csv", what, "check amounts in loops")]) from error
    return np.asarray(solver.solve(direct), dtype=np.float64)


def flow_vector(values: "pd.Series[float]", flows: "pd.Index[str]") -> Vector:
    """Return `values`, labelled by elementary flow, in the order of the matrix; 0 where none."""
    return np.asarray(values.reindex(flows).fillna(0.0).to_numpy(), dtype=np.float64)


def _sparse(
    exchanges: pd.DataFrame,
    amount: "pd.Series[float]",
    rows: "pd.Index[str]",
    columns: "pd.Index[str]",
) -> "sparse.csc_array[np.float64]":
    """Return the exchanges as a matrix; several with the same ends add up."""
    at = rows.get_indexer(pd.Index(exchanges["supplier"]))
    by = columns.get_indexer(pd.Index(exchanges["activity"]))
    values: Vector = np.asarray(amount.to_numpy(), dtype=np.float64)
    return sparse.csc_array((values, (at, by)), shape=(len(rows), len(columns)))
