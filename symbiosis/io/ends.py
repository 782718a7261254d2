"""The ends of flows: which process is meant by a process, an enterprise or a boundary."""

import pandas as pd

from symbiosis.model import BOUNDARIES, TABLES
from symbiosis.model.validation import Fault


def resolved_ends(
    flows: pd.DataFrame, processes: pd.DataFrame, enterprises: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, list[Fault]]:
    """Return flows between processes and boundaries, the processes, and ends with two meanings.

    An enterprise that a flow names and that has no process becomes one process of its own id.
    Ends that nothing is called are left as they are, for the rules on names to find.
    """
    own = processes.groupby("enterprise", sort=False)["id"].agg(list).to_dict()
    ends = pd.concat([flows["source"], flows["target"]])
    meant = {*ends} - {*processes["id"], *BOUNDARIES, ""}
    hosts = enterprises.loc[enterprises["id"].isin(meant)].drop_duplicates("id")
    single = {e: own[e][0] for e in hosts["id"] if len(own.get(e, ())) == 1}
    several = {e: own[e] for e in hosts["id"] if len(own.get(e, ())) > 1}
    idle = hosts.loc[~hosts["id"].isin(own)]
    faults, blank = _ambiguous(flows, several), dict.fromkeys(several, "")
    renamed = {c: flows[c].replace(single | blank).astype("str") for c in ("source", "target")}
    return flows.assign(**renamed), _with_implicit(processes, idle), faults


def _ambiguous(flows: pd.DataFrame, several: dict[str, list[str]]) -> list[Fault]:
    return [
        Fault(
            "flows",
            int(row),
            column,
            f"enterprise {{{column}}} has several processes",
            f"name one of {', '.join(several[end])}",
        )
        for column in ("source", "target")
        for row, end in enumerate(flows[column])
        if end in several
    ]


def _with_implicit(processes: pd.DataFrame, enterprises: pd.DataFrame) -> pd.DataFrame:
    """Return `processes` with one more for each of `enterprises`, blank but for its names."""
    if enterprises.empty:
        return processes
    named = {"id": "id", "enterprise": "id", "name": "name"}
    more = {
        column.name: enterprises[named[column.name]].to_numpy()
        if column.name in named
        else [column.blank] * len(enterprises)
        for column in TABLES["processes"].columns
    }
    added = pd.DataFrame(more).astype(processes.dtypes.to_dict())
    return pd.concat([processes, added], ignore_index=True) if len(processes) else added
