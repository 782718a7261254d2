"""How many of a park's documented exchanges the matcher finds again once they are hidden."""

import pandas as pd

from symbiosis.matching.pairs import HEAT_POOL
from symbiosis.model import Park
from symbiosis.scenarios.hidden import NEED, OFFER, documented_links
from symbiosis.scenarios.outcome import Outcome

KEY = ("giver", "taker", "takes", "replaces")


def recalled(park: Park, outcome: Outcome) -> pd.DataFrame:
    """Return for each documented link whether it is a candidate, and whether it is proposed.

    Both ask for the same two enterprises, the same resource taken and the same resource replaced
    (all heat is one resource); the flows at the ends and the pathway may be others.

    Parameters
    ----------
    park : Park
        With its links.
    outcome : Outcome
        Of `symbiosis.scenarios.hidden.hidden` of this park.

    Returns
    -------
    DataFrame
        A row per link: ``link``, giver, taker, takes, replaces, ``offer`` and ``demand`` (the
        flows it was split into), ``candidate`` and ``proposed``.
    """
    links = documented_links(park)
    kinds = park.resources.set_index("id")["kind"]
    table = pd.DataFrame(
        {
            "link": links["id"],
            "giver": links["giver"],
            "taker": links["taker"],
            "takes": _pooled(links["resource"], kinds),
            "replaces": _pooled(links["displaces"], kinds),
            "offer": links["id"] + OFFER,
            "demand": links["id"] + NEED,
        }
    ).reset_index(drop=True)
    wanted = pd.MultiIndex.from_frame(table[list(KEY)])
    listed = _keys(outcome.search.found.candidates, kinds)
    proposed = _keys(outcome.exchanges, kinds)
    return table.assign(candidate=wanted.isin(listed), proposed=wanted.isin(proposed))


def ranked_proposals(park: Park, outcome: Outcome) -> pd.DataFrame:
    """Return what the plan proposes, what saves most first, and whether it is documented.

    Returns
    -------
    DataFrame
        A row per (giver, taker, takes, replaces) of the plan's exchanges, sales left out:
        ``saving`` [indicator unit/year] in the first indicator, and ``documented``.
    """
    kinds = park.resources.set_index("id")["kind"]
    links = documented_links(park)
    known = pd.MultiIndex.from_arrays(
        [
            links["giver"],
            links["taker"],
            _pooled(links["resource"], kinds),
            _pooled(links["displaces"], kinds),
        ]
    )
    first = f"{park.settings.indicators[0]}_net"
    rows = outcome.exchanges[outcome.exchanges["demand"] >= 0]
    keys = _keys(rows, kinds)
    saving = pd.Series(rows[first].to_numpy(float), index=keys).groupby(level=list(KEY)).sum()
    order = saving.sort_values(ascending=False, kind="stable")
    table = order.rename("saving").reset_index()
    return table.assign(documented=order.index.isin(known))


def precision_at(proposals: pd.DataFrame, count: int) -> float:
    """Return the share of the first `count` proposals that are documented [0..1].

    Where fewer are proposed, of those; NaN where none is.

    Examples
    --------
    >>> precision_at(pd.DataFrame({"documented": [True, False, True]}), 2)
    0.5
    """
    return float(proposals["documented"].head(count).mean())


def _keys(exchanges: pd.DataFrame, kinds: pd.Series) -> pd.MultiIndex:
    return pd.MultiIndex.from_arrays(
        [
            exchanges["giver"],
            exchanges["taker"],
            _pooled(exchanges["resource"], kinds),
            _pooled(exchanges["wanted_resource"], kinds),
        ],
        names=list(KEY),
    )


def _pooled(resource: pd.Series, kinds: pd.Series) -> pd.Series:
    return resource.where(resource.map(kinds) != "heat", HEAT_POOL)
