"""What the library answers, kept for the next page that asks the same.

Kept as resources, not as copies: parks and outcomes are frozen and nothing changes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from symbiosis.catalogue import Catalogue
from symbiosis.cli.inputs import chosen_park, known_catalogue, known_inventory, park_path
from symbiosis.io.provenance import read_provenance
from symbiosis.lca import Inventory
from symbiosis.model import Park
from symbiosis.reporting.html import report_html
from symbiosis.reporting.nearest import failed_verdicts, nearest_misses
from symbiosis.scenarios import Outcome, evidence, matched, summary, with_settings

MOST_MISSES = 60


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An outcome, its summary, the figures behind it, and the pairs that came nearest.

    ``key`` tells it from the answers to other questions.
    """

    key: str
    outcome: Outcome
    summary: Mapping[str, object]
    figures: pd.DataFrame
    misses: pd.DataFrame
    failures: pd.DataFrame


@st.cache_resource(show_spinner=False)
def known() -> tuple[Catalogue, Inventory]:
    """Return what ships: the catalogue and the inventory."""
    return known_catalogue(), known_inventory()


def stamp(name: str) -> int:
    """Return when the files of a park changed last, so that an edited park is read again.

    Raises
    ------
    InvalidData
        If there is no such park.
    """
    path = park_path(name)
    files = [path, *path.iterdir()] if path.is_dir() else [path]
    return max(file.stat().st_mtime_ns for file in files)


@st.cache_resource(show_spinner=False, max_entries=16)
def park(name: str, changed: int) -> Park:  # noqa: ARG001  # part of what is remembered
    """Return the park called `name`, as its files were when they changed last."""
    return chosen_park(name, known()[0])


@st.cache_resource(show_spinner=False, max_entries=16)
def answer(name: str, changed: int, objective: str, carbon_price: float) -> Answer:
    """Return the best plan for a park [carbon_price: money per t CO2e]."""
    wanted = {"objective": objective, "carbon_price": carbon_price}
    asked = with_settings(park(name, changed), wanted, "explorer")
    outcome = matched(asked, *known(), provenance=read_provenance(park_path(name)))
    pairs = outcome.search, outcome.park, outcome.catalogue
    behind = evidence(outcome)
    return Answer(
        key=f"{name} {changed} {objective} {carbon_price:g}",
        outcome=outcome,
        summary=summary(outcome, behind),
        figures=behind.figures,
        misses=nearest_misses(*pairs, limit=MOST_MISSES),
        failures=failed_verdicts(*pairs),
    )


def report(found: Answer) -> bytes:
    """Return the report as a file: one HTML document, in both languages."""
    return report_html(found.outcome, found.summary).encode("utf-8")


def file_stem(name: str) -> str:
    """Return what a park's files are called."""
    return Path(name).stem or "park"
