"""How long matching a park of 50 enterprises takes, against raw HiGHS on the same arrays.

Run with ``python benchmarks/match.py [ENTERPRISES]``; prints seconds and ratios of one run.
"""

import sys
import time
from collections.abc import Callable

import numpy as np

from symbiosis.catalogue import datasets_folder, read_catalogue
from symbiosis.io import park_of
from symbiosis.lca import read_inventory
from symbiosis.matching import weights
from symbiosis.matching.account import column_prices
from symbiosis.matching.highs import loaded
from symbiosis.matching.problem import exchange_problem
from symbiosis.model import Park
from symbiosis.scenarios import matched, planned

LIMIT_S = 1.0
MATTER = (
    ("phosphogypsum", "natural_gypsum"),
    ("fly_ash", "cement"),
    ("carbide_slag", "quicklime"),
    ("ferrous_sulfate_heptahydrate", "iron_phosphate"),
    ("fgd_gypsum", "building_gypsum"),
    ("tailings", "sand"),
)


def park_of_size(enterprises: int, every: int = 1, seed: int = 0) -> Park:
    """Return a park of enterprises that discard and buy matter, and some of them water and heat.

    `every` third enterprise (or first: a dense park) has flows of water and heat.
    """
    rng = np.random.default_rng(seed)
    flows, qualities = [], []
    for i in range(enterprises):
        offered, needed = MATTER[i % len(MATTER)][0], MATTER[int(rng.integers(len(MATTER)))][1]
        amount = lambda: float(rng.uniform(1e3, 1e5))  # noqa: E731 (one number, four times)
        hot, cold = np.sort(rng.uniform(80, 300, 2))[::-1], np.sort(rng.uniform(20, 150, 2))
        flows += [
            _flow(f"by{i}", f"e{i}", "@disposal", offered, amount(), "t"),
            _flow(f"buy{i}", "@supply", f"e{i}", needed, amount(), "t"),
        ]
        if i % every:
            continue
        flows += [
            _flow(f"out{i}", f"e{i}", "@nature", "treated_effluent", amount(), "m3"),
            _flow(f"in{i}", "@supply", f"e{i}", "process_water", amount(), "m3"),
            _flow(f"hot{i}", f"e{i}", "@nature", "heat", amount(), "GJ"),
            _flow(f"cold{i}", "@supply", f"e{i}", "heat", amount(), "GJ"),
        ]
        qualities += [
            _quality(f"hot{i}", "temperature_from", value=float(hot[0])),
            _quality(f"hot{i}", "temperature_to", value=float(hot[1])),
            _quality(f"cold{i}", "temperature_from", value=float(cold[0])),
            _quality(f"cold{i}", "temperature_to", value=float(cold[1])),
            _quality(f"out{i}", "cod", value=float(rng.uniform(10, 60))),
            _quality(f"out{i}", "tds", value=float(rng.uniform(100, 900))),
            _quality(f"in{i}", "cod", maximum=float(rng.uniform(10, 60))),
        ]
    places = np.array([26.7, 107.5]) + rng.uniform(-0.05, 0.05, (enterprises, 2))
    tables = {
        "enterprises": [
            {"id": f"e{i}", "name": f"Firm {i}", "latitude": lat, "longitude": lon}
            for i, (lat, lon) in enumerate(places)
        ],
        "flows": flows,
        "qualities": qualities,
    }
    return park_of(tables, read_catalogue(), {"title": "benchmark", "region": "Guizhou"})


def _flow(
    name: str, source: str, target: str, resource: str, amount: float, unit: str
) -> dict[str, object]:
    ends = {"source": source, "target": target}
    return {"id": name, **ends, "resource": resource, "amount": amount, "unit": unit}


def _quality(flow: str, name: str, **figures: float) -> dict[str, object]:
    return {"flow": flow, "property": name, **figures}


def seconds(call: Callable[[], object], repeat: int = 3) -> float:
    """Return the shortest of a few runs [s]."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def main(enterprises: int) -> None:
    for every in (3, 1):
        measured(enterprises, every)


def measured(enterprises: int, every: int) -> None:
    catalogue = read_catalogue()
    inventory = read_inventory(datasets_folder() / "inventory")
    park = park_of_size(enterprises, every)
    outcome = planned(park, catalogue, inventory)
    found, known = outcome.search.found, outcome.catalogue
    prices = column_prices(park, known.factors, found.effects, ["cost"])
    price = prices.to_numpy(float) @ np.array(list(weights(park.settings).values()))
    program = exchange_problem(park, known, known.factors, found, price)

    plan = seconds(lambda: planned(park, catalogue, inventory))
    whole = seconds(lambda: matched(park, catalogue, inventory))
    raw = seconds(lambda: loaded(program).run())
    print(f"park: {enterprises} enterprises, {len(park.flows)} flows")
    print(f"pairs: {len(outcome.search.pairs)}, candidates: {found.effects.candidates}, ", end="")
    print(f"variables: {len(program.cost)}, rows: {program.rows.shape[0]}")
    print(f"raw HiGHS on the same arrays: {raw:.3f} s")
    print(f"plan:                         {plan:.3f} s, {plan / raw:.1f} times raw HiGHS")
    print(f"match with its interval:      {whole:.3f} s, {whole / raw:.1f} times raw HiGHS")
    print(f"limit {LIMIT_S:.1f} s: ratio {plan / LIMIT_S:.2f} (plan), ", end="")
    print(f"{whole / LIMIT_S:.2f} (with its interval)\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
