"""Rules that share environmental burdens: what a sale is credited, who gets what of an exchange.

Written out with worked examples in docs/rules.md. Money follows no rule but whose books it is in.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from symbiosis.model import Settings
from symbiosis.model.allocation import AT, IMPACTS, parameter_indicator

Vector = npt.NDArray[np.float64]
Number = float | Vector

_WHERE_BLANK = {"A": 0.5, "q_in": 1.0, "q_out": 1.0, "e_recycled": 0.0, "e_virgin": np.nan}
# Share of what a sale displaces that is credited; the circular footprint has its own formula.
CREDITED = {"substitution": 1.0, "50-50": 0.5, "cut-off": 0.0}


@dataclass(frozen=True, kw_only=True)
class Circularity:
    """Parameters of the circular footprint formula, one number per flow or exchange.

    Attributes
    ----------
    a : ndarray
        Share of recycling, its burden and what it saves, that goes with the recycled to its
        user; the rest stays with who gives it [0..1].
    q_in, q_out : ndarray
        Quality over that of the virgin: of the recycled that is used, of what is given off.
    e_recycled : ndarray
        Recycling of what is sold that is still to come, outside the park [t CO2e per unit].
    e_virgin : ndarray
        The virgin that a unit displaced stands for [t CO2e per unit]; NaN: as the factors say.
    """

    a: Vector
    q_in: Vector
    q_out: Vector
    e_recycled: Vector
    e_virgin: Vector


def circularity(factors: pd.DataFrame, resources: pd.Series, *, climate: bool) -> Circularity:
    """Return the parameters of each resource; where none is known, the method's own defaults.

    Parameters
    ----------
    factors : DataFrame
        As the park sees them, with those of `symbiosis.catalogue.for_park`.
    resources : Series
        Ids, one per flow or exchange.
    climate : bool
        Whether the indicator is gwp100: the impacts that stand in the table are of no other.
    """
    known = factors[factors["boundary"] == AT].set_index(["indicator", "resource"])["value"]
    values = {}
    for name, blank in _WHERE_BLANK.items():
        wanted = pd.MultiIndex.from_product([[parameter_indicator(name)], resources])
        found = known.reindex(wanted).to_numpy(float)
        given = ~np.isnan(found) & (climate or name not in IMPACTS)
        values[name] = np.where(given, found, blank)
    return Circularity(a=values.pop("A"), **values)


def circular_footprint(
    *,
    a: Number,
    r1: Number = 0.0,
    e_virgin: Number = 0.0,
    e_recycled: Number = 0.0,
    q_in: Number = 1.0,
    r2: Number = 0.0,
    e_recycling: Number = 0.0,
    e_displaced: Number = 0.0,
    q_out: Number = 1.0,
    r3: Number = 0.0,
    e_recovery: Number = 0.0,
    b: Number = 0.0,
    e_disposal: Number = 0.0,
) -> Number:
    """Return the circular footprint of a product's material [indicator per unit of product].

    Parameters
    ----------
    a, b : float or ndarray
        Allocation of recycling, and of energy recovery, to the user of the recycled [0..1].
    r1, r2, r3 : float or ndarray
        Recycled share of the input; share recycled, share recovered as energy afterwards [0..1].
    e_virgin, e_recycled : float or ndarray
        Impact of the virgin and of the recycled that goes in, per unit.
    q_in, q_out : float or ndarray
        Quality over that of the virgin: of the recycled that goes in, of what is recycled after.
    e_recycling, e_displaced : float or ndarray
        Impact of recycling afterwards, and of the virgin that it displaces, per unit.
    e_recovery : float or ndarray
        Impact of energy recovery less that of the energy it displaces, per unit.
    e_disposal : float or ndarray
        Impact of disposing of what is neither recycled nor recovered, per unit.

    References
    ----------
    Commission Recommendation (EU) 2021/2279, Annex I, section 4.4.8.

    Examples
    --------
    >>> case = dict(r1=0.6, e_virgin=1.0, e_recycled=0.3, q_in=0.9, r2=0.5, e_recycling=0.4)
    >>> case |= dict(e_displaced=1.0, q_out=0.9, e_disposal=0.05)
    >>> [round(circular_footprint(a=a, **case), 3) for a in (0.0, 0.2, 0.5, 0.8, 1.0)]
    [0.715, 0.693, 0.66, 0.627, 0.605]
    """
    user = (1 - r1) * e_virgin + r1 * (a * e_recycled + (1 - a) * e_virgin * q_in)
    giver = (1 - a) * r2 * (e_recycling - e_displaced * q_out)
    return user + giver + (1 - b) * r3 * e_recovery + (1 - r2 - r3) * e_disposal


def credit(settings: Settings, displaced: Vector, circular: Circularity | None) -> Vector:
    """Return what a unit sold outside the park is credited [indicator per unit, positive].

    Parameters
    ----------
    settings : Settings
        Its ``allocation``.
    displaced : ndarray
        Impact of what a unit displaces; NaN where no figure is known.
    circular : Circularity, optional
        Of the resources sold, for ``cff``.
    """
    if settings.allocation == "cut-off":
        return np.zeros(len(displaced))
    if circular is None:
        return displaced * CREDITED[settings.allocation]
    return -_given_off(circular, circular.e_recycled, displaced)


def split(
    rule: str, disposal: Vector, purchase: Vector, burden: Vector, circular: Circularity
) -> tuple[Vector, Vector]:
    """Return what giver and taker get of what an exchange inside the park saves.

    Parameters
    ----------
    rule : str
        ``cut-off``, ``50-50`` or ``cff``; under ``substitution`` it is by whose books it is in.
    disposal, purchase : ndarray
        What the exchange avoids [indicator per year].
    burden : ndarray
        What it adds, less what is credited for co-products sold [indicator per year].

    Returns
    -------
    giver, taker : ndarray
        Under ``cff`` a difference of the two qualities leaves something over for neither.
    """
    if rule == "cut-off":
        return disposal, purchase - burden
    if rule == "50-50":
        half = (disposal + purchase - burden) / 2
        return half, half
    giver = disposal - _given_off(circular, burden, purchase)
    virgin = circular_footprint(a=circular.a, r1=0.0, e_virgin=purchase)
    recycled = circular_footprint(
        a=circular.a, r1=1.0, e_virgin=purchase, e_recycled=burden, q_in=circular.q_in
    )
    return giver, np.asarray(virgin - recycled)


def _given_off(circular: Circularity, recycling: Vector, displaced: Vector) -> Vector:
    """Return the footprint of what is given off to be recycled: all of it (R2 = 1)."""
    return np.asarray(
        circular_footprint(
            a=circular.a,
            r2=1.0,
            e_recycling=recycling,
            e_displaced=displaced,
            q_out=circular.q_out,
        )
    )
