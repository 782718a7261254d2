from pathlib import Path

import pytest

from symbiosis.drafting import Draft, drafted, read_firms
from symbiosis.errors import InvalidData
from tests.matching_parks import shipped

HEADER = "name,plant,capacity\n"


def draft(folder: Path, text: str, accept: float | None = None) -> Draft:
    file = folder / "firms.csv"
    file.write_text(text, encoding="utf-8")
    return drafted(read_firms(file), shipped(), title="T", accept=accept)


def problems(folder: Path, text: str, accept: float | None = None) -> list[str]:
    with pytest.raises(InvalidData) as raised:
        draft(folder, text, accept)
    return [str(problem) for problem in raised.value.problems]


def test_rows_of_one_name_are_one_enterprise_with_several_processes(tmp_path: Path) -> None:
    rows = "甲厂,尿素,300 kt\nＡ co,合成氨,200 kt\na CO,尿素,100 kt\nA co,尿素,50 kt\n"
    park = draft(tmp_path, HEADER + rows).park

    assert park.enterprises["id"].tolist() == ["甲厂", "a_co"]
    assert park.enterprises["name_zh"].tolist() == ["甲厂", ""]
    assert park.processes["id"].tolist() == [
        *("甲厂.urea_plant", "a_co.ammonia_plant_coal"),
        *("a_co.urea_plant", "a_co.urea_plant.2"),
    ]


def test_all_that_is_not_understood_is_told_at_once_with_what_was_meant(tmp_path: Path) -> None:
    rows = "A,ammonia plant,200 kt\nB,brewry,300 kt\nC,zzz,1\nD,尿素,big\nE,尿素,1 kt\n"

    said = problems(tmp_path, HEADER + rows)

    assert [text.split(":")[0] for text in said] == [
        *("firms.csv, row 2, plant", "firms.csv, row 3, plant"),
        *("firms.csv, row 4, plant", "firms.csv, row 5, capacity"),
    ]
    assert "may mean several plant types (did you mean 'ammonia_plant_coal'?" in said[0]
    assert "'ammonia_plant_gas'" in said[0]
    assert "is no plant type for sure (did you mean 'brewery'? by fuzzy" in said[1]
    assert "is no plant type of the catalogue (ask for" in said[2]


def test_a_likeness_is_taken_only_when_asked_and_sure_enough(tmp_path: Path) -> None:
    rows = HEADER + "B,brewry,300 kt\n"

    (plant,) = draft(tmp_path, rows, accept=0.6).plants

    assert (plant.type.id, plant.type.how) == ("brewery", "fuzzy")
    assert problems(tmp_path, rows, accept=0.74)


def test_of_two_that_are_equally_likely_none_is_ever_taken(tmp_path: Path) -> None:
    assert problems(tmp_path, HEADER + "A,ammonia plant,200 kt\n", accept=0.0)


@pytest.mark.parametrize(
    ("capacity", "size"), [("1 t", "small"), ("300 kt", "usual"), ("90 Mt", "large")]
)
def test_a_plant_of_an_unusual_size_is_drafted_and_noted(
    tmp_path: Path, capacity: str, size: str
) -> None:
    assert draft(tmp_path, HEADER + f"A,尿素,{capacity}\n").plants[0].size == size


def test_whether_a_flow_may_be_traded_is_as_the_plant_type_says(tmp_path: Path) -> None:
    flows = draft(tmp_path, HEADER + "A,brewery,300 kt\n").park.flows.set_index("id")
    known = shipped().blueprint_flows.set_index(["blueprint", "flow"])

    assert known.loc[("brewery", "spent_grain"), "tradable"] == "true"
    assert flows.loc["a.brewery.spent_grain", "tradable"]
    assert not flows.loc["a.brewery.beer", "tradable"]


def test_own_hours_go_before_the_usual_ones(tmp_path: Path) -> None:
    text = "name,plant,capacity,hours\nA,air separation unit,10 t/h,5000\n"
    made = draft(tmp_path, text)

    assert made.park.processes["activity"].tolist() == [50_000]
    figures = made.provenance.figures.set_index("column")
    assert figures.loc["operating_hours", "value"] == 5000
    assert figures.loc["operating_hours", "citation"] == "drafted:firms"


def test_a_hostile_name_stays_text(tmp_path: Path) -> None:
    name = "=1+1|<script>`x`[a](b)"
    made = draft(tmp_path, f'{HEADER}"{name}",尿素,300 kt\n')

    assert made.park.enterprises["name"].tolist() == [name]
    assert "\\|\\<script\\>\\`x\\`\\[a\\]\\(b\\)" in made.readme
