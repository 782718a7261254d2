from typing import Any

import numpy as np
import pytest

from symbiosis.io import park_of
from symbiosis.matching import apply, best_plan, candidates
from symbiosis.matching.turndown import numbered, scaled_flows, turndown
from symbiosis.model import Park
from tests.matching_parks import local, shipped

Row = dict[str, Any]


def utilities(
    flows: list[Row] | None = None, boiler: Row | None = None, **tables: list[Row]
) -> Park:
    """Return a softener that gives 150 m3, 100 of them to a boiler that gives 1000 GJ."""
    rows: dict[str, list[Row]] = {
        "enterprises": [{"id": "works", "name": "Works"}],
        "processes": [
            {"id": "softener", "enterprise": "works", "flexible": True},
            {"id": "boiler", "enterprise": "works", "flexible": True, **(boiler or {})},
            {"id": "dryer", "enterprise": "works"},
            {"id": "kiln", "enterprise": "works"},
        ],
        "resources": [
            {"id": "soft", "name": "soft water", "kind": "water", "unit": "m3"},
            {"id": "raw", "name": "raw water", "kind": "water", "unit": "m3"},
            {"id": "fuel", "name": "fuel", "kind": "material", "unit": "t"},
        ],
        "flows": [
            flow("raw", "@supply", "softener", "raw", 160, "m3", unit_cost=1),
            flow("brine", "softener", "@disposal", "raw", 10, "m3", unit_cost=5),
            flow("feed", "softener", "boiler", "soft", 100, "m3"),
            flow("rinse", "softener", "dryer", "soft", 50, "m3"),
            flow("coal", "@supply", "boiler", "fuel", 40, "t", unit_cost=900),
            flow("steam", "boiler", "dryer", "heat", 1000, "GJ"),
            flow("flue", "boiler", "@nature", "carbon_dioxide", 100, "t"),
            flow("off_gas", "kiln", "@nature", "heat", 500, "GJ"),
            *(flows or []),
        ],
        "qualities": [
            *range_of("steam", 100, 150),
            *range_of("off_gas", 300, 200),
        ],
    }
    for name, more in tables.items():
        rows[name] = [*rows.get(name, []), *more]
    return park_of(rows, shipped(), {"title": "utilities"})


def flow(
    name: str, source: str, target: str, resource: str, amount: float, unit: str, **more: Any
) -> Row:
    ends = {"source": source, "target": target, "resource": resource}
    return {"id": name, **ends, "amount": amount, "unit": unit, **more}


def range_of(name: str, first: float, last: float) -> list[Row]:
    return [
        {"flow": name, "property": f"temperature_{end}", "unit": "degC", "value": value}
        for end, value in (("from", first), ("to", last))
    ]


def test_serving_heat_turns_the_boiler_down_and_the_softener_behind_it() -> None:
    down = turndown(utilities())

    assert down.processes == ("softener", "boiler")
    expected = [[1 / 150, (100 / 150) / 1000], [0.0, 1 / 1000]]
    assert np.allclose(down.response, expected, rtol=1e-12, atol=0)
    assert down.most.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("limits", "most"),
    [
        ({"activity": 1000, "minimum_activity": 300}, 0.7),
        ({"activity": 1000, "minimum_activity": 1000}, 0.0),
        ({"activity": 1000}, 1.0),
    ],
)
def test_a_utility_turns_down_to_its_lowest_activity(limits: Row, most: float) -> None:
    assert turndown(utilities(boiler=limits)).most[1] == pytest.approx(most)


def test_a_utility_that_gives_two_things_keeps_running() -> None:
    power = flow("power", "boiler", "dryer", "electricity", 5, "MWh")

    assert turndown(utilities([power])).processes == ("softener",)


def test_a_utility_whose_by_product_is_used_keeps_running() -> None:
    ash = flow("ash", "boiler", "kiln", "heat", 2, "GJ", pathway="identity", displaces="heat")

    assert "boiler" not in turndown(utilities([ash])).processes


def test_processes_are_numbered_as_utilities_or_not_at_all() -> None:
    park = utilities()

    numbers = numbered(park.processes["id"], turndown(park))

    assert numbers.iloc[:2].tolist() == [0, 1]
    assert numbers.iloc[2:].isna().all()


def test_what_a_utility_takes_in_and_throws_out_scales_but_what_it_gives_does_not() -> None:
    park = utilities()
    scaled = scaled_flows(park, turndown(park))

    names = park.flows["id"].iloc[scaled["position"]].tolist()

    assert dict(zip(names, scaled["utility"], strict=True)) == {
        "raw": 0,
        "brine": 0,
        "feed": 1,
        "coal": 1,
        "flue": 1,
    }


def test_half_the_steam_from_waste_heat_saves_half_the_fuel_and_a_third_of_the_water() -> None:
    park = utilities()
    known = local(park)
    plan = best_plan(park, known, known.factors, candidates(park, known, known.factors).found)

    after = apply(park, plan, known).flows.set_index("id")["amount"]

    assert plan.links["taken"].sum() == pytest.approx(500)
    assert after["coal"] == pytest.approx(20)
    assert after["flue"] == pytest.approx(50)
    assert after["feed"] == pytest.approx(50)
    assert after["raw"] == pytest.approx(160 * 2 / 3)
    assert after["brine"] == pytest.approx(10 * 2 / 3)
    assert after["rinse"] == 50


def test_a_utility_at_its_lowest_activity_leaves_the_rest_of_the_heat_unused() -> None:
    park = utilities(boiler={"activity": 1000, "minimum_activity": 800})
    known = local(park)

    plan = best_plan(park, known, known.factors, candidates(park, known, known.factors).found)

    assert plan.links["taken"].sum() == pytest.approx(200)


def test_steam_counted_in_tonnes_meets_heat_counted_in_gigajoules_by_its_energy() -> None:
    vapour = {"id": "vapour", "name": "vapour", "kind": "heat", "unit": "t"}
    park = utilities(
        [
            flow("vent", "kiln", "@nature", "vapour", 100, "t"),
            flow("warm", "@supply", "dryer", "vapour", 30, "t", unit_cost=200),
        ],
        resources=[{**vapour, "content_energy": 2.5}],
        qualities=[*range_of("vent", 180, 180), *range_of("warm", 60, 90)],
    )
    known = local(park)
    pairs = candidates(park, known, known.factors).pairs
    pairs = pairs[pairs["pathway"] == "identity"].set_index(["offer_id", "demand_id"])["served"]

    assert pairs["vent", "steam"] == pytest.approx(2.5)  # GJ per t
    assert pairs["off_gas", "warm"] == pytest.approx(1 / 2.5)  # t per GJ
    assert pairs["vent", "warm"] == pytest.approx(1)
    assert pairs["off_gas", "steam"] == pytest.approx(1)
