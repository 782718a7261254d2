"""Reporting: what people read of an outcome, on paper, on screen and in files."""

from symbiosis.reporting.console import (
    explanation_document,
    print_check,
    print_datasets,
    print_explanation,
    print_outcome,
    print_score,
)
from symbiosis.reporting.files import exchange_table, writable, write_outcome

__all__ = [
    "exchange_table",
    "explanation_document",
    "print_check",
    "print_datasets",
    "print_explanation",
    "print_outcome",
    "print_score",
    "writable",
    "write_outcome",
]
