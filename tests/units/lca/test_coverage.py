from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from symbiosis.errors import InvalidData
from symbiosis.lca import Inventory, factors, read_inventory
from symbiosis.lca.coverage import covers
from symbiosis.lca.gaps import missing

Write = Callable[..., Path]

WATER = "gwp100;water_use"


def with_water(write: Write, tables: dict[str, str], **covering: str) -> Inventory:
    """Return the toy inventory with water flows; activities cover what `covering` says."""
    head, *rows = tables["activities"].splitlines()
    told = [f"{row},{covering.get(row.split(',')[0], '')}" for row in rows]
    return read_inventory(
        write(
            activities="\n".join([f"{head},covers", *told]) + "\n",
            elementary_flows=tables["elementary_flows"] + "water,water,水,m3,fresh_water\n",
            characterisation=tables["characterisation"]
            + "water_use,water,1,m3/m3,,,derived,definition,\n",
            exchanges=tables["exchanges"]
            + "power_gz_23,biosphere,water,,2,m3,,1,3,unverified,recall,\n"
            + "lime_cn,biosphere,water,,0.5,m3,,0,1,unverified,recall,\n",
        )
    )


def of(inventory: Inventory, indicator: str, year: int | None = 2023) -> pd.Series:
    table = factors(inventory, "Guizhou", year, indicators=(indicator,))
    return table.set_index(["boundary", "resource"])["value"]


def test_an_indicator_is_known_where_the_whole_chain_covers_it(
    write: Write, tables: dict[str, str]
) -> None:
    whole = with_water(write, tables, lime_cn=WATER, power_gz_23=WATER, power_cn_23=WATER)

    found = of(whole, "water_use")

    assert found["@supply", "electricity"] == 2
    # half a unit of Guizhou's power, and a twentieth of the nation's, which takes no water
    assert found["@supply", "quicklime"] == pytest.approx(0.5 + 0.5 * 2)
    assert ("@disposal", "gypsum") not in found.index


def test_one_activity_that_lacks_it_makes_a_gap_of_all_that_draw_on_it(
    write: Write, tables: dict[str, str]
) -> None:
    broken = with_water(write, tables, lime_cn=WATER, power_gz_23=WATER)

    found = of(broken, "water_use")

    assert ("@supply", "electricity") in found.index
    assert ("@supply", "quicklime") not in found.index
    assert ("@supply", "quicklime") in of(broken, "gwp100").index


def test_a_covering_activity_without_a_flow_is_a_known_zero(
    write: Write, tables: dict[str, str]
) -> None:
    found = of(with_water(write, tables, dump=WATER), "water_use")

    assert found["@disposal", "gypsum"] == 0


def test_what_goes_straight_to_nature_needs_no_chain(write: Write, tables: dict[str, str]) -> None:
    assert of(with_water(write, tables), "water_use")["@nature", "fresh_water"] == 1


def test_gaps_name_the_activities_that_lack_the_indicator(
    write: Write, tables: dict[str, str]
) -> None:
    broken = with_water(write, tables, lime_cn=WATER, power_gz_23=WATER)

    table = missing(broken, "Guizhou", 2023, indicator="water_use").set_index("resource")

    assert table.loc["quicklime", "lacking"] == "power_cn_23"
    assert table.loc["gypsum", "lacking"] == "dump"
    assert "electricity" not in table.index


def test_flows_of_other_indicators_change_neither_value_nor_sources(
    toy: Inventory, write: Write, tables: dict[str, str]
) -> None:
    before = factors(toy, "Guizhou", 2023)
    after = factors(with_water(write, tables), "Guizhou", 2023)

    bought = before[before["boundary"].ne("@nature")]
    assert len(bought) == 3
    pd.testing.assert_frame_equal(bought, after[after["boundary"].ne("@nature")])


def test_without_the_column_everything_is_covered(toy: Inventory) -> None:
    assert covers(toy.activities, "smell").all()


def test_an_unknown_indicator_is_refused(write: Write, tables: dict[str, str]) -> None:
    with pytest.raises(InvalidData, match=r"row 6, covers: 'gwp100;smell' is unknown"):
        with_water(write, tables, lime_cn="gwp100;smell")
