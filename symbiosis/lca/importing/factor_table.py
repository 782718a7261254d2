"""The factors of linked resources, in the columns of a park's factors.csv."""

import pandas as pd

from symbiosis.lca.factors import factors
from symbiosis.lca.importing.links import LINK
from symbiosis.lca.importing.places import REST, WORLD
from symbiosis.lca.inventory import Inventory

COLUMNS = ("boundary", "resource", "indicator", "value", "unit", "region", "year", "grade")
FILE_COLUMNS = (*COLUMNS, "low", "high", "citation")


def linked_factors(
    inventory: Inventory, region: str | None, year: int | None = None
) -> pd.DataFrame:
    """Return the factors of the resources that an imported inventory is linked to.

    As `symbiosis.lca.factors`, for a park in `region`, but only what a mapping asked for: the
    other products are those of the database. The rows can stand before those of another
    inventory, see `first_of`.
    """
    indicators = tuple(inventory.characterisation["indicator"].unique())
    ids = inventory.activities["id"]
    resources = set(inventory.activities.loc[ids.str.startswith(f"{LINK}:"), "product"])
    if not resources:
        return factors(inventory, region, year, indicators=())
    table = factors(inventory, region, year, indicators=indicators)
    mine = table["resource"].isin(resources) & table["boundary"].ne("@nature")
    return table[mine].reset_index(drop=True)


def first_of(*tables: pd.DataFrame) -> pd.DataFrame:
    """Return factors of several inventories; of each factor the first table's counts."""
    whole = pd.concat([table for table in tables if len(table)] or tables[:1], ignore_index=True)
    key = ["boundary", "resource", "indicator"]
    return whole.drop_duplicates(key).reset_index(drop=True)


def factor_table(inventory: Inventory) -> pd.DataFrame:
    """Return the factors for every place that a link stands in, as a park can hold them.

    A park takes the row of its region, else of CN, else one without region: what holds in the
    rest of the world, or failing that in the whole of it, has none.
    """
    ids = inventory.activities["id"]
    places = inventory.activities.loc[ids.str.startswith(f"{LINK}:"), "region"].unique()
    parts = []
    for region in sorted(places, key=lambda place: (place == WORLD, place == REST, place)):
        table = linked_factors(inventory, region)
        parts.append(table[table["region"].eq(region)])
    if not parts:
        return pd.DataFrame(columns=list(FILE_COLUMNS))
    whole = pd.concat(parts, ignore_index=True)
    anywhere = whole["region"].isin([WORLD, REST])
    whole = whole.assign(region=whole["region"].where(~anywhere, ""))
    key = ["boundary", "resource", "indicator", "region"]
    return whole.drop_duplicates(key)[list(FILE_COLUMNS)].reset_index(drop=True)
