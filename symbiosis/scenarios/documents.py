"""What commands print besides a plan, as plain values ready for JSON."""

import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.io.provenance import UNSTATED, Provenance
from symbiosis.lca import Inventory
from symbiosis.matching.distance import unknown_places
from symbiosis.metrics import balance
from symbiosis.model import Park
from symbiosis.scenarios.citations import known_documents, sources_document
from symbiosis.scenarios.evidence import park_evidence
from symbiosis.scenarios.outcome import local_catalogue
from symbiosis.scenarios.summary import Json, plain, records, state
from symbiosis.views.footprint import boundary_of, coverage, footprint_by_enterprise, gaps, rates

LOOSE = 0.05  # of the larger side: a balance that closes within this is not listed as a gap


def checked(park: Park, catalogue: Catalogue, inventory: Inventory) -> Json:
    """Return what is missing in a valid park: figures, places, temperatures, balances."""
    factors = local_catalogue(park, catalogue, inventory).factors
    closed = balance(park, "mass")
    open_ = closed[closed["gap_share"].abs() > LOOSE]
    return {
        "park": park.title,
        "enterprises": len(park.enterprises),
        "processes": len(park.processes),
        "flows": len(park.flows),
        "grades": {
            str(grade) or "none": int(count)
            for grade, count in park.flows["grade"].value_counts().items()
        },
        "coverage": plain(coverage(park, factors)),
        "gaps": records(gaps(park, factors)),
        "unknown_places": unknown_places(park),
        "heat_without_temperature": _without_temperature(park),
        "balance": records(closed),
        "balance_gaps": records(open_),
    }


def _without_temperature(park: Park) -> list[str]:
    kinds = park.resources.set_index("id")["kind"]
    known = park.qualities.loc[park.qualities["property"] == "temperature_from", "flow"]
    heat = park.flows["resource"].map(kinds) == "heat"
    open_ = park.flows["tradable"] & heat & ~park.flows["id"].isin(known)
    return list(park.flows.loc[open_, "id"])


def scored(
    park: Park, catalogue: Catalogue, inventory: Inventory, stated: Provenance = UNSTATED
) -> Json:
    """Return a park's footprint in each indicator, by boundary, resource and enterprise.

    Parameters
    ----------
    stated : Provenance
        What the park says of its own figures.
    """
    local = local_catalogue(park, catalogue, inventory)
    factors, behind = local.factors, park_evidence(park, local, inventory, stated)
    flows = park.flows
    parts = {}
    for name in park.settings.indicators:
        value = rates(flows, factors, name, park.settings).value * flows["amount"]
        table = pd.DataFrame(
            {"boundary": boundary_of(flows), "resource": flows["resource"], "value": value}
        )
        table = table[table["boundary"] != ""].groupby(["boundary", "resource"]).sum()
        parts[name] = records(table[table["value"] != 0].reset_index())
    by_enterprise = footprint_by_enterprise(park, factors)
    return {
        "park": park.title,
        "currency": park.currency,
        **state(park, factors),
        "contributions": parts,
        "enterprises": {str(k): plain(row) for k, row in by_enterprise.iterrows()},
        "coverage": plain(coverage(park, factors)),
        "gaps": records(gaps(park, factors)),
        "unverified_share": plain(behind.unverified),
    }


def scored_sources(
    park: Park, catalogue: Catalogue, inventory: Inventory, stated: Provenance = UNSTATED
) -> list[Json]:
    """Return the figures that a park's footprint rests on, with the documents they cite."""
    local = local_catalogue(park, catalogue, inventory)
    behind = park_evidence(park, local, inventory, stated)
    return sources_document(behind.figures, known_documents(local, inventory, stated))
