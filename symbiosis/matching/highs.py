"""The one place that calls HiGHS: arrays in, values and a bound out."""

from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt
from scipy import sparse

from symbiosis.errors import NoSolution

Vector = npt.NDArray[np.float64]
CONTRADICTION = "the limits contradict each other or what the park can do: no plan meets them all"


@dataclass(frozen=True, kw_only=True)
class LinearProgram:
    """Minimise cost @ x with lower <= x <= upper and row_lower <= rows @ x <= row_upper.

    Attributes
    ----------
    cost, lower, upper : ndarray, shape (n,)
    rows : csr_array, shape (m, n)
    row_lower, row_upper : ndarray, shape (m,)
    integer : ndarray of bool, shape (n,)
        Which variables are whole numbers.
    """

    cost: Vector
    lower: Vector
    upper: Vector
    rows: sparse.csr_array
    row_lower: Vector
    row_upper: Vector
    integer: npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Solution:
    """Values of an optimum (or the best found), its bound, and how the search ended."""

    values: Vector
    objective: float
    bound: float
    status: str


def solve(program: LinearProgram, *, time_limit: float, mip_gap: float, seed: int) -> Solution:
    """Solve a linear program, with whole numbers where asked.

    Columns are scaled by their upper bounds and rows by their largest entry, so that amounts of a
    million tonnes and of a gram live together. Where there are whole numbers they are fixed at
    the optimum found and the rest is solved once more, to full accuracy.

    Raises
    ------
    NoSolution
        If no values meet all rows.
    """
    if not len(program.cost):
        if (program.row_lower > 0).any() or (program.row_upper < 0).any():
            raise NoSolution(CONTRADICTION)
        return Solution(values=np.zeros(0), objective=0.0, bound=0.0, status="optimal")
    scale = np.where(np.isfinite(program.upper) & (program.upper > 0), program.upper, 1.0)
    scale = np.where(program.integer, 1.0, scale)
    columns = sparse.csr_array(program.rows @ sparse.diags_array(scale))
    largest = (
        abs(columns).max(axis=1).toarray().ravel() if columns.nnz else np.ones(columns.shape[0])
    )
    by_row = 1.0 / np.where(largest > 0, largest, 1.0)
    price = np.abs(program.cost * scale).max(initial=0.0) or 1.0
    scaled = LinearProgram(
        cost=program.cost * scale / price,
        lower=program.lower / scale,
        upper=program.upper / scale,
        rows=sparse.csr_array(sparse.diags_array(by_row) @ columns),
        row_lower=program.row_lower * by_row,
        row_upper=program.row_upper * by_row,
        integer=program.integer,
    )
    found = _run(scaled, time_limit=time_limit, mip_gap=mip_gap, seed=seed)
    bound = found.bound
    if program.integer.any():
        whole = np.round(found.values)
        fixed = LinearProgram(
            cost=scaled.cost,
            lower=np.where(program.integer, whole, scaled.lower),
            upper=np.where(program.integer, whole, scaled.upper),
            rows=scaled.rows,
            row_lower=scaled.row_lower,
            row_upper=scaled.row_upper,
            integer=np.zeros_like(program.integer),
        )
        polished = _run(fixed, time_limit=time_limit, mip_gap=mip_gap, seed=seed)
        found = Solution(
            values=polished.values,
            objective=polished.objective,
            bound=bound,
            status=found.status,
        )
    return Solution(
        values=found.values * scale,
        objective=found.objective * price,
        bound=min(bound, found.objective) * price,
        status=found.status,
    )


def _run(program: LinearProgram, *, time_limit: float, mip_gap: float, seed: int) -> Solution:
    solver = loaded(program)
    solver.setOptionValue("time_limit", time_limit)
    solver.setOptionValue("mip_rel_gap", mip_gap)
    solver.setOptionValue("random_seed", seed)
    solver.run()
    status = solver.getModelStatus()
    if status in (
        highspy.HighsModelStatus.kInfeasible,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,
    ):
        raise NoSolution(CONTRADICTION)
    found = solver.getInfo()
    values = np.array(solver.getSolution().col_value, dtype=float)
    if status == highspy.HighsModelStatus.kTimeLimit and not len(values):
        raise NoSolution("no plan was found in the time allowed (raise time_limit)")
    mixed = bool(program.integer.any())
    return Solution(
        values=values,
        objective=float(program.cost @ values),
        bound=float(found.mip_dual_bound) if mixed else float(program.cost @ values),
        status="time_limit" if status == highspy.HighsModelStatus.kTimeLimit else "optimal",
    )


def loaded(program: LinearProgram) -> highspy.Highs:
    """Return a silent HiGHS that holds the program."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy ships no types
    solver.silent()
    solver.setOptionValue("primal_feasibility_tolerance", 1e-9)
    solver.setOptionValue("dual_feasibility_tolerance", 1e-9)
    solver.setOptionValue("mip_feasibility_tolerance", 1e-9)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.cost), program.rows.shape[0]
    model.col_cost_ = program.cost
    model.col_lower_, model.col_upper_ = program.lower, program.upper
    model.row_lower_, model.row_upper_ = program.row_lower, program.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = program.rows.indptr.astype(np.int32)
    model.a_matrix_.index_ = program.rows.indices.astype(np.int32)
    model.a_matrix_.value_ = program.rows.data
    if program.integer.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[int(whole)] for whole in program.integer]
    solver.passModel(model)
    return solver
