"""Whether what goes into a process comes out of it."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from symbiosis.model import Park
from symbiosis.views import flow_contents

Vector = npt.NDArray[np.float64]


def balance(park: Park, layer: str = "mass") -> pd.DataFrame:
    """Return the inputs and outputs of every process in one layer.

    What a process sends to any boundary (a yard too) has left it. Services weigh nothing, nor do
    electricity and heat.

    Parameters
    ----------
    park : Park
    layer : str
        ``mass``, an element, ``water`` or ``energy``.

    Returns
    -------
    DataFrame
        A row per process in the order of ``processes``: ``process``, ``enterprise``, ``inputs``,
        ``outputs`` and ``gap`` = inputs - outputs [t/year, energy GJ/year], ``gap_share`` = gap
        over the larger of both [dimensionless, -1 to 1, NaN where nothing flows], ``unknown`` =
        the number of flows of unknown content, which count nothing.
    """
    carried = flow_contents(park, layer)
    by_process = pd.Index(park.processes["id"])
    inputs = _summed(carried, park.flows["target"], by_process)
    outputs = _summed(carried, park.flows["source"], by_process)
    larger = np.maximum(inputs, outputs)
    share = np.full_like(larger, np.nan)
    np.divide(inputs - outputs, larger, out=share, where=larger > 0)
    missing = carried.isna().astype("float64")
    unknown = sum(_summed(missing, park.flows[end], by_process) for end in ("source", "target"))
    return pd.DataFrame(
        {
            "process": park.processes["id"],
            "enterprise": park.processes["enterprise"],
            "inputs": inputs,
            "outputs": outputs,
            "gap": inputs - outputs,
            "gap_share": share,
            "unknown": np.asarray(unknown, dtype="int64"),
        }
    )


def balance_gaps(park: Park, layers: Iterable[str], tolerance: float = 0.05) -> pd.DataFrame:
    """Return the processes that do not close within `tolerance` of their larger side.

    Returns
    -------
    DataFrame
        ``layer`` and the columns of `balance`, layers in the order given, the largest gap first
        [t/year, energy GJ/year].
    """
    nothing = balance(park).assign(layer="").iloc[:0]
    balances = [_worst(balance(park, layer).assign(layer=layer), tolerance) for layer in layers]
    found = pd.concat(balances, ignore_index=True) if balances else nothing
    return found[["layer", *(column for column in found if column != "layer")]]


def _worst(table: pd.DataFrame, tolerance: float) -> pd.DataFrame:
    open_ones = table.loc[table["gap_share"].abs() > tolerance]
    return open_ones.sort_values("gap", key=abs, ascending=False, kind="stable")


def _summed(values: pd.Series, ends: pd.Series, index: pd.Index) -> Vector:
    """Return the sum of `values` by end, in the order of `index`; unknown ones count nothing."""
    return values.groupby(ends).sum().reindex(index, fill_value=0.0).to_numpy(np.float64)
