"""Flows to nature of other databases as flows of ours, by name, number and compartment."""

import re
from pathlib import Path

import pandas as pd

from symbiosis.errors import InvalidData, Problem

FILE = "elementary_mapping.csv"
COLUMNS = ("name", "cas", "compartment", "flow", "note")


def read_elementary_mapping(folder: Path) -> pd.DataFrame:
    """Return the table that says which flows of others are which of ours."""
    table = pd.read_csv(folder / FILE, dtype=str, keep_default_na=False)
    missing = [column for column in COLUMNS if column not in table.columns]
    if missing:
        raise InvalidData([Problem(FILE, f"lacks {', '.join(missing)}", "add the column")])
    return table


def compartment_of(text: str) -> str:
    """Return air, water, soil, resource, or "" where nothing is said.

    Examples
    --------
    >>> compartment_of("Elementary flows/Emission to air/urban"), compartment_of("natural resource")
    ('air', 'resource')
    """
    plain = text.casefold()
    for word, meaning in (("resource", "resource"), ("raw", "resource"), ("air", "air")):
        if word in plain:
            return meaning
    for word in ("water", "soil"):
        if word in plain:
            return word
    return plain


def mapped_flows(flows: pd.DataFrame, mapping: pd.DataFrame) -> "pd.Series[str]":
    """Return for each flow the id of ours that it is; "" for none, by name first, then number.

    A number fits only where the table has one row for it and the name says nothing of where the
    carbon comes from: carbon dioxide of plants has the number of the fossil one.
    """
    place = flows["compartment"].map(compartment_of)
    names = mapping.assign(key=mapping["name"].map(_folded) + "|" + mapping["compartment"])
    by_name = names.drop_duplicates("key").set_index("key")["flow"]
    folded = flows["name"].map(_folded)
    found = (folded + "|" + place.where(place.ne(""), "air")).map(by_name)
    numbered = mapping[mapping["cas"].ne("")].assign(
        key=lambda table: table["cas"].map(_number) + "|" + table["compartment"]
    )
    alone = numbered[~numbered["key"].duplicated(keep=False)].set_index("key")["flow"]
    by_number = (flows["cas"].map(_number) + "|" + place).map(alone)
    return found.where(found.notna(), by_number).fillna("").astype(str)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _number(text: str) -> str:
    """Return a CAS number without leading zeros."""
    return re.sub(r"^0+", "", text.strip())
