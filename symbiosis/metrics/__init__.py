"""Metrics of a park as it is."""

from symbiosis.metrics.balance import balance, balance_gaps

__all__ = ["balance", "balance_gaps"]
