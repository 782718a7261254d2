"""What is exported to life-cycle tools: a park in its states, its exchanges, its figures."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from symbiosis.lca.inventory import Inventory
from symbiosis.model import Park
from symbiosis.views.footprint import COST, boundary_of


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is exported.

    Attributes
    ----------
    park : Park
        As it is, or after a plan.
    inventory : Inventory
        The background.
    known : DataFrame
        The factors that count for the park (`symbiosis.scenarios.local_catalogue`).
    climate : DataFrame
        Those of the inventory for the park's region, year and convention.
    before : DataFrame, optional
        The flows before the plan.
    exchanges : DataFrame, optional
        What each exchange changes (`symbiosis.scenarios.exchange_flows`).
    nets : DataFrame, optional
        Columns offer, pathway, demand, ``<indicator>_net``: what exchanges save, for those of
        which `exchanges` tells nothing.
    name : str
        What the database is called.
    """

    park: Park
    inventory: Inventory
    known: pd.DataFrame
    climate: pd.DataFrame
    before: pd.DataFrame | None = None
    exchanges: pd.DataFrame | None = None
    nets: pd.DataFrame | None = None
    name: str = "symbiosis"


def indicators(subject: Subject) -> tuple[str, ...]:
    """Return the indicators of the park that are impacts."""
    known = set(subject.known["indicator"])
    return tuple(n for n in subject.park.settings.indicators if n != COST and n in known)


def states_of(subject: Subject) -> dict[str, pd.DataFrame]:
    """Return the flows of each state: as they are, or before and after the plan."""
    after = subject.park.flows.reset_index(drop=True)
    if subject.before is None:
        return {"now": after}
    return {"before": subject.before.reset_index(drop=True), "after": after}


def exchange_flows(subject: Subject) -> dict[str, pd.DataFrame]:
    """Return the flows that each exchange changes, by the code of its node."""
    if subject.exchanges is None:
        return {}
    table = subject.exchanges.rename(columns={"flow": "id", "change": "amount"})
    table = table.rename(columns={"displaced_change": "displaced_amount"})
    table = table.assign(unit_cost=np.nan, low=np.nan, high=np.nan)
    table = table[boundary_of(table) != ""]  # inside the park it only tells who gives to whom
    code = pd.Series(_exchange_codes(table), index=table.index, dtype=object)
    return {str(k): t.reset_index(drop=True) for k, t in table.groupby(code, sort=False)}


def stated_exchanges(subject: Subject) -> dict[str, pd.Series]:
    """Return the row of each exchange whose net is known, by the code of its node."""
    if subject.nets is None:
        return {}
    return dict(
        zip(_exchange_codes(subject.nets), (row for _, row in subject.nets.iterrows()), strict=True)
    )


def _exchange_codes(table: pd.DataFrame) -> list[str]:
    columns = (table[name] for name in ("offer", "pathway", "demand"))
    return ["exchange/" + "/".join(cells) for cells in zip(*columns, strict=True)]


def processes_in(flows: pd.DataFrame) -> list[str]:
    """Return the processes at the ends of flows, each once."""
    ends = dict.fromkeys([*flows["source"], *flows["target"]])
    return [str(name) for name in ends if not str(name).startswith("@")]
