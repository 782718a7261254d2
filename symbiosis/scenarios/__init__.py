"""Scenarios: a park looked at under settings, limits and changes, and what comes of it."""

from symbiosis.scenarios.changes import flow_changes, other_changes, shifts
from symbiosis.scenarios.documents import checked, scored, shipped
from symbiosis.scenarios.evidence import evidence, unverified_exchanges
from symbiosis.scenarios.explanation import Explanation, explained
from symbiosis.scenarios.outcome import Outcome, climate, local_catalogue, matched, planned
from symbiosis.scenarios.scenario import under_scenario, with_settings
from symbiosis.scenarios.summary import settings_document, state, summary, versions

__all__ = [
    "Explanation",
    "Outcome",
    "checked",
    "climate",
    "evidence",
    "explained",
    "flow_changes",
    "local_catalogue",
    "matched",
    "other_changes",
    "planned",
    "scored",
    "settings_document",
    "shifts",
    "shipped",
    "state",
    "summary",
    "under_scenario",
    "unverified_exchanges",
    "versions",
    "with_settings",
]
