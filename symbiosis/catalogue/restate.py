"""The catalogue's numbers restated in a park's money and units."""

import numpy as np
import pandas as pd

from symbiosis.catalogue.rates import ParkRates
from symbiosis.catalogue.tables import HOME
from symbiosis.units import per

_YIELD = ["yield", "low", "high"]
_PER_TAKEN = ["capital_per_capacity", "operating_cost"]
_TAKEN = ["minimum", "capacity"]


def restated_pathways(pathways: pd.DataFrame, rates: ParkRates) -> pd.DataFrame:
    """Return pathways with money in the park's currency and amounts in its units.

    Pathways between resources that the park counts in another dimension are left out.
    """
    takes, gives, replaces = (rates.of(pathways[c]) for c in ("takes", "gives", "replaces"))
    scaled = {
        **{column: pathways[column] * gives / takes for column in _YIELD},
        **{column: pathways[column] * takes for column in _TAKEN},
        **{column: _times(pathways[column], rates.money / takes) for column in _PER_TAKEN},
        "ratio": pathways["ratio"] * replaces / gives,
        "capital_fixed": _times(pathways["capital_fixed"], rates.money),
    }
    return pathways.assign(**scaled).loc[(takes * gives * replaces).notna()]


def restated_pathway_flows(
    flows: pd.DataFrame, pathways: pd.DataFrame, rates: ParkRates
) -> pd.DataFrame:
    """Return the flows of `pathways` with amounts in the park's units per unit taken."""
    taken = pathways.set_index("id")["takes"]
    flows = flows.loc[flows["pathway"].isin(taken.index)]
    scale = rates.of(flows["resource"]) / rates.of(flows["pathway"].map(taken))
    numbers = {column: _times(flows[column], scale) for column in ("amount", "low", "high")}
    return flows.assign(**numbers, unit=flows["resource"].map(rates.units))


def restated_factors(factors: pd.DataFrame, rates: ParkRates) -> pd.DataFrame:
    """Return factors with money in the park's currency, per the park's unit of the resource."""
    priced = factors["indicator"] == "cost"
    amounts = rates.of(factors["resource"])
    scale = pd.Series(np.where(priced, rates.money, 1.0), index=factors.index) / amounts
    # Money bought with money: what one unit costs is the same in every currency.
    tied = priced & factors["resource"].map(rates.units).eq(rates.currency)
    scale = scale.where(~tied, 1.0)
    columns = [column for column in ("value", "sd", "low", "high") if column in factors]
    numbers = {column: _times(factors[column], scale) for column in columns}
    return factors.assign(**numbers, unit=_units(factors, rates))


def _units(factors: pd.DataFrame, rates: ParkRates) -> list[str]:
    """Return each factor's unit in words: its numerator per the park's unit of the resource."""
    top, own = (factors["unit"].str.split("/", n=1).str[part] for part in (0, 1))
    bottom = factors["resource"].map(rates.units).fillna(own)
    return [*map(per, top.replace(HOME, rates.currency), bottom)]


def _times(values: pd.Series, scale: "pd.Series[float] | float") -> pd.Series:
    """Return the product; nothing is nothing in any money, also where the rate is unknown."""
    return (values * scale).where(values != 0, 0.0)
