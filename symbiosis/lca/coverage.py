"""Which activities know an indicator, all that they draw on included."""

import numpy as np
import pandas as pd

from symbiosis.lca.inventory import Inventory
from symbiosis.lca.matrices import Mask, placed

CLIMATE = ("gwp100", "gwp100_fossil", "gwp100_biogenic")
COLUMN = "covers"


def covers(activities: pd.DataFrame, indicator: str) -> Mask:
    """Return which activities state all that they take and emit themselves for an indicator.

    A blank cell of ``covers`` stands for greenhouse gases and their parts. A table without the
    column, such as an imported one, covers what it characterises.

    Examples
    --------
    >>> covers(pd.DataFrame({"covers": ["", "gwp100;water_use"]}), "water_use")
    array([False,  True])
    """
    if COLUMN not in activities:
        return np.ones(len(activities), dtype=np.bool_)
    cells = activities[COLUMN].to_numpy(object)
    kept = {cell: indicator in (cell.split(";") if cell else CLIMATE) for cell in set(cells)}
    return np.array([kept[cell] for cell in cells], dtype=np.bool_)


def known(
    inventory: Inventory, linked: pd.DataFrame, chosen: pd.DataFrame, indicator: str
) -> pd.DataFrame:
    """Return the `chosen` activities in whose whole chain nothing lacks the indicator.

    Parameters
    ----------
    linked : DataFrame
        Exchanges with their supplier of all that the chosen ones draw on (`upstream`).
    """
    whole = covers(inventory.activities, indicator)
    if whole.all():
        return chosen
    lacking = set(inventory.activities.loc[~whole, "id"])
    names = pd.Index(linked["activity"].unique())
    pattern = placed(linked, names, pd.Index(inventory.elementary_flows["id"]))
    taker, giver = pattern.column[pattern.inputs], pattern.row[pattern.inputs]
    gap = np.array([name in lacking for name in names], dtype=np.bool_)
    count = -1
    while count < (count := int(gap.sum())):
        gap[taker[gap[giver]]] = True
    at = names.get_indexer(pd.Index(chosen["id"]))
    return pd.DataFrame(chosen[~gap[at]]).reset_index(drop=True)
