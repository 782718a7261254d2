"""The catalogue: a frozen bundle of the tables that ship."""

from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from symbiosis.catalogue.tables import empty


# Tables have no truth value, so a catalogue equals itself only; that also lets it key a cache.
@dataclass(frozen=True, kw_only=True, eq=False)
class Catalogue:
    """What is known before any park is: resources, pathways, factors and where each is from.

    Every table has the columns of `CATALOGUE_TABLES`. As read, money is in CNY and the unit
    ``currency`` means CNY; `for_park` turns both into the park's own.

    Attributes
    ----------
    resources : DataFrame
        Contents are in t (energy: GJ) per unit; NaN is unknown.
    pathways, pathway_flows, pathway_limits : DataFrame
        Amounts are per unit taken, in the flow's resource unit.
    factors : DataFrame
        Per unit of the resource: ``cost`` in money, ``gwp100`` in t CO2e.
    modes : DataFrame
        How each kind of resource travels.
    currencies : DataFrame
        CNY per unit of each currency.
    properties : DataFrame
        Qualities, their unit and whether they mix linearly.
    blueprints, blueprint_flows, blueprint_qualities : DataFrame
        Plant types: what one takes, gives and discards per unit of capacity used.
    context : DataFrame
        Carbon prices, taxes, fees and market prices, each with its year.
    allocation : DataFrame
        Parameters of the circular footprint formula by resource.
    carbon_origins, carbon_storage : DataFrame
        Where the carbon of a resource comes from, and whether a pathway keeps it or delays it.
    figures, codes, sources : DataFrame
        Where each number and each code is from.
    """

    resources: pd.DataFrame = field(default_factory=partial(empty, "resources"))
    pathways: pd.DataFrame = field(default_factory=partial(empty, "pathways"))
    pathway_flows: pd.DataFrame = field(default_factory=partial(empty, "pathway_flows"))
    pathway_limits: pd.DataFrame = field(default_factory=partial(empty, "pathway_limits"))
    factors: pd.DataFrame = field(default_factory=partial(empty, "factors"))
    modes: pd.DataFrame = field(default_factory=partial(empty, "modes"))
    currencies: pd.DataFrame = field(default_factory=partial(empty, "currencies"))
    properties: pd.DataFrame = field(default_factory=partial(empty, "properties"))
    blueprints: pd.DataFrame = field(default_factory=partial(empty, "blueprints"))
    blueprint_flows: pd.DataFrame = field(default_factory=partial(empty, "blueprint_flows"))
    blueprint_qualities: pd.DataFrame = field(default_factory=partial(empty, "blueprint_qualities"))
    context: pd.DataFrame = field(default_factory=partial(empty, "context"))
    allocation: pd.DataFrame = field(default_factory=partial(empty, "allocation"))
    carbon_origins: pd.DataFrame = field(default_factory=partial(empty, "carbon_origins"))
    carbon_storage: pd.DataFrame = field(default_factory=partial(empty, "carbon_storage"))
    codes: pd.DataFrame = field(default_factory=partial(empty, "codes"))
    figures: pd.DataFrame = field(default_factory=partial(empty, "figures"))
    sources: pd.DataFrame = field(default_factory=partial(empty, "sources"))
