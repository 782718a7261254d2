"""What is known of an offer's quality when it arrives, and what the receiver accepts."""

import numpy as np
import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.model import Park

PAIRWISE = frozenset({"ph", "temperature"})  # these do not mix linearly
HEAT_LEVELS = frozenset({"temperature_from", "temperature_to"})  # the heat cascade's, not a quality


class Known:
    """What a park knows of its flows' qualities, looked up by flow and property."""

    def __init__(self, park: Park) -> None:
        table = park.qualities
        keys = zip(table["flow"], table["property"], strict=True)
        self._rows = dict(zip(keys, zip(table["value"], table["basis"], strict=True), strict=True))

    def of(self, flow: pd.Series, name: pd.Series) -> pd.DataFrame:
        """Return value (NaN where unknown) and basis of each flow's property."""
        unknown = (np.nan, "")
        found = [self._rows.get(key, unknown) for key in zip(flow, name, strict=True)]
        return pd.DataFrame(
            {"value": [value for value, _ in found], "basis": [basis for _, basis in found]},
            index=flow.index,
        ).astype({"value": float, "basis": object})

    def moisture(self, flow: pd.Series) -> pd.Series:
        """Return the share of water in each flow's wet mass, NaN where unknown."""
        value = [self._rows.get((name, "moisture"), (np.nan, ""))[0] for name in flow]
        return pd.Series(value, index=flow.index, dtype=float)


def arriving(
    park: Park, pairs: pd.DataFrame, limited: pd.DataFrame, removed: bool | pd.Series = True
) -> pd.DataFrame:
    """Return limits with the value that the offer of each pair brings.

    Parameters
    ----------
    park : Park
        Its qualities describe the offers.
    pairs : DataFrame
        As of `symbiosis.matching.pairs.pairs`.
    limited : DataFrame
        Columns ``pair`` (label in `pairs`), property, minimum, maximum, basis.
    removed : bool or Series
        Whether the value is that after the pathway's removal.

    Returns
    -------
    DataFrame
        `limited` with ``value`` on the limit's basis (NaN where unknown; a property that the
        pathway removes altogether is 0) and ``dry_share``, the share of the amount that the basis
        counts: 1 - moisture where the limit is on dry basis, else 1.
    """
    known = Known(park)
    flow = limited["pair"].map(pairs["offer_id"])
    found, moisture = known.of(flow, limited["property"]), known.moisture(flow)
    kept = 1.0 - _removal(pairs, limited["pair"], limited["property"])
    kept = kept.where(pd.Series(removed, index=limited.index), 1.0)
    dry_share = (1.0 - moisture).where(limited["basis"] == "dry", 1.0)
    value = found["value"].where(
        found["basis"].astype(object).fillna("") == limited["basis"],
        on_basis(found, limited["basis"], moisture),
    )
    return limited.assign(
        value=(value * kept).where(kept > 0, 0.0), dry_share=dry_share.fillna(1.0)
    )


def on_basis(found: pd.DataFrame, basis: pd.Series, moisture: pd.Series) -> pd.Series:
    """Return values on another basis: dry = wet / (1 - moisture); blank means wet."""
    is_dry = found["basis"] == "dry"
    wants_dry = basis == "dry"
    value = found["value"].where(~(is_dry & ~wants_dry), found["value"] * (1.0 - moisture))
    return value.where(~(~is_dry & wants_dry), found["value"] / (1.0 - moisture))


def _removal(pairs: pd.DataFrame, pair: pd.Series, name: pd.Series) -> pd.Series:
    """Return the share of each property that the pair's pathway takes out [0..1]."""
    removed = pd.Series(0.0, index=pair.index)
    for column in (c for c in pairs.columns if c.startswith("removes_")):
        mask = name == column.removeprefix("removes_")
        if mask.any():
            removed[mask] = pair[mask].map(pairs[column]).fillna(0.0)
    return removed


def pathway_limits(pairs: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Return the limits that each pair's pathway sets on what it takes or gives."""
    limits = catalogue.pathway_limits
    limits = limits[~limits["property"].isin(HEAT_LEVELS)]
    limits = limits[limits["minimum"].notna() | limits["maximum"].notna()]
    names = pairs[["pathway"]].assign(pair=pairs.index)
    return names.merge(limits, on="pathway", how="inner")


def demand_limits(park: Park, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the limits that each pair's demand sets, with ``bought``, today's value there."""
    table = park.qualities[~park.qualities["property"].isin(HEAT_LEVELS)]
    table = table[table["minimum"].notna() | table["maximum"].notna()]
    table = table.rename(columns={"value": "bought"})
    names = pairs[["demand_id"]].assign(pair=pairs.index)
    return names.merge(table, left_on="demand_id", right_on="flow", how="inner")


def heat_limits(catalogue: Catalogue) -> pd.DataFrame:
    """Return what pathways ask of temperatures, by pathway: ``draw_c`` and ``reach_c`` [degC].

    ``draw_c`` is the lowest temperature at which the pathway still takes heat, ``reach_c`` the
    highest to which it gives heat; NaN where it sets none.
    """
    limits = catalogue.pathway_limits
    limits = limits[limits["property"].isin(HEAT_LEVELS)]
    draw = limits[limits["at"] == "taken"].groupby("pathway")["minimum"].max()
    reach = limits[limits["at"] == "given"].groupby("pathway")["maximum"].min()
    return pd.DataFrame({"draw_c": draw, "reach_c": reach}, dtype=np.float64)
