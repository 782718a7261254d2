"""A plan: the exchanges chosen, and how sure it is that there is none better."""

from dataclasses import dataclass, field

import pandas as pd

LINK_COLUMNS = {
    "offer": "str",
    "pathway": "str",
    "demand": "str",
    "taken": "float64",
    "draws_at_c": "float64",
    "serves_at_c": "float64",
}


def no_links() -> pd.DataFrame:
    """Return a table of links without rows."""
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in LINK_COLUMNS.items()})


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to exchange.

    Attributes
    ----------
    links : DataFrame
        offer, pathway, demand (ids), taken [offer unit/year]; for heat one row per level of
        temperature: draws_at_c (the coldest heat of the offer that it may take) and serves_at_c
        (the hottest that it reaches of the demand) [degC].
    plants : tuple of str
        Plants that the plan builds because their cost or smallest size is a decision.
    prices : Series
        Money per unit taken that taker pays giver, by exchange (offer:pathway:demand).
    value : float
        Change of the objective [per year]; negative is a gain.
    bound : float
        No plan changes the objective by less than this.
    status : str
        ``optimal``, ``gap`` or ``time_limit``.
    """

    links: pd.DataFrame = field(default_factory=no_links)
    plants: tuple[str, ...] = ()
    prices: pd.Series = field(default_factory=lambda: pd.Series(dtype=float))
    value: float = 0.0
    bound: float = 0.0
    status: str = "optimal"

    @property
    def gap(self) -> float:
        """Return how far the value may be from the best, relative to the value."""
        if self.value == self.bound:
            return 0.0
        return abs(self.value - self.bound) / max(abs(self.value), 1e-9)


def exchange_ids(table: pd.DataFrame, offer: str = "offer", demand: str = "demand") -> pd.Series:
    """Return the names of exchanges: offer:pathway:demand."""
    return table[offer] + ":" + table["pathway"] + ":" + table[demand]
