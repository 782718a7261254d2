"""Locations of other databases as regions of ours, each with the wider ones that stand in."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pandas as pd

WORLD, REST, CHINA = "GLO", "RoW", "CN"
# ISO 3166-2, and where ecoinvent writes otherwise its own code too.
PROVINCES: Mapping[str, str] = MappingProxyType(
    {
        "AH": "Anhui", "BJ": "Beijing", "CQ": "Chongqing", "FJ": "Fujian", "GD": "Guangdong",
        "GS": "Gansu", "GX": "Guangxi", "GZ": "Guizhou", "HA": "Henan", "HB": "Hubei",
        "HE": "Hebei", "HI": "Hainan", "HL": "Heilongjiang", "HN": "Hunan", "HU": "Hunan",
        "JL": "Jilin", "JS": "Jiangsu", "JX": "Jiangxi", "LN": "Liaoning", "NM": "Inner Mongolia",
        "NX": "Ningxia", "QH": "Qinghai", "SA": "Shaanxi", "SC": "Sichuan", "SD": "Shandong",
        "SH": "Shanghai", "SN": "Shaanxi", "SX": "Shanxi", "TJ": "Tianjin", "XJ": "Xinjiang",
        "XZ": "Tibet", "YN": "Yunnan", "ZJ": "Zhejiang",
    }
)  # fmt: skip
_WORLD = frozenset({"", "glo", "global", "world", "unspecified"})
_REST = frozenset({"row", "rest of world", "rest-of-world"})


def region_of(location: str) -> str:
    """Return the region that a location of another database is.

    Examples
    --------
    >>> [region_of(text) for text in ("CN-GZ", "China", "global", "RER")]
    ['Guizhou', 'CN', 'GLO', 'RER']
    """
    plain = " ".join(location.split())
    if plain.casefold() in _WORLD:
        return WORLD
    if plain.casefold() in _REST:
        return REST
    if plain.casefold() == "china":
        return CHINA
    nation, dash, province = plain.partition("-")
    if nation == CHINA and dash and province in PROVINCES:
        return PROVINCES[province]
    return plain


def region_table(locations: Iterable[str], shipped: pd.DataFrame) -> pd.DataFrame:
    """Return our regions and these locations: province, then CN, then RoW, then GLO."""
    wider = dict(zip(shipped["id"], shipped["parent"], strict=True))
    names = dict(zip(shipped["id"], shipped["name_zh"], strict=True))
    found = {region_of(location) for location in locations}
    for region in [WORLD, REST, CHINA, *sorted(found)]:
        if region not in wider or region in (REST, CHINA):
            wider[region] = _parent(region)
    rows = [(region, names.get(region, ""), parent) for region, parent in wider.items()]
    return pd.DataFrame(rows, columns=["id", "name_zh", "parent"])


def _parent(region: str) -> str:
    if region == WORLD:
        return ""
    if region == REST:
        return WORLD
    return CHINA if region.startswith(f"{CHINA}-") else REST


def wider(region: str, parents: Mapping[str, str]) -> list[str]:
    """Return a region and those that stand in for it, nearest first."""
    line = [region]
    while parents.get(line[-1]):
        line.append(parents[line[-1]])
    return line
