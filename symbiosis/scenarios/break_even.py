"""At which distance, and at which electricity, an exchange of a plan stops to save."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from symbiosis.matching import weights
from symbiosis.matching.account import column_prices
from symbiosis.matching.carriage import carried
from symbiosis.matching.effects import effects
from symbiosis.scenarios.outcome import Outcome
from symbiosis.scenarios.resting import plan_changes
from symbiosis.scenarios.worlds import sloped_rates
from symbiosis.views.footprint import CLIMATE, DIRECT_CLIMATE

ELECTRICITY = "electricity"
NOTHING = 1e-12  # of a net: what rounding leaves of a slope that is none
Vector = npt.NDArray[np.float64]


def break_even(outcome: Outcome) -> pd.DataFrame:
    """Return for each exchange where what it saves comes to zero, all else as planned.

    Returns
    -------
    DataFrame
        The index of ``outcome.exchanges``; columns ``break_even_km`` (of the objective),
        ``break_even_electricity`` (of gwp100) and per indicator ``<indicator>_break_even_km`` and
        ``<indicator>_break_even_electricity``.

        Distances [km]: the exchange takes as much as planned; transport and losses grow with the
        way, so that the net falls in a straight line until all is lost on the way. There the line
        ends, and where the exchange saves up to that distance, it is the answer. Reach and other
        rules are not asked. ``inf``: it saves at any distance; NaN: at none, or it goes to a
        market, which has no place.

        Electricity [indicator unit/MWh]: the price or factor of electricity from the grid. The rest
        of the background stays as it is (electricity that went into what is bought does not move).
        NaN: none, the sign of the net does not hang on it.
    """
    table = outcome.exchanges
    weight, names = weights(outcome.park.settings), outcome.park.settings.indicators
    asked = list(dict.fromkeys((*names, *weight)))
    near, far = (_over(outcome, distance_km) for distance_km in (0.0, 1.0))
    start, end = (_nets(outcome, way, asked) for way in (near, far))
    start["objective"], end["objective"] = (
        sum((size * nets[name] for name, size in weight.items()), np.zeros(len(table)))
        for nets in (start, end)
    )
    lost = far["loss"].to_numpy(float)
    lost_at = np.divide(1.0, lost, out=np.full(len(table), np.inf), where=lost > 0)
    placed = (table["demand"] >= 0).to_numpy()
    km = {
        name: np.where(placed, _crossing(start[name], end[name] - start[name], lost_at), np.nan)
        for name in ("objective", *names)
    }
    power = {name: _electricity(outcome, name) for name in names}
    blank = np.full(len(table), np.nan)
    found = {
        "break_even_km": km["objective"],
        "break_even_electricity": power.get(CLIMATE, blank),
        **{f"{name}_break_even_km": km[name] for name in names},
        **{f"{name}_break_even_electricity": power[name] for name in names},
    }
    return pd.DataFrame(found, index=table.index)


def _crossing(start: Vector, per_km: Vector, end: Vector) -> Vector:
    """Return where a line that starts at a saving comes to zero, at the end at the latest."""
    falls = (per_km < 0) & (np.abs(per_km) > NOTHING * np.abs(start))
    zero = np.divide(-start, per_km, out=np.full_like(start, np.inf), where=falls)
    return np.where(start > 0, np.minimum(zero, end), np.nan)


def _over(outcome: Outcome, distance_km: float) -> pd.DataFrame:
    """Return the plan's exchanges as candidates carried over another way."""
    candidates = outcome.search.found.candidates.set_index("pair")
    chosen = candidates.loc[outcome.exchanges["pair"]].reset_index()
    return carried(outcome.park, outcome.catalogue, chosen.assign(distance_km=distance_km))


def _nets(outcome: Outcome, way: pd.DataFrame, names: list[str]) -> dict[str, Vector]:
    """Return what each exchange saves over that way, by indicator [indicator unit/year]."""
    found, table = outcome.search.found, outcome.exchanges
    effect = effects(outcome.park, outcome.catalogue, way, found.demands, found.down)
    prices = column_prices(outcome.park, outcome.catalogue.factors, effect, names)
    taken = np.append(table["taken"].to_numpy(float), np.zeros(len(effect.plants)))
    plant = table["plant"].map(effect.plants["column"]).fillna(-1).to_numpy(int)
    share = table["plant_share"].to_numpy(float)
    every = {name: np.append(prices[name].to_numpy(float), 0.0) for name in names}
    return {
        name: -((price[:-1] * taken)[: len(table)] + share * price[plant])
        for name, price in every.items()
    }


def _electricity(outcome: Outcome, indicator: str) -> Vector:
    """Return the price or factor of electricity at which each exchange saves nothing."""
    factors, table = outcome.catalogue.factors, outcome.exchanges
    changes = plan_changes(outcome)
    slope = sloped_rates(changes.flows, factors, outcome.park, indicator, ELECTRICITY)[1]
    each = -slope[changes.row] * changes.amount
    grows = np.bincount(changes.whose, weights=each, minlength=len(table)).astype(float)
    net = table[f"{indicator}_net"].to_numpy(float)
    now = factors[
        (factors["boundary"] == "@supply")
        & (factors["resource"] == ELECTRICITY)
        & (factors["indicator"] == indicator.removesuffix(" direct"))
    ]["value"]
    if now.empty or indicator == DIRECT_CLIMATE:
        return np.full(len(table), np.nan)
    today = float(now.iloc[0])
    moves = (grows != 0) & (np.abs(grows * today) >= NOTHING * np.abs(net))
    level = today - np.divide(net, grows, out=np.full_like(net, np.nan), where=moves)
    return np.where(level >= 0, level, np.nan)
