"""What one of the catalogue's units is in a park: its money, and its units of resources."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from symbiosis.catalogue.catalogue import Catalogue
from symbiosis.catalogue.tables import HOME
from symbiosis.model import Park
from symbiosis.units import UnitError, converted


@dataclass(frozen=True, kw_only=True)
class ParkRates:
    """The park's units per unit of the catalogue.

    Attributes
    ----------
    currency : str
        The park's currency.
    money : float
        The park's money per CNY; NaN where no exchange rate is known.
    amounts : Series
        By resource: the park's units per unit of the catalogue, 1 save where the park counts in
        a unit of its own, or in money; NaN where the two units have not the same dimension.
    units : Series
        By resource: the park's unit.
    """

    currency: str
    money: float
    amounts: "pd.Series[float]"
    units: pd.Series

    def of(self, resources: pd.Series) -> "pd.Series[float]":
        """Return the park's units per unit of the catalogue, for each of `resources`."""
        return resources.map(self.amounts.to_dict() | self._unknown(resources)).astype("float64")

    def _unknown(self, resources: pd.Series) -> dict[str, float]:
        """Return 1 for resources that the catalogue has not: they are counted in one unit only."""
        return dict.fromkeys(set(resources) - set(self.amounts.index), 1.0)


def park_rates(catalogue: Catalogue, park: Park) -> ParkRates:
    """Return what the catalogue's units are in the park's."""
    money = _money(catalogue.currencies, park)
    theirs = catalogue.resources.set_index("id")["unit"]
    named = park.resources.set_index("id")["unit"]
    ours = named.reindex(theirs.index).fillna(theirs.replace("currency", park.currency))
    amounts = pd.Series(1.0, index=theirs.index)
    for resource in theirs.index[ours != theirs]:
        amounts[resource] = _rate(theirs[resource], ours[resource])
    amounts[theirs.isin(["currency", HOME])] = money
    units = pd.concat([ours, named[~named.index.isin(ours.index)]])
    return ParkRates(currency=park.currency, money=money, amounts=amounts, units=units)


def _money(currencies: pd.DataFrame, park: Park) -> float:
    """Return the rate of the latest year not after the park's, else of the latest year known."""
    if park.currency == HOME:
        return 1.0
    rows = currencies.loc[currencies["currency"] == park.currency]
    rows = rows.sort_values("year", na_position="first")
    past = rows if park.year is None else rows.loc[~(rows["year"] > park.year)]
    chosen = past if len(past) else rows
    return float(1 / chosen["cny_per_unit"].iloc[-1]) if len(chosen) else np.nan


def _rate(unit: str, target: str) -> float:
    try:
        return float(converted(np.array([1.0]), unit, target)[0])
    except UnitError:
        return np.nan
