"""Which output each input is taken from: the one named, else by product and location."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from symbiosis.errors import Problem
from symbiosis.lca.importing.places import region_of, wider

MOST_TOLD = 20


@dataclass(frozen=True, kw_only=True)
class Linked:
    """Inputs with the id of their supplier in ``provider``, "" where nothing gives them."""

    inputs: pd.DataFrame
    problems: tuple[Problem, ...]

    @property
    def missing(self) -> pd.DataFrame:
        """Return the inputs that nothing gives."""
        return self.inputs[self.inputs["provider"].eq("")]


def with_suppliers(
    inputs: pd.DataFrame, outputs: pd.DataFrame, parents: Mapping[str, str]
) -> Linked:
    """Return inputs with their suppliers.

    An input without one named is taken from the output of that product in its location, else in
    the wider ones, else from the only one there is. Where two of one place fit, the choice is
    the user's.
    """
    named = inputs["provider"].isin(set(outputs["id"]))
    open_rows = inputs[~named]
    wanted = open_rows[["product", "location"]].drop_duplicates()
    wanted = wanted[wanted["product"].ne("")]
    offers = {
        product: list(zip(table["id"], table["location"].map(region_of), strict=True))
        for product, table in outputs[outputs["product"].isin(set(wanted["product"]))].groupby(
            "product"
        )
    }
    chosen: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    for product, location in wanted.itertuples(index=False):
        found = _nearest(offers.get(product, []), wider(region_of(location), parents))
        if len(found) > 1:
            at = open_rows["product"].eq(product) & open_rows["location"].eq(location)
            row = open_rows[at].iloc[0]
            what = f"several activities give '{row['name']}': {', '.join(sorted(found)[:5])}"
            problems.append(Problem(str(row["where"]), what, "name one in the file"))
        chosen[product, location] = found[0] if found else ""
    keys = zip(open_rows["product"], open_rows["location"], strict=True)
    resolved = pd.Series([chosen.get(key, "") for key in keys], index=open_rows.index, dtype=str)
    provider = inputs["provider"].where(named, resolved.reindex(inputs.index))
    return Linked(inputs=inputs.assign(provider=provider), problems=tuple(problems[:MOST_TOLD]))


def _nearest(offers: list[tuple[str, str]], line: list[str]) -> list[str]:
    for region in line:
        if found := [key for key, place in offers if place == region]:
            return found
    return [key for key, _ in offers]
