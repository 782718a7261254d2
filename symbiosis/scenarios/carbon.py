"""Where the carbon of an exchange comes from, and whether it is stored or only delayed."""

import pandas as pd

from symbiosis.model import IDENTITY
from symbiosis.scenarios.outcome import Outcome


def carbon_marks(outcome: Outcome) -> pd.DataFrame:
    """Return what is known of the carbon of each exchange of a plan.

    Returns
    -------
    DataFrame
        Index: that of the exchanges. ``carbon_origin`` of what is taken: fossil, biogenic, mixed
        or "" (no carbon, or nothing known); ``carbon_storage``: delayed (it goes to the air
        later), stored, none or "" (nothing is said).
    """
    table, known = outcome.exchanges, outcome.catalogue
    origins = known.carbon_origins.set_index("resource")
    ways = known.carbon_storage.set_index("pathway")["carbon_storage"]
    resource = table["resource"]
    as_it_is = resource.map(origins["carbon_storage"]).where(table["pathway"] == IDENTITY, "")
    storage = table["pathway"].map(ways).astype(object)
    return pd.DataFrame(
        {
            "carbon_origin": resource.map(origins["carbon_origin"]).astype(object).fillna(""),
            "carbon_storage": storage.fillna(as_it_is.astype(object)).fillna(""),
        },
        index=table.index,
    )
