"""Reporting: what people read of an outcome, on paper, on screen and in files."""

from symbiosis.reporting.console import print_check, print_score
from symbiosis.reporting.explanation_text import explanation_document, print_explanation
from symbiosis.reporting.files import exchange_table, writable, write_outcome
from symbiosis.reporting.holdings_text import print_datasets
from symbiosis.reporting.naming_text import (
    print_draft,
    print_resolutions,
    resolution_documents,
)
from symbiosis.reporting.plan_text import print_outcome
from symbiosis.reporting.sources_text import print_sources

__all__ = [
    "exchange_table",
    "explanation_document",
    "print_check",
    "print_datasets",
    "print_draft",
    "print_explanation",
    "print_outcome",
    "print_resolutions",
    "print_score",
    "print_sources",
    "resolution_documents",
    "writable",
    "write_outcome",
]
