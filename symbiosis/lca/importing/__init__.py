"""Inventories of other tools, read into ours: formats in, tables and linked factors out."""

from symbiosis.lca.importing.factor_table import factor_table, first_of, linked_factors
from symbiosis.lca.importing.kinds import READERS, kind_of
from symbiosis.lca.importing.run import Import, import_inventory

__all__ = [
    "READERS",
    "Import",
    "factor_table",
    "first_of",
    "import_inventory",
    "kind_of",
    "linked_factors",
]
