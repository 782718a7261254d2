"""Where the figures of a drafted park are from: figures.csv and sources.csv."""

import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.drafting.tables import LIST, MARK, rounded
from symbiosis.io.provenance import FIGURES, SOURCES, Provenance

_LIMITS = ("value", "minimum", "maximum")


def provenance(
    plants: pd.DataFrame, qualities: pd.DataFrame, cited: pd.Series, file: str, catalogue: Catalogue
) -> Provenance:
    """Return the grade and source of every figure that is not a flow's, and all sources cited.

    Parameters
    ----------
    plants, qualities : DataFrame
        As `plant_table` and `quality_rows` return them.
    cited : Series
        The citations of the flows, which stand in their own table.
    file : str
        What the list of firms is called.
    """
    figures = pd.concat(
        [_places(plants), _activities(plants), _hours(plants, catalogue), _qualities(qualities)],
        ignore_index=True,
    )
    everything = pd.concat([cited, figures["citation"]]).str.split(";").explode().str.strip()
    return Provenance(
        figures=figures.reindex(columns=list(FIGURES)),
        sources=_sources(plants, set(everything), file, catalogue),
    )


def _places(plants: pd.DataFrame) -> pd.DataFrame:
    firsts = [
        plants.assign(column=column, value=plants[column]).dropna(subset="value")
        for column in ("latitude", "longitude")
    ]
    rows = pd.concat(firsts).drop_duplicates(["enterprise", "column"])
    how = "as row " + rows["row"].astype(str) + " of the list says"
    return _rows("enterprises", rows["enterprise"], rows, unit="degree", citation=LIST, how=how)


def _activities(plants: pd.DataFrame) -> pd.DataFrame:
    """Return the activities: capacities of the list, as if all were used."""
    how = (
        "capacity of row " + plants["row"].astype(str) + " ('" + plants["written"]
        + "') taken as the yearly output"
    )  # fmt: skip
    rows = plants.assign(column="activity", value=rounded(plants["capacity"]))
    unit = plants["type_unit"] + "/year"
    return _rows("processes", plants["process"], rows, unit=unit, citation=LIST, how=how)


def _hours(plants: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    rows = plants.assign(column="operating_hours", value=plants["operating_hours"])
    grades = plants["blueprint"].map(catalogue.blueprints.set_index("id")["grade"])
    own, typical = plants["own_hours"], MARK + ":" + plants["blueprint"]
    listed = "as row " + plants["row"].astype(str) + " of the list says"
    return _rows(
        "processes",
        plants["process"],
        rows,
        unit="h/year",
        citation=typical.where(~own, LIST),
        how=listed.where(own, "usual of the plant type; flows follow the yearly capacity"),
    ).assign(grade=grades.where(grades == "unverified", "derived").where(~own, "derived"))


def _qualities(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a figure for each number of a quality; a range is stretched to both of two limits."""
    found = []
    for column in _LIMITS:
        part = rows.dropna(subset=column)
        stretch = (part[column] / _ranged(part)).fillna(1.0)
        found.append(
            pd.DataFrame(
                {
                    "table": "qualities",
                    "id": part["flow"] + "|" + part["property"],
                    "column": column,
                    "value": part[column],
                    "low": rounded(part["low"] * stretch),
                    "high": rounded(part["high"] * stretch),
                    **{name: part[name] for name in ("unit", "grade", "citation", "how")},
                }
            )
        )
    return pd.concat(found).sort_index(kind="stable")


def _ranged(rows: pd.DataFrame) -> pd.Series:
    """Return the number that low and high of a row stand around: the value, else the maximum."""
    return rows["value"].fillna(rows["maximum"]).fillna(rows["minimum"])


def _rows(
    table: str,
    ids: pd.Series,
    rows: pd.DataFrame,
    *,
    unit: str | pd.Series,
    citation: str | pd.Series,
    how: pd.Series,
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "table": table,
            "id": ids,
            "column": rows["column"],
            "value": rows["value"],
            "unit": unit,
            "grade": "derived",
            "citation": citation,
            "how": how,
        }
    )


def _sources(
    plants: pd.DataFrame, cited: set[str], file: str, catalogue: Catalogue
) -> pd.DataFrame:
    """Return what is cited: the list, the plant types, and the sources of the catalogue."""
    types = plants.drop_duplicates("blueprint")
    drafted = pd.DataFrame(
        {
            "id": [LIST, *(MARK + ":" + types["blueprint"])],
            "title": [
                f"List of firms {file}, not checked",
                *(
                    "Drafted from plant type " + types["type"] + " (" + types["blueprint"]
                    + ") of the catalogue, not data of the firm"
                ),
            ],
            "access": "drafted",
        }
    )  # fmt: skip
    known = catalogue.sources[catalogue.sources["id"].isin(cited)]
    sources = pd.concat([drafted, known], ignore_index=True)
    return sources.reindex(columns=list(SOURCES)).fillna("")
