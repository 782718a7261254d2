from typing import Any

import numpy as np
import pandas as pd
import pytest

from symbiosis.catalogue import datasets_folder
from symbiosis.io import park_of
from symbiosis.lca import read_inventory
from symbiosis.model import Park
from symbiosis.scenarios import Outcome, planned
from symbiosis.scenarios.hidden import hidden
from symbiosis.scenarios.recall import precision_at, ranked_proposals, recalled
from tests.matching_parks import shipped

Row = dict[str, Any]


def network(**link: Any) -> Park:
    """A power station whose gypsum goes to a cement works, and one more that is far away."""
    gypsum = {"id": "g", "source": "power", "target": "cement", "resource": "fgd_gypsum"}
    more = {"pathway": "fgd_gypsum_as_retarder", "displaces": "natural_gypsum"}
    amount = {"amount": 1000, "unit": "t", "displaced_amount": 1000}
    return park_of(
        {
            "enterprises": [
                {"id": "power", "name": "P", "latitude": 26.7, "longitude": 107.5},
                {"id": "cement", "name": "C", "latitude": 26.7, "longitude": 107.6},
            ],
            "flows": [{**gypsum, **more, **amount, **link}],
            "qualities": [{"flow": "g", "property": "moisture", "value": 0.1}],
        },
        shipped(),
        {"title": "two firms", "region": "Guizhou", "year": 2025},
    )


def outcome_of(park: Park) -> Outcome:
    return planned(hidden(park), shipped(), read_inventory(datasets_folder() / "inventory"))


def test_a_link_that_saves_is_listed_and_proposed_again() -> None:
    park = network()
    outcome = outcome_of(park)
    link = recalled(park, outcome).iloc[0]

    assert (link["link"], link["giver"], link["taker"]) == ("g", "power", "cement")
    assert link["candidate"]
    assert link["proposed"]
    first = ranked_proposals(park, outcome).iloc[0]
    assert first["documented"]
    assert first["saving"] > 0


def test_a_link_that_no_pathway_makes_is_neither() -> None:
    park = network(displaces="steel_scrap", pathway="")
    outcome = outcome_of(park)
    link = recalled(park, outcome).iloc[0]

    assert not link["candidate"]
    assert not link["proposed"]
    assert np.isnan(precision_at(ranked_proposals(park, outcome), 1))


def test_precision_counts_the_first_proposals_only() -> None:
    proposals = pd.DataFrame({"documented": [True, True, False, False]})

    assert precision_at(proposals, 2) == 1.0
    assert precision_at(proposals, 3) == pytest.approx(2 / 3)
    assert precision_at(proposals, 9) == 0.5
