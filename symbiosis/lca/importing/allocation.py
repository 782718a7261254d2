"""Which share of a process each of its outputs bears."""

from collections.abc import Collection

import pandas as pd

from symbiosis.errors import Problem
from symbiosis.lca.importing.form import Rows
from symbiosis.lca.importing.measure import unit_scale


def with_shares(outputs: pd.DataFrame, shared: Collection[str], rows: Rows) -> pd.DataFrame:
    """Return outputs with the share that each bears of what its process takes and emits.

    Shares in the file count. Without them, outputs that are measured alike (all masses, say) bear
    by their amounts, and this is told; outputs that are not are a problem.

    Parameters
    ----------
    shared : collection of str
        Processes that have something to share; others need no shares.
    """
    number = outputs.groupby("process")["id"].transform("size")
    share = outputs["share"].where(number > 1, 1.0)
    for process, table in outputs[number > 1].groupby("process"):
        given = share[table.index]
        if process not in shared:
            share[table.index] = 0.0
        elif given.isna().any():
            share[table.index] = _by_amount(table, rows)
        elif abs(given.sum() - 1.0) > 0.01:
            where = str(table["where"].iloc[0])
            what = f"the shares of its {len(table)} products add up to {given.sum():.4g}"
            rows.problems.append(Problem(where, what, "make them add up to 100 %"))
    return outputs.assign(share=share)


def _by_amount(table: pd.DataFrame, rows: Rows) -> "pd.Series[float]":
    where, names = str(table["where"].iloc[0]), ", ".join(table["product_name"])
    scales = [unit_scale(unit, table["unit"].iloc[0]) for unit in table["unit"]]
    known = pd.Series([float("nan") if one is None else one for one in scales], index=table.index)
    sizes = table["amount"].abs() * known
    if not sizes.sum(skipna=False) > 0:
        what = f"gives {names}, and nothing says how to share between them"
        rows.problems.append(Problem(where, what, "allocate it in the tool it comes from"))
        return sizes.fillna(0.0)
    rows.warnings.append(f"{where}: shared between {names} by amount")
    return sizes / sizes.sum()
