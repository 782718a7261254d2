"""bw_processing datapackages: matrices as arrays, and labels as far as they are there."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import maximum_bipartite_matching

from symbiosis.errors import InvalidData, Problem
from symbiosis.lca.importing.archive import Member, members
from symbiosis.lca.importing.form import Character, Emission, Flow, Input, Output, Rows
from symbiosis.lca.importing.json_documents import Document, document, parts, string
from symbiosis.lca.importing.spread import LOGNORMAL, PLAIN, Spread, from_codes

TECHNOSPHERE, BIOSPHERE = "technosphere_matrix", "biosphere_matrix"
CHARACTERISATION = "characterization_matrix"
_CLIMATE = re.compile(r"gwp|climate[ _-]?change|global[ _-]?warming", re.IGNORECASE)
_COLUMNS = ["row", "column", "value", "group", *Spread._fields]


@dataclass(frozen=True, kw_only=True)
class _Package:
    """A datapackage: its description, and its files by name."""

    where: str
    description: Document
    files: Mapping[str, Member]


def read(path: Path, rows: Rows) -> None:
    """Add the matrices of a datapackage to `rows`; rows and columns keep their numbers as ids."""
    files = {PurePosixPath(m.name).name: m for m in members(path, ".json", ".npy", ".csv")}
    if "datapackage.json" not in files:
        what = "holds no datapackage.json"
        raise InvalidData([Problem(path.name, what, "write it with bw_processing")])
    package = _Package(
        where=path.name, description=document(files["datapackage.json"]), files=files
    )
    rows.versions["datapackage"] = string(package.description, "name")
    labels = _labels(package)
    entries = {
        matrix: _entries(package, matrix, rows)
        for matrix in (TECHNOSPHERE, BIOSPHERE, CHARACTERISATION)
    }
    rows.check()
    if entries[TECHNOSPHERE].empty:
        what = "has no technosphere_matrix"
        raise InvalidData([Problem(path.name, what, "write one with bw_processing")])
    _technosphere(entries[TECHNOSPHERE], labels, package.where, rows)
    _biosphere(entries[BIOSPHERE], entries[CHARACTERISATION], labels, package.where, rows)


def _entries(package: _Package, matrix: str, rows: Rows) -> pd.DataFrame:
    """Return a matrix as (row, column, value, group), signs turned and repeated cells merged.

    Cells that stand twice in one group add up; a later group takes the place of an earlier one,
    unless the package says otherwise: the rules of matrix_utils.
    """
    tables = []
    for group, kinds in _groups(package, matrix).items():
        if "indices" not in kinds or "data" not in kinds:
            what = f"group '{group}' has no indices or no data (an interface to a program?)"
            problem = Problem(package.where, what, "freeze it into arrays first")
            rows.problems.append(problem)
            continue
        tables.append(_group(package, group, kinds, rows))
    if not tables:
        return pd.DataFrame(columns=_COLUMNS)
    table = pd.concat(tables, ignore_index=True)
    rules = package.description
    key = ["row", "column"]
    table = table[table["value"].notna()]
    if not rules.get("sum_inter_duplicates", False):
        last = table.groupby(key)["group"].transform("last")
        table = table[table["group"].eq(last)]
    if rules.get("sum_intra_duplicates", True):
        alone = ~table.duplicated(key, keep=False)
        summed = table.groupby(key, as_index=False).agg({"value": "sum", "group": "last"})
        repeated = summed.merge(table.loc[~alone, key].drop_duplicates(), on=key)
        repeated = repeated.assign(**PLAIN._asdict())
        return pd.concat([table[alone], repeated], ignore_index=True)[_COLUMNS]
    return table.drop_duplicates(key, keep="last").reset_index(drop=True)


def _groups(package: _Package, matrix: str) -> dict[str, dict[str, Document]]:
    found: dict[str, dict[str, Document]] = {}
    for resource in parts(package.description, "resources"):
        if string(resource, "matrix") == matrix:
            group = found.setdefault(string(resource, "group"), {})
            group[string(resource, "kind")] = resource
    return found


def _group(
    package: _Package, group: str, kinds: Mapping[str, Document], rows: Rows
) -> pd.DataFrame:
    indices = _array(package, kinds["indices"])
    data = _array(package, kinds["data"])
    where = f"{package.where}, group '{group}'"
    if indices.dtype.names is None or not {"row", "col"} <= set(indices.dtype.names):
        raise InvalidData([Problem(where, "its indices have no row and col", "write it again")])
    if data.ndim == 2:
        rows.warnings.append(f"{where}: of {data.shape[1]} columns of values the first is taken")
        data = data[:, 0]
    if data.shape != indices.shape or not np.issubdtype(data.dtype, np.number):
        what = f"has {indices.size} indices and {data.size} values"
        raise InvalidData([Problem(where, what, "write it again")])
    if not np.isfinite(data).all():
        at = int(np.flatnonzero(~np.isfinite(data))[0])
        remedy = "correct the amount"
        raise InvalidData([Problem(f"{where}, value {at}", f"'{data[at]}' is no number", remedy)])
    flip = _array(package, kinds["flip"]) if "flip" in kinds else np.zeros(data.shape, dtype=bool)
    table = pd.DataFrame(
        {
            "row": indices["row"].astype(np.int64),
            "column": indices["col"].astype(np.int64),
            "value": np.where(flip, -data, data).astype(np.float64),
            "group": group,
        }
    )
    return pd.concat([table, _spreads(package, kinds, flip)], axis=1)


def _spreads(package: _Package, kinds: Mapping[str, Document], flip: Any) -> pd.DataFrame:
    """Return the distributions of a group, turned as its values are."""
    if "distributions" not in kinds:
        return pd.DataFrame([PLAIN] * len(flip), columns=list(Spread._fields))
    held = _array(package, kinds["distributions"])
    table = pd.DataFrame({name: held[name].astype(float) for name in Spread._fields})
    logarithmic = table["uncertainty_type"].eq(LOGNORMAL)
    turned = pd.Series(flip) & ~logarithmic
    return table.assign(
        loc=table["loc"].where(~turned, -table["loc"]),
        minimum=table["minimum"].where(~turned, -table["maximum"]),
        maximum=table["maximum"].where(~turned, -table["minimum"]),
    )


def _array(package: _Package, resource: Document) -> Any:
    name = PurePosixPath(string(resource, "path")).name
    member = package.files.get(name)
    where = f"{package.where}, {name}"
    if member is None:
        raise InvalidData([Problem(where, "is named but not there", "write the package again")])
    try:
        found = np.load(io.BytesIO(member.content), allow_pickle=False)
    except (ValueError, OSError, EOFError, SyntaxError) as error:
        problem = Problem(where, f"is no array of numbers: {error}", "write the package again")
        raise InvalidData([problem]) from error
    return np.asarray(found)


def _labels(package: _Package) -> dict[int, dict[str, str]]:
    """Return what the tables of the package say of a number: name, location, unit and so on."""
    found: dict[int, dict[str, str]] = {}
    for resource in parts(package.description, "resources"):
        member = package.files.get(PurePosixPath(string(resource, "path")).name)
        if string(resource, "mediatype") != "text/csv" or member is None:
            continue
        table = pd.read_csv(io.BytesIO(member.content), dtype=str, keep_default_na=False)
        table.columns = [str(name).strip().casefold() for name in table.columns]
        column = next((name for name in ("index", "id", "integer") if name in table), None)
        if column is None:
            continue
        for cells in table[table[column].str.fullmatch(r"-?\d+")].to_dict("records"):
            known = found.setdefault(int(cells[column]), {})
            known.update({str(name): str(cell) for name, cell in cells.items() if cell})
    return found


def _label(labels: Mapping[int, Mapping[str, str]], number: int, *names: str) -> str:
    known = labels.get(number, {})
    return next((known[name] for name in names if name in known), "")


def _technosphere(
    entries: pd.DataFrame, labels: Mapping[int, Mapping[str, str]], where: str, rows: Rows
) -> None:
    produced = _references(entries, where)
    ids = dict(zip(produced["column"], produced["row"], strict=True))
    for row, column, value in produced[["row", "column", "value"]].itertuples(index=False):
        name = _label(labels, column, "name") or _label(labels, row, "name") or f"activity {column}"
        product = _label(labels, row, "reference product", "product", "name") or name
        location = _label(labels, column, "location") or _label(labels, row, "location")
        unit = _label(labels, row, "unit") or _label(labels, column, "unit") or "unit"
        output = Output(
            *(str(row), str(column), str(row), name, product, location, unit, value),
            share=1.0,
            where=f"{where}, technosphere_matrix, column {column}",
        )
        rows.outputs.append(output)
    own = entries["column"].map(ids).eq(entries["row"])
    units = {output.id: output.unit for output in rows.outputs}
    for row, column, value, spread in _cells(entries[~own]):
        # A matrix holds what is taken with a minus.
        entry = Input(
            *(str(column), "", str(row), "", _label(labels, row, "name") or str(row), ""),
            *(units.get(str(row), "unit"), -value, _turned(spread)),
            f"{where}, technosphere_matrix, row {row}, column {column}",
        )
        rows.inputs.append(entry)


def _cells(entries: pd.DataFrame) -> Iterator[tuple[int, int, float, Spread]]:
    for row, column, value, _, *cells in entries[_COLUMNS].itertuples(index=False):
        spread = from_codes(dict(zip(Spread._fields, cells, strict=True)))
        yield int(row), int(column), float(value), spread


def _turned(spread: Spread) -> Spread:
    """Return the distribution of minus the amount; a lognormal knows no sign."""
    if spread.uncertainty_type == LOGNORMAL:
        return spread
    low, high = -spread.maximum, -spread.minimum
    return spread._replace(loc=-spread.loc, minimum=low, maximum=high)


def _references(entries: pd.DataFrame, where: str) -> pd.DataFrame:
    """Return the entry of each column that is its product: the diagonal, else any matching.

    Whichever way products are matched to the activities that give them, the scores are the same.
    """
    nonzero = entries[entries["value"].ne(0.0)]
    columns = pd.Index(entries["column"].unique())
    names = pd.Index(entries["row"].unique())
    if len(columns) != len(names):
        what = f"has {len(names)} rows and {len(columns)} columns"
        remedy = "each product needs one activity: allocate it first"
        raise InvalidData([Problem(f"{where}, technosphere_matrix", what, remedy)])
    own = nonzero[nonzero["row"].eq(nonzero["column"])]
    if len(own) == len(columns):
        return own
    weight = nonzero[nonzero["value"].gt(0.0)]
    shape = (len(names), len(columns))
    at = (names.get_indexer(weight["row"]), columns.get_indexer(weight["column"]))
    graph = sparse.csr_array((np.ones(len(weight)), at), shape=shape)
    matched = maximum_bipartite_matching(graph, perm_type="column")
    if (matched < 0).any():
        at_row = names[int(np.flatnonzero(matched < 0)[0])]
        what = f"nothing gives the product of row {at_row}"
        remedy = "add an entry above 0 for each product"
        raise InvalidData([Problem(f"{where}, technosphere_matrix", what, remedy)])
    pairs = pd.DataFrame({"row": names, "column": columns[matched]})
    return nonzero.merge(pairs, on=["row", "column"])


def _biosphere(
    entries: pd.DataFrame,
    factors: pd.DataFrame,
    labels: Mapping[int, Mapping[str, str]],
    where: str,
    rows: Rows,
) -> None:
    for number in pd.Index(entries["row"]).append(pd.Index(factors["row"])).unique():
        compartment = _label(labels, number, "compartment", "categories")
        name = _label(labels, number, "name") or f"flow {number}"
        cas, unit = _label(labels, number, "cas", "cas number"), _label(labels, number, "unit")
        key = str(number)
        rows.flows.setdefault(key, Flow(key, name, cas, compartment, unit or "kg"))
    for row, column, value, spread in _cells(entries):
        place = f"{where}, biosphere_matrix, row {row}, column {column}"
        unit = rows.flows[str(row)].unit
        entry = Emission(str(column), "", str(row), unit, value, spread, place)
        rows.emissions.append(entry)
    for row, group, value in factors[["row", "group", "value"]].itertuples(index=False):
        indicator = "gwp100" if _CLIMATE.search(group) else _slug(group)
        per = "kg CO2e" if indicator == "gwp100" else "1"
        unit = rows.flows[str(row)].unit
        rows.characters.append(Character(indicator, str(row), float(value), f"{per}/{unit}"))


def _slug(text: str) -> str:
    return re.sub(r"\W+", "_", text.casefold()).strip("_") or "indicator"
