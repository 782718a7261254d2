"""All checks of a catalogue's folder, run together so that every problem is in one list."""

from collections.abc import Callable
from pathlib import Path

from symbiosis.catalogue.cells import typed_table
from symbiosis.catalogue.checks.blueprints import blueprint_problems
from symbiosis.catalogue.checks.chemistry import chemistry_problems
from symbiosis.catalogue.checks.codes import code_problems
from symbiosis.catalogue.checks.energy import energy_problems
from symbiosis.catalogue.checks.evidence import evidence_problems
from symbiosis.catalogue.checks.figures import figure_problems
from symbiosis.catalogue.checks.files import file_problems
from symbiosis.catalogue.checks.names import name_problems
from symbiosis.catalogue.checks.prices import price_problems
from symbiosis.catalogue.checks.references import reference_problems
from symbiosis.catalogue.checks.units import unit_problems
from symbiosis.catalogue.read import read_catalogue
from symbiosis.catalogue.rules import Tables
from symbiosis.catalogue.tables import CATALOGUE_TABLES
from symbiosis.errors import InvalidData, Problem

_CHECKS: tuple[Callable[[Tables], list[Problem]], ...] = (
    reference_problems,
    unit_problems,
    chemistry_problems,
    energy_problems,
    blueprint_problems,
    evidence_problems,
    figure_problems,
    price_problems,
    name_problems,
    code_problems,
)


def catalogue_problems(folder: Path) -> list[Problem]:
    """Return every problem of the catalogue in `folder`: of its files, cells, chemistry, sources.

    Parameters
    ----------
    folder : Path
        Holds the tables of `CATALOGUE_TABLES` as CSV, and ``datapackage.json``.

    Returns
    -------
    list of Problem
        Empty where all holds. What `read_catalogue` refuses comes first; what follows from a cell
        that cannot be read is not said again.
    """
    schema = _refused(folder)
    if not folder.is_dir():
        return schema
    tables = {name: typed_table(name, folder)[0] for name in CATALOGUE_TABLES}
    found = [problem for check in _CHECKS for problem in check(tables)]
    return list(dict.fromkeys([*file_problems(folder), *schema, *found]))


def _refused(folder: Path) -> list[Problem]:
    try:
        read_catalogue(folder)
    except InvalidData as error:
        return list(error.problems)
    return []
