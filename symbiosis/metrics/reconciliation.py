"""Measured flows made to balance: estimates, what they are worth, and what looks wrong."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csc_array, csr_array
from scipy.stats import chi2

from symbiosis.errors import InvalidData, Problem
from symbiosis.metrics.adjustment import balances, variances
from symbiosis.metrics.nonnegative import Measurements, balanced_flows
from symbiosis.metrics.observability import (
    Network,
    Numbers,
    Vector,
    bridges,
    incidence,
    merged,
)
from symbiosis.model import Park
from symbiosis.views import flow_contents

_HALF_INTERVAL = NormalDist().inv_cdf(0.975)  # sd from the middle to an end of 95 %
SUSPECT = _HALF_INTERVAL  # statistic above which a measurement is suspected: 5 % each
_SURE = 1e-10  # share of the variance: smaller adjustments are none


@dataclass(frozen=True, kw_only=True, eq=False)
class Reconciliation:
    """What `reconciled` finds.

    ``flows`` has a row per flow of the park, in its order: ``flow``, ``measured`` and
    ``measured_sd`` (NaN where it is not), ``reconciled``, ``sd`` (NaN where nothing determines
    it) [resource unit per year], ``status`` (redundant, nonredundant, observable, unobservable,
    exact), ``statistic`` = size of the adjustment over its sd (NaN where it cannot be adjusted).
    ``processes`` has a row per process: ``process``, ``balanced``, ``reason`` where it is not.
    """

    flows: pd.DataFrame
    processes: pd.DataFrame
    chi_square: float
    degrees_of_freedom: int
    p_value: float  # NaN without degrees of freedom

    @property
    def suspects(self) -> pd.DataFrame:
        """Return the flows whose adjustment exceeds `SUSPECT`, the largest statistic first."""
        found = self.flows.loc[self.flows["statistic"] > SUSPECT]
        return found.sort_values("statistic", ascending=False, kind="stable")


@dataclass(frozen=True, kw_only=True, eq=False)
class Worth:
    """Of each flow its status and its sd (NaN where undetermined); how many balances hold."""

    status: "np.ndarray[tuple[int], np.dtype[np.object_]]"
    sd: Vector
    freedom: int


def measured_sd(flows: pd.DataFrame) -> Vector:
    """Return the sd of each flow: as stated, else of the 95 % interval from low to high.

    Returns
    -------
    ndarray
        [resource unit per year]; NaN where a flow is not measured.
    """
    of_interval = (flows["high"] - flows["low"]) / (2 * _HALF_INTERVAL)
    return np.asarray(flows["sd"].fillna(of_interval), dtype="float64")


def reconciled(park: Park, leave_open: Collection[str] = ()) -> Reconciliation:
    """Return the flows of a park such that its processes balance in mass.

    A process balances if mass flows into it and out of it, the content of all its flows is known
    and it is not left open. Measured flows (`measured_sd`) move as little as possible, in units
    of their sd; the others are computed. No flow falls below zero. What a flow is worth and its
    status come from the balances alone, as if none were held at zero.

    Parameters
    ----------
    park : Park
    leave_open : collection of str
        Processes that need not balance, such as those with unlisted flows.

    Raises
    ------
    InvalidData
        If a process to leave open is none of the park's.
    NoSolution
        If exact flows (sd 0) contradict each other.
    """
    _refuse_unknown(park, leave_open)
    content = _contents(park)
    processes = _processes(park, content, leave_open)
    network = _network(park, processes.loc[processes["balanced"], "process"])
    sd = measured_sd(park.flows)
    inside = (network.source != network.target) & (content > 0)
    flows = pd.DataFrame(
        {
            "flow": park.flows["id"],
            "measured": park.flows["amount"].where(~np.isnan(sd)),
            "measured_sd": sd,
            "reconciled": park.flows["amount"],
            "sd": sd,
            "status": np.where(np.isnan(sd), "unobservable", "nonredundant"),
            "statistic": np.nan,
        }
    )
    flows.loc[sd == 0, "status"] = "exact"
    mass = content[inside]
    stated = park.flows["amount"].to_numpy(np.float64)[inside]
    of = Measurements(network=network.among(inside), stated=stated * mass, sd=sd[inside] * mass)
    found = balanced_flows(of)
    of_flows = worth(of)
    freedom = of_flows.freedom
    changed = np.where(found == of.stated, stated, found / mass)
    flows.loc[inside, "reconciled"] = changed
    flows.loc[inside, "sd"] = of_flows.sd / mass
    flows.loc[inside, "status"] = of_flows.status
    flows.loc[inside, "statistic"] = _statistics(of, found, of_flows.sd)
    moved = (found - of.stated)[of.sd > 0] / of.sd[of.sd > 0]
    square = float(moved @ moved)
    return Reconciliation(
        flows=flows,
        processes=processes,
        chi_square=square,
        degrees_of_freedom=freedom,
        p_value=float(chi2.sf(square, freedom)) if freedom else np.nan,
    )


def reconciled_park(park: Park, found: Reconciliation) -> Park:
    """Return the park with reconciled amounts; sd, low and high say what they are worth.

    ``low`` and ``high`` are the ends of the 95 % interval, never below zero; all three are blank
    where nothing determines a flow.
    """
    amount, sd = found.flows["reconciled"], found.flows["sd"]
    low = (amount - _HALF_INTERVAL * sd).clip(lower=0.0)
    high = amount + _HALF_INTERVAL * sd
    return replace(park, flows=park.flows.assign(amount=amount, sd=sd, low=low, high=high))


def _refuse_unknown(park: Park, leave_open: Collection[str]) -> None:
    unknown = sorted(set(leave_open) - set(park.processes["id"]))
    if unknown:
        remedy = "name a process of the park"
        raise InvalidData(
            Problem("--open", f"unknown process '{name}'", remedy) for name in unknown
        )


def _contents(park: Park) -> Vector:
    """Return the mass of a unit of each flow [t], NaN where it is unknown."""
    ones = replace(park, flows=park.flows.assign(amount=1.0))
    return np.asarray(flow_contents(ones, "mass"), dtype="float64")


def _processes(park: Park, content: Vector, leave_open: Collection[str]) -> pd.DataFrame:
    """Return which processes balance, and why the others do not."""
    identifiers = park.processes["id"]
    passing = park.flows["source"] != park.flows["target"]
    flowing = passing & (np.isnan(content) | (content > 0))
    ends = {end: park.flows[end] for end in ("source", "target")}
    unknown = passing & np.isnan(content)
    reasons = {
        "left open": identifiers.isin(list(leave_open)),
        "nothing flows in": ~identifiers.isin(ends["target"][flowing]),
        "nothing flows out": ~identifiers.isin(ends["source"][flowing]),
        "unknown content": identifiers.isin(pd.concat([end[unknown] for end in ends.values()])),
    }
    reason = np.select(list(reasons.values()), list(reasons), default="")
    return pd.DataFrame({"process": identifiers, "balanced": reason == "", "reason": reason})


def _network(park: Park, balanced: "pd.Series[str]") -> Network:
    """Return the flows between balanced processes; everything else is node 0."""
    index = pd.Index(balanced)
    source, target = (index.get_indexer(pd.Index(park.flows[e])) + 1 for e in ("source", "target"))
    return Network(source=source, target=target, nodes=len(index) + 1)


def worth(of: Measurements) -> Worth:
    """Return what the balances say of each flow, as if none were held at zero."""
    coarse = merged(of.network, of.unmeasured)
    known = balances(coarse, np.nan_to_num(of.sd) ** 2)
    found, sums = _observable(of)
    status = np.full(len(of.sd), "unobservable", dtype=object)
    status[found] = "observable"
    status[of.sd >= 0] = "nonredundant"
    status[(of.sd >= 0) & (coarse.source != coarse.target)] = "redundant"
    status[of.sd == 0] = "exact"
    told = np.flatnonzero((status == "redundant") & (of.sd > 0))
    spread = of.sd.copy()
    spread[told] = np.sqrt(variances(known, _picked(told, len(of.sd))))
    spread[found] = np.sqrt(variances(known, sums))
    return Worth(status=status, sd=spread, freedom=len(known.kept))


def _picked(chosen: Numbers, size: int) -> csc_array:
    """Return a column per chosen flow, in which it counts once."""
    ones = np.ones(len(chosen))
    return csc_array(coo_array((ones, (chosen, np.arange(len(chosen)))), shape=(size, len(chosen))))


def _observable(of: Measurements) -> tuple[Numbers, csc_array]:
    """Return the unmeasured flows that balances give, and each as a sum of the other flows."""
    unmeasured = np.flatnonzero(of.unmeasured)
    cuts = list(bridges(of.network.among(of.unmeasured)))
    found = unmeasured[np.array([flow for flow, _ in cuts], dtype=np.intp)]
    nodes = np.concatenate([np.zeros(0, dtype=np.intp), *(side for _, side in cuts)])
    columns = np.repeat(np.arange(len(cuts)), [len(side) for _, side in cuts])
    shape = (of.network.nodes, len(cuts))
    sides = csr_array(coo_array((np.ones(len(nodes)), (nodes, columns)), shape=shape))
    return found, csc_array(incidence(of.network).T @ sides)


def _statistics(of: Measurements, found: Vector, spread: Vector) -> Vector:
    """Return the measurement test of each flow: its adjustment over the sd of the adjustment."""
    saved = of.sd**2 - spread**2
    tested = (of.sd > 0) & (saved > _SURE * of.sd**2)
    statistic = np.full(len(of.sd), np.nan)
    statistic[tested] = np.abs(found - of.stated)[tested] / np.sqrt(saved[tested])
    return statistic
