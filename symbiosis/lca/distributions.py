"""How numbers with a range are distributed, in the codes of stats_arrays."""

import math

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtr, ndtri

from symbiosis.lca.pedigree import scores_of, sigma

Samples = npt.NDArray[np.float64]
Vector = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

NONE, LOGNORMAL, NORMAL, UNIFORM, TRIANGULAR = 0, 2, 3, 4, 5
COLUMNS = ("uncertainty_type", "loc", "scale", "shape", "minimum", "maximum", "negative")
_Z = 1.959963984540054  # 95 % of a normal distribution is within so many deviations


def distributions(table: pd.DataFrame, value: str = "amount") -> pd.DataFrame:
    """Return how each number of `table` is distributed.

    A row that states a distribution in the columns of stats_arrays keeps it. Otherwise ``low``
    and ``high`` are the ends of a 95 % interval of a lognormal distribution; where one of them
    is zero or beyond it, which no lognormal holds, of a triangular one between them. A number
    without a range is what it is, unless it has pedigree scores (`symbiosis.lca.pedigree`): then
    it is the median of a lognormal distribution of their width.

    Parameters
    ----------
    table : DataFrame
        With `value`, ``low``, ``high`` and perhaps ``pedigree``, ``uncertainty_type``, ``loc``,
        ``scale``, ``shape``, ``minimum``, ``maximum``, ``negative``.

    Returns
    -------
    DataFrame
        The index of `table`; `COLUMNS`. ``loc`` is the number where there is no distribution.

    Examples
    --------
    >>> rows = pd.DataFrame({"amount": [2.0, 3.0], "low": [1.0, None], "high": [4.0, None]})
    >>> distributions(rows)["uncertainty_type"].tolist()
    [2, 0]
    """
    amount = table[value].to_numpy(float)
    low = np.where(table["low"].isna(), amount, table["low"].to_numpy(float))
    high = np.where(table["high"].isna(), amount, table["high"].to_numpy(float))
    ranged = low < high
    negative = ranged & (high < 0)
    small, large = np.where(negative, -high, low), np.where(negative, -low, high)
    log = ranged & (small > 0)
    three = ranged & ~log
    bottom, top = np.log(np.where(log, small, 1.0)), np.log(np.where(log, large, 1.0))
    found = pd.DataFrame(
        {
            "uncertainty_type": np.select([log, three], [LOGNORMAL, TRIANGULAR], NONE),
            "loc": np.where(log, (bottom + top) / 2, amount),
            "scale": np.where(log, (top - bottom) / (2 * _Z), math.nan),
            "shape": math.nan,
            "minimum": np.where(three, low, math.nan),
            "maximum": np.where(three, high, math.nan),
            "negative": negative,
        },
        index=table.index,
    )
    if "pedigree" in table:
        found = _with_pedigrees(found, table["pedigree"], amount, ranged)
    if "uncertainty_type" not in table:
        return found
    stated = table["uncertainty_type"].fillna(0).astype(int)
    own = table.reindex(columns=list(COLUMNS)).assign(
        uncertainty_type=stated.where(stated > 1, NONE),
        loc=table["loc"].where(stated > 1, table[value]),
        negative=(table[value] < 0) & stated.eq(LOGNORMAL),
    )
    return own.where(np.tile(stated.to_numpy()[:, None] > 0, len(COLUMNS)), found)


def _with_pedigrees(
    found: pd.DataFrame, cells: "pd.Series[str]", amount: Vector, ranged: Mask
) -> pd.DataFrame:
    """Return `found` with what pedigree scores say of numbers without a range."""
    scores = {cell: scores_of(cell) for cell in cells.unique() if isinstance(cell, str)}
    widths = {cell: sigma(known) for cell, known in scores.items() if known is not None}
    scored = cells.isin(widths).to_numpy(bool) & ~ranged & (amount != 0)
    size = np.log(np.abs(np.where(scored, amount, 1.0)))
    return found.assign(
        uncertainty_type=np.where(scored, LOGNORMAL, found["uncertainty_type"]),
        loc=np.where(scored, size, found["loc"]),
        scale=np.where(scored, cells.map(widths).astype(float), found["scale"]),
        negative=np.where(scored, amount < 0, found["negative"]),
    )


def drawn(distributed: pd.DataFrame, samples: int, rng: np.random.Generator) -> Samples:
    """Return samples of numbers, each drawn on its own.

    Parameters
    ----------
    distributed : DataFrame
        Of `distributions`.

    Returns
    -------
    ndarray, shape (numbers, samples)
        In the numbers' own units. Equal for generators in equal states.
    """
    values = np.repeat(distributed["loc"].to_numpy(float)[:, None], samples, axis=1)
    kind = distributed["uncertainty_type"].to_numpy(int)
    normal = np.isin(kind, (LOGNORMAL, NORMAL))
    values[normal] = _normal(distributed[normal], samples, rng)
    for code, draw in ((UNIFORM, _uniform), (TRIANGULAR, _triangular)):
        rows = kind == code
        share = rng.random((int(rows.sum()), samples))
        loc, low, high = _columns(distributed[rows], "loc", "minimum", "maximum")
        values[rows] = draw(share, low, loc, high)
    other = ~normal & ~np.isin(kind, (NONE, UNIFORM, TRIANGULAR))
    if other.any():
        values[other] = _by_stats_arrays(distributed[other], samples, rng)
    return values


def _columns(distributed: pd.DataFrame, *names: str) -> "list[Samples]":
    return [distributed[name].to_numpy(float)[:, None] for name in names]


def _normal(distributed: pd.DataFrame, samples: int, rng: np.random.Generator) -> Samples:
    """Return samples of normal and lognormal distributions, within their bounds if they have any.

    The bounds and the sign of a negative lognormal one are those of the number itself.
    """
    loc, scale, low, high = _columns(distributed, "loc", "scale", "minimum", "maximum")
    log = distributed["uncertainty_type"].eq(LOGNORMAL).to_numpy(bool)[:, None]
    negative = log & distributed["negative"].to_numpy(bool)[:, None]
    low, high = np.where(negative, -high, low), np.where(negative, -low, high)
    standard = rng.standard_normal((len(distributed), samples))
    cut = ~(np.isnan(low) & np.isnan(high))[:, 0]
    if cut.any():
        ends = [_logarithm(end, log) for end in (low, high)]
        bottom, top = (
            np.where(np.isnan(end), blank, (end - loc) / scale)[cut]
            for end, blank in zip(ends, (-np.inf, np.inf), strict=True)
        )
        below, above = ndtr(bottom), ndtr(top)
        standard[cut] = ndtri(below + ndtr(standard[cut]) * (above - below))
    values = loc + scale * standard
    return np.where(log, np.where(negative, -1.0, 1.0) * np.exp(np.where(log, values, 0.0)), values)


def _logarithm(end: Samples, log: "npt.NDArray[np.bool_]") -> Samples:
    """Return the bounds of lognormal rows as logarithms; zero or less is no bound from below."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logarithm = np.where(end <= 0, -np.inf, np.log(end))
    return np.where(log, logarithm, end)


def _uniform(share: Samples, low: Samples, _: Samples, high: Samples) -> Samples:
    return low + share * (high - low)


def _triangular(share: Samples, low: Samples, mode: Samples, high: Samples) -> Samples:
    left, right, width = mode - low, high - mode, high - low
    rising = low + np.sqrt(share * left * width)
    return np.where(share * width < left, rising, high - np.sqrt((1 - share) * right * width))


def _by_stats_arrays(distributed: pd.DataFrame, samples: int, rng: np.random.Generator) -> Samples:
    """Return samples of the distributions that are rare."""
    import stats_arrays

    parameters = stats_arrays.UncertaintyBase.from_dicts(
        *({str(k): v for k, v in row.items()} for row in distributed.to_dict("records"))
    )
    draws = stats_arrays.MCRandomNumberGenerator(parameters, seed=int(rng.integers(2**31)))
    return np.stack([np.asarray(draws.next(), dtype=np.float64) for _ in range(samples)], axis=1)
