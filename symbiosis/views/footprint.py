"""What the flows across the edge cost and cause: one dot product for money and for impact."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from symbiosis.model import Park, Settings
from symbiosis.views.rules import circularity, credit

Vector = npt.NDArray[np.float64]

COST = "cost"
CLIMATE = "gwp100"
DIRECT_CLIMATE = "gwp100 direct"


@dataclass(frozen=True, kw_only=True)
class Rates:
    """What one unit of each flow counts in an indicator, and whether a figure stands behind it.

    Attributes
    ----------
    value : ndarray, shape (n,)
        Indicator per unit of the flow's resource; 0 where no figure is known.
    known : ndarray of bool, shape (n,)
        False where a figure is missing (a gap), True where 0 is meant.
    """

    value: Vector
    known: npt.NDArray[np.bool_]


def boundary_of(flows: pd.DataFrame) -> pd.Series:
    """Return the boundary each flow crosses, "" for a flow inside the park."""
    source = flows["source"].where(flows["source"].str.startswith("@"), "")
    return source.where(
        source != "", flows["target"].where(flows["target"].str.startswith("@"), "")
    )


def rates(flows: pd.DataFrame, factors: pd.DataFrame, indicator: str, settings: Settings) -> Rates:
    """Return what one unit of each flow counts in an indicator.

    Cost is the flow's own ``unit_cost``, else the cost factor. ``@sales`` causes no impact but the
    credit of what a co-product displaces, by the rule of the settings (`symbiosis.views.rules`).
    To and from ``@nature`` nothing is paid, and a substance that the indicator does not
    characterise counts nothing; elsewhere a missing factor is a gap.

    Parameters
    ----------
    flows : DataFrame
        With source, target, resource, unit_cost, amount, displaces, displaced_amount and
        market_constrained.
    factors : DataFrame
        One row per (boundary, resource, indicator), ``value`` per unit of the resource.
    indicator : str
        A name in ``factors``; ``gwp100 direct`` counts only what goes to ``@nature``.
    settings : Settings
        Its ``allocation`` and ``marginal_credit``.
    """
    boundary = boundary_of(flows).to_numpy(str)
    direct = indicator == DIRECT_CLIMATE
    table = factors[factors["indicator"] == (CLIMATE if direct else indicator)]
    known_values = pd.Series(
        table["value"].to_numpy(float),
        index=pd.MultiIndex.from_frame(table[["boundary", "resource"]]),
    )
    value = _looked_up(known_values, boundary, flows["resource"])
    if indicator == COST:
        value = np.where(flows["unit_cost"].notna(), flows["unit_cost"], value)
    else:
        climate = indicator == CLIMATE
        credited = _credited(flows, known_values, factors, settings, climate=climate)
        value = np.where(boundary == "@sales", 0.0 - credited, value)
    free = (boundary == "") | ((boundary == "@nature") & np.isnan(value))
    if direct:
        free |= flows["target"].to_numpy(str) != "@nature"
    value = np.where(free, 0.0, value)
    known = ~np.isnan(value)
    return Rates(value=np.where(known, value, 0.0), known=known)


def _looked_up(values: pd.Series, boundary: npt.NDArray[np.str_], resource: pd.Series) -> Vector:
    """Return the factor of each (boundary, resource), NaN where there is none."""
    wanted = pd.MultiIndex.from_arrays([boundary, resource.to_numpy(str)])
    return values.reindex(wanted).to_numpy(float)


def _credited(
    flows: pd.DataFrame,
    values: pd.Series,
    factors: pd.DataFrame,
    settings: Settings,
    *,
    climate: bool,
) -> Vector:
    """Return what a unit sold is credited for what it displaces, 0 where nothing is claimed."""
    kept = np.where(flows["market_constrained"], settings.marginal_credit, 1.0)
    claimed = (flows["displaces"] != "") & (flows["amount"] != 0) & (kept > 0)
    virgin = _looked_up(values, np.full(len(flows), "@supply"), flows["displaces"])
    circular = None
    if settings.allocation == "cff":
        circular = circularity(factors, flows["resource"], climate=climate)
        virgin = np.where(np.isnan(circular.e_virgin), virgin, circular.e_virgin)
    share = (flows["displaced_amount"] / flows["amount"].where(claimed)).to_numpy(float)
    return np.where(claimed, kept * credit(settings, virgin * share, circular), 0.0)


def footprint(
    park: Park, factors: pd.DataFrame, indicators: tuple[str, ...] | None = None
) -> pd.Series:
    """Return the park's total in each indicator [indicator unit/year].

    Parameters
    ----------
    park : Park
        As it is.
    factors : DataFrame
        One row per (boundary, resource, indicator).
    indicators : tuple of str, optional
        Default: those of the park's settings.
    """
    names = park.settings.indicators if indicators is None else indicators
    amounts = park.flows["amount"].to_numpy(float)
    return pd.Series(
        {
            name: float(rates(park.flows, factors, name, park.settings).value @ amounts)
            for name in names
        },
        dtype=float,
    )


def footprint_by_enterprise(
    park: Park, factors: pd.DataFrame, indicators: tuple[str, ...] | None = None
) -> pd.DataFrame:
    """Return each enterprise's total in each indicator, transfers between enterprises included.

    Returns
    -------
    DataFrame
        Index: enterprise ids; a column per indicator. Columns add up to `footprint`, since what
        one enterprise pays another for a flow inside the park is the other's income.
    """
    names = park.settings.indicators if indicators is None else indicators
    owner = park.processes.set_index("id")["enterprise"]
    flows = park.flows
    inside = ~flows["source"].str.startswith("@") & ~flows["target"].str.startswith("@")
    process = flows["target"].where(flows["source"].str.startswith("@"), flows["source"])
    amounts = flows["amount"].to_numpy(float)
    totals = pd.DataFrame(0.0, index=park.enterprises["id"].to_numpy(str), columns=list(names))
    for name in names:
        value = rates(flows, factors, name, park.settings).value * amounts
        totals[name] += pd.Series(value).groupby(process.map(owner)).sum()
        if name == COST:
            paid = (flows["unit_cost"] * flows["amount"]).where(inside).fillna(0.0)
            totals[name] = (
                totals[name]
                .add(paid.groupby(flows["target"].map(owner)).sum(), fill_value=0.0)
                .sub(paid.groupby(flows["source"].map(owner)).sum(), fill_value=0.0)
                .reindex(totals.index)
            )
    return totals.fillna(0.0)


def gaps(park: Park, factors: pd.DataFrame) -> pd.DataFrame:
    """Return the flows whose figure is missing in an indicator: they count nothing.

    Returns
    -------
    DataFrame
        Columns indicator, boundary, resource, flows (how many), amount [resource unit/year].
    """
    boundary = boundary_of(park.flows)
    found = []
    for name in park.settings.indicators:
        missing = ~rates(park.flows, factors, name, park.settings).known
        rows = park.flows.loc[missing, ["resource", "amount"]]
        rows = rows.assign(boundary=boundary[missing], indicator=name)
        found.append(rows[rows["amount"] != 0])
    table = pd.concat(found) if found else park.flows.iloc[:0]
    keys = ["indicator", "boundary", "resource"]
    return table.groupby(keys, sort=True)["amount"].agg(flows="count", amount="sum").reset_index()


def coverage(park: Park, factors: pd.DataFrame) -> pd.Series:
    """Return the share of the flows across the edge that have a figure, per indicator [0..1]."""
    crossing = (boundary_of(park.flows) != "").to_numpy() & (park.flows["amount"] != 0).to_numpy()
    shares = {}
    for name in park.settings.indicators:
        known = rates(park.flows, factors, name, park.settings).known
        shares[name] = float(known[crossing].mean()) if crossing.any() else 1.0
    return pd.Series(shares, dtype=float)
