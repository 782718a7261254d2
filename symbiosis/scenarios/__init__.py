"""Scenarios: a park looked at under settings, limits and changes, and what comes of it."""

from symbiosis.scenarios.changes import flow_changes, other_changes, shifts
from symbiosis.scenarios.citations import (
    cited,
    known_documents,
    outcome_documents,
    outcome_sources,
    sources_document,
    sources_table,
)
from symbiosis.scenarios.documents import checked, scored, scored_sources
from symbiosis.scenarios.evidence import (
    Evidence,
    evidence,
    pair_figures,
    park_evidence,
    unverified_figures,
)
from symbiosis.scenarios.explanation import Explanation, explained
from symbiosis.scenarios.holdings import park_holdings, shipped
from symbiosis.scenarios.outcome import Outcome, climate, local_catalogue, matched, planned
from symbiosis.scenarios.scenario import under_scenario, with_settings
from symbiosis.scenarios.summary import settings_document, state, summary, versions

__all__ = [
    "Evidence",
    "Explanation",
    "Outcome",
    "checked",
    "cited",
    "climate",
    "evidence",
    "explained",
    "flow_changes",
    "known_documents",
    "local_catalogue",
    "matched",
    "other_changes",
    "outcome_documents",
    "outcome_sources",
    "pair_figures",
    "park_evidence",
    "park_holdings",
    "planned",
    "scored",
    "scored_sources",
    "settings_document",
    "shifts",
    "shipped",
    "sources_document",
    "sources_table",
    "state",
    "summary",
    "under_scenario",
    "unverified_figures",
    "versions",
    "with_settings",
]
