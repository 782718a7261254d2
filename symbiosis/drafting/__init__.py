"""Drafting: from a list of firms to a first park, every figure of it marked as drafted."""

from symbiosis.drafting.draft import Draft, draft_document, drafted, write_draft
from symbiosis.drafting.firms import Firm, FirmList, firms_file, read_firms
from symbiosis.drafting.plants import Plant

__all__ = [
    "Draft",
    "Firm",
    "FirmList",
    "Plant",
    "draft_document",
    "drafted",
    "firms_file",
    "read_firms",
    "write_draft",
]
