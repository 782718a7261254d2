from collections.abc import Callable
from pathlib import Path

import pytest

from symbiosis.errors import InvalidData
from symbiosis.lca import Inventory, read_inventory
from symbiosis.lca.linking import lineage, linked_exchanges, offers


def suppliers(inventory: Inventory, convention: str, year: int | None) -> list[str]:
    linked = linked_exchanges(inventory, convention, year)
    return list(linked.loc[linked["type"].eq("technosphere"), "supplier"])


def test_an_input_comes_from_the_region_of_its_activity_or_the_one_it_names(toy: Inventory) -> None:
    assert suppliers(toy, "location", 2025) == ["power_cn_23", "power_gz_23"]


def test_a_convention_without_a_regional_value_uses_its_national_one(toy: Inventory) -> None:
    assert suppliers(toy, "footprint", 2025) == ["power_fp", "power_fp"]


@pytest.mark.parametrize(
    ("year", "chosen"),
    [(2022, "power_gz_21"), (2023, "power_gz_23"), (None, "power_gz_23"), (2019, "power_gz_23")],
)
def test_the_latest_year_not_after_the_park_counts(
    toy: Inventory, year: int | None, chosen: str
) -> None:
    offered = offers(toy, "location", year)

    assert list(offered.loc[offered["region"].eq("Guizhou"), "id"]) == [chosen]


def test_an_unknown_convention_is_an_error_that_lists_the_known_ones(toy: Inventory) -> None:
    with pytest.raises(InvalidData, match=r"'marginal' \(one of footprint, location\)"):
        offers(toy, "marginal", None)


def test_an_input_that_nothing_gives_is_told_with_the_nearest_name(
    write: Callable[..., Path], tables: dict[str, str]
) -> None:
    row = "lime_cn,technosphere,{},,1,MWh,,,,official,S,\n"
    lost = row.format("electrcity") + "lime_glo,technosphere,electricity,,1,MWh,,,,official,S,\n"
    inventory = read_inventory(write(exchanges=tables["exchanges"] + lost))

    with pytest.raises(InvalidData) as caught:
        linked_exchanges(inventory, "location", None)

    assert [problem.remedy for problem in caught.value.problems] == [
        "did you mean 'electricity'?",
        "it is there for CN, Guizhou only",
    ]


def test_a_region_is_known_by_its_chinese_name_too(toy: Inventory) -> None:
    assert lineage(toy.regions, "贵州") == ["Guizhou", "CN", "GLO"]


@pytest.mark.parametrize("region", [None, "", "Denmark"])
def test_a_region_the_inventory_does_not_know_is_the_world(
    toy: Inventory, region: str | None
) -> None:
    assert lineage(toy.regions, region) == ["GLO"]


def test_a_way_of_counting_hides_plain_values_inside_its_region_only(
    write: Callable[..., Path], tables: dict[str, str]
) -> None:
    row = "heat_{},heat,@supply,GJ,{},,{},a,甲,aggregated,secondary,,,S,\n"
    places = [("hebei", "Hebei", ""), ("world", "GLO", ""), ("rule", "CN", "footprint")]
    activities = tables["activities"] + "".join(row.format(*place) for place in places)
    given = "heat_{},biosphere,co2e_aggregated,,60,kg,,,,secondary,S,\n"
    exchanges = tables["exchanges"] + "".join(given.format(name) for name, _, _ in places)
    inventory = read_inventory(write(activities=activities, exchanges=exchanges))

    for convention, expected in [
        ("location", ["heat_hebei", "heat_world"]),
        ("footprint", ["heat_world", "heat_rule"]),
    ]:
        offered = offers(inventory, convention, None)
        assert list(offered.loc[offered["product"].eq("heat"), "id"]) == expected
