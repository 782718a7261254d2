"""SimaPro CSV: blocks of sections, with parameters and formulas in amounts."""

import csv
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from symbiosis.errors import InvalidData, Problem
from symbiosis.lca.importing.archive import Member, members, text
from symbiosis.lca.importing.form import Emission, Flow, Input, Output, Rows
from symbiosis.lca.importing.formula import FormulaError, evaluated
from symbiosis.lca.importing.spread import PLAIN, Spread, lognormal, normal, triangular, uniform

_SEPARATORS = {"semicolon": ";", "comma": ",", "tab": "\t"}
_PRODUCTS, _TREATMENT = "Products", "Waste treatment"
_INPUTS = ("Materials/fuels", "Electricity/heat")
_AVOIDED, _TO_TREATMENT = "Avoided products", "Waste to treatment"
_NATURE = {
    "Resources": "natural resource",
    "Emissions to air": "air",
    "Emissions to water": "water",
    "Emissions to soil": "soil",
    "Final waste flows": "final waste",
    "Non material emissions": "non material",
    "Social issues": "social",
    "Economic issues": "economic",
}
_SUBSTANCES = {
    "Raw materials": "natural resource",
    "Airborne emissions": "air",
    "Waterborne emissions": "water",
    "Emissions to soil": "soil",
}
_SECTIONS = (_PRODUCTS, _TREATMENT, *_INPUTS, _AVOIDED, _TO_TREATMENT, *_NATURE)
_PARAMETERS = ("Input parameters", "Calculated parameters")
_GLOBAL = tuple(
    f"{scope} {kind} parameters"
    for scope in ("Database", "Project")
    for kind in ("Input", "Calculated")
)

Line = tuple[int, list[str]]


@dataclass(kw_only=True)
class _Block:
    """One block of the file: its sections, each with its lines."""

    kind: str
    line: int
    sections: dict[str, list[Line]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """What the lines of a file are read with."""

    member: Member
    decimal: str
    rows: Rows
    parameters: dict[str, float]
    cas: dict[tuple[str, str], str]

    def where(self, line: int, what: str) -> str:
        return f"{self.member.where}, line {line}, {what}"

    def amount(self, cell: str, line: int, what: str) -> float:
        """Return a number, or the value of a formula of parameters."""
        plain = cell.strip().replace(self.decimal, ".") if self.decimal != "." else cell.strip()
        if re.fullmatch(r"[-+]?[\d.]+(?:[eE][-+]?\d+)?|(?i:nan|[-+]?inf(inity)?)", plain):
            return self.rows.number(plain, self.where(line, what))
        try:
            value = evaluated(plain, self.parameters)
        except FormulaError as error:
            remedy = "write a number, or declare the parameter"
            self.rows.problems.append(Problem(self.where(line, what), str(error), remedy))
            return 0.0
        self.rows.formulas.append(f"{self.where(line, what)}: {cell}")
        return self.rows.number(value, self.where(line, what))


def read(path: Path, rows: Rows) -> None:
    """Add all processes of SimaPro CSV files to `rows`."""
    for member in members(path, ".csv"):
        _file(member, rows)


def _file(member: Member, rows: Rows) -> None:
    content = text(member, "utf-8-sig", "cp1252")
    header = dict(re.findall(r"^\{([^:}]+):\s*([^}]*)\}", content, flags=re.MULTILINE))
    if not content.lstrip().startswith("{"):
        remedy = "export it from SimaPro as CSV with its header"
        raise InvalidData([Problem(member.where, "has no SimaPro header", remedy)])
    rows.versions["SimaPro CSV"] = header.get("CSV Format version", "")
    separator = _SEPARATORS.get(header.get("CSV separator", "").strip().casefold(), ";")
    blocks = list(_blocks(content, separator, member))
    cas = {
        (cells[0].strip().casefold(), place): cells[2].strip()
        for block in blocks
        if (place := _SUBSTANCES.get(block.kind)) is not None
        for _, cells in block.sections.get("", [])
        if len(cells) > 2
    }
    decimal = header.get("Decimal separator", ".").strip() or "."
    reading = _Reading(member=member, decimal=decimal, rows=rows, parameters={}, cas=cas)
    for kind in sorted(_GLOBAL, key=lambda kind: "Calculated" in kind):
        for block in (block for block in blocks if block.kind == kind):
            _parameters(block.sections.get("", []), "Calculated" in kind, reading)
    processes = [block for block in blocks if block.kind == "Process"]
    if not processes:
        rows.problems.append(
            Problem(member.where, "holds no process", "export processes, not methods")
        )
    for block in processes:
        _process(block, reading)


def _blocks(content: str, separator: str, member: Member) -> Iterator[_Block]:
    """Yield the blocks; a file cut off inside one is refused."""
    block: _Block | None = None
    section = ""
    expects_section = False
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=separator)
    for cells in reader:
        first = cells[0].strip() if cells else ""
        if first.startswith("{") and block is None:
            continue
        if block is None:
            if first:
                block, section, expects_section = _Block(kind=first, line=reader.line_num), "", True
        elif first == "End" and not any(cell.strip() for cell in cells[1:]):
            yield block
            block = None
        elif not any(cell.strip() for cell in cells):
            expects_section = True
        elif block.kind == "Process" and expects_section and len([c for c in cells if c]) == 1:
            section, expects_section = first, False
            block.sections.setdefault(section, [])
        else:
            block.sections.setdefault(section, []).append((reader.line_num, cells))
    if block is not None:
        where = f"{member.where}, line {block.line}, {block.kind}"
        raise InvalidData([Problem(where, "has no End: the file is cut off", "export it again")])


def _parameters(lines: list[Line], calculated: bool, reading: _Reading) -> None:
    """Add parameters; calculated ones may stand in any order."""
    waiting = [(line, cells) for line, cells in lines if len(cells) > 1]
    for _ in range(len(waiting) if calculated else 1):
        left = []
        for line, cells in waiting:
            name, value = cells[0].strip(), cells[1].strip().replace(reading.decimal, ".")
            try:
                reading.parameters[name.casefold()] = evaluated(value, reading.parameters)
            except FormulaError:
                left.append((line, cells))
        if not left or len(left) == len(waiting):
            break
        waiting = left
    else:
        left = []
    for line, cells in left:
        what = f"'{cells[1]}' cannot be computed"
        where = reading.where(line, f"parameter {cells[0]}")
        reading.rows.problems.append(Problem(where, what, "declare what it is computed from"))


def _process(block: _Block, shared: _Reading) -> None:
    reading = _Reading(
        member=shared.member,
        decimal=shared.decimal,
        rows=shared.rows,
        parameters=dict(shared.parameters),
        cas=shared.cas,
    )
    for section in _PARAMETERS:
        _parameters(block.sections.get(section, []), section.startswith("Calc"), reading)
    one = {name: lines[0][1][0].strip() for name, lines in block.sections.items() if lines}
    given = [(line, cells, 1) for line, cells in block.sections.get(_PRODUCTS, [])]
    given += [(line, cells, -1) for line, cells in block.sections.get(_TREATMENT, [])]
    name = one.get("Process name") or (given[0][1][0].strip() if given else "")
    if not given:
        where = reading.where(block.line, f"process '{name}'")
        what = "has no reference product (sections Products and Waste treatment are empty)"
        reading.rows.problems.append(Problem(where, what, "add the product it gives"))
        return
    process = one.get("Process identifier") or f"{name}|{block.line}"
    location = _location(one.get("Geography", ""), given[0][1][0])
    for line, cells, sign in given:
        _output(process, name or cells[0], location, line, cells, sign, len(given), reading)
    for section, lines in block.sections.items():
        for line, cells in lines if section in _SECTIONS else ():
            _exchange(process, section, line, cells, location, reading)


def _output(
    process: str,
    name: str,
    location: str,
    line: int,
    cells: list[str],
    sign: int,
    number: int,
    reading: _Reading,
) -> None:
    product = cells[0].strip()
    padded = [*cells, *[""] * 4]
    share = 1.0
    if sign > 0 and padded[3].strip() and number > 1:
        share = reading.amount(padded[3], line, f"allocation of '{product}'") / 100.0
    elif number > 1:
        share = math.nan
    amount = reading.amount(padded[2], line, f"amount of '{product}'")
    output = Output(
        *(product, process, product, name, product, location, padded[1].strip(), sign * amount),
        share=share,
        where=reading.where(line, f"product '{product}'"),
    )
    reading.rows.outputs.append(output)


def _exchange(
    process: str, section: str, line: int, cells: list[str], home: str, reading: _Reading
) -> None:
    if section in (_PRODUCTS, _TREATMENT):
        return
    name, where = cells[0].strip(), reading.where(line, f"{section} '{cells[0].strip()}'")
    shift = 1 if section in _NATURE else 0  # these have a subcompartment before the unit
    padded = [*cells, *[""] * 9]
    unit = padded[1 + shift].strip()
    amount = reading.amount(padded[2 + shift], line, f"amount of '{name}'")
    spread_cells = padded[3 + shift : 7 + shift]
    if section in _NATURE:
        place = _NATURE[section]
        key = f"{name}|{place}|{padded[1].strip()}"
        cas = reading.cas.get((name.casefold(), place), "")
        reading.rows.flows.setdefault(key, Flow(key, name, cas, place, unit))
        spread = _spread(spread_cells, amount, line, reading)
        reading.rows.emissions.append(Emission(process, "", key, unit, amount, spread, where))
        return
    signed = -amount if section in (_AVOIDED, _TO_TREATMENT) else amount
    spread = _spread(spread_cells, signed, line, reading)
    entry = Input(process, "", name, name, name, home, unit, signed, spread, where)
    reading.rows.inputs.append(entry)


def _spread(cells: list[str], amount: float, line: int, reading: _Reading) -> Spread:
    def number(cell: str) -> float:
        return reading.amount(cell, line, "uncertainty") if cell.strip() else math.nan

    kind = cells[0].strip().casefold()
    if kind == "lognormal" and (wide := number(cells[1])) > 1:
        return lognormal(amount, math.log(wide) / 2.0)
    if kind == "normal" and (wide := number(cells[1])) > 0:
        return normal(amount, wide / 2.0)
    if kind in ("triangle", "uniform"):
        low, high = sorted((number(cells[2]), number(cells[3])))
        if amount < 0:
            low, high = -high, -low
        return triangular(amount, low, high) if kind == "triangle" else uniform(low, high)
    return PLAIN


def _location(geography: str, product: str) -> str:
    """Return the code in braces of a product's name such as ``Lime {CN}| ...``, else nothing.

    The section Geography speaks of continents in words that are no location of a dataset.
    """
    found = re.search(r"\{([^}]+)\}", product) or re.search(
        r"/([A-Z]{2,3}(?:-[A-Z]+)?) [US]\b", product
    )
    plain = geography.strip()
    code = plain if re.fullmatch(r"[A-Z]{2,3}(?:-[A-Z]{2,4})?", plain) else ""
    return found.group(1) if found else code
