"""The rules of a park that need no file: the same for tables read and tables made."""

from collections.abc import Callable, Collection, Iterable

import pandas as pd

from symbiosis.model.validation.cells import cell_faults
from symbiosis.model.validation.fault import Fault, Tables, faults_at, wording
from symbiosis.model.validation.flows import flow_faults
from symbiosis.model.validation.limits import limit_faults, pathway_faults
from symbiosis.model.validation.qualities import dry_factor, quality_faults
from symbiosis.model.validation.references import RESOURCES_NAMED, reference_faults
from symbiosis.model.validation.suggestion import did_you_mean

__all__ = [
    "RESOURCES_NAMED",
    "Fault",
    "Tables",
    "did_you_mean",
    "dry_factor",
    "faults",
    "faults_at",
    "wording",
]


def faults(
    tables: Tables,
    resources: pd.DataFrame,
    indicators: Iterable[str] = (),
    unread: Collection[str] = (),
    meant: Callable[[str], str] | None = None,
) -> list[Fault]:
    """Return every rule that the tables of a park break.

    Parameters
    ----------
    tables : mapping of name to DataFrame
        All of `symbiosis.model.TABLES`; ends resolved, amounts per year in the resource's unit.
    resources : DataFrame
        All that may be named: id, name, name_zh, kind.
    indicators : iterable of str
        Indicators that a limit may name, besides those in the park's own factors.
    unread : collection of str
        Tables that could not be read; what names their rows is not a fault.
    meant : callable, optional
        Advice on a text that is no resource's id; by default the nearest id or name.
    """
    return [
        *cell_faults(tables),
        *reference_faults(tables, resources, unread, meant),
        *flow_faults(tables),
        *quality_faults(tables, resources),
        *limit_faults(tables, indicators, unread),
        *pathway_faults(tables),
    ]
