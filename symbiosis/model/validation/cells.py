"""Rules that one row can break alone: ids, words, ranges and order."""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from symbiosis.model.schema import BOUNDARIES, TABLES
from symbiosis.model.validation.fault import Fault, Tables, faults_at
from symbiosis.model.validation.suggestion import did_you_mean

_AT_LEAST_ZERO = {
    "processes": "activity minimum_activity maximum_activity",
    "flows": "amount sd low high displaced_amount distance_km",
    "markets": "maximum",
    "distances": "distance_km",
    "pathways": "ratio capital_fixed capital_per_capacity minimum capacity max_distance "
    "loss_per_km temperature_lift low high",
    "pathway_flows": "amount low high",
    "factors": "sd",
    "allocation": "q_in q_out",
}
_ABOVE_ZERO = {"pathways": "yield lifetime"}
_RANGES = {
    ("enterprises", "latitude"): (-90.0, 90.0),
    ("enterprises", "longitude"): (-180.0, 180.0),
    ("processes", "operating_hours"): (0.0, 8760.0),
    ("pathways", "reference_moisture"): (0.0, 1.0),
    ("pathway_limits", "max_share"): (0.0, 1.0),
    **{("allocation", name): (0.0, 1.0) for name in ("A", "R1", "R2", "R3")},
}
_ORDER = {
    "processes": ("minimum_activity maximum_activity",),
    "flows": ("low amount", "amount high"),
    "qualities": ("minimum maximum",),
    "limits": ("minimum maximum",),
    "pathways": ("low yield", "yield high"),
    "pathway_flows": ("low amount", "amount high"),
    "pathway_limits": ("minimum maximum",),
    "factors": ("low value", "value high"),
}
_WORDS = {
    ("flows", "status"): ("existing", "proposed"),
    ("qualities", "basis"): ("", "wet", "dry"),
    ("pathway_limits", "basis"): ("", "wet", "dry"),
    ("pathway_limits", "at"): ("taken", "given"),
    ("pathway_flows", "direction"): ("in", "out"),
    ("pathway_flows", "boundary"): BOUNDARIES,
    ("factors", "boundary"): BOUNDARIES,
    ("markets", "boundary"): ("@supply", "@sales", "@disposal"),
    ("pathways", "site"): ("giver", "taker", "own"),
}
_UNFIT = re.compile(r"^@|[,>\x00-\x1f\x7f-\x9f\u2028\u2029]")


def cell_faults(tables: Tables) -> Iterator[Fault]:
    """Yield every cell that is out of range, out of order or not one of the words allowed."""
    filled = {name: rows for name, rows in tables.items() if len(rows)}
    for name, rows in filled.items():
        if "id" in TABLES[name].key:
            yield from _unfit_ids(name, rows["id"])
        yield from _repeated(name, rows)
        yield from _out_of_order(name, rows)
        yield from _below(name, rows)
    for (name, column), limits in _RANGES.items():
        if name in filled:
            yield from _outside(name, column, limits, filled[name][column])
    for (name, column), words in _WORDS.items():
        if name in filled:
            yield from _other_words(name, column, words, filled[name][column])


def _unfit_ids(name: str, ids: pd.Series) -> Iterator[Fault]:
    for row, identifier in enumerate(ids):
        if _UNFIT.search(identifier):
            what = f"{identifier!r} cannot be an id"
            yield Fault(name, row, "id", what, "leave out commas, '>', line breaks and a first @")


def _repeated(name: str, rows: pd.DataFrame) -> Iterator[Fault]:
    key = list(TABLES[name].key)
    again = rows.duplicated(key) & (rows[key[0]] != "")
    if not again.any():
        return
    named = " and ".join(f"{column} {{{column}}}" for column in key)
    yield from faults_at(
        name, key[-1], again, f"{named} stands here twice", "keep one row, or rename one"
    )


def _out_of_order(name: str, rows: pd.DataFrame) -> Iterator[Fault]:
    for pair in _ORDER.get(name, ()):
        lower, upper = pair.split()
        yield from faults_at(
            name,
            lower if upper in ("amount", "yield", "value") else upper,
            rows[lower] > rows[upper],
            f"{lower} {{{lower}}} is above {upper} {{{upper}}}",
            "exchange or correct them",
        )


def _below(name: str, rows: pd.DataFrame) -> Iterator[Fault]:
    for column in _AT_LEAST_ZERO.get(name, "").split():
        remedy = "write it as a positive number"
        if name == "flows":
            remedy = "write it as a positive number and turn source and target if it runs back"
        yield from faults_at(name, column, rows[column] < 0, f"{{{column}}} is negative", remedy)
    for column in _ABOVE_ZERO.get(name, "").split():
        what = f"{{{column}}} is not above zero"
        yield from faults_at(name, column, rows[column] <= 0, what, "write a positive number")
    for column in map(str, rows.columns):
        if column.startswith("removes_"):
            yield from _outside(name, column, (0.0, 1.0), rows[column])
        if column.startswith("content_"):
            what, advice = f"{{{column}}} is negative", "write it as a positive number"
            yield from faults_at(name, column, rows[column] < 0, what, advice)


def _outside(
    name: str, column: str, limits: tuple[float, float], values: pd.Series
) -> Iterator[Fault]:
    low, high = limits
    wrong = (values < low) | (values > high)
    what = f"{{{column}}} is not between {low:g} and {high:g}"
    yield from faults_at(name, column, wrong, what, "correct it")


def _other_words(
    name: str, column: str, words: tuple[str, ...], cells: pd.Series
) -> Iterator[Fault]:
    # A blank cell that must not be blank is found where the text is read.
    strange = np.flatnonzero(~cells.isin([*words, ""]))
    choice = ", ".join(word for word in words if word)
    for row in strange:
        advice = did_you_mean(cells.iloc[row], words) or f"write one of {choice}"
        yield Fault(name, int(row), column, f"unknown {column} {{{column}}}", advice)
