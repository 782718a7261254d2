"""Carbon marks of a plan's exchanges."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd

from symbiosis.catalogue import read_catalogue
from symbiosis.reporting.carbon_text import carbon_text
from symbiosis.reporting.language import translator
from symbiosis.scenarios.carbon import carbon_marks


def marks(resource: str, pathway: str) -> tuple[str, str]:
    table = pd.DataFrame({"resource": [resource], "pathway": [pathway]})
    found = carbon_marks(SimpleNamespace(exchanges=table, catalogue=read_catalogue()))
    return tuple(found.iloc[0])


def test_carbon_dioxide_made_into_urea_or_given_as_it_is_is_delayed_not_stored() -> None:
    assert marks("carbon_dioxide", "carbon_dioxide_to_urea") == ("fossil", "delayed")
    assert marks("biogenic_carbon_dioxide", "identity") == ("biogenic", "delayed")


def test_carbonate_is_stored_and_metal_has_no_mark() -> None:
    assert marks("steel_slag", "steel_slag_to_carbonated_block") == ("", "stored")
    assert marks("straw", "straw_to_nothing") == ("biogenic", "")
    assert marks("titanium_dioxide", "identity") == ("", "")


def test_no_exchange_has_no_mark() -> None:
    none = pd.DataFrame({"resource": [], "pathway": []}, dtype=object)
    catalogue = read_catalogue()
    assert carbon_marks(SimpleNamespace(exchanges=none, catalogue=catalogue)).empty
    bare = replace(catalogue, carbon_origins=catalogue.carbon_origins.iloc[:0])
    assert carbon_marks(SimpleNamespace(exchanges=none, catalogue=bare)).empty


def test_the_report_says_so_in_both_languages() -> None:
    assert "not stored" in carbon_text("fossil", "delayed", translator("en"))[1]
    assert "并未封存" in carbon_text("fossil", "delayed", translator("zh"))[1]
    assert carbon_text("", "none", translator("en")) == []
