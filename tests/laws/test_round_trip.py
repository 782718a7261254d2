"""Round-trip law: write, then read, gives the same park."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile

from symbiosis.io import read_park, write_park
from symbiosis.model import TABLES, Park
from symbiosis.model.validation import faults
from tests.strategies import CATALOGUE, parks

Write = Callable[[Park, Path], Path]


def as_csv(park: Park, folder: Path) -> Path:
    write_park(park, folder / "park")
    return folder / "park"


def as_parquet(park: Park, folder: Path) -> Path:
    write_park(park, folder / "park", form="parquet")
    return folder / "park"


def as_workbook(park: Park, folder: Path) -> Path:
    write_park(park, folder / "park.xlsx")
    return folder / "park.xlsx"


def differences(left: Park, right: Park) -> list[str]:
    """Return the fields in which two parks differ, cell for cell where they are tables."""
    found = []
    for name, value in vars(left).items():
        other = getattr(right, name)
        if not isinstance(value, pd.DataFrame):
            found += [] if value == other else [f"{name}: {value!r} != {other!r}"]
        elif not value.equals(other):
            found.append(f"{name}:\n{value.to_dict('list')}\n!=\n{other.to_dict('list')}")
    return found


@pytest.mark.parametrize("write", [as_csv, as_parquet, as_workbook])
@profile(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(park=parks())
def test_a_park_written_and_read_is_the_same_park(write: Write, park: Park) -> None:
    with TemporaryDirectory() as folder:
        again = read_park(write(park, Path(folder)), CATALOGUE)

    assert differences(park, again) == []
    assert park == again


@profile(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(park=parks())
def test_the_bytes_of_a_park_written_twice_are_the_same(park: Park) -> None:
    with TemporaryDirectory() as folder:
        first, second = Path(folder) / "first", Path(folder) / "second"
        write_park(park, first)
        write_park(read_park(first, CATALOGUE), second)

        for name in TABLES:
            one, two = first / f"{name}.csv", second / f"{name}.csv"
            assert one.exists() == two.exists()
            assert not one.exists() or one.read_bytes() == two.read_bytes()


@profile(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(park=parks())
def test_a_park_breaks_no_rule_that_its_files_kept(park: Park) -> None:
    tables = {name: getattr(park, name) for name in TABLES}

    assert faults(tables, park.resources, park.settings.indicators) == []
