"""Reading a park: from files to a valid `Park`, or to one error with every problem."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.errors import InvalidData, Problem
from symbiosis.io.advice import resource_advice
from symbiosis.io.amounts import annual_flows, in_currency, pathway_amounts
from symbiosis.io.cells import cell_text
from symbiosis.io.ends import resolved_ends
from symbiosis.io.factors import per_resource_unit
from symbiosis.io.heading import Heading, read_heading
from symbiosis.io.qualities import canonical_qualities, with_purchase_values
from symbiosis.io.raw import RawPark, RawTable, collected, raw_table
from symbiosis.io.resources import named_resources, vocabulary
from symbiosis.io.source import raw_park
from symbiosis.io.typed import TypedTable, typed_tables
from symbiosis.model import LATER, TABLES, Park
from symbiosis.model.validation import Fault, faults, wording

Given = Mapping[str, npt.NDArray[np.bool_]]
_INDICATORS = ("cost", "gwp100")


def read_park(path: Path, catalogue: Catalogue) -> Park:
    """Return the park in a folder (CSV or Parquet) or an .xlsx workbook.

    Amounts come out per year in the resource's unit, qualities in their property's unit
    (temperatures in degC), factors per unit of the resource, ends as processes or boundaries.

    Raises
    ------
    InvalidData
        With every problem of every table, where the park breaks a rule or is not there.

    Warns
    -----
    UnknownColumns
        Once per table with columns that mean nothing here; they are left out.
    """
    return _park(raw_park(path), catalogue)


def park_of(
    tables: Mapping[str, Iterable[Mapping[str, object]]],
    catalogue: Catalogue,
    heading: Mapping[str, object] | None = None,
) -> Park:
    """Return the park that rows written as mappings make, by the rules of reading a file.

    Parameters
    ----------
    tables : mapping of str to iterable of mapping
        By table, its rows; what a row leaves out is blank.
    heading : mapping of str to object
        As park.toml.

    Raises
    ------
    InvalidData
        With every problem; rows are counted from 1.
    """
    raw = {name: _raw_rows(name, list(rows)) for name, rows in tables.items()}
    there, unread, problems = collected(raw, {name: name for name in TABLES})
    return _park(
        RawPark(
            name="park",
            heading=heading or {},
            heading_place="heading",
            tables=there,
            problems=tuple(problems),
            unread=unread,
        ),
        catalogue,
    )


def _raw_rows(
    name: str, rows: Sequence[Mapping[str, object]]
) -> tuple[RawTable | None, list[Problem]]:
    columns = dict.fromkeys(column for row in rows for column in row)
    needed = {column.name: None for column in TABLES[name].columns if column.needed}
    header = list(columns or needed)
    cells = [[cell_text(row.get(column)) for column in header] for row in rows]
    return raw_table(name, name, [header, *cells], range(len(rows) + 1))


def _park(raw: RawPark, catalogue: Catalogue) -> Park:
    top, problems = read_heading(raw.heading, raw.heading_place, raw.name)
    problems = [*raw.problems, *problems, *_later_problems(raw)]
    typed = typed_tables({name: raw.tables[name] for name in TABLES if name in raw.tables})
    tables, found = _meaning(typed, catalogue, top, raw.unread)
    problems += _problems(found, raw.tables)
    if not problems and tables["enterprises"].empty:
        place = raw.tables["enterprises"].place
        problems.append(Problem(place, "no enterprises", "add a row for each enterprise"))
    if problems:
        raise InvalidData(problems)
    return Park(**vars(top), **tables)  # type: ignore[arg-type]  # a heading's fields are the park's


def _meaning(
    typed: Mapping[str, TypedTable],
    catalogue: Catalogue,
    top: Heading,
    unread: Collection[str],
) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """Return the tables as a `Park` holds them, and all the rules that they break."""
    found = [fault for table in typed.values() for fault in table.faults]
    tables = {name: table.frame for name, table in typed.items()}
    known, wrong = vocabulary(typed["resources"], catalogue.resources, top.currency)
    found += wrong
    for name in ("flows", "pathway_flows", "factors"):
        units = in_currency(tables[name]["unit"], top.currency)
        tables[name] = tables[name].assign(unit=units)
    tables["flows"], tables["processes"], wrong = resolved_ends(
        tables["flows"], tables["processes"], tables["enterprises"]
    )
    found += wrong
    tables["flows"], wrong = annual_flows(tables["flows"], tables["processes"], known)
    found += wrong
    tables["pathway_flows"], wrong = pathway_amounts(tables["pathway_flows"], known)
    found += wrong
    tables["factors"], wrong = per_resource_unit(tables["factors"], known, top.currency)
    found += wrong
    tables["qualities"], wrong = canonical_qualities(tables["qualities"], catalogue.properties)
    found += wrong
    tables["qualities"] = with_purchase_values(tables["qualities"], tables["flows"])
    tables["pathways"] = _with_replaces(tables["pathways"])
    tables["flows"] = _with_lots(
        _with_tradable(tables["flows"], typed["flows"].given, known, tables["qualities"])
    )
    meant = resource_advice(known, catalogue.resources)
    found += faults(tables, known, _indicators(catalogue, top), unread, meant)
    tables["resources"] = named_resources(tables, known, tables["resources"]["id"])
    return tables, found


def _indicators(catalogue: Catalogue, top: Heading) -> list[str]:
    return [*_INDICATORS, *top.settings.indicators, *catalogue.factors["indicator"].unique()]


def _with_replaces(pathways: pd.DataFrame) -> pd.DataFrame:
    """Return pathways that replace what they give and remove nothing, where they say nothing."""
    removes = [name for name in pathways if str(name).startswith("removes_")]
    replaces = pathways["replaces"].where(pathways["replaces"] != "", pathways["gives"])
    return pathways.assign(replaces=replaces).fillna(dict.fromkeys(removes, 0.0))


def _with_lots(flows: pd.DataFrame) -> pd.DataFrame:
    return flows.assign(lot=flows["lot"].where(flows["lot"] != "", flows["id"]))


def _with_tradable(
    flows: pd.DataFrame, given: Given, known: pd.DataFrame, qualities: pd.DataFrame
) -> pd.DataFrame:
    """Return flows that are tradable where nothing else is said and their boundary is a market.

    Water, heat and what has a quality are also tradable to and from nature; air and rain are not.
    """
    kinds = flows["resource"].map(known.drop_duplicates("id").set_index("id")["kind"])
    natural = kinds.isin(["water", "heat"]) | flows["id"].isin(set(qualities["flow"]))
    ends = flows[["source", "target"]]
    market = ends.isin(["@supply", "@disposal", "@stock"]).any(axis=1)
    usual = market | ((ends == "@nature").any(axis=1) & natural)
    said = pd.Series(given["tradable"], index=flows.index)
    return flows.assign(tradable=flows["tradable"].where(said, usual).astype(bool))


def _later_problems(raw: RawPark) -> Iterator[Problem]:
    for name in LATER:
        table = raw.tables.get(name)
        if table is not None and len(table.lines):
            what = "not supported yet (periods and stocks over time)"
            yield Problem(table.place, what, "leave it out: a park is one year")


def _problems(found: list[Fault], raw: Mapping[str, RawTable]) -> list[Problem]:
    """Return faults as problems that quote the cells as they were written, in order of place."""
    order = {name: position for position, name in enumerate(TABLES)}
    placed = sorted(found, key=lambda f: (order[f.table], -1 if f.row is None else f.row))
    return [_problem(fault, raw[fault.table]) for fault in dict.fromkeys(placed)]


def _problem(fault: Fault, table: RawTable) -> Problem:
    row = fault.row

    def cell(column: str) -> str:
        cells = table.cells.get(column)
        return "" if cells is None or row is None else cells[row]

    return Problem(table.where(row, fault.column), wording(fault, cell), fault.remedy)
