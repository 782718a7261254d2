"""What an inventory has no factor of, and for want of which activities."""

import pandas as pd

from symbiosis.lca.coverage import covers, known
from symbiosis.lca.factors import serving
from symbiosis.lca.inventory import Inventory
from symbiosis.lca.linking import linked_exchanges, offers
from symbiosis.lca.matrices import upstream


def missing(
    inventory: Inventory,
    region: str | None,
    year: int | None,
    convention: str = "location",
    indicator: str = "water_use",
) -> pd.DataFrame:
    """Return what has no factor of an indicator, and for want of which activities.

    Returns
    -------
    DataFrame
        Columns boundary, resource, activity, lacking: the activities of its chain that do not
        cover the indicator, separated by ";".
    """
    offered = offers(inventory, convention, year)
    chosen = serving(inventory, offered, region)
    chain = upstream(linked_exchanges(inventory, convention, year, offered), chosen["id"])
    found = known(inventory, chain, chosen, indicator)
    gaps = chosen[~chosen["id"].isin(found["id"])].reset_index(drop=True)
    lacking = set(inventory.activities.loc[~covers(inventory.activities, indicator), "id"])
    chains = (upstream(chain, gaps["id"].iloc[[at]])["activity"] for at in range(len(gaps)))
    behind = [";".join(name for name in names.unique() if name in lacking) for names in chains]
    return pd.DataFrame(
        {
            "boundary": gaps["boundary"],
            "resource": gaps["product"],
            "activity": gaps["id"],
            "lacking": pd.Series(behind, dtype=object),
        }
    )
