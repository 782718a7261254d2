"""Which activity supplies which exchange: same convention, nearest region, latest year."""

import difflib
from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from symbiosis.errors import InvalidData, Problem
from symbiosis.lca.inventory import Inventory

WORLD = "GLO"
_KEY = ["boundary", "product", "region"]


def offers(inventory: Inventory, convention: str, year: int | None) -> pd.DataFrame:
    """Return the one activity that stands for each product, boundary and region.

    An activity of another convention is never used, and one of no convention stands back where
    its region, or one that holds it, has one of `convention`. Of several years the latest that
    is not after `year` counts, else the latest of all.
    """
    activities = inventory.activities
    _check_convention(activities, convention)
    chosen = activities["convention"].eq(convention)
    plain = activities["convention"].eq("")
    stands_back = _inside(activities[plain], activities[chosen], inventory.regions)
    usable = activities[chosen | (plain & ~stands_back.reindex(activities.index, fill_value=False))]
    age = usable["year"].fillna(0.0)
    in_time = age.le(float("inf") if year is None else year)
    ordered = usable.assign(age=age, in_time=in_time).sort_values(["in_time", "age"])
    latest = ordered.drop_duplicates(_KEY, keep="last").sort_index()
    return latest.drop(columns=["age", "in_time"]).reset_index(drop=True)


def lineage(regions: pd.DataFrame, region: str | None) -> list[str]:
    """Return `region` and the wider regions that stand in for it, nearest first.

    A region may be given by its Chinese name. One the inventory does not know, and None, is the
    world: only activities that hold anywhere apply there.
    """
    return lineages(regions, [region])[region]


def lineages(regions: pd.DataFrame, places: Iterable[str | None]) -> dict[str | None, list[str]]:
    """Return the `lineage` of each of `places`."""
    ids = regions["id"].tolist()
    parents = dict(zip(ids, regions["parent"].tolist(), strict=True))
    known = {**dict(zip(regions["name_zh"].tolist(), ids, strict=True)), **{i: i for i in ids}}
    return {place: _line(known.get(place) if place else None, parents) for place in places}


def _line(region: str | None, parents: Mapping[str, str]) -> list[str]:
    line = [WORLD] if region is None else [region]
    while parents.get(line[-1]):
        line.append(parents[line[-1]])
    return line


def nearest(wanted: pd.DataFrame, offered: pd.DataFrame, regions: pd.DataFrame) -> "pd.Series[str]":
    """Return the id of the activity nearest to each wanted (boundary, product, region), or ''."""
    ids = dict(zip(_keys(offered), offered["id"].tolist(), strict=True))
    lines = lineages(regions, wanted["region"].unique())
    found = [
        next(
            (
                ids[boundary, product, place]
                for place in lines[region]
                if (boundary, product, place) in ids
            ),
            "",
        )
        for boundary, product, region in _keys(wanted)
    ]
    return pd.Series(found, index=wanted.index, dtype=object)


def _keys(table: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    return zip(*(table[column].tolist() for column in _KEY), strict=True)


def linked_exchanges(
    inventory: Inventory, convention: str, year: int | None, offered: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the exchanges with the column `supplier`: the activity, or the elementary flow.

    What is `offered` may be given where it is known already (`offers`).
    """
    exchanges = inventory.exchanges
    home = exchanges["activity"].map(inventory.activities.set_index("id")["region"])
    inputs = exchanges["type"].eq("technosphere")
    wanted = pd.DataFrame(
        {
            "boundary": exchanges["boundary"].where(exchanges["boundary"] != "", "@supply"),
            "product": exchanges["flow"],
            "region": exchanges["region"].where(exchanges["region"] != "", home),
        }
    )[inputs]
    if offered is None:
        offered = offers(inventory, convention, year)
    found = nearest(wanted, offered, inventory.regions)
    if (found == "").any():
        raise InvalidData(_unresolved(wanted[found == ""], offered))
    supplier = exchanges["flow"].where(~inputs, found.reindex(exchanges.index))
    return exchanges.assign(supplier=supplier)


def _inside(plain: pd.DataFrame, chosen: pd.DataFrame, regions: pd.DataFrame) -> "pd.Series[bool]":
    """Return which rows have one of `chosen`, of the same product, for their region or around."""
    taken = set(_keys(chosen))
    lines = lineages(regions, plain["region"].unique())
    inside = [
        any((boundary, product, place) in taken for place in lines[region])
        for boundary, product, region in _keys(plain)
    ]
    return pd.Series(inside, index=plain.index, dtype=bool)


def _check_convention(activities: pd.DataFrame, convention: str) -> None:
    known = sorted(set(activities["convention"]) - {""})
    if known and convention not in known:
        remedy = f"one of {', '.join(known)}"
        raise InvalidData([Problem("convention", f"unknown convention '{convention}'", remedy)])


def _unresolved(wanted: pd.DataFrame, offered: pd.DataFrame) -> Iterator[Problem]:
    for row, boundary, product, region in wanted.itertuples():
        same = offered[offered["boundary"].eq(boundary)]
        regions = sorted(same.loc[same["product"].eq(product), "region"])
        close = difflib.get_close_matches(product, list(same["product"].unique()), n=1)
        remedy = f"did you mean '{close[0]}'?" if close else "add an activity that gives it"
        if regions:
            remedy = f"it is there for {', '.join(regions)} only"
        where = f"exchanges.csv, row {row + 2}, flow"
        yield Problem(where, f"nothing gives '{product}' at {boundary} in {region}", remedy)
