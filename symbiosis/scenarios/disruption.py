"""What the loss of an enterprise costs: the saving, the exchanges that stop, who is exposed."""

from dataclasses import dataclass

import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.matching import accounts, best_plan, candidates
from symbiosis.matching.plan import exchange_ids
from symbiosis.model import Park
from symbiosis.scenarios.coalitions import coalitions
from symbiosis.scenarios.outcome import Progress

ROUNDING = 1e-9  # of the whole saving: less is what adding up leaves of nothing


@dataclass(frozen=True, kw_only=True)
class Loss:
    """What goes with one enterprise.

    Attributes
    ----------
    enterprise : str
    loss : float
        What the best plan saves with it, less what the best plan saves without
        [unit of the objective/year]; never negative.
    stops : tuple of str
        Exchanges of the best plan that it gives or takes (offer:pathway:demand).
    existing : tuple of str
        Flows of today between it and another enterprise; their worth is not in the loss.
    exposed : tuple of str
        The other ends of both, in the order of ``enterprises``.
    """

    enterprise: str
    loss: float
    stops: tuple[str, ...]
    existing: tuple[str, ...]
    exposed: tuple[str, ...]


def losses(
    park: Park, catalogue: Catalogue, progress: Progress = lambda _: None
) -> tuple[Loss, ...]:
    """Return what the loss of each enterprise would cost, the largest loss first.

    Parameters
    ----------
    catalogue : Catalogue
        As the park sees it (`symbiosis.scenarios.local_catalogue`).
    progress : callable
        Called with how far it has come.

    Raises
    ------
    NoSolution
        If the park's limits contradict each other.

    Notes
    -----
    Without an enterprise no exchange may touch its flows, and the rest is optimised anew. A
    market keeps the room it has today, and a limit that is not met today binds to no more than
    today (`symbiosis.scenarios.coalitions`), so that less choice never saves more.
    """
    progress("candidates")
    found = candidates(park, catalogue, catalogue.factors).found
    progress("plan")
    plan = best_plan(park, catalogue, catalogue.factors, found)
    planned = _ends(accounts(park, catalogue.factors, found, plan), "giver", "taker")
    today = _ends(found.effects.rows[found.effects.rows["old"]], "owner", "receiver")
    today = today[
        (today["a"] != today["b"]) & today[["a", "b"]].isin([*park.enterprises["id"]]).all(axis=1)
    ]
    asked = coalitions(park, catalogue)
    whole = asked.saving(asked.enterprises)
    names = park.enterprises["id"].tolist()
    result = []
    for number, name in enumerate(names):
        progress(f"without {number + 1}/{len(names)}")
        rest = [other for other in asked.enterprises if other != name]
        missing = whole - asked.saving(rest) if name in asked.enterprises else 0.0
        stops, existing = _at(planned, name), _at(today, name)
        touched = {*stops["a"], *stops["b"], *existing["a"], *existing["b"]} - {name}
        result.append(
            Loss(
                enterprise=name,
                loss=missing if missing > ROUNDING * whole else 0.0,
                stops=tuple(stops["id"]),
                existing=tuple(existing["id"]),
                exposed=tuple(other for other in names if other in touched),
            )
        )
    return tuple(sorted(result, key=lambda row: -row.loss))


def losses_document(rows: tuple[Loss, ...]) -> list[dict[str, object]]:
    """Return losses as ``disrupt --format json`` prints them."""
    return [
        {
            "enterprise": row.enterprise,
            "loss": row.loss,
            "stops": list(row.stops),
            "existing": list(row.existing),
            "exposed": list(row.exposed),
        }
        for row in rows
    ]


def _ends(table: pd.DataFrame, giver: str, taker: str) -> pd.DataFrame:
    ids = table["id"] if "id" in table else exchange_ids(table, "offer_id", "demand_id")
    return pd.DataFrame({"id": ids, "a": table[giver], "b": table[taker]})


def _at(table: pd.DataFrame, name: str) -> pd.DataFrame:
    return table[(table["a"] == name) | (table["b"] == name)]
