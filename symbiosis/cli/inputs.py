"""What commands read: the park under a scenario, the catalogue and the inventory."""

import warnings
from difflib import get_close_matches
from pathlib import Path

from symbiosis.catalogue import (
    Catalogue,
    datasets_folder,
    park_folder,
    read_catalogue,
    shipped_parks,
)
from symbiosis.cli.options import say
from symbiosis.errors import InvalidData, Problem
from symbiosis.io import SymbiosisWarning, assigned, read_park, read_scenario
from symbiosis.io.factors import with_factors
from symbiosis.io.provenance import Provenance, read_provenance
from symbiosis.lca import Inventory, read_inventory
from symbiosis.lca.importing import factor_table
from symbiosis.model import Park
from symbiosis.scenarios import under_scenario, with_settings


def known_catalogue() -> Catalogue:
    """Return the catalogue that ships."""
    return read_catalogue()


def known_inventory() -> Inventory:
    """Return the life-cycle inventory that ships."""
    return read_inventory(datasets_folder() / "inventory")


def chosen_park(
    name: str,
    catalogue: Catalogue,
    scenario: Path | None = None,
    assignments: tuple[str, ...] = (),
    inventory: Path | None = None,
) -> Park:
    """Return the park called `name` under a scenario and settings; notes go to standard error.

    The links of an imported `inventory` become factors of the park, after its own.
    """
    with warnings.catch_warnings(record=True) as noted:
        warnings.simplefilter("always", SymbiosisWarning)
        park = read_park(park_path(name), catalogue)
        if scenario is not None:
            park = under_scenario(park, read_scenario(scenario), catalogue)
    for warning in noted:
        if issubclass(warning.category, SymbiosisWarning):
            say(f"note: {warning.message}")
    if assignments:
        park = with_settings(park, assigned(assignments), "--set")
    if inventory is not None:
        park = with_factors(park, factor_table(read_inventory(inventory)))
    return park


def stated_figures(name: str) -> Provenance:
    """Return what the park called `name` says of its own figures."""
    return read_provenance(park_path(name))


def park_path(name: str) -> Path:
    """Return the folder or workbook that `name` stands for: a path, else a shipped park."""
    path = Path(name)
    if path.exists():
        return path
    shipped = shipped_parks()
    if name in shipped:
        return park_folder(name)
    near = get_close_matches(name, shipped, n=1)
    advice = f"did you mean '{near[0]}'? " if near else ""
    advice += f"name a folder, an .xlsx workbook, or a shipped park: {', '.join(shipped)}"
    raise InvalidData([Problem(name, "no such park", advice)])
