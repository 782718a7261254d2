"""Prices: all that is bought, sold or thrown away has one, of the right sign."""

import pandas as pd

from symbiosis.catalogue.checks.broken import broken
from symbiosis.catalogue.rules import Tables
from symbiosis.errors import Problem


def price_problems(tables: Tables) -> list[Problem]:
    """Return flows across the market without a price, and prices of the wrong sign."""
    factors = tables["factors"]
    prices = factors[factors["indicator"].eq("cost")]
    priced = set(zip(prices["boundary"], prices["resource"], strict=True))
    pathways = tables["pathways"]
    displaced = pathways["replaces"].where(pathways["replaces"].ne(""), pathways["gives"])
    supply = pd.Series("@supply", index=pathways.index)
    sold = prices["boundary"].eq("@sales")
    return [
        *_unpriced(tables, "pathways", "replaces", supply, displaced, priced),
        *(
            problem
            for name in ("pathway_flows", "blueprint_flows")
            for problem in _unpriced(
                tables, name, "resource", tables[name]["boundary"], tables[name]["resource"], priced
            )
        ),
        *broken(
            "factors",
            "value",
            sold & prices["value"].gt(0),
            "a sale that costs",
            "what is earned is below 0",
        ),
        *broken(
            "factors",
            "value",
            ~sold & prices["value"].lt(0),
            "a purchase or discard that earns",
            "what is paid is above 0; what is earned stands at @sales",
        ),
    ]


def _unpriced(
    tables: Tables,
    name: str,
    column: str,
    boundary: "pd.Series[str]",
    resource: "pd.Series[str]",
    priced: set[tuple[str, str]],
) -> list[Problem]:
    known = resource.isin(tables["resources"]["id"]) & ~boundary.isin(["@nature", ""])
    bare = pd.Series(
        [pair not in priced for pair in zip(boundary, resource, strict=True)],
        index=resource.index,
        dtype=bool,
    )
    pair = "'" + boundary + "," + resource + ",cost'"
    what = "no price of '" + resource + "' at " + boundary
    return broken(name, column, known & bare, what, "add a row " + pair + " to factors.csv")
