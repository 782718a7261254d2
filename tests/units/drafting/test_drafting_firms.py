from pathlib import Path

import pytest
import xlsxwriter

from symbiosis.drafting import read_firms
from symbiosis.errors import InvalidData


def listed(folder: Path, text: str) -> Path:
    file = folder / "firms.csv"
    file.write_text(text, encoding="utf-8")
    return file


def problems(file: Path) -> list[str]:
    try:
        return [str(problem) for problem in read_firms(file).problems]
    except InvalidData as error:
        return [str(problem) for problem in error.problems]


@pytest.mark.parametrize(
    "header",
    [
        "name,plant,capacity,unit,latitude",
        "Enterprise Name,Plant type*,CAPACITY,Capacity unit,lat",
        "企业名称,装置类型,产能,单位,纬度",
        "公司,主要产品,年产能,计量单位,北纬",
    ],
)
def test_headings_are_understood_in_both_languages(tmp_path: Path, header: str) -> None:
    (firm,) = read_firms(listed(tmp_path, f"{header}\nWorks,urea,300,kt,26.5\n")).firms

    assert (firm.row, firm.name, firm.plant) == (2, "Works", "urea")
    assert (firm.capacity, firm.unit, firm.latitude) == ("300", "kt", 26.5)


def test_the_unit_may_stand_in_the_heading_of_the_capacity(tmp_path: Path) -> None:
    (firm,) = read_firms(listed(tmp_path, "name,plant,产能（万吨/年）\nW,urea,30\n")).firms

    assert firm.unit == "万吨/年"


def test_a_workbook_is_read_from_its_first_sheet(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "firms.xlsx") as book:
        sheet = book.add_worksheet("名单")
        for row, cells in enumerate([("企业名称", "产品", "产能"), ("甲厂", "尿素", 300000)]):
            sheet.write_row(row, 0, cells)

    known = read_firms(tmp_path / "firms.xlsx")

    assert (known.firms[0].name, known.firms[0].capacity) == ("甲厂", "300000")
    assert known.where(known.firms[0], "plant") == "名单 sheet, row 2, 产品"


def test_remarks_are_passed_over_and_unknown_columns_named(tmp_path: Path) -> None:
    known = read_firms(listed(tmp_path, "name,plant,capacity,remarks,boss\nW,urea,1,x,y\n"))

    assert known.ignored == ("boss",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "firms.csv: there is no header row"),
        ("name,plant\nW,urea\n", "row 1: no column for the capacity (call one 'capacity' or"),
        ("name,企业,plant,capacity\nW,W,u,1\n", "columns 'name' and '企业' both mean name"),
        ("name,plant,capacity\n", "firms.csv: no firms"),
        ("name,plant,capacity\n,urea,1\n", "firms.csv, row 2, name: name is blank"),
        ("name,plant,capacity,lat\nW,urea,1,north\n", "row 2, lat: 'north' is not a number"),
        ("name,plant,capacity,lat\nW,urea,1,91\n", "row 2, lat: '91' is not between -90 and 90"),
        ("name,plant,capacity,hours\nW,urea,1,0\n", "'0' is not between 1 and 8760"),
        (
            "name,plant,capacity,park\nW,urea,1,A\nw,ammonia,1,B\n",
            "row 3, park: 'B' where row 2 of the same firm says otherwise",
        ),
    ],
)
def test_a_bad_list_is_told_where_and_what(tmp_path: Path, text: str, said: str) -> None:
    assert any(said in problem for problem in problems(listed(tmp_path, text)))


def test_a_list_that_is_not_there_is_refused_with_those_that_ship(tmp_path: Path) -> None:
    assert "a list that ships: example" in problems(tmp_path / "none.csv")[0]


def test_a_list_in_gbk_and_a_workbook_that_is_none_are_refused(tmp_path: Path) -> None:
    (tmp_path / "gbk.csv").write_bytes("企业名称,产品,产能\n甲,尿素,1\n".encode("gbk"))
    (tmp_path / "bad.xlsx").write_text("no")

    assert "GBK" in problems(tmp_path / "gbk.csv")[0]
    assert "not an .xlsx workbook" in problems(tmp_path / "bad.xlsx")[0]
