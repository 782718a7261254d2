"""Metrics of a park as it is."""

from symbiosis.metrics.balance import balance, balance_gaps
from symbiosis.metrics.indicators import indicators, park_network

__all__ = ["balance", "balance_gaps", "indicators", "park_network"]
