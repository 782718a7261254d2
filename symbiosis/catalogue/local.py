"""The catalogue as a park sees it: its own rows first, in its own money and units."""

from dataclasses import replace

import pandas as pd

from symbiosis.catalogue.allocation import parameter_factors
from symbiosis.catalogue.catalogue import Catalogue
from symbiosis.catalogue.choice import chosen_factors
from symbiosis.catalogue.rates import park_rates
from symbiosis.catalogue.restate import (
    restated_factors,
    restated_pathway_flows,
    restated_pathways,
)
from symbiosis.model import TABLES, Park
from symbiosis.units import per


def for_park(catalogue: Catalogue, park: Park, more: pd.DataFrame | None = None) -> Catalogue:
    """Return the catalogue as `park` sees it.

    Parameters
    ----------
    catalogue : Catalogue
        As read: money in CNY.
    park : Park
        Its resources, pathways and factors come before the catalogue's.
    more : DataFrame, optional
        Factors in the catalogue's money and units (from the life-cycle room); they rank after
        the park's own and before the catalogue's.

    Returns
    -------
    Catalogue
        Money in the park's currency, amounts in its units of resources. ``factors`` holds one
        row per boundary, resource and indicator, the price of a market before any cost factor,
        and what the park's allocation rule needs (`symbiosis.model.allocation`).
        Where no exchange rate is known the catalogue's money is NaN: a gap. ``figures`` stays as
        it is, the evidence of the catalogue's numbers in the catalogue's units.
    """
    rates = park_rates(catalogue, park)
    theirs = [table for table in (more, catalogue.factors) if table is not None]
    restated = [restated_factors(table, rates) for table in theirs]
    shares = parameter_factors(park, catalogue.allocation, rates)
    pathways = restated_pathways(catalogue.pathways, rates)
    flows = restated_pathway_flows(catalogue.pathway_flows, pathways, rates)
    return replace(
        catalogue,
        resources=_ours_first(park.resources, _in_our_units(catalogue.resources, rates.units)),
        pathways=_removing_nothing(_ours_first(park.pathways, pathways)),
        pathway_flows=_rows_of_pathways(park, "pathway_flows", flows),
        pathway_limits=_rows_of_pathways(park, "pathway_limits", catalogue.pathway_limits),
        factors=chosen_factors([_prices(park), park.factors, *restated, *shares], park),
    )


def _in_our_units(resources: pd.DataFrame, units: pd.Series) -> pd.DataFrame:
    return resources.assign(unit=resources["id"].map(units))


def _removing_nothing(pathways: pd.DataFrame) -> pd.DataFrame:
    removes = [column for column in pathways if str(column).startswith("removes_")]
    return pathways.fillna(dict.fromkeys(removes, 0.0))


def _rows_of_pathways(park: Park, name: str, theirs: pd.DataFrame) -> pd.DataFrame:
    """Return a pathway's rows: a pathway of the park has none of the catalogue's."""
    kept = theirs.loc[~theirs["pathway"].isin(park.pathways["id"])]
    return _ours_first(getattr(park, name), kept, list(TABLES[name].key))


def _ours_first(
    ours: pd.DataFrame, theirs: pd.DataFrame, key: list[str] | None = None
) -> pd.DataFrame:
    """Return the rows of both; of two with the same key (default ``id``) the park's."""
    columns = list(dict.fromkeys([*theirs, *ours]))
    both = [_with_columns(table, columns, theirs) for table in (ours, theirs) if len(table)]
    if not both:
        return theirs.reset_index(drop=True)
    return pd.concat(both).drop_duplicates(key or ["id"]).reset_index(drop=True)


def _with_columns(table: pd.DataFrame, columns: list[str], like: pd.DataFrame) -> pd.DataFrame:
    """Return `table` with `columns`; a text that it lacks is blank, a number unknown."""
    lacking = [column for column in columns if column not in table]
    numbers = {*columns} - {*like.select_dtypes(exclude=["number", "bool"])}
    blank = {column: float("nan") if column in numbers else "" for column in lacking}
    return table.assign(**blank)[columns]


def _prices(park: Park) -> pd.DataFrame:
    """Return the prices of the park's markets as cost factors [currency per resource unit]."""
    markets = park.markets.loc[park.markets["price"].notna()]
    earns = markets["boundary"] == "@sales"
    units = markets["resource"].map(park.resources.set_index("id")["unit"])
    return pd.DataFrame(
        {
            "boundary": markets["boundary"],
            "resource": markets["resource"],
            "indicator": "cost",
            "value": markets["price"].where(~earns, -markets["price"]),
            "unit": [per(park.currency, unit) for unit in units],
            "region": "",
            "convention": "",
            "grade": "",
            "citation": markets["citation"],
        }
    )
