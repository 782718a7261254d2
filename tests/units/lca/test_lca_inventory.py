from collections.abc import Callable
from pathlib import Path

import pytest

from symbiosis.errors import InvalidData
from symbiosis.lca import read_inventory

Write = Callable[..., Path]


def test_every_broken_rule_is_named_with_its_file_row_and_column(
    write: Write, tables: dict[str, str]
) -> None:
    exchanges = (
        tables["exchanges"]
        + "lime_cnn,technosphere,electricity,,1,MWh,,,,official,S,\n"
        + "lime_cn,technosphere,electricity,,1,GJ,,,,unverified,S,\n"
        + "lime_cn,biosphere,soot,@sales,1,kg,Atlantis,2,3,guess,,\n"
    )

    with pytest.raises(InvalidData) as caught:
        read_inventory(write(exchanges=exchanges))

    assert {problem.where for problem in caught.value.problems} == {
        "exchanges.csv, row 11, activity",
        "exchanges.csv, row 12, unit",
        "exchanges.csv, row 12, grade",
        "exchanges.csv, row 13, flow",
        "exchanges.csv, row 13, boundary",
        "exchanges.csv, row 13, region",
        "exchanges.csv, row 13, grade",
        "exchanges.csv, row 13, citation",
        "exchanges.csv, row 13, low",
    }


def test_a_word_where_a_number_belongs_is_a_problem_and_not_a_gap(
    write: Write, tables: dict[str, str]
) -> None:
    exchanges = tables["exchanges"].replace(",780,kg", ",much,kg")

    with pytest.raises(InvalidData, match=r"exchanges\.csv, row 6, amount: 'much' is no number"):
        read_inventory(write(exchanges=exchanges))


def test_a_folder_without_tables_is_told_file_by_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidData) as caught:
        read_inventory(tmp_path / "nowhere")

    assert len(caught.value.problems) == 5


def test_a_missing_column_is_named(write: Write) -> None:
    with pytest.raises(InvalidData, match=r"regions\.csv: lacks parent"):
        read_inventory(write(regions="id,name_zh\nGLO,世界\n"))


def test_two_activities_for_one_place_and_year_are_refused(
    write: Write, tables: dict[str, str]
) -> None:
    row = "power_gz_23,electricity,@supply,MWh,Guizhou,2023,location,a,甲,unit_process,official"
    again = row.replace("power_gz_23", "power_again")
    activities = tables["activities"] + again + ",,,S,\n"
    exchanges = tables["exchanges"] + "power_again,biosphere,carbon_dioxide,,1,kg,,,,official,S,\n"

    with pytest.raises(InvalidData, match="row 9, product: 'electricity' stands twice"):
        read_inventory(write(activities=activities, exchanges=exchanges))


def test_an_activity_without_any_exchange_is_refused(write: Write, tables: dict[str, str]) -> None:
    kept = [row for row in tables["exchanges"].splitlines() if not row.startswith("dump")]

    with pytest.raises(InvalidData, match="'dump' has no exchange"):
        read_inventory(write(exchanges="\n".join(kept) + "\n"))


def test_regions_that_stand_in_for_each_other_are_refused(
    write: Write, tables: dict[str, str]
) -> None:
    regions = tables["regions"].replace("GLO,世界,", "GLO,世界,CN")

    with pytest.raises(InvalidData, match="leads in a circle"):
        read_inventory(write(regions=regions))
