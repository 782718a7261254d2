from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from symbiosis.catalogue import Catalogue
from symbiosis.io import park_of
from symbiosis.matching import best_plan, candidates
from symbiosis.matching.search import rescored
from symbiosis.model import Park
from symbiosis.scenarios.uncertainty import at_end
from tests.matching_parks import local, shipped

Row = dict[str, Any]


@pytest.fixture
def ranged() -> tuple[Park, Catalogue]:
    """Return slag to sand with a range on every figure."""
    pathway = {"id": "washing", "takes": "slag", "gives": "sand", "yield": 0.8}
    side = {"pathway": "washing", "unit": "t"}
    park = park_of(
        {
            "enterprises": [{"id": "works", "name": "W"}, {"id": "yard", "name": "Y"}],
            "resources": [
                {"id": r, "name": r, "kind": "material", "unit": "t"}
                for r in ("slag", "sand", "lime", "residue", "soot")
            ],
            "flows": [
                flow("by", "works", "@disposal", "slag", 1000, 900, 1200),
                flow("buy", "@supply", "yard", "sand", 500, 450, 600),
                flow("fixed", "works", "@disposal", "residue", 7, None, None),
            ],
            "pathways": [{**pathway, "low": 0.7, "high": 0.9}],
            "pathway_flows": [
                {**side, "direction": "in", "boundary": "@supply", "resource": "lime"}
                | {"amount": 0.05, "low": 0.04, "high": 0.06},
                {**side, "direction": "out", "boundary": "@disposal", "resource": "residue"}
                | {"amount": 0.1, "low": 0.08, "high": 0.12},
                {**side, "direction": "out", "boundary": "@sales", "resource": "soot"}
                | {"amount": 0.02, "low": 0.01, "high": 0.03},
            ],
            "factors": [
                factor("@supply", "sand", 100, 80, 120),
                factor("@disposal", "slag", 20, 10, 30),
                factor("@supply", "lime", 200, 150, 250),
                factor("@disposal", "residue", 30, None, None),
                factor("@sales", "soot", -50, -60, -40),
                factor("@supply", "soot", 55, None, None),
            ],
        },
        shipped(),
        {"title": "ranges"},
    )
    return park, local(park)


def flow(name: str, source: str, target: str, resource: str, *amounts: float | None) -> Row:
    row = {"id": name, "source": source, "target": target, "resource": resource, "unit": "t"}
    return {**row, **dict(zip(("amount", "low", "high"), amounts, strict=True))}


def factor(boundary: str, resource: str, *values: float | None) -> Row:
    row = {"boundary": boundary, "resource": resource, "indicator": "cost", "unit": "CNY/t"}
    return {**row, **dict(zip(("value", "low", "high"), values, strict=True))}


def costs(catalogue: Catalogue) -> "pd.Series[float]":
    table = catalogue.factors[catalogue.factors["indicator"] == "cost"]
    return table.set_index(["boundary", "resource"])["value"]


@pytest.mark.parametrize(("end", "place"), [("low", 0), ("high", 1)])
def test_amounts_and_yields_go_down_at_the_low_end_and_burdens_up(
    ranged: tuple[Park, Catalogue], end: Any, place: int
) -> None:
    park, known = at_end(*ranged, end)

    amounts = park.flows.set_index("id")["amount"]
    assert amounts["by"] == (900, 1200)[place]
    assert amounts["buy"] == (450, 600)[place]
    assert amounts["fixed"] == 7
    made = known.pathways.set_index("id").loc["washing"]
    assert made["yield"] == (0.7, 0.9)[place]
    rows = known.pathway_flows[known.pathway_flows["pathway"] == "washing"]
    sides = rows.set_index("resource")["amount"]
    assert sides.to_dict() == {
        "lime": (0.06, 0.04)[place],
        "residue": (0.12, 0.08)[place],
        "soot": (0.01, 0.03)[place],
    }


@pytest.mark.parametrize(("end", "place"), [("low", 0), ("high", 1)])
def test_what_is_avoided_is_cheap_at_the_low_end_and_what_is_added_dear(
    ranged: tuple[Park, Catalogue], end: Any, place: int
) -> None:
    _, known = at_end(*ranged, end)

    price = costs(known)
    assert price["@supply", "sand"] == (80, 120)[place]
    assert price["@disposal", "slag"] == (10, 30)[place]
    assert price["@supply", "lime"] == (250, 150)[place]
    assert price["@sales", "soot"] == (-40, -60)[place]
    assert price["@supply", "soot"] == 55


def test_the_park_and_its_catalogue_stay_as_they_were(ranged: tuple[Park, Catalogue]) -> None:
    park, known = ranged
    before = park.flows.copy(), known.factors.copy()

    at_end(park, known, "low")

    assert park.flows.equals(before[0])
    assert known.factors.equals(before[1])


def test_the_low_end_saves_least_and_the_high_end_most(ranged: tuple[Park, Catalogue]) -> None:
    values = []
    for end in ("low", None, "high"):
        park, known = ranged if end is None else at_end(*ranged, end)  # type: ignore[arg-type]
        found = candidates(park, known, known.factors).found
        values.append(-best_plan(park, known, known.factors, found).value)

    assert values[0] < values[1] < values[2]
    # Middle: 500 t of sand from 625 t of slag: sand, gate fee, soot, less lime and residue.
    by_hand = 500 * 100 + 625 * (20 + 0.02 * 50 - 0.05 * 200 - 0.1 * 30)
    assert values[1] == pytest.approx(by_hand)


def test_figures_of_the_catalogue_beside_the_yield_move_too() -> None:
    known = shipped()
    figures = known.figures[known.figures["table"] == "pathways"].dropna(subset=["low", "high"])
    park = park_of(
        {"enterprises": [{"id": "a", "name": "A"}], "flows": []}, known, {"title": "none"}
    )
    here = local(park)
    low, high = (at_end(park, here, end)[1].pathways.set_index("id") for end in ("low", "high"))  # type: ignore[arg-type]
    now = here.pathways.set_index("id")

    for column, better in (("operating_cost", -1), ("capital_per_capacity", -1), ("lifetime", 1)):
        rows = figures[(figures["column"] == column) & (figures["value"] != 0)]
        wide = rows[rows["low"] < rows["high"]]["id"]
        assert len(wide), column
        change = better * (high.loc[wide, column] - low.loc[wide, column])
        assert (change > 0).all(), column
        inside = (now.loc[wide, column] - low.loc[wide, column]) * better
        assert (inside >= -1e-9 * now.loc[wide, column].abs()).all(), column


def test_scoring_again_at_an_end_is_the_same_as_searching_again_there(
    ranged: tuple[Park, Catalogue],
) -> None:
    """Also where the figure that moves is a lifetime, a capacity or a loss on the way."""
    park, known = ranged
    route = known.pathways["id"] == "washing"
    settled = known.pathways.assign(
        capital_per_capacity=known.pathways["capital_per_capacity"].mask(route, 50.0),
        lifetime=known.pathways["lifetime"].mask(route, 20.0),
        capacity=known.pathways["capacity"].mask(route, 600.0),
    )
    before = replace(known, pathways=settled)
    worse = settled.assign(
        lifetime=settled["lifetime"].mask(route, 5.0),
        capacity=settled["capacity"].mask(route, 300.0),
    )
    after = replace(known, pathways=worse)
    search = candidates(park, before, before.factors)

    again = best_plan(park, after, after.factors, rescored(park, after, search))
    fresh = best_plan(park, after, after.factors, candidates(park, after, after.factors).found)

    assert fresh.value < 0
    assert again.value == pytest.approx(fresh.value)
