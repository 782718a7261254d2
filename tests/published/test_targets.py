"""Published pinch targets out of the command `match`, and its optima against independent methods.

The streams of a case become the flows of a park in the contract's format: every stream a process
of its own, since what a process gives may not go back into it as it is. The oracles (problem
table, linear program) are written here from their definitions and share nothing with the library.
"""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from scipy.optimize import linprog

from symbiosis.cli import main
from symbiosis.io import park_of
from symbiosis.matching import apply, best_plan, candidates
from symbiosis.model import Park
from symbiosis.scenarios import state
from tests.matching_parks import local, shipped

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Streams = Sequence[tuple[float, float, float]]  # kW, from degC, to degC
Waters = Sequence[tuple[float, float]]  # t/h, mg/L
EXACT = 1e-6
GJ_PER_KW = 8760 * 3600 / 1e6  # a year of a kilowatt

# Kemp (2007), Pinch Analysis and Process Integration, 2nd ed., the four-stream example.
KEMP = {
    "hot": [(330, 170, 60), (180, 150, 30)],
    "cold": [(230, 20, 135), (240, 80, 140)],
    "approach": 10,
    "targets": (20, 60),
}
# Linnhoff & Hindmarsh (1983), Chem. Eng. Sci. 38(5), 745-763: test case TC3, CP 2, 8, 2.5, 3 kW/K.
LINNHOFF_HINDMARSH = {
    "hot": [(2 * 90, 150, 60), (8 * 30, 90, 60)],
    "cold": [(2.5 * 105, 20, 125), (3 * 75, 25, 100)],
    "approach": 20,
    "targets": (107.5, 40),
}
# Smith (2005), Chemical Process Design and Integration: CP .15, .25, .2, .3 MW/K; pinch 150/140.
SMITH = {
    "hot": [(150 * 210, 250, 40), (250 * 120, 200, 80)],
    "cold": [(200 * 160, 20, 180), (300 * 90, 140, 230)],
    "approach": 10,
    "targets": (7500, 10000),
}
HEAT_CASES = {"Kemp": KEMP, "Linnhoff & Hindmarsh": LINNHOFF_HINDMARSH, "Smith": SMITH}

# Wang & Smith (1994), Chem. Eng. Sci. 49(7), 981-1006, limiting data as fixed flows.
WANG_SMITH = {
    "sources": [(20, 100), (100, 100), (40, 800), (10, 800)],
    "sinks": [(20, 0), (100, 50), (40, 50), (10, 400)],
    "targets": (90, 90),
}
# Polley & Polley (2000), Chem. Eng. Prog. 96(2), 47-52.
POLLEY = {
    "sources": [(50, 50), (100, 100), (70, 150), (60, 250)],
    "sinks": [(50, 20), (100, 50), (80, 100), (70, 200)],
    "targets": (70, 50),
}
WATER_CASES = {"Wang & Smith": WANG_SMITH, "Polley & Polley": POLLEY}


def written(folder: Path, tables: Rows, toml: str = "") -> Path:
    """Write a park as a user would: one CSV file per table."""
    folder.mkdir(parents=True)
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    if toml:
        (folder / "park.toml").write_text(toml, encoding="utf-8")
    return folder


def matched(folder: Path, *options: str) -> Mapping[str, Any]:
    """Return the summary that the command prints (the same as in summary.json)."""
    result = CliRunner().invoke(main, ["match", str(folder), "--format", "json", *options])
    assert result.exit_code == 0, result.stderr
    found: Mapping[str, Any] = json.loads(result.stdout)
    return found


def hosts(count: int, firms: int) -> tuple[list[Row], list[str]]:
    """Return enterprises without places, and the one of each of `count` processes."""
    names = [f"firm{i}" for i in range(firms)]
    return [{"id": n, "name": n} for n in names], [names[i % firms] for i in range(count)]


def heat_tables(hot: Streams, cold: Streams, firms: int = 1, price: float | None = None) -> Rows:
    enterprises, owner = hosts(len(hot) + len(cold), firms)
    tables: Rows = {"enterprises": enterprises, "processes": [], "flows": [], "qualities": []}
    for i, (load, first, last) in enumerate([*hot, *cold]):
        is_hot = i < len(hot)
        tables["processes"].append({"id": f"p{i}", "enterprise": owner[i]})
        ends = (f"p{i}", "@nature") if is_hot else ("@supply", f"p{i}")
        flow = {"id": f"s{i}", "source": ends[0], "target": ends[1], "resource": "heat"}
        flow |= {"amount": load, "unit": "kW", "unit_cost": None if is_hot else price}
        tables["flows"].append(flow)
        tables["qualities"] += [
            {"flow": f"s{i}", "property": f"temperature_{end}", "unit": "degC", "value": value}
            for end, value in (("from", first), ("to", last))
        ]
    return tables


def water_tables(sources: Waters, sinks: Waters, firms: int = 1, water: str = "water") -> Rows:
    enterprises, owner = hosts(len(sources) + len(sinks), firms)
    tables: Rows = {"enterprises": enterprises, "processes": [], "flows": [], "qualities": []}
    for i, (amount, limit) in enumerate([*sources, *sinks]):
        gives = i < len(sources)
        tables["processes"].append({"id": f"p{i}", "enterprise": owner[i]})
        ends = (f"p{i}", "@disposal") if gives else ("@supply", f"p{i}")
        flow = {"id": f"w{i}", "source": ends[0], "target": ends[1], "resource": water}
        tables["flows"].append({**flow, "amount": amount, "unit": "m3/h"})
        quality = {"flow": f"w{i}", "property": "cod", "unit": "mg/L"}
        tables["qualities"].append({**quality, "value" if gives else "maximum": limit})
    return tables


@pytest.mark.parametrize("firms", [1, 3])
@pytest.mark.parametrize("case", HEAT_CASES)
def test_match_reaches_a_published_heat_target(case: str, firms: int, tmp_path: Path) -> None:
    streams = HEAT_CASES[case]
    folder = written(tmp_path / "park", heat_tables(streams["hot"], streams["cold"], firms))

    found = matched(folder, "--set", f"heat_min_approach={streams['approach']}")

    hot_utility, cold_utility = streams["targets"]
    bought = found["after"]["bought"]["heat"] / GJ_PER_KW
    rejected = found["after"]["discarded"]["heat"] / GJ_PER_KW
    assert bought == pytest.approx(hot_utility, rel=EXACT)
    assert rejected == pytest.approx(cold_utility, rel=EXACT)


@pytest.mark.parametrize(
    ("water", "objective"), [("fresh_water", "gwp100"), ("process_water", "cost")]
)
def test_match_reaches_the_water_target_of_wang_and_smith(
    water: str, objective: str, tmp_path: Path
) -> None:
    tables = water_tables(WANG_SMITH["sources"], WANG_SMITH["sinks"], water=water)

    found = matched(written(tmp_path / "park", tables), "--set", f"objective={objective}")

    assert found["after"]["bought"][water] / 8760 == pytest.approx(90, rel=EXACT)
    assert found["after"]["discarded"][water] / 8760 == pytest.approx(90, rel=EXACT)


@pytest.mark.parametrize("firms", [1, 4])
@pytest.mark.parametrize("case", WATER_CASES)
def test_match_reaches_a_published_water_target(case: str, firms: int, tmp_path: Path) -> None:
    streams = WATER_CASES[case]
    tables = water_tables(streams["sources"], streams["sinks"], firms, "fresh_water")

    found = matched(written(tmp_path / "park", tables))

    targets = (
        found["after"]["bought"]["fresh_water"] / 8760,
        found["after"]["discarded"]["fresh_water"] / 8760,
    )
    assert targets == pytest.approx(streams["targets"], rel=EXACT)


def test_condensing_heat_serves_a_stream_only_up_to_its_temperature_less_the_approach(
    tmp_path: Path,
) -> None:
    # 100 kW condense at 120 degC; of 60 kW from 80 to 120 degC three quarters lie below 110 degC.
    tables = heat_tables([(100, 120, 120)], [(60, 80, 120)], price=0.01)

    found = matched(written(tmp_path / "park", tables))

    assert found["after"]["bought"]["heat"] / GJ_PER_KW == pytest.approx(15, rel=EXACT)
    assert found["after"]["discarded"]["heat"] / GJ_PER_KW == pytest.approx(55, rel=EXACT)


@pytest.mark.parametrize(("boils_at", "bought"), [(110.0, 0.0), (110.001, 60.0)])
def test_condensing_heat_boils_what_is_colder_by_just_the_approach(
    boils_at: float, bought: float, tmp_path: Path
) -> None:
    tables = heat_tables([(100, 120, 120)], [(60, boils_at, boils_at)], price=0.01)

    found = matched(written(tmp_path / "park", tables))

    assert found["after"]["bought"]["heat"] / GJ_PER_KW == pytest.approx(bought, abs=1e-6)


# --- the library's optima against methods written here ------------------------------------------


def planned_state(tables: Rows, **settings: object) -> dict[str, Any]:
    """Return what the best plan leaves, without the command's overhead."""
    park: Park = park_of(tables, shipped(), {"title": "case", "settings": settings})
    known = local(park)
    plan = best_plan(park, known, known.factors, candidates(park, known, known.factors).found)
    assert plan.status == "optimal"
    return dict(state(apply(park, plan, known), known.factors))


def problem_table(hot: Streams, cold: Streams, approach: float) -> tuple[float, float]:
    """Return hot and cold utility by Linnhoff & Flower's problem table, points included.

    At every shifted temperature the heat needed above (and at) it less the heat at hand above
    (and at) it is what must come from outside; the largest deficit is the hot utility.
    """
    half = approach / 2
    shifted_hot = [(load, first - half, last - half) for load, first, last in hot]
    shifted_cold = [(load, last + half, first + half) for load, first, last in cold]
    levels = {t for _, *ends in [*shifted_hot, *shifted_cold] for t in ends}
    deficits = [0.0]
    for level in levels:
        for closed in (False, True):
            need = sum(_above(stream, level, closed=closed) for stream in shifted_cold)
            there = sum(_above(stream, level, closed=closed) for stream in shifted_hot)
            deficits.append(need - there)
    deficits.append(sum(s[0] for s in cold) - sum(s[0] for s in hot))
    hot_utility = max(deficits)
    return hot_utility, hot_utility + sum(s[0] for s in hot) - sum(s[0] for s in cold)


def _above(stream: tuple[float, float, float], level: float, *, closed: bool) -> float:
    load, top, bottom = stream
    if top == bottom:
        return load if top > level or (closed and top == level) else 0.0
    return load * min(max((top - level) / (top - bottom), 0.0), 1.0)


@pytest.mark.parametrize("case", HEAT_CASES)
def test_the_problem_table_of_these_tests_knows_the_published_targets(case: str) -> None:
    streams = HEAT_CASES[case]

    found = problem_table(streams["hot"], streams["cold"], streams["approach"])

    assert found == pytest.approx(streams["targets"])


@pytest.mark.parametrize("case", HEAT_CASES)
def test_a_published_heat_target_holds_where_bought_heat_is_cheap(case: str) -> None:
    """No other pathway pays here: the cascade alone decides."""
    streams = HEAT_CASES[case]

    after = planned_state(
        heat_tables(streams["hot"], streams["cold"], price=0.01),
        heat_min_approach=streams["approach"],
    )

    targets = (after["bought"]["heat"] / GJ_PER_KW, after["discarded"]["heat"] / GJ_PER_KW)
    assert targets == pytest.approx(streams["targets"], rel=EXACT)


@pytest.mark.parametrize("seed", range(10))
def test_any_streams_reach_the_target_of_the_problem_table(seed: int) -> None:
    rng = np.random.default_rng(seed)
    approach = float(rng.choice([0, 5, 10, 20]))
    hot, cold = (random_streams(rng, rising=rising) for rising in (False, True))

    after = planned_state(heat_tables(hot, cold, firms=2, price=0.01), heat_min_approach=approach)

    hot_utility, cold_utility = problem_table(hot, cold, approach)
    size = sum(load for load, *_ in cold)
    assert after["bought"]["heat"] / GJ_PER_KW == pytest.approx(hot_utility, abs=EXACT * size)
    assert after["discarded"]["heat"] / GJ_PER_KW == pytest.approx(cold_utility, abs=EXACT * size)


def random_streams(rng: np.random.Generator, *, rising: bool) -> Streams:
    found = []
    for _ in range(int(rng.integers(1, 7))):
        low, high = np.sort(np.round(rng.uniform(20, 250, 2), int(rng.integers(0, 3))))
        if rng.random() < 0.25:
            high = low
        ends = (low, high) if rising else (high, low)
        found.append((float(rng.uniform(10, 1000)), float(ends[0]), float(ends[1])))
    return found


def test_the_random_streams_are_not_all_served_or_all_bought() -> None:
    targets = []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        approach = float(rng.choice([0, 5, 10, 20]))
        hot, cold = (random_streams(rng, rising=rising) for rising in (False, True))
        share = problem_table(hot, cold, approach)[0] / sum(load for load, *_ in cold)
        targets.append(share)
    assert sum(0.01 < share < 0.99 for share in targets) >= 5


@pytest.mark.parametrize("case", WATER_CASES)
def test_the_linear_program_of_these_tests_knows_the_published_targets(case: str) -> None:
    streams = WATER_CASES[case]
    sources, sinks = (np.array(streams[side], dtype=float) for side in ("sources", "sinks"))

    fresh = least_fresh(sources[:, 0], sources[:, 1:], sinks[:, 0], sinks[:, 1:])

    assert fresh == pytest.approx(streams["targets"][0])


def least_fresh(
    given: np.ndarray, quality: np.ndarray, needed: np.ndarray, limit: np.ndarray
) -> float:
    """Return the least fresh water; quality and limit have a column per contaminant."""
    m, n = len(given), len(needed)
    used = np.kron(np.eye(m), np.ones(n))
    met = np.kron(np.ones(m), np.eye(n))
    loads = [met * np.repeat(quality[:, k], n) for k in range(quality.shape[1])]
    rows, bounds = [used, met], [given, needed]
    for k, load in enumerate(loads):  # all that arrives, fresh water at nothing, fits the limit
        rows.append(load)
        bounds.append(limit[:, k] * needed)
    found = linprog(-np.ones(m * n), A_ub=np.vstack(rows), b_ub=np.concatenate(bounds))
    assert found.status == 0
    return float(needed.sum() + found.fun)


@pytest.mark.parametrize("seed", range(6))
def test_water_with_two_contaminants_needs_what_a_linear_program_says(seed: int) -> None:
    rng = np.random.default_rng(100 + seed)
    m, n = (int(rng.integers(2, 6)) for _ in range(2))
    given, needed = rng.uniform(10, 200, m), rng.uniform(10, 200, n)
    quality, limit = rng.uniform(20, 900, (m, 2)), rng.uniform(0, 600, (n, 2))
    tables = water_tables([(a, 0) for a in given], [(a, 0) for a in needed], 3, "fresh_water")
    tables["qualities"] = [
        {"flow": f"w{i}", "property": name, "unit": "mg/L", column: float(values[k])}
        for rows, column, first in ((quality, "value", 0), (limit, "maximum", m))
        for i, values in enumerate(rows, start=first)
        for k, name in enumerate(("cod", "tds"))
    ]

    after = planned_state(tables)

    fresh = least_fresh(given, quality, needed, limit)
    assert 0 < fresh < needed.sum()
    assert after["bought"]["fresh_water"] / 8760 == pytest.approx(fresh, rel=EXACT)


@pytest.mark.parametrize("seed", range(6))
def test_blending_saves_what_a_linear_program_says(seed: int) -> None:
    rng = np.random.default_rng(200 + seed)
    m, n = (int(rng.integers(2, 6)) for _ in range(2))
    given, needed = rng.uniform(100, 5000, m), rng.uniform(100, 5000, n)
    gate, price = rng.uniform(0, 50, m), rng.uniform(10, 300, n)
    chloride, purity = rng.uniform(0, 0.3, m), rng.uniform(0.4, 0.99, m)
    most, least = rng.uniform(0.05, 0.2, n), rng.uniform(0.6, 0.9, n)
    bought_chloride, bought_purity = most * rng.uniform(0, 1, n), least * rng.uniform(1, 1.1, n)
    way, haulage = rng.uniform(0, 100, (m, n)), 0.5
    tables: Rows = {
        "enterprises": [{"id": f"e{i}", "name": f"e{i}"} for i in range(m + n)],
        "flows": [],
        "qualities": [],
        "resources": [{"id": "grit", "name": "grit", "kind": "material", "unit": "t"}],
        "distances": [
            {"source": f"e{i}", "target": f"e{m + j}", "distance_km": float(way[i, j])}
            for i in range(m)
            for j in range(n)
        ],
    }
    for i in range(m):
        flow = {"id": f"f{i}", "source": f"e{i}", "target": "@disposal", "resource": "grit"}
        tables["flows"].append({**flow, "amount": given[i], "unit": "t", "unit_cost": gate[i]})
        for name, value in (("chloride", chloride[i]), ("gypsum_content", purity[i])):
            tables["qualities"].append({"flow": f"f{i}", "property": name, "value": value})
    for j in range(n):
        k = m + j
        flow = {"id": f"f{k}", "source": "@supply", "target": f"e{k}", "resource": "grit"}
        tables["flows"].append({**flow, "amount": needed[j], "unit": "t", "unit_cost": price[j]})
        limited = {"flow": f"f{k}", "property": "chloride", "value": bought_chloride[j]}
        tables["qualities"].append({**limited, "maximum": most[j]})
        limited = {"flow": f"f{k}", "property": "gypsum_content", "value": bought_purity[j]}
        tables["qualities"].append({**limited, "minimum": least[j]})

    after = planned_state(tables, transport_cost=haulage, indicators=["cost"])

    worth = price[None, :] + gate[:, None] - haulage * way
    used, met = np.kron(np.eye(m), np.ones(n)), np.kron(np.ones(m), np.eye(n))
    worse = np.repeat(chloride, n) - np.tile(bought_chloride, m)
    poorer = np.tile(bought_purity, m) - np.repeat(purity, n)
    found = linprog(
        -worth.ravel(),
        A_ub=np.vstack([used, met, met * worse, met * poorer]),
        b_ub=np.concatenate(
            [
                given,
                needed,
                (most - bought_chloride) * needed,
                (bought_purity - least) * needed,
            ]
        ),
    )
    assert found.status == 0
    assert found.fun < 0  # or the comparison says nothing
    before = float(gate @ given + price @ needed)
    assert after["cost"] == pytest.approx(before + found.fun, rel=EXACT)
