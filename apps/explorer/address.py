"""The scenario in the page's address: a link shows another planner the same thing.

Values are written as ids, so that a link means the same in every language; what stands in the
address and is no possible value counts as absent.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

Value = TypeVar("Value")


def begin(key: str, usual: Value, read: Callable[[str], Value | None]) -> None:
    """Give the widget called `key` its first value: of the address, else the usual one."""
    if st.session_state.get(key) is None:
        written = st.query_params.get(key)
        found = read(written) if written is not None else None
        st.session_state[key] = usual if found is None else found


def write(key: str, usual: object) -> None:
    """Write the value of the widget called `key` into the address, unless it is the usual one."""
    value = st.session_state[key]
    if value == usual:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = f"{value:g}" if isinstance(value, float) else str(value)


def forget(*keys: str) -> None:
    """Let widgets begin anew."""
    for key in keys:
        st.session_state.pop(key, None)
        st.query_params.pop(key, None)


def one_of(options: Sequence[str]) -> Callable[[str], str | None]:
    """Return a reader that knows `options`."""
    return lambda text: text if text in options else None


def number_up_to(most: float) -> Callable[[str], float | None]:
    """Return a reader of numbers from nothing to `most`."""

    def read(text: str) -> float | None:
        try:
            value = float(text)
        except ValueError:
            return None
        return value if 0 <= value <= most else None

    return read
