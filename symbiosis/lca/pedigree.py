"""How far a number may be off, by the pedigree scores of ecoinvent."""

import math
from collections.abc import Mapping
from types import MappingProxyType

# The factor between median and 97.5 % end by score 1..5.
FACTORS: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {
        "reliability": (1.0, 1.05, 1.1, 1.2, 1.5),
        "completeness": (1.0, 1.02, 1.05, 1.1, 1.2),
        "time": (1.0, 1.03, 1.1, 1.2, 1.5),
        "place": (1.0, 1.01, 1.02, 1.05, 1.1),
        "technology": (1.0, 1.05, 1.2, 1.5, 2.0),
    }
)
BASIC = 1.05  # of inputs, energy and carbon dioxide; gases and dust of single plants have more


def scores_of(text: str) -> tuple[int, ...] | None:
    """Return the five scores of a cell such as ``"2,3,1,1,4"``, None if it holds no such.

    Examples
    --------
    >>> scores_of("2,3,1,1,4"), scores_of("2,9")
    ((2, 3, 1, 1, 4), None)
    """
    parts = [part.strip() for part in text.split(",")]
    fit = len(parts) == len(FACTORS) and all(part in {*"12345"} for part in parts)
    return tuple(int(part) for part in parts) if fit else None


def sigma(scores: tuple[int, ...], basic: float = BASIC) -> float:
    """Return the standard deviation of the logarithm that pedigree scores stand for.

    Parameters
    ----------
    scores : tuple of int, length 5
        Reliability, completeness, time, place, technology: 1 best, 5 worst.
    basic : float
        Factor of the kind of number itself.

    Returns
    -------
    float
        Dimensionless: half of the root of the sum of squared logarithms of the factors.

    References
    ----------
    Weidema et al. (2013), *Overview and methodology: data quality guideline for the ecoinvent
    database version 3*, ch. 10; Ciroth et al. (2016), doi:10.1007/s11367-013-0670-5, sec. 2.

    Examples
    --------
    >>> round(sigma((1, 1, 1, 1, 1)), 4)
    0.0244
    """
    factors = [table[score - 1] for table, score in zip(FACTORS.values(), scores, strict=True)]
    return math.sqrt(sum(math.log(factor) ** 2 for factor in (*factors, basic))) / 2
