"""A drafted park: made from a list of firms, checked as if read, written as a folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.drafting.evidence import provenance
from symbiosis.drafting.firms import FirmList
from symbiosis.drafting.plants import Plant, plants
from symbiosis.drafting.readme import readme
from symbiosis.drafting.tables import (
    enterprise_table,
    flow_table,
    plant_table,
    process_table,
    quality_rows,
)
from symbiosis.errors import InvalidData, Problem
from symbiosis.io import park_of, write_tables
from symbiosis.io.provenance import Provenance
from symbiosis.model import Park

_QUALITIES = ["flow", "property", "unit", "value", "minimum", "maximum", "basis"]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A first park from a list of firms.

    Attributes
    ----------
    park : Park
        As it is read.
    plants : tuple of Plant
        What each row of the list was understood as.
    tables : mapping of str to DataFrame
        As they are written: with the marks, without what reading fills in.
    heading : mapping of str to object
        As park.toml.
    provenance : Provenance
        figures.csv and sources.csv.
    readme : str
        README.md.
    """

    park: Park
    plants: tuple[Plant, ...]
    tables: Mapping[str, pd.DataFrame]
    heading: Mapping[str, object]
    provenance: Provenance
    readme: str


def drafted(
    firms: FirmList,
    catalogue: Catalogue,
    *,
    title: str,
    region: str = "",
    year: int | None = None,
    accept: float | None = None,
) -> Draft:
    """Return the park that a list of firms means, all of its figures marked as drafted.

    Parameters
    ----------
    region : str
        Grid region, as in park.toml.
    accept : float, optional
        The confidence from which a plant type is taken though it is not certain.

    Raises
    ------
    InvalidData
        With every cell that is wrong and every plant that is not understood, with what was
        probably meant.
    """
    found, problems = plants(firms, catalogue, accept)
    if firms.problems or problems:
        raise InvalidData([*firms.problems, *problems])
    table = plant_table(found, catalogue)
    qualities = quality_rows(table, catalogue)
    flows = flow_table(table, catalogue)
    tables = {
        "enterprises": enterprise_table(table),
        "processes": process_table(table),
        "flows": flows,
        "qualities": qualities[_QUALITIES],
    }
    heading = _heading(title, region, year, firms)
    rows = {
        name: cast(list[Mapping[str, object]], t.to_dict("records")) for name, t in tables.items()
    }
    return Draft(
        park=park_of(rows, catalogue, heading),
        plants=found,
        tables=tables,
        heading=heading,
        provenance=provenance(table, qualities, flows["citation"], firms.file, catalogue),
        readme=readme(title, firms.file, found, len(flows)),
    )


def write_draft(draft: Draft, path: Path, *, replace: bool = False) -> None:
    """Write a drafted park as a folder of CSV files with its sources and a README.md.

    Raises
    ------
    InvalidData
        Where something stands at `path`: somebody may have worked on it. With `replace` a park
        gives way, anything else does not.
    """
    if not replace and path.exists() and not (path.is_dir() and not any(path.iterdir())):
        advice = "choose another name, or --replace the park with all that was changed in it"
        raise InvalidData([Problem(str(path), "something stands here already", advice)])
    evidence = {"figures": draft.provenance.figures, "sources": draft.provenance.sources}
    tables = {name: _filled(table) for name, table in draft.tables.items()}
    write_tables(tables | evidence, draft.heading, path, {"README.md": draft.readme})


def draft_document(draft: Draft) -> dict[str, object]:
    """Return what was understood and what came of it, as plain values ready for JSON."""
    park = draft.park
    return {
        "park": park.title,
        "region": park.region,
        "year": park.year,
        "enterprises": len(park.enterprises),
        "processes": len(park.processes),
        "flows": len(park.flows),
        "grades": {str(k): int(v) for k, v in park.flows["grade"].value_counts().items()},
        "plants": _understood(draft.plants, park.processes["id"].tolist()),
    }


def _understood(found: Sequence[Plant], processes: Sequence[str]) -> list[dict[str, object]]:
    return [
        {
            "row": plant.firm.row,
            "firm": plant.firm.name,
            "written": plant.firm.plant,
            "plant": plant.type.id,
            "name": plant.type.name,
            "name_zh": plant.type.name_zh,
            "how": plant.type.how,
            "matched": plant.type.matched,
            "confidence": plant.type.confidence,
            "capacity": plant.capacity,
            "unit": plant.unit,
            "usual_low": _or_none(plant.usual_low),
            "usual_high": _or_none(plant.usual_high),
            "size": plant.size,
            "process": process,
        }
        for plant, process in zip(found, processes, strict=True)
    ]


def _or_none(value: float) -> float | None:
    return value if value == value else None


def _heading(title: str, region: str, year: int | None, firms: FirmList) -> dict[str, object]:
    heading: dict[str, object] = {
        "title": title,
        "description": f"Drafted from the list of firms {firms.file} with typical figures of plant"
        " types: no figure is data of a firm.",
        "description_zh": f"由企业名单 {firms.file} 按典型装置类型的单位指标草拟，"
        "没有任何数字是企业数据。",
        "currency": "CNY",
        "region": region,
        "sources": ["sources.csv"],
    }
    return heading if year is None else {**heading, "year": year}


def _filled(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table without columns in which nothing stands."""
    return table[[c for c in table if (table[c].notna() & (table[c] != "")).any()]]
