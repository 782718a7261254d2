"""Why a pair fits or not: every pathway between two ends, each rule with its figures."""

from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from symbiosis.errors import InvalidData, Problem
from symbiosis.matching import stand_alone
from symbiosis.model import Park
from symbiosis.scenarios.outcome import Outcome


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """What joins an offer and a demand, and what stands between them.

    Attributes
    ----------
    pairs : DataFrame
        offer, pathway, demand, from_enterprise, to_enterprise, resource_taken, resource_given,
        distance_km, passes, failed (rules), taken in the plan [offer unit/year], objective_net
        (stand-alone, per year; NaN where a rule fails); nearest first.
    verdicts : DataFrame
        Every rule's verdict: ``pair`` is a label of `pairs`.
    takes, serves : DataFrame
        Pathways of the catalogue that take what is offered, and that serve what is needed.
    """

    pairs: pd.DataFrame
    verdicts: pd.DataFrame
    takes: pd.DataFrame
    serves: pd.DataFrame


def explained(outcome: Outcome, offer: str, demand: str) -> Explanation:
    """Return why the pairs between an offer and a demand fit or not.

    Parameters
    ----------
    offer, demand : str
        A flow, or an enterprise (all that it offers, or needs).

    Raises
    ------
    InvalidData
        If an end is neither a flow nor an enterprise of the park.
    """
    park, search = outcome.park, outcome.search
    given = _flows_of(park, offer, search.found.offers, "offer")
    needed = _flows_of(park, demand, search.found.demands, "demand")
    chosen = search.pairs["offer_id"].isin(given) & search.pairs["demand_id"].isin(needed)
    pairs = search.pairs[chosen]
    verdicts = search.verdicts[search.verdicts["pair"].isin(pairs.index)]
    failed = verdicts[~verdicts["passes"].astype(bool)].groupby("pair").size()
    links = outcome.plan.links
    taken = links.groupby(["offer", "pathway", "demand"])["taken"].sum()
    alone = stand_alone(park, outcome.catalogue.factors, search.found)
    worth = pd.Series(alone["objective_net"].to_numpy(float), index=search.found.candidates["pair"])
    keys = pd.MultiIndex.from_frame(pairs[["offer_id", "pathway", "demand_id"]])
    table = pd.DataFrame(
        {
            "offer": pairs["offer_id"],
            "pathway": pairs["pathway"],
            "demand": pairs["demand_id"],
            "from_enterprise": pairs["giver"],
            "to_enterprise": pairs["taker"],
            "resource_taken": pairs["resource"],
            "resource_given": pairs["gives"],
            "distance_km": pairs["distance_km"],
            "failed": failed.reindex(pairs.index).fillna(0).astype(int),
            "taken": taken.reindex(keys).fillna(0.0).to_numpy(float),
            "objective_net": worth.reindex(pairs.index),
        },
        index=pairs.index,
    )
    table = table.assign(passes=table["failed"] == 0)
    order = ["failed", "taken", "objective_net"]
    pathways = outcome.catalogue.pathways
    flows = park.flows.set_index("id")["resource"]
    return Explanation(
        pairs=table.sort_values(order, ascending=[True, False, False]),
        verdicts=verdicts,
        takes=pathways[pathways["takes"].isin(flows.reindex(given))],
        serves=pathways[pathways["replaces"].isin(flows.reindex(needed))],
    )


def _flows_of(park: Park, name: str, table: pd.DataFrame, role: str) -> list[str]:
    """Return the offers or demands called `name`, or of the enterprise called so."""
    if name in set(table["id"]):
        return [name]
    if name in set(park.enterprises["id"]):
        return list(table.loc[table["enterprise"] == name, "id"])
    if role == "demand" and name.startswith("@sales:"):
        return [name]
    if name in set(park.flows["id"]):
        advice = "offers are tradable flows to the boundaries, demands are tradable purchases"
        return _refuse(role, f"flow '{name}' is no {role}", advice)
    return _refuse(
        role,
        f"'{name}' is neither a flow nor an enterprise of {park.title or 'the park'}",
        _close(name, [*park.flows["id"], *park.enterprises["id"]]),
    )


def _refuse(role: str, what: str, advice: str) -> list[str]:
    raise InvalidData([Problem(f"explain, {role}", what, advice)])


def _close(name: str, names: list[str]) -> str:
    near = get_close_matches(name, names, n=1)
    return f"did you mean '{near[0]}'?" if near else "see flows.csv and enterprises.csv"
