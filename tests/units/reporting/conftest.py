from dataclasses import replace

import pandas as pd
import pytest

from symbiosis.catalogue import datasets_folder, park_folder, read_catalogue
from symbiosis.io import read_park
from symbiosis.lca import read_inventory
from symbiosis.scenarios import Outcome, matched, summary

HOSTILE = '=cmd </script><script>alert("1")</script> & "quoted"'


@pytest.fixture(scope="session")
def outcome() -> Outcome:
    """The shipped park matched, with a title and an enterprise that mean harm."""
    catalogue = read_catalogue()
    park = read_park(park_folder("qiannan"), catalogue)
    name = park.enterprises["name"].where(park.enterprises["id"] != "titanium_works", HOSTILE)
    hostile = replace(park, title=HOSTILE, enterprises=park.enterprises.assign(name=name))
    return matched(hostile, catalogue, read_inventory(datasets_folder() / "inventory"))


@pytest.fixture(scope="session")
def document(outcome: Outcome) -> dict[str, object]:
    return summary(outcome)


@pytest.fixture(scope="session")
def verdicts(outcome: Outcome) -> pd.DataFrame:
    return outcome.search.verdicts
