"""Scores of 10,000 exchanges and 1,000 Monte Carlo runs, here and by bw2calc.

Run with ``python benchmarks/lca.py [ACTIVITIES]``: the own inventory, then a synthetic background
of so many activities (20,000), made like ecoinvent: about 20 inputs each, most from a few hundred
markets that everybody draws on. bw2calc's forward calls are timed on some demands and scaled up.
"""

import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from symbiosis.catalogue import datasets_folder
from symbiosis.lca import factors, read_inventory
from symbiosis.lca.brightway import without_projects
from symbiosis.lca.distributions import COLUMNS as SPREAD
from symbiosis.lca.distributions import distributions
from symbiosis.lca.linking import linked_exchanges
from symbiosis.lca.matrices import Matrices, adjoint, amounts, filled, flow_vector, placed
from symbiosis.lca.sampling import sampled_factors

with without_projects():
    import bw2calc
    import bw_processing

EXCHANGES, TOUCHED, FORWARD, RUNS = 10_000, 8, 30, 1000
METHOD = ("benchmark", "gwp100")
FLOWS_FROM = 10_000_000  # whole numbers of elementary flows


def seconds(call: Callable[[], Any], repeat: int = 1) -> tuple[float, Any]:
    """Return the shortest of some runs [s], and what the call gives."""
    best, result = float("inf"), None
    for _ in range(repeat):
        start = time.perf_counter()
        result = call()
        best = min(best, time.perf_counter() - start)
    return best, result


def own() -> tuple[Matrices, np.ndarray[Any, Any]]:
    inventory = read_inventory(datasets_folder() / "inventory")
    linked = linked_exchanges(inventory, "location", 2023)
    activities = pd.Index(inventory.activities["id"])
    flows = pd.Index(inventory.elementary_flows["id"])
    table = inventory.characterisation
    values = table[table["indicator"].eq("gwp100")].set_index("flow")["value"]
    system = filled(placed(linked, activities, flows), amounts(linked))
    return system, flow_vector(values, flows)


def synthetic(size: int, seed: int = 0) -> tuple[Matrices, np.ndarray[Any, Any]]:
    rng = np.random.default_rng(seed)
    markets, inputs, flows = size // 50, 20, 1000
    column = np.repeat(np.arange(size), inputs)
    popular = (markets * rng.random(size * inputs) ** 3).astype(int)
    other = (column * rng.random(size * inputs)).astype(int)  # made of what stands before it
    row = np.where(rng.random(size * inputs) < 0.9, popular, other)
    value = rng.lognormal(np.log(0.02), 1.0, size * inputs).clip(max=0.2)
    column, row, value = (part[row != column] for part in (column, row, value))
    taken = sparse.csc_array((value, (row, column)), (size, size))
    share = np.asarray(taken.sum(axis=0)).ravel()
    taken = taken @ sparse.diags_array(0.8 / np.maximum(share, 0.8))
    at = rng.integers(0, flows, size * 10)
    emitted = (rng.lognormal(0, 2, size * 10), (at, np.repeat(np.arange(size), 10)))
    system = Matrices(
        technosphere=sparse.csc_array(sparse.eye_array(size, format="csc") - taken),
        biosphere=sparse.csc_array(emitted, shape=(flows, size)),
        activities=pd.Index([f"a{i}" for i in range(size)]),
        flows=pd.Index([f"f{i}" for i in range(flows)]),
    )
    return system, rng.lognormal(0, 1, flows)


def package(system: Matrices, characters: np.ndarray[Any, Any]) -> Any:
    """Return matrices as a datapackage; activities are numbered from 0."""
    made = bw_processing.create_datapackage()
    technosphere, biosphere = system.technosphere.tocoo(), system.biosphere.tocoo()
    at = FLOWS_FROM + np.arange(len(characters))
    vectors = (
        ("technosphere_matrix", technosphere.row, technosphere.col, technosphere.data, {}),
        ("biosphere_matrix", biosphere.row + FLOWS_FROM, biosphere.col, biosphere.data, {}),
        ("characterization_matrix", at, at, characters, {"identifier": list(METHOD)}),
    )
    for matrix, row, column, value, extra in vectors:
        pairs = np.empty(len(value), dtype=bw_processing.INDICES_DTYPE)
        pairs["row"], pairs["col"] = row, column
        made.add_persistent_vector(
            matrix=matrix, indices_array=pairs, data_array=np.asarray(value), name=matrix, **extra
        )
    return made


def demands(size: int, seed: int = 1) -> "sparse.csr_array[Any]":
    """Return what each exchange adds and avoids."""
    rng = np.random.default_rng(seed)
    rows = np.repeat(np.arange(EXCHANGES), TOUCHED)
    entries = rng.normal(0, 100, len(rows)), (rows, rng.integers(0, size, len(rows)))
    return sparse.csr_array(entries, shape=(EXCHANGES, size))


def exchange_scores(name: str, system: Matrices, characters: np.ndarray[Any, Any]) -> None:
    wanted = demands(len(system.activities))
    solving, y = seconds(
        lambda: adjoint(system)(np.asarray(system.biosphere.T @ characters, dtype=float))
    )
    product, ours = seconds(lambda: wanted @ y, repeat=5)
    told = package(system, characters)
    each = [dict(_row(wanted, i)) for i in range(EXCHANGES)]

    prepared, forward, some = _forward(told, each[:FORWARD])
    forward_all = forward / FORWARD * EXCHANGES
    backward, theirs = seconds(lambda: _adjoint(told, each))
    worst = max(
        np.abs(ours[:FORWARD] - some).max() / np.abs(some).max(),
        np.abs(ours - theirs).max() / np.abs(theirs).max(),
    )
    print(f"{name}: {len(system.activities)} activities, {system.technosphere.nnz} entries")
    print(f"  background, once:             {solving:9.4f} s (bw2calc: {prepared:.2f} s)")
    print(f"  {EXCHANGES} exchange scores:        {product:9.6f} s (a product)")
    print(f"  bw2calc forward, scaled up:   {forward_all:9.1f} s, ", end="")
    print(f"{forward_all / product:.0f} times the product (goal: 50)")
    print(f"  bw2calc adjoint:              {backward:9.3f} s, ", end="")
    print(f"{backward / (solving + product):.1f} times all (goal: more than 1)")
    print(f"  largest difference, of the largest score: {worst:.1e}\n")


def _row(table: "sparse.csr_array[Any]", at: int) -> "zip[tuple[int, float]]":
    cells = slice(table.indptr[at], table.indptr[at + 1])
    return zip(table.indices[cells].tolist(), table.data[cells].tolist(), strict=True)


def _forward(told: Any, each: list[dict[int, float]]) -> tuple[float, float, np.ndarray[Any, Any]]:
    """Return the seconds of preparing, those of the calls that follow, and the scores."""

    def prepared() -> Any:
        calculation = bw2calc.LCA(each[0], data_objs=[told])
        calculation.lci(factorize=True)
        calculation.lcia()
        return calculation

    first, calculation = seconds(prepared)
    scores = []

    def called() -> None:
        for demand in each:
            calculation.lcia(demand)
            scores.append(calculation.score)

    return first, seconds(called)[0], np.array(scores)


def _adjoint(told: Any, each: list[dict[int, float]]) -> np.ndarray[Any, Any]:
    # bw2calc offers this call with PARDISO and UMFPACK only; with SciPy's solver it works as well.
    if not (bw2calc.PYPARDISO or bw2calc.UMFPACK):
        sys.modules["bw2calc.fast_scores"].UMFPACK = True  # type: ignore[attr-defined]
    calculation = bw2calc.FastScoresOnlyMultiLCA(
        demands={str(at): demand for at, demand in enumerate(each)},
        method_config={"impact_categories": [METHOD]},
        data_objs=[told],
        direction="adjoint",
    )
    next(calculation)
    return np.asarray(calculation.scores).ravel()


def monte_carlo() -> None:
    inventory = read_inventory(datasets_folder() / "inventory")
    table = factors(inventory, "Guizhou", 2023)
    ours, sampled = seconds(
        lambda: sampled_factors(inventory, "Guizhou", 2023, RUNS, np.random.default_rng(0)), 3
    )
    theirs, scores = seconds(lambda: _their_runs(inventory))
    print(f"Monte Carlo of the own inventory, {RUNS} runs:")
    print(f"  here, all {len(table)} factors in every run: {ours:.3f} s")
    print(f"  bw2calc, one demand in every run:   {theirs:.3f} s, ", end="")
    print(f"{theirs / ours:.1f} times (goal: 5)")
    row = table.index[table["boundary"].eq("@supply") & table["resource"].eq("cement")][0]
    for name, values in (("here", sampled.samples[row]), ("bw2calc", scores / 1000)):
        low, middle, high = np.quantile(values, [0.025, 0.5, 0.975])
        print(f"  cement [t CO2e/t], {name}: {middle:.3f} ({low:.3f} to {high:.3f})")


def _their_runs(inventory: Any) -> np.ndarray[Any, Any]:
    linked = linked_exchanges(inventory, "location", 2023)
    names = pd.Index(inventory.activities["id"])
    flows = pd.Index(inventory.elementary_flows["id"])
    pattern = placed(linked, names, flows)
    made = bw_processing.create_datapackage()
    diagonal = np.arange(len(names))
    _vector(made, "technosphere_matrix", diagonal, diagonal, np.ones(len(names)), None, False)
    for matrix, mask, shift in (
        ("technosphere_matrix", pattern.inputs, 0),
        ("biosphere_matrix", ~pattern.inputs, FLOWS_FROM),
    ):
        row, column = pattern.row[mask] + shift, pattern.column[mask]
        value = amounts(linked)[mask]
        _vector(made, matrix, row, column, value, distributions(linked[mask]), shift == 0)
    table = inventory.characterisation
    table = table[table["indicator"].eq("gwp100")]
    at = FLOWS_FROM + flows.get_indexer(pd.Index(table["flow"]))
    value, spread = table["value"].to_numpy(float), distributions(table, "value")
    _vector(made, "characterization_matrix", at, at, value, spread, False)
    cement = factors(inventory, "Guizhou", 2023)
    cement = cement[cement["boundary"].eq("@supply") & cement["resource"].eq("cement")].iloc[0]
    chosen = inventory.activities[
        inventory.activities["product"].eq("cement")
        & inventory.activities["boundary"].eq("@supply")
        & inventory.activities["region"].eq(cement["region"])
    ]
    demand = {int(names.get_loc(chosen["id"].iloc[0])): 1.0}
    calculation = bw2calc.LCA(demand, data_objs=[made], use_distributions=True, seed_override=1)
    calculation.lci()
    calculation.lcia()
    scores = []
    for _ in range(RUNS):
        next(calculation)
        scores.append(calculation.score)
    return np.array(scores)


def _vector(
    made: Any, matrix: str, row: Any, column: Any, value: Any, spread: Any, flip: bool
) -> None:
    pairs = np.empty(len(value), dtype=bw_processing.INDICES_DTYPE)
    pairs["row"], pairs["col"] = row, column
    extra = {}
    if spread is not None:
        told = np.empty(len(value), dtype=bw_processing.UNCERTAINTY_DTYPE)
        for name in SPREAD:
            told[name] = spread[name].to_numpy()
        extra = {"distributions_array": told}
    made.add_persistent_vector(
        matrix=matrix,
        indices_array=pairs,
        data_array=np.asarray(value, dtype=float),
        flip_array=np.full(len(value), flip),
        name=f"{matrix}-{len(made.resources)}",
        **extra,
    )


def main(size: int) -> None:
    warnings.simplefilter("ignore")
    exchange_scores("own inventory", *own())
    exchange_scores("synthetic background", *synthetic(size))
    monte_carlo()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
