"""Matching: from a park to its candidates, to the best plan, to the park after it."""

from symbiosis.matching.account import accounts, middle_prices, saving, stand_alone
from symbiosis.matching.apply import apply
from symbiosis.matching.objective import carbon_indicator, weights
from symbiosis.matching.plan import Plan
from symbiosis.matching.search import Search, best_plan, candidates, rescored

__all__ = [
    "Plan",
    "Search",
    "accounts",
    "apply",
    "best_plan",
    "candidates",
    "carbon_indicator",
    "middle_prices",
    "rescored",
    "saving",
    "stand_alone",
    "weights",
]
