import pytest

from symbiosis.catalogue import datasets_folder, park_folder, shipped_parks
from symbiosis.errors import InvalidData


def test_the_catalogue_ships_in_the_datasets_folder() -> None:
    assert (datasets_folder() / "catalogue" / "resources.csv").is_file()


def test_a_shipped_park_has_a_folder() -> None:
    for name in shipped_parks():
        assert (park_folder(name) / "enterprises.csv").is_file()


@pytest.mark.parametrize("name", ["atlantis", "../catalogue", ""])
def test_a_park_that_does_not_ship_is_refused(name: str) -> None:
    with pytest.raises(InvalidData, match="no shipped park"):
        park_folder(name)
