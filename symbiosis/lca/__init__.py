"""Life-cycle inventory and the factors it gives: tables in, a table of numbers per unit out."""

from symbiosis.lca.brightway import brightway_score
from symbiosis.lca.factors import factors
from symbiosis.lca.inventory import Inventory, read_inventory

__all__ = ["Inventory", "brightway_score", "factors", "read_inventory"]
