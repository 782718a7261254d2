"""Where the factors come from: the park itself, the inventory or the catalogue."""

from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.io.provenance import Provenance
from symbiosis.lca import Inventory
from symbiosis.model import Park
from symbiosis.scenarios.outcome import climate

PARK, INVENTORY, CATALOGUE = "park", "inventory", "catalogue"
VERSION = ("boundary", "resource", "indicator", "region", "convention", "grade", "citation")
FIGURE = ("value", "low", "high", "unit", "grade", "citation")


def factor_figures(
    park: Park,
    stated: Provenance,
    catalogue: Catalogue,
    inventory: Inventory,
    pairs: Collection[str],
) -> pd.DataFrame:
    """Return the factors of `pairs` (``boundary resource``), with the room each comes from.

    Parameters
    ----------
    catalogue : Catalogue
        As the park sees it.

    Returns
    -------
    DataFrame
        Columns room, table, id, column, value, low, high, unit, grade, citation, and
        ``unverified_share`` [0..1]: how much of the value passes through unverified numbers.
    """
    every = catalogue.factors
    names = every["boundary"].to_numpy(object) + " " + every["resource"].to_numpy(object)
    chosen = np.array([name in pairs for name in names], dtype=bool)
    rows, names = every[chosen], names[chosen]
    scored = climate(park, inventory)
    shares = dict(zip(_versions(scored), scored["unverified_share"].tolist(), strict=True))
    own = frozenset(_versions(park.factors))
    prices = _market_grades(park, stated)
    found = []
    for name, version, grade in zip(names, _versions(rows), rows["grade"].tolist(), strict=True):
        weak = 0.0 if isinstance(grade, str) and grade not in ("", "unverified") else 1.0
        if version in own:
            found.append((PARK, grade, weak))
        elif version[2] == "cost" and name in prices:
            found.append((PARK, prices[name], float(prices[name] in ("", "unverified"))))
        elif version in shares:
            found.append((INVENTORY, grade, shares[version]))
        else:
            found.append((CATALOGUE, grade, weak))
    room, grades, share = zip(*found, strict=True) if found else ((), (), ())
    figures = {name: rows[name].to_numpy() for name in FIGURE}
    return pd.DataFrame(
        {
            "room": np.array(room, dtype=object),
            "table": "factors",
            "id": names,
            "column": rows["indicator"].to_numpy(object),
            **figures,
            "grade": np.array(grades, dtype=object),
            "unverified_share": np.array(share, dtype=float),
        }
    )


def _versions(table: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    """Yield what tells a factor from another version of it, blank where nothing stands."""
    years = table["year"].to_numpy(float)
    columns = (table[name].tolist() for name in VERSION)
    for *words, year in zip(*columns, years, strict=True):
        known = (word if isinstance(word, str) else "" for word in words)
        yield (*known, 0.0 if np.isnan(year) else float(year))


def _market_grades(park: Park, stated: Provenance) -> dict[str, str]:
    """Return how the prices of the park's markets are known, by boundary and resource."""
    markets, told = park.markets[park.markets["price"].notna()], stated.figures
    prices = told[(told["table"] == "markets") & (told["column"] == "price")]
    grades = dict(zip(prices["id"].str.replace("|", " "), prices["grade"], strict=True))
    names = markets["boundary"] + " " + markets["resource"]
    return {name: grades.get(name, "") for name in names}
