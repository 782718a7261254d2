"""The nouns: parks and what they are made of."""

from symbiosis.model.park import Park, empty_table
from symbiosis.model.schema import (
    BOUNDARIES,
    IDENTITY,
    KINDS,
    LATER,
    LAYERS,
    TABLES,
    Column,
    Table,
)
from symbiosis.model.settings import Settings

__all__ = [
    "BOUNDARIES",
    "IDENTITY",
    "KINDS",
    "LATER",
    "LAYERS",
    "TABLES",
    "Column",
    "Park",
    "Settings",
    "Table",
    "empty_table",
]
