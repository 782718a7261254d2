"""Flows as a table to read: with the names of both ends and of what flows."""

from collections.abc import Mapping

import pandas as pd

from symbiosis.model import BOUNDARIES, TABLES, Park

_FLOW_COLUMNS = [column.name for column in TABLES["flows"].columns]


def enterprise_of(park: Park) -> dict[str, str]:
    """Return the enterprise of every end that a flow may have; a boundary is its own."""
    itself = (*park.enterprises["id"], *BOUNDARIES)
    processes = zip(park.processes["id"], park.processes["enterprise"], strict=True)
    return {**dict(processes), **dict(zip(itself, itself, strict=True))}


def flow_table(park: Park) -> pd.DataFrame:
    """Return the park's flows with the names of their ends and of their resources.

    Returns
    -------
    DataFrame
        The columns of ``flows``, amounts per year in ``unit``, then ``resource_name``,
        ``resource_name_zh``, ``kind``; and for each end (``source``, ``target``) ``<end>_name``
        (of the process), ``<end>_enterprise``, ``<end>_enterprise_name``,
        ``<end>_enterprise_name_zh``. A boundary is called by its id.
    """
    flows, names = park.flows, _names(park.enterprises, "name")
    names_zh = _names(park.enterprises, "name_zh")
    owner = enterprise_of(park)
    resource, unnamed = flows["resource"], pd.Series("", index=flows.index, dtype="str")
    joined = {
        "resource_name": _called(resource, _names(park.resources, "name"), resource),
        "resource_name_zh": _called(resource, _names(park.resources, "name_zh"), unnamed),
        "kind": _called(resource, _names(park.resources, "kind"), unnamed),
    }
    for end in ("source", "target"):
        enterprise = _called(flows[end], owner, flows[end])
        name = _called(enterprise, names, enterprise)
        joined |= {
            f"{end}_name": _called(flows[end], _names(park.processes, "name"), name),
            f"{end}_enterprise": enterprise,
            f"{end}_enterprise_name": name,
            f"{end}_enterprise_name_zh": _called(enterprise, names_zh, unnamed),
        }
    return flows.assign(**joined)


def from_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return the park's flows that `table` was made of: `flow_table` the other way."""
    return table[_FLOW_COLUMNS]


def _names(table: pd.DataFrame, column: str) -> dict[str, str]:
    """Return what is not blank in `column`, by id."""
    return {i: name for i, name in zip(table["id"], table[column], strict=True) if name}


def _called(ids: pd.Series, names: Mapping[str, str], otherwise: pd.Series) -> pd.Series:
    """Return the name of each id, `otherwise` where it has none."""
    found = [names.get(i, other) for i, other in zip(ids, otherwise, strict=True)]
    return pd.Series(found, index=ids.index, dtype="str")
