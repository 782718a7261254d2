"""The linked inventory as sparse matrices, and scores by one adjoint solve."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.linalg import splu

from symbiosis.errors import InvalidData, Problem

Vector: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float64]]
Shares: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Positions: TypeAlias = np.ndarray[tuple[int], np.dtype[np.intp]]
Mask: TypeAlias = np.ndarray[tuple[int], np.dtype[np.bool_]]
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


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """Where each linked exchange stands in the matrices.

    Attributes
    ----------
    row, column : ndarray of int, shape (exchanges,)
        Position of the supplier (an activity or an elementary flow) and of the activity.
    inputs : ndarray of bool, shape (exchanges,)
        True in the technosphere, False in the biosphere.
    activities, flows : Index
        Labels of the rows and columns.
    """

    row: Positions
    column: Positions
    inputs: Mask
    activities: "pd.Index[str]"
    flows: "pd.Index[str]"


def placed(linked: pd.DataFrame, activities: "pd.Index[str]", flows: "pd.Index[str]") -> Pattern:
    """Return where linked exchanges stand."""
    inputs = linked["type"].eq("technosphere").to_numpy(bool)
    supplier = pd.Index(linked["supplier"].to_numpy(object))
    row = np.where(inputs, activities.get_indexer(supplier), flows.get_indexer(supplier))
    column = activities.get_indexer(pd.Index(linked["activity"].to_numpy(object)))
    return Pattern(row=row, column=column, inputs=inputs, activities=activities, flows=flows)


def amounts(linked: pd.DataFrame, estimate: Estimate = "amount") -> Vector:
    """Return the amount of each linked exchange, at its value or at one end of its range."""
    return np.asarray(linked[estimate].fillna(linked["amount"]).to_numpy(), dtype=np.float64)


def filled(pattern: Pattern, amount: Vector) -> Matrices:
    """Return the matrices of a pattern; several exchanges with the same ends add up."""
    activities, flows, inputs = len(pattern.activities), len(pattern.flows), pattern.inputs
    at, by = pattern.row, pattern.column
    taken = sparse.csc_array((amount[inputs], (at[inputs], by[inputs])), (activities, activities))
    emitted = sparse.csc_array((amount[~inputs], (at[~inputs], by[~inputs])), (flows, activities))
    return Matrices(
        technosphere=sparse.csc_array(sparse.eye_array(activities, format="csc") - taken),
        biosphere=emitted,
        activities=pattern.activities,
        flows=pattern.flows,
    )


def matrices(
    linked: pd.DataFrame,
    activities: "pd.Index[str]",
    flows: "pd.Index[str]",
    estimate: Estimate = "amount",
) -> Matrices:
    """Return the matrices of linked exchanges, each at its value or at one end of its range."""
    return filled(placed(linked, activities, flows), amounts(linked, estimate))


def upstream(linked: pd.DataFrame, wanted: "pd.Series[str]") -> pd.DataFrame:
    """Return the exchanges of the `wanted` activities and of all that they draw on.

    Parameters
    ----------
    linked : DataFrame
        Exchanges with their supplier, of `linked_exchanges`; every activity has one.
    wanted : Series of str
        Ids of activities.
    """
    ends = [linked[name].to_numpy(object) for name in ("activity", "supplier")]
    codes, names = pd.factorize(np.concatenate(ends))
    taker, giver = codes[: len(linked)], codes[len(linked) :]
    inputs = linked["type"].eq("technosphere").to_numpy(bool)
    reached = pd.Index(names).isin(wanted.to_numpy(object))
    count = -1
    while count < (count := int(reached.sum())):
        reached[giver[inputs][reached[taker[inputs]]]] = True
    kept: pd.DataFrame = linked[reached[taker]]
    return kept


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
    return adjoint(system)(np.asarray(system.biosphere.T @ characterisation, dtype=np.float64))


def adjoint(system: Matrices) -> Callable[[Vector], Vector]:
    """Return the solver of A^T y = d: one factorisation for any number of indicators.

    With y known, the score of any demand is a product: 10,000 exchanges are ``demands @ y``.
    """
    transposed = sparse.csc_array(system.technosphere.T)
    # Pivots stay on the diagonal, where each activity gives its own unit: elimination then only
    # adds, so that a zero stays an exact zero and nothing turns slightly negative.
    try:
        solver = splu(transposed, diag_pivot_thresh=0.0)
    except RuntimeError as error:  # a loop that consumes all it gives
        raise InvalidData([unsolvable(str(error))]) from error
    return lambda direct: np.asarray(solver.solve(direct), dtype=np.float64)


def unsolvable(reason: str) -> Problem:
    """Return what is said of an inventory whose activities consume all that they give."""
    return Problem("exchanges.csv", f"has no solution: {reason}", "check amounts in loops")


def flow_vector(values: "pd.Series[float]", flows: "pd.Index[str]") -> Vector:
    """Return `values`, labelled by elementary flow, in the order of the matrix; 0 where none."""
    return np.asarray(values.reindex(flows).fillna(0.0).to_numpy(), dtype=np.float64)
