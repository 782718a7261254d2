"""Which factor holds for a park where several could."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from symbiosis.model import TABLES, Park

KEY = ["boundary", "resource", "indicator"]
COLUMNS = [column.name for column in TABLES["factors"].columns]
# They answer different questions: at most the one that the park's settings name may speak.
ELECTRICITY = ("location", "residual", "footprint", "park_method")
_NATION, _ANYWHERE = "CN", ("", "GLO")


def chosen_factors(tables: Sequence[pd.DataFrame], park: Park) -> pd.DataFrame:
    """Return one factor per boundary, resource and indicator, in order of these.

    Parameters
    ----------
    tables : sequence of DataFrame
        Factors, the first table before the second and so on.
    park : Park
        Its region is taken before CN, CN before rows of no region; other regions are left out
        (a park that names no region takes any). Then comes the latest year not after the park's,
        else the latest. Of the four conventions of electricity the one of its settings holds.
        A factor without a value holds only where no other does.

    Returns
    -------
    DataFrame
        With the columns of ``TABLES["factors"]``; values as they came.
    """
    ranked = [_ranked(table, park).assign(_table=rank) for rank, table in enumerate(tables)]
    rows = pd.concat([table for table in ranked if len(table)] or ranked[:1])
    order = [*KEY, "_unknown", "_table", "_convention", "_region", "_future", "_age"]
    first = rows.sort_values(order, kind="stable").drop_duplicates(KEY)
    return first[COLUMNS].reset_index(drop=True)


def _ranked(table: pd.DataFrame, park: Park) -> pd.DataFrame:
    """Return the rows that may hold, each with its ranks (0 is best)."""
    rows = table.reindex(columns=COLUMNS)
    rows = rows.assign(
        _unknown=rows["value"].isna(),
        _convention=rows["convention"].ne(park.settings.electricity).astype("int64"),
        _region=_region_rank(rows["region"].fillna(""), park.region),
        _future=(rows["year"] > (np.inf if park.year is None else park.year)),
        _age=(-rows["year"]).fillna(np.inf),
    )
    other = rows["convention"].isin(ELECTRICITY) & (rows["_convention"] > 0)
    return rows.loc[~other & rows["_region"].notna()]


def _region_rank(regions: pd.Series, region: str) -> "pd.Series[float]":
    """Return 0 for the park's region, 1 for the nation, 2 for none, NaN for one elsewhere."""
    elsewhere = 3.0 if region == "" else np.nan
    ranks = {**dict.fromkeys(_ANYWHERE, 2.0), _NATION: 1.0}
    if region:
        ranks[region] = 0.0
    return regions.map(ranks).fillna(elsewhere).astype("float64")
