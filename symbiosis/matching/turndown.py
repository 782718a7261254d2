"""Utilities that can turn down: which of them can, and by how much for each unit served.

A utility (a ``flexible`` process: a boiler, a lime kiln, a softener) gives one resource. What an
offer serves in its stead lowers its activity; its fuel, emissions and ash scale along, and so
does what other utilities send it. With T the output of each utility, M[v, w] what utility v sends
to utility w and s what is served in place of each, the shares turned down a solve the Leontief
system (T - M) a = s.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from symbiosis.model import Park

Matrix = npt.NDArray[np.float64]
_NO_SHARES = pd.DataFrame(
    {
        "column": pd.Series(dtype="int64"),
        "utility": pd.Series(dtype="int64"),
        "share": pd.Series(dtype="float64"),
    }
)


@dataclass(frozen=True, kw_only=True)
class Turndown:
    """The utilities that can turn down and how they hang together.

    Attributes
    ----------
    processes : tuple of str
        Process ids, the labels of ``response``.
    response : ndarray, shape (n, n)
        Share by which utility i turns down per unit served in place of utility j.
    most : ndarray, shape (n,)
        Largest share by which each may turn down.
    """

    processes: tuple[str, ...]
    response: Matrix
    most: npt.NDArray[np.float64]


def turndown(park: Park) -> Turndown:
    """Return the utilities of a park that can turn down.

    A utility can when it gives a single resource; one that gives several must keep running for
    the others. So must one whose by-products an earlier plan put to use.
    """
    flows = park.flows
    candidates = park.processes[park.processes["flexible"]]
    given = flows[~flows["target"].isin(("@nature", "@disposal", "@stock")) & (flows["amount"] > 0)]
    kinds = given.groupby("source")["resource"].nunique()
    bound = given.loc[given["pathway"] != "", "source"]
    single = candidates["id"].map(kinds).fillna(0) == 1
    able = candidates[single & ~candidates["id"].isin(bound)]
    names = tuple(able["id"])
    total = given.groupby("source")["amount"].sum().reindex(names).to_numpy(float)
    between = flows[flows["source"].isin(names) & flows["target"].isin(names)]
    sent = between.pivot_table(index="source", columns="target", values="amount", aggfunc="sum")
    matrix = sent.reindex(index=list(names), columns=list(names)).fillna(0.0).to_numpy(float)
    response = np.linalg.inv(np.diag(total) - matrix) if names else np.zeros((0, 0))
    floor = (able["minimum_activity"] / able["activity"]).fillna(0.0).to_numpy(float)
    return Turndown(processes=names, response=response, most=1.0 - np.clip(floor, 0.0, 1.0))


def numbered(process: pd.Series, down: Turndown) -> pd.Series:
    """Return the number of each process among the utilities, NaN for any other."""
    number = {name: float(i) for i, name in enumerate(down.processes)}
    return process.map(number).astype(float)


def scaled_flows(park: Park, down: Turndown) -> pd.DataFrame:
    """Return the flows that scale with a utility: position in flows, utility number, amount.

    Everything a utility takes in, and everything it gives to the boundaries but its sales (those
    are kept: what is turned down is only what others serve). A flow from one process to a utility
    that is not itself turned down by it is released (see `effects`).
    """
    flows = park.flows
    taken = flows["target"].isin(down.processes)
    given = flows["source"].isin(down.processes) & flows["target"].isin(
        ("@nature", "@disposal", "@stock")
    )
    owner = numbered(flows["target"].where(taken, flows["source"])[taken | given], down)
    return pd.DataFrame(
        {
            "position": np.flatnonzero((taken | given).to_numpy()),
            "utility": owner.to_numpy(int),
            "amount": flows.loc[taken | given, "amount"].to_numpy(float),
        }
    )


def turned_down(table: pd.DataFrame, demands: pd.DataFrame, down: Turndown) -> pd.DataFrame:
    """Return the share by which each utility turns down per unit taken: column, utility, share."""
    if not down.processes:
        return _NO_SHARES
    rows = table.loc[table["demand"] >= 0, ["column", "demand", "served"]]
    served_at = rows["demand"].map(numbered(demands["utility"], down))
    rows = rows[served_at.notna()]
    if rows.empty:
        return _NO_SHARES
    shares = down.response[:, served_at.dropna().astype(int)] * rows["served"].to_numpy()
    utility_number, position = np.nonzero(shares)
    return pd.DataFrame(
        {
            "column": rows["column"].to_numpy()[position],
            "utility": utility_number,
            "share": shares[utility_number, position],
        }
    )
