import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbiosis.io.cells import booleans, cell_text, number, numbers


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_and_read_is_the_same_number(value: float) -> None:
    assert number(cell_text(value)) == value


@pytest.mark.parametrize("cell", ["1", "+1.5", "-.5", "1.", "1e3", "2E-05", "007"])
def test_what_python_reads_as_a_number_is_one(cell: str) -> None:
    assert number(cell) == float(cell)


@pytest.mark.parametrize(
    "cell", ["nan", "inf", "-Infinity", "1_000", "1,5", "1e400", "0x10", "٣", "1e", "--1", "1 000"]
)
def test_what_a_person_would_not_call_a_finite_number_is_none(cell: str) -> None:
    assert math.isnan(number(cell))


def test_a_blank_is_unknown_and_not_wrong() -> None:
    values, wrong = numbers(["", "x"])

    assert [math.isnan(value) for value in values] == [True, True]
    assert wrong.tolist() == [False, True]


def test_truth_is_read_in_any_case_and_a_blank_is_what_is_said() -> None:
    values, wrong = booleans(["TRUE", "no", "", "maybe"], blank=True)

    assert values.tolist()[:3] == [True, False, True]
    assert wrong.tolist() == [False, False, False, True]
