import pandas as pd
import pytest

from symbiosis.catalogue import Lexicon, meant, plant_lexicon, resolved, resource_lexicon
from tests.matching_parks import shipped


@pytest.fixture(scope="module")
def resources() -> Lexicon:
    return resource_lexicon(shipped().resources)


@pytest.fixture(scope="module")
def plants() -> Lexicon:
    return plant_lexicon(shipped().blueprints)


@pytest.mark.parametrize(
    ("text", "identifier", "how", "confidence"),
    [
        ("phosphogypsum", "phosphogypsum", "id", 1.0),
        ("磷石膏", "phosphogypsum", "name", 1.0),
        (" 磷 石膏 ", "phosphogypsum", "name", 1.0),
        ("Phospho-Gypsum", "phosphogypsum", "id", 1.0),
        ("ＦＬＹ　ＡＳＨ", "fly_ash", "id", 1.0),
        ("sulphuric-acid", "sulfuric_acid", "id", 1.0),
        ("aluminum dross", "aluminium_dross", "id", 1.0),
        ("copperas", "ferrous_sulfate_heptahydrate", "synonym", 0.95),
        ("绿矾", "ferrous_sulfate_heptahydrate", "synonym", 0.95),
        ("251010", "phosphate_rock", "code", 0.8),
        ("HS 2510.10", "phosphate_rock", "code", 0.8),
    ],
)
def test_a_name_a_synonym_or_a_code_of_one_resource_is_accepted(
    resources: Lexicon, text: str, identifier: str, how: str, confidence: float
) -> None:
    found = resolved(text, resources)

    assert found.status == "accepted"
    assert found.accepted is not None
    assert (found.accepted.id, found.accepted.how) == (identifier, how)
    assert found.accepted.confidence == confidence


def test_a_code_of_several_resources_names_them_all_and_accepts_none(resources: Lexicon) -> None:
    found = resolved("06 09 04", resources)

    assert found.status == "ambiguous"
    assert found.accepted is None
    assert "phosphogypsum" in {candidate.id for candidate in found.candidates}
    assert sum(candidate.confidence for candidate in found.candidates) == pytest.approx(0.8)
    assert {candidate.matched for candidate in found.candidates} == {"ewc 06 09 04"}


def test_a_hazard_mirror_is_a_code_too(resources: Lexicon) -> None:
    found = resolved("EWC 06 09 03*", resources)

    assert {c.matched for c in found.candidates} == {"ewc_hazardous 06 09 03*"}


@pytest.mark.parametrize("text", ["HW34 264-013-34", "264-013-34"])
def test_a_chinese_hazardous_waste_is_found_with_and_without_its_class(
    resources: Lexicon, text: str
) -> None:
    assert "spent_sulfuric_acid" in {c.id for c in resolved(text, resources).candidates}


def test_a_whole_class_of_wastes_is_never_accepted_even_where_it_has_one_member() -> None:
    table = pd.DataFrame({"id": ["slag"], "name": ["Slag"], "waste_class": ["SW01"]})

    found = resolved("SW01", resource_lexicon(table))

    assert found.status == "proposed"
    assert found.candidates[0].confidence == 0.5


def test_a_longer_customs_code_finds_its_heading_but_is_not_certain(resources: Lexicon) -> None:
    found = resolved("2510109000", resources)

    assert found.status == "proposed"
    assert [(c.id, c.confidence) for c in found.candidates] == [("phosphate_rock", 0.6)]


@pytest.mark.parametrize("text", ["phosphogypsm", "磷石膏渣", "phosphogypsums"])
def test_a_likeness_is_proposed_and_never_accepted(resources: Lexicon, text: str) -> None:
    found = resolved(text, resources)

    assert found.status == "proposed"
    assert found.candidates[0].id == "phosphogypsum"
    assert all(c.how == "fuzzy" and c.confidence <= 0.75 for c in found.candidates)
    sure = [c.confidence for c in found.candidates]
    assert sure == sorted(sure, reverse=True)


@pytest.mark.parametrize("text", ["", "   ", "???", "x", "12", "腻子"])
def test_what_nothing_is_called_is_unknown(resources: Lexicon, text: str) -> None:
    found = resolved(text, resources)

    assert (found.status, found.candidates) == ("unknown", ())
    assert meant(found) == ""


@pytest.mark.parametrize(
    ("text", "identifier", "how"),
    [
        ("urea_plant", "urea_plant", "id"),
        ("尿素", "urea_plant", "synonym"),
        ("湿法磷酸厂", "phosphoric_acid_plant", "synonym"),
        ("data center", "data_centre", "id"),
        ("1513", "brewery", "code"),
        ("C1513", "brewery", "code"),
        ("GB/T 4754-2017 1020", "phosphate_mine", "code"),
        ("ISIC 1020", "food_processing_plant", "code"),
    ],
)
def test_a_plant_type_is_known_by_name_synonym_and_sector(
    plants: Lexicon, text: str, identifier: str, how: str
) -> None:
    accepted = resolved(text, plants).accepted

    assert accepted is not None
    assert (accepted.id, accepted.how) == (identifier, how)


@pytest.mark.parametrize("text", ["ammonia plant", "造纸厂", "2611", "1020"])
def test_what_several_plant_types_are_called_is_ambiguous(plants: Lexicon, text: str) -> None:
    found = resolved(text, plants)

    assert found.status == "ambiguous"
    assert len(found.candidates) > 1


@pytest.mark.parametrize("text", ["urea works", "尿素工厂", "某某尿素有限公司项目"])
def test_words_of_any_firm_do_not_draw_to_another_trade(plants: Lexicon, text: str) -> None:
    found = resolved(text, plants)

    assert found.status == "proposed"
    assert found.candidates[0].id == "urea_plant"


def test_advice_says_what_how_and_how_surely(resources: Lexicon) -> None:
    assert meant(resolved("绿矾", resources)) == (
        "did you mean 'ferrous_sulfate_heptahydrate'? by synonym '绿矾', confidence 0.95"
    )
    assert "; or '" in meant(resolved("06 09 04", resources))


def test_every_id_and_name_that_ships_leads_to_its_row(resources: Lexicon, plants: Lexicon) -> None:
    for table, lexicon in ((shipped().resources, resources), (shipped().blueprints, plants)):
        for column in ("id", "name", "name_zh"):
            found = [resolved(text, lexicon).accepted for text in table[column]]
            assert [c.id if c else None for c in found] == table["id"].tolist()
