"""What ``metrics`` prints as a table, in English or Chinese."""

from collections.abc import Sequence
from typing import cast

from symbiosis.reporting.grid import MOST_ROWS, Row, add_row, amount, grid, open_console
from symbiosis.reporting.language import Translate, translator
from symbiosis.reporting.numbers import unit_text


def print_metrics(document: Row, language: str) -> None:
    """Print the measures of a park in one layer, then the resources that count nothing."""
    _ = translator(language)
    console = open_console()
    size = _("{park}: layer {layer}, {compartments} compartments, {links} links between them")
    console.print(size.format(**{k: document[k] for k in _SIZE}))
    table = grid(_("Indicators"), [(_("Indicator"), False), (_("Value"), True), (_("Unit"), False)])
    base = unit_text(str(document["unit"]).removesuffix("/year"), language)
    units = {"amount": f"{base}/a", "information": f"{base}/a·bit", "bit": "bit", "": ""}
    for key, name, kind in _measures(_):
        add_row(table, name, _number(document[key]), units[kind])
    console.print(table)
    unknown = [str(row["resource"]) for row in cast(Sequence[Row], document["unknown"])]
    if unknown:
        names = ", ".join(unknown[:MOST_ROWS] + ["..."] * (len(unknown) > MOST_ROWS))
        line = _("Content unknown, counts nothing in this layer: {names}")
        console.print(line.format(names=names))


_SIZE = ("park", "layer", "compartments", "links")


def _number(value: object) -> str:
    """Return a measure as a person reads it; one without meaning is a dash."""
    if isinstance(value, str):
        return "∞"
    return "-" if value is None else amount(cast(float, value))


def _measures(_: Translate) -> tuple[tuple[str, str, str], ...]:
    """Return key, name and kind of unit of each measure, in the order of reading."""
    return (
        ("imports", _("Imports"), "amount"),
        ("internal", _("Internal flows"), "amount"),
        ("exports", _("Exports"), "amount"),
        ("losses", _("Losses"), "amount"),
        ("total_system_throughput", _("Total system throughput"), "amount"),
        ("throughflow", _("Throughflow"), "amount"),
        ("finn_cycling_index", _("Finn cycling index"), ""),
        ("mean_path_length", _("Mean path length"), ""),
        ("cyclicity", _("Cyclicity (spectral radius)"), ""),
        ("connectance", _("Connectance"), ""),
        ("connectance_without_loops", _("Connectance without self-links"), ""),
        ("average_mutual_information", _("Average mutual information"), "bit"),
        ("ascendency", _("Ascendency"), "information"),
        ("overhead", _("Overhead of the network"), "information"),
        ("development_capacity", _("Development capacity"), "information"),
        ("relative_ascendency", _("Relative ascendency"), ""),
        ("robustness", _("Robustness"), ""),
        ("circularity_rate", _("Circularity rate (mass)"), ""),
        ("solid_waste_utilisation", _("Solid waste utilisation"), ""),
        ("waste_heat_utilisation", _("Waste heat utilisation"), ""),
        ("water_reuse", _("Water reuse"), ""),
    )
