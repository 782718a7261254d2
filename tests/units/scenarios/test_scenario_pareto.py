"""Points that nothing betters in two indicators, on cases solved by hand and as laws."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings

from symbiosis.catalogue import datasets_folder
from symbiosis.errors import NoSolution
from symbiosis.io import park_of
from symbiosis.lca import Inventory, read_inventory
from symbiosis.matching import best_plan, candidates, saving
from symbiosis.model import Park
from symbiosis.scenarios import planned
from symbiosis.scenarios.outcome import local_catalogue
from symbiosis.scenarios.pareto import Point, pareto, pareto_document
from tests.matching_parks import matching_parks, shipped

PAIR = ("cost", "gwp100")


@cache
def inventory() -> Inventory:
    return read_inventory(datasets_folder() / "inventory")


def rivals(limits: list[dict[str, Any]] | None = None) -> Park:
    """Return a park whose 100 t of grit serve one of two: dear sand, or sand that emits much.

    A tonne of grit at the first saves 90 and 1 t CO2e, at the second 20 and 4 t CO2e.
    """
    flows = [
        {"id": "dust", "source": "mill", "target": "@disposal", "resource": "grit"}
        | {"amount": 100, "unit": "t", "unit_cost": 0},
        {"id": "dear", "source": "@supply", "target": "first", "resource": "sand"}
        | {"amount": 100, "unit": "t", "unit_cost": 90},
        {"id": "dirty", "source": "@supply", "target": "second", "resource": "lime"}
        | {"amount": 100, "unit": "t", "unit_cost": 20},
    ]
    resources = [
        {"id": name, "name": name, "kind": "material", "unit": "t"}
        for name in ("grit", "sand", "lime")
    ]
    factors = [
        {
            "boundary": boundary,
            "resource": name,
            "indicator": "gwp100",
            "value": value,
            "unit": "t CO2e/t",
        }
        for boundary, name, value in (
            ("@supply", "sand", 1),
            ("@supply", "lime", 4),
            ("@disposal", "grit", 0),
        )
    ]
    pathways = [
        {
            "id": f"as_{name}",
            "name": name,
            "takes": "grit",
            "gives": name,
            "replaces": name,
            "ratio": 1,
        }
        | {"yield": 1, "operating_cost": 0}
        for name in ("sand", "lime")
    ]
    tables: dict[str, list[dict[str, Any]]] = {
        "enterprises": [{"id": name, "name": name} for name in ("mill", "first", "second")],
        "flows": flows,
        "resources": resources,
        "factors": factors,
        "pathways": pathways,
        "limits": limits or [],
    }
    heading = {"title": "rivals", "settings": {"transport_cost": 0}}
    return park_of(tables, shipped(), heading)


def places(points: tuple[Point, ...]) -> list[tuple[float, float]]:
    return [(point.saving["cost"], point.saving["gwp100"]) for point in points]


def test_one_waste_between_two_uses_gives_the_straight_line_between_them() -> None:
    points = pareto(rivals(), shipped(), inventory(), PAIR, 4)

    assert places(points) == [
        pytest.approx(at, rel=1e-6)
        for at in ((9000, 100), (20 / 3 * 1000, 200), (13 / 3 * 1000, 300), (2000, 400))
    ]
    assert [point.exchanges for point in points] == [1, 2, 2, 1]


def test_the_settings_of_a_point_find_it_again() -> None:
    document = pareto_document(pareto(rivals(), shipped(), inventory(), PAIR, 4))
    point = document["points"][1]  # type: ignore[index]
    limits = [row | {"id": "bound"} for row in point["reproduce"]["limits"]]
    park = rivals(limits)
    park = replace(park, settings=replace(park.settings, **point["reproduce"]["settings"]))

    again = planned(park, shipped(), inventory())

    for name in PAIR:
        assert again.saving[name] == pytest.approx(point["saving"][name], rel=1e-6)


@settings(max_examples=6)
@given(park=matching_parks())
def test_no_point_is_dominated_and_the_ends_are_the_optima_of_each_indicator(park: Park) -> None:
    park = replace(park, settings=replace(park.settings, mip_gap=0.0))
    try:
        points = pareto(park, shipped(), inventory(), PAIR, 4)
    except NoSolution:
        return
    found = places(points)

    for number, (money, carbon) in enumerate(found):
        for other in found[:number] + found[number + 1 :]:
            assert not (other[0] >= money and other[1] >= carbon)
    for name, rest, end in (("cost", "gwp100", points[0]), ("gwp100", "cost", points[-1])):
        alone = replace(
            park.settings, objective=f"{name} + 0*{rest}", carbon_price=0.0, indicators=PAIR
        )
        single = replace(park, settings=alone)
        known = local_catalogue(single, shipped(), inventory())
        search = candidates(single, known, known.factors)
        best = best_plan(single, known, known.factors, search.found)
        most = saving(single, known.factors, search.found, best, PAIR)
        assert end.saving[name] == pytest.approx(most[name], rel=1e-5, abs=1e-3)
