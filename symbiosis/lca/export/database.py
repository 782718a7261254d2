"""A foreground with its background as four tables: what every life-cycle tool can be told."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from symbiosis.errors import InvalidData, Problem
from symbiosis.lca.distributions import COLUMNS as SPREAD

NODES = ("code", "name", "product", "unit", "location", "kind", "comment")
EDGES = ("consumer", "supplier", "type", "amount", *SPREAD, "comment")
FLOWS = ("code", "name", "unit")
CHARACTERS = ("indicator", "flow", "value", "unit")
KINDS = ("park", "process", "exchange", "inside", "stated", "gap", "background")


@dataclass(frozen=True, kw_only=True)
class Database:
    """Activities that give one unit each, and what they take and emit.

    Attributes
    ----------
    name : str
        What the database is called where it arrives.
    comment : str
        Park, region, year and rules that it was made under.
    nodes : DataFrame
        Columns `NODES`: an activity gives one `unit` of its `product`. Names are unique.
    edges : DataFrame
        Columns `EDGES`: what one unit of `consumer` takes of a node (``technosphere``) or emits of
        a flow (``biosphere``), in the supplier's unit.
    flows : DataFrame
        Columns `FLOWS`: elementary flows.
    characters : DataFrame
        Columns `CHARACTERS`: indicator per unit of a flow, [kg CO2e/kg] for gwp100.
    """

    name: str
    comment: str
    nodes: pd.DataFrame
    edges: pd.DataFrame
    flows: pd.DataFrame
    characters: pd.DataFrame

    def indicators(self) -> list[str]:
        """Return the names of the indicators that flows are characterised in."""
        return [str(name) for name in self.characters["indicator"].unique()]

    def positions(self) -> Mapping[str, int]:
        """Return a whole number for each node, then for each flow."""
        codes = [*self.nodes["code"], *self.flows["code"]]
        return {code: at for at, code in enumerate(codes)}


def checked(database: Database) -> Database:
    """Return a database whose links lead somewhere and whose names are unique.

    Raises
    ------
    InvalidData
        If an amount is not a finite number.
    """
    edges, nodes = database.edges, database.nodes
    bad = edges[~np.isfinite(edges["amount"].to_numpy(float))]
    if len(bad):
        raise InvalidData(
            Problem(str(row.consumer), f"takes {row.amount} of {row.supplier}", "check the flow")
            for row in bad.itertuples()
        )
    known = {*nodes["code"], *database.flows["code"]}
    lost = set(edges["supplier"]) | set(edges["consumer"])
    if lost - known:
        raise ValueError(f"links lead nowhere: {sorted(lost - known)[:5]}")
    return database


def uniquely_named(table: pd.DataFrame) -> pd.DataFrame:
    """Return nodes or flows where a name that stands twice is told apart by its code."""
    twice = table["name"].duplicated(keep=False)
    name = table["name"].where(~twice, table["name"] + " [" + table["code"] + "]")
    return table.assign(name=name)
