"""Reading the catalogue: quickly, in one unit per resource, with every problem listed."""

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from symbiosis.catalogue.catalogue import Catalogue
from symbiosis.catalogue.cells import place, typed_table
from symbiosis.catalogue.location import datasets_folder
from symbiosis.catalogue.rules import Tables, broken_rules
from symbiosis.catalogue.tables import CATALOGUE_TABLES, ELEMENTS, HOME
from symbiosis.errors import InvalidData, Problem
from symbiosis.units import UnitError, converted, factor_scale, per

Vector = npt.NDArray[np.float64]

NUMERATORS = {"cost": HOME, "gwp100": "t CO2e"}


def read_catalogue(folder: Path | None = None) -> Catalogue:
    """Return the catalogue in `folder`, by default the one that ships.

    Returns
    -------
    Catalogue
        Money in [CNY]; amounts of pathways' flows in the resource's unit per unit taken;
        factors per unit of the resource, ``cost`` in [CNY], ``gwp100`` in [t CO2e].

    Raises
    ------
    InvalidData
        With every problem: unreadable cells, repeated or unknown ids, unreadable units, numbers
        without grade, citation or (where unverified) a range.
    """
    folder = datasets_folder() / "catalogue" if folder is None else folder
    if not folder.is_dir():
        raise InvalidData([Problem(str(folder), "no such folder", "name a catalogue's folder")])
    problems: list[Problem] = []
    tables: dict[str, pd.DataFrame] = {}
    for name in CATALOGUE_TABLES:
        tables[name], unreadable = typed_table(name, folder)
        problems += unreadable
    tables["pathways"] = _filled(tables["pathways"])
    tables["resources"] = _composed(tables["resources"])
    problems += broken_rules(tables)
    tables["pathway_flows"] = _in_resource_units(tables, problems)
    tables["factors"] = _per_resource_unit(tables, problems)
    if problems:
        raise InvalidData(problems)
    return Catalogue(**tables)


def _filled(pathways: pd.DataFrame) -> pd.DataFrame:
    """Return pathways that replace what they give and remove nothing, where they say nothing."""
    removes = [c for c in pathways if str(c).startswith("removes_")]
    replaces = pathways["replaces"].where(pathways["replaces"] != "", pathways["gives"])
    return pathways.assign(replaces=replaces).fillna(dict.fromkeys(removes, 0.0))


def _composed(resources: pd.DataFrame) -> pd.DataFrame:
    """Return resources where a composition that is given is the whole: what it omits is none.

    A resource with neither a formula nor any element stays unknown.
    """
    elements = resources[[*ELEMENTS]]
    given = elements.notna().any(axis=1) | (resources["formula"] != "")
    return resources.assign(**elements.mask(elements.isna().mul(given, axis=0), 0.0))


def _in_resource_units(tables: Tables, problems: list[Problem]) -> pd.DataFrame:
    """Return the pathways' flows with amounts in their resource's unit [per unit taken]."""
    flows = tables["pathway_flows"]
    given, target = _money(flows["unit"]), _resource_units(flows, tables["resources"])
    scale = _scales("pathway_flows", zip(given, target, strict=True), _amount_scale, problems)
    numbers = flows[["amount", "low", "high"]].mul(scale, axis=0)
    return flows.assign(**numbers, unit=target)


def _per_resource_unit(tables: Tables, problems: list[Problem]) -> pd.DataFrame:
    """Return the factors in [CNY], [t CO2e] or their own numerator per unit of the resource."""
    factors = tables["factors"]
    given = _money(factors["unit"])
    top = factors["indicator"].map(NUMERATORS).fillna(given.str.split("/").str[0])
    bottom = _resource_units(factors, tables["resources"])
    scale = _scales("factors", zip(given, top, bottom, strict=True), factor_scale, problems)
    numbers = factors[["value", "sd", "low", "high"]].mul(scale, axis=0)
    return factors.assign(**numbers, unit=[*map(per, top, bottom)])


def _money(units: pd.Series) -> pd.Series:
    return units.str.replace("currency", HOME, regex=False)


def _resource_units(rows: pd.DataFrame, resources: pd.DataFrame) -> pd.Series:
    """Return the unit of each row's resource; the row's own where the resource is unknown."""
    units = resources.drop_duplicates("id").set_index("id")["unit"]
    return _money(rows["resource"].map(units).fillna(rows["unit"]))


def _scales(
    name: str,
    units: Iterable[tuple[str, ...]],
    scale: Callable[..., float],
    problems: list[Problem],
) -> Vector:
    """Return the scale of each row's units; the same units are worked out once."""
    known: dict[tuple[str, ...], float] = {}
    rows = list(units)
    for row, words in enumerate(rows):
        if words in known:
            continue
        try:
            known[words] = scale(*words)
        except UnitError as error:
            known[words] = np.nan
            problems.append(Problem(place(name, row, "unit"), error.what, error.remedy))
    return np.array([known[words] for words in rows], dtype=np.float64)


def _amount_scale(unit: str, target: str) -> float:
    return float(converted(np.ones(1), unit, target)[0])
