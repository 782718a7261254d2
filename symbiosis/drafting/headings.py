"""The columns of a list of firms, by the headings that people give them in either language."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from symbiosis.catalogue.folding import folded, unbracketed
from symbiosis.errors import Problem

_CALLED: Mapping[str, str] = {
    "name": "name enterprise enterprise-name firm firm-name company company-name 企业 企业名称 名称"
    " 公司 公司名称 单位名称 厂名",
    "name_zh": "name-zh chinese-name 中文名 中文名称 企业中文名称",
    "plant": "plant plant-type type facility process product main-product sector sector-code"
    " 装置 装置类型 工厂类型 企业类型 类型 产品 主要产品 主营产品 行业 行业代码",
    "capacity": "capacity annual-capacity design-capacity scale output 产能 年产能 设计产能 规模"
    " 生产规模 产量 年产量",
    "unit": "unit capacity-unit 单位 产能单位 计量单位",
    "latitude": "latitude lat 纬度 北纬",
    "longitude": "longitude lon lng long 经度 东经",
    "park": "park industrial-park 园区 所属园区",
    "permits": "permits permit licences 许可 许可证 危废许可 危险废物经营许可",
    "operating_hours": "operating-hours hours hours-per-year 运行时间 年运行时间 年运行小时"
    " 年运行小时数 运行小时数",
}
_COLUMN = {folded(word): column for column, called in _CALLED.items() for word in called.split()}
NEEDED = ("name", "plant", "capacity")


def columns_of(header: Iterable[str]) -> dict[str, str]:
    """Return by heading the column it means; headings that mean nothing here are left out.

    Examples
    --------
    >>> columns_of(["企业名称", "Plant type *", "产能（万吨/年）", "remarks"])
    {'企业名称': 'name', 'Plant type *': 'plant', '产能（万吨/年）': 'capacity'}
    """
    meant = {heading: _COLUMN.get(folded(unbracketed(heading))) for heading in header}
    return {heading: column for heading, column in meant.items() if column}


def unit_in(heading: str) -> str:
    """Return the unit in the brackets of a heading, or nothing.

    Examples
    --------
    >>> unit_in("产能（万吨/年）"), unit_in("capacity [kt/year]"), unit_in("capacity")
    ('万吨/年', 'kt/year', '')
    """
    found = re.search(r"[(\[](.*)[)\]]", unicodedata.normalize("NFKC", heading))
    return found[1].strip() if found else ""


def heading_problems(columns: Mapping[str, str], place: str) -> list[Problem]:
    """Return the needed columns that lack, and those that two headings mean."""
    problems = []
    for column, called in _CALLED.items():
        there = [heading for heading, meant in columns.items() if meant == column]
        if not there and column in NEEDED:
            chinese = next(word for word in called.split() if word[0] > "\u2fff")
            advice = f"call one '{column}' or '{chinese}'"
            problems.append(Problem(f"{place}, row 1", f"no column for the {column}", advice))
        if len(there) > 1:
            both = " and ".join(f"'{heading}'" for heading in there)
            what = f"columns {both} both mean {column}"
            problems.append(Problem(f"{place}, row 1", what, "keep one, or rename one"))
    return problems
