from typing import Any

import numpy as np
import pytest

from symbiosis.io import park_of
from symbiosis.matching.distance import distances, great_circle_km, unknown_places
from symbiosis.model import Park
from tests.matching_parks import shipped


def placed(rows: list[dict[str, Any]], ways: Any = (), **settings: float) -> Park:
    return park_of(
        {
            "enterprises": [{"name": "x", **row} for row in rows],
            "flows": [],
            "distances": [{"source": a, "target": b, "distance_km": km} for a, b, km in ways],
        },
        shipped(),
        {"title": "places", "settings": settings},
    )


NORTH = {"id": "north", "latitude": 1, "longitude": 100}
SOUTH = {"id": "south", "latitude": 0, "longitude": 100}
LOST = {"id": "lost"}


def test_a_degree_of_latitude_is_a_known_arc() -> None:
    arc = great_circle_km(np.radians(np.array([0.0, 1.0])), np.radians(np.array([100.0, 100.0])))

    assert arc[0, 1] == pytest.approx(6371.0088 * np.pi / 180)
    assert arc[0, 0] == 0


def test_places_on_opposite_sides_of_the_date_line_are_near() -> None:
    arc = great_circle_km(np.zeros(2), np.radians(np.array([179.5, -179.5])))

    assert arc[0, 1] == pytest.approx(111.195, abs=0.01)


def test_a_way_is_the_great_circle_times_the_detour_both_ways() -> None:
    way = distances(placed([NORTH, SOUTH], detour=1.5))

    assert way.loc["north", "south"] == pytest.approx(111.195 * 1.5, abs=0.01)
    assert way.loc["south", "north"] == way.loc["north", "south"]
    assert way.loc["north", "north"] == 0


def test_a_given_distance_counts_as_it_stands_and_in_both_directions() -> None:
    way = distances(placed([NORTH, SOUTH], [("north", "south", 7)]))

    assert way.loc["north", "south"] == way.loc["south", "north"] == 7


def test_a_way_back_that_is_given_too_counts_for_itself() -> None:
    for ways in (
        [("north", "south", 7), ("south", "north", 9)],
        [("south", "north", 9), ("north", "south", 7)],
    ):
        way = distances(placed([NORTH, SOUTH], ways))
        assert (way.loc["north", "south"], way.loc["south", "north"]) == (7, 9)


def test_an_unknown_place_is_the_default_distance_away() -> None:
    park = placed([NORTH, LOST], default_distance=12)

    assert distances(park).loc["north", "lost"] == 12
    assert distances(park).loc["lost", "lost"] == 0
    assert unknown_places(park) == ["lost"]


def test_a_place_that_a_given_distance_names_is_not_unknown() -> None:
    assert unknown_places(placed([NORTH, LOST], [("north", "lost", 3)])) == []
