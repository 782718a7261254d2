"""The factors of an inventory as somebody asks for them by name."""

from typing import cast

import pandas as pd

from symbiosis.errors import InvalidData, Problem
from symbiosis.lca import Inventory
from symbiosis.lca import factors as inventory_factors
from symbiosis.model.validation import did_you_mean
from symbiosis.scenarios.outcome import HOME
from symbiosis.scenarios.summary import Json, records


def listed_factors(
    inventory: Inventory,
    region: str | None = None,
    year: int | None = None,
    convention: str = "location",
    indicators: tuple[str, ...] = (),
) -> pd.DataFrame:
    """Return the factors of a region and a year (see `symbiosis.lca.factors`).

    Parameters
    ----------
    region : str, optional
        By default the nation where the inventory knows it, else what holds anywhere.
    indicators : tuple of str
        By default all that the inventory characterises.

    Raises
    ------
    InvalidData
        If the inventory knows no such region, convention or indicator.
    """
    regions = [*inventory.regions["id"], *inventory.regions["name_zh"]]
    known = [str(name) for name in inventory.characterisation["indicator"].unique()]
    found = [
        Problem("--indicator", f"unknown indicator '{name}'", f"one of {', '.join(known)}")
        for name in indicators
        if name not in known
    ]
    if region is not None and region not in regions:
        places = ", ".join(inventory.regions["id"])
        advice = did_you_mean(region, regions) or f"one of {places}"
        found.append(Problem("--region", f"unknown region '{region}'", advice))
    if found:
        raise InvalidData(found)
    place = region or (HOME if HOME in regions else None)
    return inventory_factors(inventory, place, year, convention, indicators or known)


def factor_rows(table: pd.DataFrame) -> list[Json]:
    """Return factors as plain values ready for JSON; what is unknown is null."""
    rows = records(table)
    years = (cast("float | None", row["year"]) for row in rows)
    return [
        {**row, "year": None if year is None else int(year)}
        for row, year in zip(rows, years, strict=True)
    ]
