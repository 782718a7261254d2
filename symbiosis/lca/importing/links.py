"""Resources of the catalogue as activities of an imported inventory: a table that people edit."""

import csv
import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process, utils

from symbiosis.errors import InvalidData, Problem
from symbiosis.lca.checks import BOUNDARIES
from symbiosis.lca.importing.measure import resource_scale, unit_name, unit_scale
from symbiosis.lca.importing.places import region_of
from symbiosis.lca.importing.tables import DISPOSAL, GRADE, SUPPLY
from symbiosis.lca.inventory import COLUMNS as TABLES
from symbiosis.lca.inventory import Inventory
from symbiosis.units import UnitError

COLUMNS = (
    *("boundary", "resource", "activity", "product", "location", "factor", "note"),
    *("status", "suggestions"),
)
_WRITTEN = ("boundary", "resource", "activity", "product", "location", "factor", "note")
LINK = "link"
SUGGESTED = 3
LIKENESS = 72.0


@dataclass(frozen=True, kw_only=True)
class Links:
    """An inventory with a link activity per row and place, and the mapping with what became of it.

    ``mapping`` has `COLUMNS`: `status` is linked, unmatched, or blank where nothing was asked.
    """

    inventory: Inventory
    mapping: pd.DataFrame


def read_mapping(path: Path) -> pd.DataFrame:
    """Return a mapping as it is written: text, with the line it stands on as index."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        cells = list(csv.DictReader(text.splitlines(), strict=True))
    except UnicodeError as error:
        raise InvalidData([Problem(path.name, "is not written in utf-8", "save as it")]) from error
    except (OSError, csv.Error) as error:
        raise InvalidData([Problem(path.name, f"cannot be read: {error}", "name a CSV")]) from error
    table = pd.DataFrame(cells, index=range(2, len(cells) + 2), dtype=str).fillna("")
    missing = {"boundary", "resource"} - set(table.columns)
    if missing and len(cells):
        remedy = f"its columns are {', '.join(_WRITTEN)}"
        raise InvalidData([Problem(path.name, f"lacks {', '.join(sorted(missing))}", remedy)])
    texts = table.reindex(columns=list(_WRITTEN), fill_value="")
    return texts.assign(**{column: texts[column].str.strip() for column in _WRITTEN})


def linked(
    inventory: Inventory, mapping: pd.DataFrame, resources: pd.DataFrame, source: str, where: str
) -> Links:
    """Return the inventory with the links that `mapping` asks for.

    A row names an activity by its id, or by the name of it or of its product, and may name a
    location. Without one every location is linked, and a park takes the nearest to it: its
    province, then CN, then RoW, then GLO. A location that is not there falls back in the same way.

    Parameters
    ----------
    mapping : DataFrame
        Of `read_mapping`, or of `draft`.
    resources : DataFrame
        The catalogue's: id, unit, content_mass, content_energy, name, synonyms.
    source : str
        What links are cited as.
    where : str
        The file of the mapping, for problems.

    Raises
    ------
    InvalidData
        For unknown boundaries and resources, and factors that are no number or cannot be told
        from the units. An activity that is not there is no error: its row is ``unmatched``.
    """
    problems = list(_mapping_problems(mapping, resources, where))
    if problems:
        raise InvalidData(problems)
    finder = _Finder(inventory)
    known = resources.drop_duplicates("id").set_index("id")
    status: list[str] = []
    advice: list[str] = []
    rows: list[tuple[str, str, str, float, pd.Series]] = []
    for at, row in mapping.iterrows():
        name = str(row["activity"] or row["product"])
        found = finder.found(row) if name else finder.activities[:0]
        status.append(("linked" if len(found) else "unmatched") if name else "")
        advice.append("; ".join(finder.near([name])[0]) if status[-1] == "unmatched" else "")
        for _, activity in found.iterrows():
            place = f"{where}, row {at}"
            factor = _factor(row, activity, known.loc[row["resource"]], place, problems)
            rows.append((row["boundary"], row["resource"], place, factor, activity))
    keys = [(boundary, resource, activity["region"]) for boundary, resource, _, _, activity in rows]
    for place, key in ((rows[n][2], key) for n, key in enumerate(keys) if key in keys[:n]):
        what = f"several activities for {key[1]} at {key[0]} in {key[2]}"
        problems.append(Problem(place, what, "name the activity by its id, or its location"))
    if problems:
        raise InvalidData(problems)
    told = mapping.assign(status=status, suggestions=advice)
    return Links(inventory=_with_links(inventory, rows, known, source), mapping=told)


def draft(inventory: Inventory, resources: pd.DataFrame) -> pd.DataFrame:
    """Return a mapping to be filled in: each resource bought and discarded, with suggestions."""
    names = [*resources["name"]]
    words = resources["synonyms"] if "synonyms" in resources else pd.Series("", resources.index)
    near = _Finder(inventory).near(names, [str(text).split(";")[0] for text in words])
    parts = [
        pd.DataFrame({"boundary": boundary, "resource": resources["id"], "suggestions": texts})
        for boundary, texts in ((SUPPLY, ["; ".join(one) for one in near]), (DISPOSAL, ""))
    ]
    return pd.concat(parts, ignore_index=True).reindex(columns=list(COLUMNS), fill_value="")


def with_suggestions(
    mapping: pd.DataFrame, inventory: Inventory, resources: pd.DataFrame
) -> pd.DataFrame:
    """Return a mapping followed by the rows of a draft that it has nothing on."""
    full = draft(inventory, resources)
    has = set(mapping[["boundary", "resource"]].itertuples(index=False, name=None))
    keys = full[["boundary", "resource"]].itertuples(index=False, name=None)
    rest = full[[key not in has for key in keys]]
    told = mapping.reindex(columns=list(COLUMNS), fill_value="")
    near = full.set_index(["boundary", "resource"])["suggestions"]
    pairs = pd.MultiIndex.from_frame(told[["boundary", "resource"]])
    theirs = pd.Series(near.reindex(pairs).to_numpy(), index=told.index).fillna("")
    own = told["suggestions"].where(
        told["suggestions"].ne("") | told["status"].eq("linked"), theirs
    )
    return pd.concat([told.assign(suggestions=own), rest], ignore_index=True)


class _Finder:
    """Activities by id, name and product, without regard to case."""

    def __init__(self, inventory: Inventory) -> None:
        self.activities = inventory.activities
        self.parents = dict(zip(inventory.regions["id"], inventory.regions["parent"], strict=True))
        self.names = inventory.activities["name"].str.casefold()
        self.products = inventory.activities["product_name"].str.casefold()
        self.labels = _labels(inventory.activities)

    def found(self, row: pd.Series) -> pd.DataFrame:
        """Return the activities that a row of a mapping asks for, one per place."""
        table = self.activities
        by_id = table[table["id"].eq(row["activity"])]
        if len(by_id):
            return by_id
        fits = pd.Series(True, index=table.index)
        if row["activity"]:
            fits &= self.names.eq(row["activity"].casefold())
        if row["product"]:
            fits &= self.products.eq(row["product"].casefold())
        wanted = table[fits & table["boundary"].eq(_side(row["boundary"]))]
        if row["location"]:
            wanted = self._at(wanted, region_of(row["location"]))
        return _markets_first(wanted)

    def _at(self, wanted: pd.DataFrame, region: str) -> pd.DataFrame:
        while True:
            here = wanted[wanted["region"].eq(region)]
            if len(here) or not region:
                return here
            region = self.parents.get(region, "GLO" if region != "GLO" else "")

    def near(self, *names: Iterable[str]) -> list[list[str]]:
        """Return for each name (or its other name) the activities called most like it."""
        labels = self.labels["text"].tolist()
        if not labels:
            return [[] for _ in next(iter(names), [])]
        plain = [utils.default_process(label) for label in labels]
        scores = [
            process.cdist(
                [utils.default_process(name) for name in some], plain,
                scorer=fuzz.token_set_ratio, score_cutoff=LIKENESS, dtype=np.uint8, workers=-1,
            )
            for some in names
        ]  # fmt: skip
        best = np.maximum.reduce(scores)
        ids = self.labels["label"].to_numpy()
        return [
            [str(ids[at]) for at in np.argsort(-row, kind="stable")[:SUGGESTED] if row[at] > 0]
            for row in best
        ]


def _labels(activities: pd.DataFrame) -> pd.DataFrame:
    """Return each product name once, with an activity that gives it, as people would write it."""
    first = activities.drop_duplicates("product_name")
    label = first["name"] + " | " + first["product_name"] + " {" + first["region"] + "}"
    return pd.DataFrame({"text": first["product_name"], "label": label})


def _side(boundary: str) -> str:
    """Return where the activities that serve a boundary stand; a stack is a treatment."""
    return SUPPLY if boundary == SUPPLY else DISPOSAL


def _markets_first(found: pd.DataFrame) -> pd.DataFrame:
    """Return markets instead of what they mix, where a place has exactly one for a product."""
    market = found["name"].str.casefold().str.startswith(("market for", "market group for"))
    has = found["region"].isin(set(found.loc[market, "region"]))
    return found[market | ~has]


def _mapping_problems(
    mapping: pd.DataFrame, resources: pd.DataFrame, where: str
) -> Iterator[Problem]:
    known = set(resources["id"])
    for at, row in mapping.iterrows():
        if row["boundary"] not in BOUNDARIES:
            what, remedy = f"'{row['boundary']}' is unknown", f"one of {', '.join(BOUNDARIES)}"
            yield Problem(f"{where}, row {at}, boundary", what, remedy)
        if row["resource"] not in known:
            close = difflib.get_close_matches(row["resource"], known, n=1)
            remedy = f"did you mean '{close[0]}'?" if close else "name a resource of the catalogue"
            what = f"unknown resource '{row['resource']}'"
            yield Problem(f"{where}, row {at}, resource", what, remedy)
        if row["factor"] and not _is_factor(row["factor"]):
            what = f"'{row['factor']}' is no number above 0"
            yield Problem(f"{where}, row {at}, factor", what, "units of the activity per unit")


def _is_factor(text: str) -> bool:
    try:
        return 0.0 < float(text) < 1e30
    except ValueError:
        return False


def _factor(
    row: pd.Series, activity: pd.Series, resource: pd.Series, where: str, problems: list[Problem]
) -> float:
    """Return how many units of the activity one unit of the resource takes."""
    if row["factor"]:
        return float(row["factor"])
    unit, wanted = str(activity["unit"]), str(resource["unit"])
    known = unit_name(wanted)
    scale = unit_scale(known, unit) if known else None
    if scale is not None:
        return scale
    contents = (resource.get(f"content_{of}", float("nan")) for of in ("mass", "energy"))
    try:
        return resource_scale(unit, wanted, *(float(content) for content in contents))
    except UnitError as error:
        remedy = f"give the factor: {unit} of the activity per {wanted}"
        problems.append(Problem(f"{where}, factor", error.what, remedy))
        return 1.0


def _with_links(
    inventory: Inventory,
    rows: list[tuple[str, str, str, float, pd.Series]],
    known: pd.DataFrame,
    source: str,
) -> Inventory:
    """Return the inventory with one more activity per link, which takes `factor` of its target."""
    activities, exchanges = [], []
    for boundary, resource, _, factor, target in rows:
        key = f"{LINK}:{boundary}:{resource}:{target['region']}"
        activities.append(
            {
                "id": key, "product": resource, "boundary": boundary,
                "unit": known.loc[resource, "unit"], "region": target["region"],
                "year": target["year"], "convention": "", "kind": "unit_process",
                "name": f"{resource} = {target['name']}", "name_zh": "", "grade": GRADE,
                "citation": source, "note": "link", "product_name": resource,
            }
        )  # fmt: skip
        exchanges.append(
            {
                "activity": key, "type": "technosphere", "flow": target["product"],
                "boundary": target["boundary"], "amount": factor, "unit": target["unit"],
                "region": target["region"], "grade": GRADE, "citation": source, "note": "link",
            }
        )  # fmt: skip
    if not rows:
        return inventory
    return replace(
        inventory,
        activities=_joined(inventory.activities, activities, "activities"),
        exchanges=_joined(inventory.exchanges, exchanges, "exchanges"),
    )


def _joined(table: pd.DataFrame, more: list[dict[str, object]], name: str) -> pd.DataFrame:
    added = pd.DataFrame(more).reindex(columns=table.columns)
    texts = [column for column in TABLES[name] if table[column].dtype != float]
    added[texts] = added[texts].fillna("")
    return pd.concat([added.astype(table.dtypes.to_dict()), table], ignore_index=True)
