import re
from pathlib import Path

import pandas as pd
import pytest

import symbiosis.matching
from symbiosis.matching.effects import PARTS
from symbiosis.reporting.verdicts import verdict_text
from symbiosis.reporting.wording import part_text, rule_text, vocabulary
from symbiosis.scenarios import Outcome

CHINESE = re.compile("[\u4e00-\u9fff]")
SOURCE = Path(symbiosis.matching.__file__).parent


def rules_of_the_matching() -> list[str]:
    """Every rule name that the code of the matching gives a verdict under."""
    text = (SOURCE / "rules.py").read_text() + (SOURCE / "search.py").read_text()
    named = re.findall(r'_(?:judged|compared)\(\s*"([a-z ]+)"', text)
    named += re.findall(r'rule="([a-z ]+)"', text) + re.findall(r'"(quality unknown|blend)"', text)
    named += re.findall(r'_within\(.*?, "([a-z]+)"\)', text)
    return sorted(set(named))


def verdict(rule: str, **known: object) -> dict[str, object]:
    blank = {"item": "road", "passes": False, "value": 2.0, "limit": 1.0, "sense": "<="}
    return {"rule": rule, "unit": "", **blank, **known}


def test_the_list_of_rules_is_the_one_in_use() -> None:
    assert {"permit", "reach", "temperature", "standard", "figures"} < set(rules_of_the_matching())


@pytest.mark.parametrize("rule", rules_of_the_matching())
@pytest.mark.parametrize("passes", [True, False])
def test_every_rule_has_its_own_sentence_in_both_languages(rule: str, passes: bool) -> None:
    if (rule, passes) in {
        ("quality unknown", True),
        ("blend", False),
        ("temperature unknown", True),
    }:
        pytest.skip("the rule never says so")
    row = verdict(rule, passes=passes)

    english, chinese = (verdict_text(row, language) for language in ("en", "zh"))

    assert english != f"{rule}: road 2, limit 1", "fell back on the general sentence"
    assert english != f"{rule}: road 2, within 1", "fell back on the general sentence"
    assert CHINESE.search(chinese)
    assert rule_text(rule, "zh") != rule


SAID = {
    "too far: 187 km by road, at most 100 km": verdict(
        "reach", value=187.0, limit=100.0, unit="km"
    ),
    "distance 2 km, no limit set": verdict("distance", passes=True, limit=float("inf"), unit="km"),
    "too cold: 45 °C where at least 90 °C is needed": verdict(
        "temperature", value=45.0, limit=90.0, sense=">=", unit="degC"
    ),
    "needs a permit for spent acid": verdict("permit", item="spent_acid"),
    "quality unknown: chloride (at most 1)": verdict(
        "quality unknown", item="chloride", value=float("nan")
    ),
    "figures missing: climate change (GWP100) of clay (purchase)": verdict(
        "figures", item="gwp100 of clay at @supply"
    ),
    "costs more than it saves: 3 million CNY against 1 million CNY a year": verdict(
        "worth", value=3.0e6, limit=1.0e6, unit="CNY"
    ),
}


@pytest.mark.parametrize(("text", "row"), list(SAID.items()))
def test_a_verdict_says_its_figures(text: str, row: dict[str, object]) -> None:
    assert verdict_text(row, "en") == text


def test_figures_that_nearly_agree_are_shown_apart() -> None:
    row = verdict("reach", value=50.0016, limit=50.0, unit="km")

    assert verdict_text(row, "en") == "too far: 50.002 km by road, at most 50 km"


def test_qualities_have_their_names_and_units(outcome: Outcome) -> None:
    row = verdict("standard", item="soluble_p2o5", value=0.0062, limit=0.005)
    spoken = [vocabulary(outcome.park, outcome.catalogue, language) for language in ("en", "zh")]

    texts = [verdict_text(row, words.language, words).replace("\u202f", " ") for words in spoken]

    assert texts == [
        "water-soluble P2O5 0.62 %, the pathway takes at most 0.5 %",
        "水溶性五氧化二磷 0.62 %，路径最多接受 0.5 %",
    ]


def test_a_row_of_the_verdicts_can_be_a_series(verdicts: pd.DataFrame) -> None:
    assert verdict_text(verdicts.iloc[0], "en")


@pytest.mark.parametrize("part", [*PARTS, "net"])
def test_every_part_of_an_account_has_a_chinese_name(part: str) -> None:
    assert CHINESE.search(part_text(part, "zh"))
