"""States of the world: every figure behind a result drawn from its range, the same for all."""

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

from symbiosis.lca import Inventory
from symbiosis.lca.distributions import LOGNORMAL, NORMAL, Samples, distributions, drawn
from symbiosis.lca.sampling import sampled_factors
from symbiosis.model import Park
from symbiosis.scenarios.figures import NAME
from symbiosis.scenarios.origins import INVENTORY
from symbiosis.scenarios.outcome import HOME, climate
from symbiosis.scenarios.resting import NONE, Places, Vector
from symbiosis.views.footprint import CLIMATE, COST, DIRECT_CLIMATE, rates


def sampled_figures(
    figures: pd.DataFrame,
    park: Park,
    factors: pd.DataFrame,
    inventory: Inventory,
    samples: int,
    rng: np.random.Generator,
) -> Samples:
    """Return what each figure is in each of so many states of the world.

    The factors of the inventory come from one sample of its exchanges, so that two factors that
    draw on the same power plant move together. Every other figure is drawn on its own: ``low`` and
    ``high`` are the ends of a 95 % interval of a lognormal law where both are above zero (or both
    below), of a triangular one between them otherwise. Where only ``sd`` is known the law is
    lognormal with that mean and deviation, normal if the figure is zero. A figure with neither is
    what it is.

    Parameters
    ----------
    figures : DataFrame
        With the columns of `symbiosis.scenarios.figures.COLUMNS`.
    factors : DataFrame
        Those that the park is scored with; they may have ``sd``.

    Returns
    -------
    ndarray, shape (figures, samples)
        In each figure's own unit.
    """
    values = drawn(_spread(figures, park, factors), samples, rng)
    asked = set(figures.loc[figures["room"] == INVENTORY, "column"])
    known = tuple(name for name in climate(park, inventory)["indicator"].unique() if name in asked)
    if not known:
        return values
    where = (park.region or HOME, park.year)
    background = sampled_factors(
        inventory, *where, samples, rng, park.settings.electricity, indicators=known
    )
    table = background.factors
    called = zip(table["boundary"] + " " + table["resource"], table["indicator"], strict=True)
    place = {name: i for i, name in enumerate(called)}
    own = figures["room"].eq(INVENTORY) & figures["table"].eq("factors") & figures["value"].ne(0.0)
    rows = np.flatnonzero(own)
    names = zip(figures["id"].iloc[rows], figures["column"].iloc[rows], strict=True)
    at = np.array([place.get(name, NONE) for name in names], dtype=np.intp)
    rows, at = rows[at != NONE], at[at != NONE]
    # As a ratio: the park may count in another unit or money than the inventory.
    middle = table["value"].to_numpy(float)[at, None]
    values[rows] = figures["value"].to_numpy(float)[rows, None] * background.samples[at] / middle
    return values


def _spread(figures: pd.DataFrame, park: Park, factors: pd.DataFrame) -> pd.DataFrame:
    """Return how the figures are distributed (`symbiosis.lca.distributions`)."""
    table = figures.assign(sd=_deviations(figures, park, factors))
    still = table["room"].eq(INVENTORY)  # those come from the sample of the inventory
    table.loc[still, ["low", "high"]] = math.nan
    value, sd = table["value"].to_numpy(float), table["sd"].to_numpy(float)
    ranged = table["low"].notna() | table["high"].notna()
    stated = (~ranged & (sd > 0) & ~still).to_numpy(bool)
    log = stated & (value != 0)
    size = np.where(log, np.abs(value), 1.0)
    scale = np.sqrt(np.log1p((np.where(log, sd, 0.0) / size) ** 2))
    table = table.assign(
        uncertainty_type=np.select([log, stated], [float(LOGNORMAL), float(NORMAL)], math.nan),
        loc=np.where(log, np.log(size) - scale**2 / 2, value),
        scale=np.where(log, scale, sd),
        shape=math.nan,
        minimum=math.nan,
        maximum=math.nan,
    )
    return distributions(table, "value")


def _deviations(figures: pd.DataFrame, park: Park, factors: pd.DataFrame) -> Vector:
    """Return the standard deviation of each figure, NaN where none is stated."""
    told: dict[tuple[str, str, str], float] = {}
    names = zip(factors["boundary"] + " " + factors["resource"], factors["indicator"], strict=True)
    tables = [
        ([("factors", *name) for name in names], factors["sd"]),
        ([("flows", name, "amount") for name in park.flows["id"]], park.flows["sd"]),
    ]
    for keys, deviations in tables:
        stated = zip(keys, deviations.tolist(), strict=True)
        told |= {key: sd for key, sd in stated if not math.isnan(sd)}
    wanted = zip(*(figures[name] for name in NAME), strict=True)
    return np.array([told.get(key, math.nan) for key in wanted], dtype=np.float64)


def ratios(figures: pd.DataFrame, values: Samples) -> Samples:
    """Return each figure over its middle in every state of the world; 1 where that is zero."""
    middle = figures["value"].to_numpy(float)[:, None]
    known = np.isfinite(middle) & (middle != 0)
    over: Samples = np.divide(values, middle, out=np.ones_like(values), where=known)
    return over


def at(samples: Samples, places: Places, blank: float) -> Samples:
    """Return the rows of samples at places, `blank` at `NONE`."""
    extra = np.full((1, samples.shape[1]), blank)
    whole = np.concatenate([samples, extra])
    found: Samples = whole[np.where(places == NONE, len(samples), places)]
    return found


def sloped_rates(
    flows: pd.DataFrame,
    factors: pd.DataFrame,
    park: Park,
    indicator: str,
    resource: str | None = None,
) -> tuple[Vector, Vector]:
    """Return what a unit of each flow counts, and how that grows per unit of its price or factor.

    `rates` are linear in the factors whatever the allocation rule: two of them tell all.

    Parameters
    ----------
    resource : str, optional
        Only what is bought of this one gets dearer; by default every price and factor.
    """
    name = CLIMATE if indicator == DIRECT_CLIMATE else indicator
    base = rates(flows, factors, indicator, park.settings).value
    dearer = factors["indicator"] == name
    if resource is not None:
        dearer &= (factors["resource"] == resource) & (factors["boundary"] == "@supply")
    raised = factors.assign(value=factors["value"] + dearer.astype(float))
    slope = rates(flows, raised, indicator, park.settings).value - base
    if indicator == COST and resource is None:
        outside = flows["source"].str.startswith("@") | flows["target"].str.startswith("@")
        slope = np.where(outside & flows["unit_cost"].notna(), 1.0, slope)
    return base, slope


def variance_shares(inputs: Samples, result: Vector) -> Vector:
    """Return the share of the variance of a result that goes with each input [0..1].

    The measure is the squared rank correlation (Spearman) of input and result over the sum of all
    inputs' squares, or over 1 where that sum is less, so that shares never exceed 1 together.
    Correlations of less than three standard errors (chance gives such to
    all but one input in 370) count nothing. Inputs that
    move together (two factors out of one power plant) share what is theirs.

    Parameters
    ----------
    inputs : ndarray, shape (inputs, samples)
    result : ndarray, shape (samples,)
    """
    count = len(result)
    if count < 10 or not np.ptp(result) > 0:
        return np.zeros(len(inputs))
    moved = np.ptp(inputs, axis=1) > 0
    ranks = _ranked(inputs[moved])
    own = _ranked(result[None, :])[0]
    squares = np.zeros(len(inputs))
    squares[moved] = (ranks @ own / (np.linalg.norm(ranks, axis=1) * np.linalg.norm(own))) ** 2
    squares[squares < 9.0 / count] = 0.0  # three standard errors of a correlation of nothing
    return np.asarray(squares / max(1.0, float(squares.sum())))


def _ranked(values: Samples) -> Samples:
    """Return centred ranks along the samples."""
    order = np.argsort(values, axis=1, kind="stable")
    ranks: npt.NDArray[np.float64] = np.empty(values.shape)
    np.put_along_axis(ranks, order, np.arange(values.shape[1], dtype=float)[None, :], axis=1)
    return np.asarray(ranks - (values.shape[1] - 1) / 2)
