from symbiosis.catalogue import label
from symbiosis.model import Park


def test_a_thing_is_called_by_its_name_in_the_readers_language(toy: Park) -> None:
    assert label(toy.resources, "quicklime", "zh_CN") == "生石灰"
    assert label(toy.resources, "quicklime") == "Quicklime"


def test_where_a_name_is_blank_the_other_one_serves(toy: Park) -> None:
    assert label(toy.enterprises, "plasterworks", "zh") == "Plaster works"
    assert label(toy.enterprises.assign(name=""), "limeworks") == "石灰厂"


def test_an_unknown_id_is_its_own_name(toy: Park) -> None:
    assert label(toy.resources, "unobtainium") == "unobtainium"
