"""Published and solvable networks out of ecological network analysis.

Published ones become parks in the contract's format and go through the command `metrics`.
Flows are given as (from, to, amount); what a case loses (respiration) goes to @disposal.
"""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from scipy.sparse import csr_array

from symbiosis.cli import main
from symbiosis.metrics.cycling import cyclicity, finn_cycling_index
from symbiosis.metrics.network import (
    Network,
    average_mutual_information,
    connectance,
    connectance_without_loops,
    mean_path_length,
    overhead,
    relative_ascendency,
    robustness,
    throughflow,
    total_system_throughput,
)

Links = Sequence[tuple[str, str, float]]
Amounts = Mapping[str, float]

# Williams & Crouthamel (1972) after Tilly (1968), as in Ulanowicz & Norden (1990), Int. J. Systems
# Sci. 21, 429-437: kcal/m2/year. Plants, bacteria, detritivores, carnivores, detritus.
CONE_SPRING: dict[str, Any] = {
    "inside": [
        *(("P", "X", 8881), ("X", "B", 5205), ("X", "D", 2309), ("B", "D", 75)),
        *(("B", "X", 1600), ("D", "X", 200), ("D", "C", 370), ("C", "X", 167)),
    ],
    "imports": {"P": 11184, "X": 635},
    "exports": {"P": 300, "B": 255, "X": 860},
    "losses": {"P": 2003, "B": 3275, "D": 1814, "C": 203, "X": 3109},
}
CONE_SPRING_FIGURES = {
    "throughflow": (30626, 0.5),
    "total_system_throughput": (42445, 0.5),
    "finn_cycling_index": (0.0919, 5e-5),
    "ascendency": (56725, 1),
    "relative_ascendency": (0.418, 5e-4),
}
# Dame & Patten (1981), Mar. Ecol. Prog. Ser. 5, 115-124: an intertidal oyster reef, kcal/m2/day.
# Figures: the page "Flow Analysis: Simple" of the R package enaR (Borrett & Lau 2014).
OYSTER_REEF: dict[str, Any] = {
    "inside": [
        *(("filter", "detritus", 15.7910), ("filter", "predators", 0.5135)),
        *(("detritus", "micro", 8.1721), ("detritus", "meio", 7.2745)),
        *(("detritus", "deposit", 0.6431), ("micro", "meio", 1.2060), ("micro", "deposit", 1.2060)),
        *(("meio", "detritus", 4.2403), ("meio", "deposit", 0.6609)),
        *(("deposit", "detritus", 1.9076), ("deposit", "predators", 0.1721)),
        ("predators", "detritus", 0.3262),
    ],
    "imports": {"filter": 41.47},
    "exports": {},
    "losses": {
        "filter": 25.1650,
        "micro": 5.7600,
        "meio": 3.5794,
        "deposit": 0.4303,
        "predators": 0.3594,
        "detritus": 6.1759,
    },
}
OYSTER_REEF_FIGURES = {
    "throughflow": (83.5833, 5e-5),
    "total_system_throughput": (125.0533, 2e-4),  # the published flows balance to 1e-4
    "mean_path_length": (2.015512, 1e-6),
    "finn_cycling_index": (0.1101686, 1e-7),
    "average_mutual_information": (1.330211, 2e-6),
    "ascendency": (166.3473, 2e-4),
    "development_capacity": (377.4452, 5e-4),
    "overhead": (211.0979, 5e-4),
    "relative_ascendency": (0.4407191, 1e-6),
    "robustness": (0.3611021, 1e-6),
}
CASES = {
    "Cone Spring": (CONE_SPRING, CONE_SPRING_FIGURES),
    "oyster reef": (OYSTER_REEF, OYSTER_REEF_FIGURES),
}


def written(
    folder: Path, inside: Links, imports: Amounts, exports: Amounts, losses: Amounts
) -> Path:
    """Write a network as a park of one resource, an enterprise per compartment."""
    names = dict.fromkeys([end for *ends, _ in inside for end in ends] + [*imports, *losses])
    flows = [
        *inside,
        *(("@supply", name, amount) for name, amount in imports.items()),
        *((name, "@sales", amount) for name, amount in exports.items()),
        *((name, "@disposal", amount) for name, amount in losses.items()),
    ]
    tables: dict[str, list[Sequence[object]]] = {
        "enterprises": [("id", "name"), *((name, name) for name in names)],
        "resources": [("id", "name", "kind", "unit"), ("carbon", "carbon", "material", "t")],
        "flows": [
            ("id", "source", "target", "resource", "amount", "unit"),
            *((f"f{i}", *flow[:2], "carbon", flow[2], "t") for i, flow in enumerate(flows)),
        ],
    }
    folder.mkdir()
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    return folder


def network(
    inside: Sequence[tuple[int, int, float]],
    count: int,
    imports: Mapping[int, float] | None = None,
    losses: Mapping[int, float] | None = None,
) -> Network:
    """Return a network of compartments 0 to count - 1."""
    matrix = np.zeros((count, count))
    for source, target, amount in inside:
        matrix[source, target] = amount
    outside = [np.zeros(count), np.zeros(count)]
    for amounts, given in zip(outside, (imports or {}, losses or {}), strict=True):
        for node, amount in given.items():
            amounts[node] = amount
    return Network(
        exchanges=csr_array(matrix),
        imports=outside[0],
        exports=np.zeros(count),
        losses=outside[1],
    )


@pytest.mark.parametrize("name", CASES)
def test_a_published_network_comes_out_of_its_park(name: str, tmp_path: Path) -> None:
    case, figures = CASES[name]
    park = written(tmp_path / "park", **case)

    result = CliRunner().invoke(main, ["metrics", str(park), "--format", "json"])

    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert {key: found[key] for key in figures} == {
        key: pytest.approx(value, abs=tolerance) for key, (value, tolerance) in figures.items()
    }


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_chain_has_no_cycle_and_only_one_way(count: int) -> None:
    links = [(i, i + 1, 7.0) for i in range(count - 1)]
    chain = network(links, count, imports={0: 7.0}, losses={count - 1: 7.0})

    assert finn_cycling_index(chain) == 0
    assert cyclicity(chain) == 0
    assert mean_path_length(chain) == pytest.approx(count)
    assert total_system_throughput(chain) == pytest.approx(7.0 * (count + 1))
    assert average_mutual_information(chain) == pytest.approx(np.log2(count + 1))
    assert relative_ascendency(chain) == pytest.approx(1.0)
    assert robustness(chain) == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("count", [2, 3, 9])
def test_a_closed_ring_cycles_wholly_and_for_ever(count: int) -> None:
    ring = network([(i, (i + 1) % count, 3.0) for i in range(count)], count)

    assert finn_cycling_index(ring) == 1.0
    assert mean_path_length(ring) == np.inf
    assert cyclicity(ring) == pytest.approx(1.0)
    assert average_mutual_information(ring) == pytest.approx(np.log2(count))
    assert relative_ascendency(ring) == pytest.approx(1.0)


@pytest.mark.parametrize("count", [2, 4, 7])
def test_where_everything_goes_everywhere_a_source_tells_nothing(count: int) -> None:
    everywhere = network([(i, j, 2.0) for i in range(count) for j in range(count)], count)

    assert average_mutual_information(everywhere) == pytest.approx(0.0, abs=1e-12)
    assert relative_ascendency(everywhere) == pytest.approx(0.0, abs=1e-12)
    assert overhead(everywhere) == pytest.approx(2.0 * count**2 * np.log2(count**2))
    assert connectance(everywhere) == 1.0
    assert connectance_without_loops(everywhere) == 1.0
    assert cyclicity(everywhere) == pytest.approx(count)
    assert finn_cycling_index(everywhere) == 1.0


@pytest.mark.parametrize("count", [3, 5])
def test_where_everything_goes_to_all_others_a_source_tells_one_thing(count: int) -> None:
    links = [(i, j, 2.0) for i in range(count) for j in range(count) if i != j]

    others = network(links, count)

    assert average_mutual_information(others) == pytest.approx(np.log2(count / (count - 1)))
    assert cyclicity(others) == pytest.approx(count - 1)
    assert connectance(others) == pytest.approx((count - 1) / count)
    assert connectance_without_loops(others) == 1.0


@pytest.mark.parametrize("returned", [0.0, 0.25, 0.9])
def test_what_a_pair_returns_is_its_cycling_index(returned: float) -> None:
    taken = 1 / (1 - returned)
    pair = network([(0, 1, taken), (1, 0, returned * taken)], 2, imports={0: 1.0}, losses={1: 1.0})

    assert finn_cycling_index(pair) == pytest.approx(returned)
    assert mean_path_length(pair) == pytest.approx(2 * taken)
    assert throughflow(pair) == pytest.approx(2 * taken)


@pytest.mark.parametrize("returned", [0.1, 0.5])
def test_what_a_compartment_returns_to_itself_cycles(returned: float) -> None:
    taken = 1 / (1 - returned)
    alone = network([(0, 0, returned * taken)], 1, imports={0: 1.0}, losses={0: 1.0})

    assert finn_cycling_index(alone) == pytest.approx(returned)
    assert cyclicity(alone) == pytest.approx(1.0)


def test_cycles_that_share_a_compartment_interlock_as_their_polynomial_says() -> None:
    # lengths 2 and 3 through one node: x^3 = x + 1, the plastic number
    shared = network([(0, 1, 1.0), (1, 0, 1.0), (1, 2, 1.0), (2, 0, 1.0)], 3)
    apart = network([(0, 1, 1.0), (1, 0, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 2, 1.0)], 4)

    assert cyclicity(shared) == pytest.approx(1.3247179572447460)
    assert cyclicity(apart) == pytest.approx(1.0)


@pytest.mark.parametrize("count", [201, 300])
def test_long_rings_and_large_networks_keep_their_cyclicity(count: int) -> None:
    around = [(i, (i + 1) % count, 1.0) for i in range(count)]
    both_ways = [*around, *((j, i, a) for i, j, a in around)]
    whole = [(i, j, 1.0) for i in range(count) for j in range(count)]
    chord = [*around, (count - 1, 1, 1.0)]  # x^n = x + 1
    root = np.max(np.roots([1.0, *[0.0] * (count - 2), -1.0, -1.0]).real)

    assert cyclicity(network(around, count)) == pytest.approx(1.0)
    assert cyclicity(network(both_ways, count)) == pytest.approx(2.0)
    assert cyclicity(network(whole, count)) == pytest.approx(count)
    assert cyclicity(network(chord, count)) == pytest.approx(root)


def test_four_even_ways_through_two_compartments_have_known_information() -> None:
    # a 0-1 pair fed and drained evenly: imports 1, 1; losses 1, 1; every p = 1/4
    even = network([], 2, imports={0: 1.0, 1: 1.0}, losses={0: 1.0, 1: 1.0})

    assert average_mutual_information(even) == pytest.approx(1.0)
    assert relative_ascendency(even) == pytest.approx(0.5)
    assert robustness(even) == pytest.approx(0.5 * np.log(2))
