"""What commands print as tables, in English or Chinese."""

from collections.abc import Mapping, Sequence
from typing import cast

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from symbiosis.reporting.files import exchange_table
from symbiosis.reporting.language import Translate, translator
from symbiosis.reporting.wording import (
    Vocabulary,
    grade_text,
    indicator_text,
    name_of,
    status_text,
    verdict_text,
    vocabulary,
)
from symbiosis.scenarios import Explanation, Outcome

WIDTH = 150  # where standard output is not a terminal
MOST_ROWS = 30
Row = Mapping[str, object]


def _console() -> Console:
    console = Console(highlight=False, markup=False, emoji=False)
    return (
        console
        if console.is_terminal
        else Console(width=WIDTH, highlight=False, markup=False, emoji=False)
    )


def _grid(title: str, columns: Sequence[tuple[str, bool]]) -> Table:
    """Return an empty table; a column is its heading and whether it holds numbers."""
    table = Table(title=Text(title), title_justify="left", title_style="bold", box=None)
    for heading, is_number in columns:
        table.add_column(
            Text(heading),
            justify="right" if is_number else "left",
            no_wrap=is_number,
            overflow="fold",
            header_style="bold",
        )
    return table


def _add(table: Table, *cells: object) -> None:
    table.add_row(*(Text(str(cell)) for cell in cells))


def amount(value: float, digits: int = 4) -> str:
    """Return a number as a person reads it: grouped, and no more digits than it is worth.

    Examples
    --------
    >>> amount(1234567.0), amount(0.012345), amount(float("nan"))
    ('1,234,567', '0.01235', '-')
    """
    if pd.isna(value):
        return "-"
    if value == 0 or abs(value) >= 1000:
        return f"{value + 0.0:,.0f}"
    return f"{value:.{digits}g}"


def print_outcome(outcome: Outcome, summary: Row, language: str) -> None:
    """Print the exchanges of a plan and what they save."""
    _ = translator(language)
    console = _console()
    park = outcome.park
    money = f"{park.currency}/a"
    table = _grid(
        _("Proposed exchanges"),
        [
            (_("From"), False),
            (_("To"), False),
            (_("Resource"), False),
            (_("Pathway"), False),
            (_("Amount taken"), True),
            (_("Unit"), False),
            ("km", True),
            (_("Saves") + f" {money}", True),
            ("t CO2e/a", True),
            (_("Price"), True),
            (_("Figures"), False),
        ],
    )
    rows = exchange_table(outcome)
    units = park.resources.set_index("id")["unit"]
    words = vocabulary(park, outcome.catalogue, language)
    for row in cast(list[Row], rows.head(MOST_ROWS).to_dict("records")):
        weak = cast(int, row["unverified_figures"])
        _add(
            table,
            name_of(park.enterprises, str(row["from_enterprise"]), language),
            _receiver(park.enterprises, row, _, language),
            name_of(park.resources, str(row["resource_taken"]), language),
            words.name("pathways", str(row["pathway"])),
            amount(cast(float, row["taken"])),
            units.get(str(row["resource_taken"]), ""),
            amount(cast(float, row["distance_km"]), 3),
            amount(cast(float, row.get("cost_net", float("nan")))),
            amount(cast(float, row.get("gwp100_net", float("nan")))),
            _interval(cast(float, row["value_low"]), cast(float, row["value_high"])),
            _("{n} unverified").format(n=weak) if weak else "",
        )
    console.print(table)
    if len(rows) > MOST_ROWS:
        more = _("... and {n} more (see exchanges.csv with --output)")
        console.print(more.format(n=len(rows) - MOST_ROWS))
    console.print()
    _print_savings(console, outcome, summary, language)


def _receiver(enterprises: pd.DataFrame, row: Row, _: Translate, language: str) -> str:
    name = str(row["to_enterprise"])
    return _("market") if name == "@sales" else name_of(enterprises, name, language)


def _interval(low: float, high: float) -> str:
    return f"{amount(low, 3)} … {amount(high, 3)}"


def _print_savings(console: Console, outcome: Outcome, summary: Row, language: str) -> None:
    _ = translator(language)
    columns = [(_("Indicator"), False)]
    headings = (_("Before"), _("After"), _("Saving"), _("Low"), _("High"))
    columns += [(heading, True) for heading in headings]
    table = _grid(_("The park before and after, per year"), columns)
    before, after = cast(Row, summary["before"]), cast(Row, summary["after"])
    for name in outcome.park.settings.indicators:
        values = (before[name], after[name], outcome.saving[name])
        ends = (outcome.saving_low[name], outcome.saving_high[name])
        unit = {"cost": outcome.park.currency, "gwp100": "t CO2e"}.get(name, "")
        label = indicator_text(name, language) + (f" [{unit}]" if unit else "")
        _add(table, label, *(amount(cast(float, v)) for v in (*values, *ends)))
    console.print(table)
    coverage = cast(Mapping[str, float], summary["coverage"])
    shares = ", ".join(
        f"{indicator_text(name, language)} {share:.0%}" for name, share in coverage.items()
    )
    line = _("{exchanges} exchanges of {candidates} candidates; solved: {status}, gap {gap}")
    console.print(
        line.format(
            exchanges=summary["exchanges"],
            candidates=summary["candidates"],
            status=status_text(str(summary["status"]), language),
            gap=f"{cast(float, summary['gap']):.1e}",
        )
    )
    console.print(_("Flows across the edge with a figure: {shares}").format(shares=shares))
    console.print(
        _("Low and high: solved again with every ranged figure at its bad and its good end.")
    )


def print_explanation(outcome: Outcome, found: Explanation, language: str) -> None:
    """Print every pathway between two ends with its rules, the nearest first."""
    _ = translator(language)
    console = _console()
    words = vocabulary(outcome.park, outcome.catalogue, language)
    if found.pairs.empty:
        console.print(_("No pathway joins them."))
        for text, table in (
            (_("Takes what is offered"), found.takes),
            (_("Serves what is needed"), found.serves),
        ):
            names = [words.name("pathways", n) for n in table["id"]]
            console.print(f"{text}: {', '.join(names) or '-'}")
        return
    for label, pair in found.pairs.iterrows():
        console.print()
        console.print(Text(f"{pair['offer']} > {pair['pathway']} > {pair['demand']}", "bold"))
        console.print(f"  {_verdict(outcome, pair, _)}")
        rules = found.verdicts[found.verdicts["pair"] == label]
        for row in rules.sort_values("passes", kind="stable").to_dict("records"):
            mark = "ok " if row["passes"] else "NO "
            console.print(Text(f"  {mark} {verdict_text(cast(Row, row), language, words)}"))
    nearest = found.pairs.iloc[0]
    console.print()
    text = _("Nearest: {pathway}; rules that fail: {failed}")
    console.print(text.format(pathway=nearest["pathway"], failed=nearest["failed"]))


def _verdict(outcome: Outcome, pair: pd.Series, _: Translate) -> str:
    """Return in a sentence what becomes of a pair: proposed, out-competed, too dear, refused."""
    money = outcome.park.currency
    if pair["taken"] > 0:
        text = _("proposed: takes {amount} per year")
        return text.format(amount=amount(float(pair["taken"])))
    if not pair["passes"]:
        return _("refused; rules that fail: {n}").format(n=pair["failed"])
    worth = float(pair["objective_net"])
    if worth <= 0:
        text = _("fits, but alone it would cost {worth} more than it saves ({money}-equivalent/a)")
        return text.format(worth=amount(-worth), money=money)
    text = _("fits and would save {worth} alone, but the plan has a better use for one of its ends")
    return text.format(worth=amount(worth))


def explanation_document(outcome: Outcome, found: Explanation) -> dict[str, object]:
    """Return an explanation as plain values ready for JSON, reasons in English."""
    pairs = []
    words = vocabulary(outcome.park, outcome.catalogue, "en")
    for label, pair in found.pairs.iterrows():
        rules = found.verdicts[found.verdicts["pair"] == label]
        pairs.append(
            {
                "offer": pair["offer"],
                "pathway": pair["pathway"],
                "demand": pair["demand"],
                "from_enterprise": pair["from_enterprise"],
                "to_enterprise": pair["to_enterprise"],
                "resource_taken": pair["resource_taken"],
                "resource_given": pair["resource_given"],
                "distance_km": float(pair["distance_km"]),
                "passes": bool(pair["passes"]),
                "taken": float(pair["taken"]),
                "objective_net": _or_none(pair["objective_net"]),
                "rules": [_rule(cast(Row, row), words) for row in rules.to_dict("records")],
            }
        )
    return {
        "pairs": pairs,
        "nearest": pairs[0]["pathway"] if pairs else None,
        "takes": list(found.takes["id"]),
        "serves": list(found.serves["id"]),
    }


def _rule(row: Row, words: Vocabulary) -> dict[str, object]:
    return {
        "rule": row["rule"],
        "item": row["item"],
        "passes": bool(row["passes"]),
        "value": _or_none(row["value"]),
        "limit": _or_none(row["limit"]),
        "sense": row["sense"],
        "unit": row["unit"],
        "text": verdict_text(row, "en", words),
    }


def _or_none(value: object) -> float | None:
    number = float(cast(float, value))
    return number if abs(number) < float("inf") else None


def print_check(document: Row, language: str) -> None:
    """Print what a valid park lacks: figures, places, temperatures, closed balances."""
    _ = translator(language)
    console = _console()
    size = _("{park}: valid, {enterprises} enterprises, {processes} processes, {flows} flows")
    console.print(size.format(**{k: document[k] for k in _SIZE}))
    grades = cast(Mapping[str, int], document["grades"])
    counted = ", ".join(f"{grade_text(grade, language)} {count}" for grade, count in grades.items())
    console.print(_("Flows by grade: {grades}").format(grades=counted))
    table = _grid(
        _("Figures missing (count nothing)"),
        [
            (_("Indicator"), False),
            (_("Boundary"), False),
            (_("Resource"), False),
            (_("Flows"), True),
            (_("Amount"), True),
        ],
    )
    for row in cast(Sequence[Row], document["gaps"]):
        cells = [row[c] for c in ("indicator", "boundary", "resource", "flows")]
        _add(table, *cells, amount(cast(float, row["amount"])))
    if table.row_count:
        console.print(table)
    for text, key in (
        (_("Place unknown"), "unknown_places"),
        (_("Heat without temperatures"), "heat_without_temperature"),
    ):
        names = cast(Sequence[str], document[key])
        if names:
            console.print(f"{text}: {', '.join(names)}")
    _print_balance(console, cast(Sequence[Row], document["balance"]), _)


_SIZE = ("park", "enterprises", "processes", "flows")


def _print_balance(console: Console, rows: Sequence[Row], _: Translate) -> None:
    table = _grid(
        _("Mass balance by process [t/a]"),
        [
            (_("Process"), False),
            (_("In"), True),
            (_("Out"), True),
            (_("Gap"), True),
            (_("Share"), True),
            (_("Flows of unknown mass"), True),
        ],
    )
    for row in rows:
        share = cast("float | None", row["gap_share"])
        _add(
            table,
            row["process"],
            *(amount(cast(float, row[c])) for c in ("inputs", "outputs", "gap")),
            "-" if share is None else f"{share:.1%}",
            row["unknown"],
        )
    console.print(table)


def print_score(document: Row, language: str) -> None:
    """Print a park's footprint with what it is made of."""
    _ = translator(language)
    console = _console()
    units = {"cost": str(document["currency"]), "gwp100": "t CO2e"}
    for name, rows in cast(Mapping[str, Sequence[Row]], document["contributions"]).items():
        unit = units.get(name, "")
        total = amount(cast(float, document[name]))
        heading = f"{indicator_text(name, language)}: {total} {unit}/a"
        columns = [(_("Boundary"), False), (_("Resource"), False), (f"{unit}/a", True)]
        table = _grid(heading, columns)
        order = sorted(rows, key=lambda row: -abs(cast(float, row["value"])))
        for row in order[:MOST_ROWS]:
            _add(table, row["boundary"], row["resource"], amount(cast(float, row["value"])))
        console.print(table)
        console.print()
    coverage = cast(Mapping[str, float], document["coverage"])
    shares = ", ".join(
        f"{indicator_text(name, language)} {share:.0%}" for name, share in coverage.items()
    )
    console.print(_("Flows across the edge with a figure: {shares}").format(shares=shares))


def print_datasets(document: Row, language: str) -> None:
    """Print what ships."""
    _ = translator(language)
    console = _console()
    columns = [(h, False) for h in (_("Park"), _("Title"), _("Region"), _("Licence"))]
    columns += [(h, True) for h in (_("Year"), _("Enterprises"), _("Flows"))]
    table = _grid(_("Parks"), columns)
    for row in cast(Sequence[Row], document["parks"]):
        cells = ("name", "title", "region", "licence", "year", "enterprises", "flows")
        _add(table, *(row[c] for c in cells))
    console.print(table)
    names = {
        "resources": _("resources"),
        "pathways": _("pathways"),
        "pathway_flows": _("pathway flows"),
        "pathway_limits": _("pathway limits"),
        "factors": _("prices"),
        "sources": _("sources"),
        "activities": _("activities"),
        "exchanges": _("inventory exchanges"),
    }
    for title, key in ((_("Catalogue"), "catalogue"), (_("Inventory"), "inventory")):
        sizes = cast(Mapping[str, int], document[key])
        console.print(f"{title}: " + ", ".join(f"{n} {names[name]}" for name, n in sizes.items()))
