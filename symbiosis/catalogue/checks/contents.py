"""What resources hold, and what the flows of a pathway or plant type carry in and out."""

import numpy as np
import pandas as pd

from symbiosis.catalogue.rules import Tables
from symbiosis.catalogue.tables import ELEMENTS

MASS = "content_mass"
WEIGHED = (MASS, *ELEMENTS)
ENERGY = "content_energy"


def contents(resources: pd.DataFrame) -> pd.DataFrame:
    """Return what one unit of each resource holds, by id.

    Returns
    -------
    DataFrame
        Mass and elements [t per unit] and energy [GJ per unit]. A composition that is given is
        the whole; a resource that weighs something and has neither formula nor any element has
        NaN for all elements.
    """
    rows = resources.drop_duplicates("id").set_index("id")
    mass, elements = rows[MASS].fillna(0.0), rows[[*ELEMENTS]]
    known = elements.notna().any(axis=1) | rows["formula"].ne("") | mass.eq(0)
    blank_is_none = elements.isna().mul(known, axis=0)
    return elements.mask(blank_is_none, 0.0).assign(
        **{MASS: mass, ENERGY: rows[ENERGY].fillna(0.0)}
    )[[*WEIGHED, ENERGY]]


def held(tables: Tables, resource: "pd.Series[str]", amount: "pd.Series[float]") -> pd.DataFrame:
    """Return what amounts of resources hold, a row each [t; GJ]; NaN where that is unknown."""
    each = contents(tables["resources"]).reindex(resource).set_axis(resource.index)
    return each.mul(amount, axis=0)


def carried(tables: Tables, flows: str, owner: str, direction: str) -> pd.DataFrame:
    """Return what the flows of `flows` carry in one direction, by `owner` [t; GJ per unit].

    Parameters
    ----------
    flows : str
        ``pathway_flows`` or ``blueprint_flows``.
    owner : str
        The column that names whose flows they are; all that the owners' table has are in the
        answer, NaN where one flow's resource, amount or unit cannot be read.
    """
    rows = tables[flows]
    rows = rows[rows["direction"] == direction]
    units = tables["resources"].drop_duplicates("id").set_index("id")["unit"]
    amount = rows["amount"].where(rows["unit"] == rows["resource"].map(units))
    owners = pd.Index(tables[f"{owner}s"]["id"].drop_duplicates())
    total = held(tables, rows["resource"], amount).groupby(rows[owner]).sum(skipna=False)
    return total.reindex(owners, fill_value=0.0)


def element(content: str) -> str:
    """Return what a column of contents is called.

    Examples
    --------
    >>> element("content_Ca"), element("content_mass")
    ('Ca', 'mass')
    """
    return content.removeprefix("content_")


def shown(tonnes: float) -> str:
    """Return an amount with the digits that tell a gap.

    Examples
    --------
    >>> shown(0.12345), shown(1e-7)
    ('0.1235', '1e-07')
    """
    return f"{float(np.round(tonnes, 12)):.4g}"
