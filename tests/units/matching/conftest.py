from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd
import pytest

from symbiosis.catalogue import Catalogue
from symbiosis.io import park_of
from symbiosis.matching import Search, candidates
from symbiosis.model import Park
from tests.matching_parks import local, shipped

Row = dict[str, Any]


class Looked(NamedTuple):
    """A park with the catalogue as it sees it and its candidates."""

    park: Park
    known: Catalogue
    search: Search

    def verdicts(self, rule: str) -> pd.DataFrame:
        """Return the verdicts of one rule."""
        table = self.search.verdicts
        return table[table["rule"] == rule].reset_index(drop=True)


Look = Callable[..., Looked]


def two_firms(
    offer: Row | None = None,
    demand: Row | None = None,
    grit: Row | None = None,
    settings: Row | None = None,
    enterprises: list[Row] | None = None,
    **tables: list[Row],
) -> Looked:
    """Return a park of two firms: one discards grit, the other buys grit.

    Tables given are added to those of the two firms; ``offer``, ``demand`` and ``grit`` change
    their only rows, ``settings`` those of the park.
    """
    dust = {"id": "dust", "source": "mill", "target": "@disposal", "resource": "grit"}
    sand = {"id": "sand", "source": "@supply", "target": "yard", "resource": "grit"}
    dust |= {"amount": 1000, "unit": "t", "unit_cost": 20, **(offer or {})}
    sand |= {"amount": 800, "unit": "t", "unit_cost": 100, **(demand or {})}
    resource = {"id": "grit", "name": "Grit", "kind": "material", "unit": "t", **(grit or {})}
    rows = {
        **tables,
        "enterprises": enterprises or [{"id": "mill", "name": "M"}, {"id": "yard", "name": "Y"}],
        "flows": [dust, sand, *tables.get("flows", [])],
        "resources": [resource, *tables.get("resources", [])],
    }
    park = park_of(rows, shipped(), {"title": "two firms", "settings": settings or {}})
    known = local(park)
    return Looked(park, known, candidates(park, known, known.factors))


@pytest.fixture
def look() -> Look:
    """Return what makes a park of two firms."""
    return two_firms
