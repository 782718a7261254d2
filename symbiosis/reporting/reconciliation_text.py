"""What ``reconcile`` says: one JSON document, or tables in English or Chinese."""

import math

import pandas as pd

from symbiosis.metrics.reconciliation import Reconciliation
from symbiosis.reporting.grid import MOST_ROWS, add_row, amount, grid, open_console
from symbiosis.reporting.language import Translate, translator


def reconciliation_document(found: Reconciliation) -> dict[str, object]:
    """Return a reconciliation as plain values ready for JSON; unknown numbers are None."""
    flows = {
        str(row["flow"]): {
            "measured": _number(row["measured"]),
            "measured_sd": _number(row["measured_sd"]),
            "reconciled": _number(row["reconciled"]),
            "sd": _number(row["sd"]),
            "status": str(row["status"]),
            "statistic": _number(row["statistic"]),
        }
        for row in found.flows.to_dict("records")
    }
    suspects = found.suspects
    return {
        "flows": flows,
        "chi_square": found.chi_square,
        "degrees_of_freedom": found.degrees_of_freedom,
        "p_value": _number(found.p_value),
        "suspects": [
            {"flow": str(flow), "statistic": float(statistic)}
            for flow, statistic in zip(suspects["flow"], suspects["statistic"], strict=True)
        ],
        "processes": {
            str(row["process"]): {"balanced": bool(row["balanced"]), "reason": str(row["reason"])}
            for row in found.processes.to_dict("records")
        },
    }


def print_reconciliation(found: Reconciliation, units: "pd.Series[str]", language: str) -> None:
    """Print the flows, those adjusted most first, what the test says, and what stays open."""
    _ = translator(language)
    console = open_console()
    columns = [(_("Flow"), False), (_("Measured"), True), ("±", True), (_("Reconciled"), True)]
    columns += [("±", True), (_("Unit"), False), (_("What it is"), False), (_("Statistic"), True)]
    table = grid(_("Reconciled flows, those that fit worst first (± sd)"), columns)
    rows = found.flows.assign(unit=units.to_numpy())
    rows = rows.sort_values("statistic", ascending=False, kind="stable", na_position="last")
    for row in rows.head(MOST_ROWS).to_dict("records"):
        numbers = [amount(row[c]) for c in ("measured", "measured_sd", "reconciled", "sd")]
        status = _statuses(_)[row["status"]]
        add_row(table, row["flow"], *numbers, row["unit"], status, amount(row["statistic"], 3))
    console.print(table)
    if len(rows) > MOST_ROWS:
        console.print(_("... and {n} more").format(n=len(rows) - MOST_ROWS))
    console.print(_verdict(found, _))
    suspects = [str(flow) for flow in found.suspects["flow"]]
    names = ", ".join([*suspects[:MOST_ROWS], *["..."] * (len(suspects) > MOST_ROWS)])
    console.print(_("Suspected errors: {names}").format(names=names or "-"))
    closed = found.processes["balanced"]
    console.print(_("Processes that balance: {n} of {all}").format(n=closed.sum(), all=len(closed)))
    for reason, some in found.processes[~closed].groupby("reason", sort=False):
        listed = [*some["process"].head(MOST_ROWS), *["..."] * (len(some) > MOST_ROWS)]
        console.print(f"  {_reasons(_)[str(reason)]}: {', '.join(listed)}")


def _verdict(found: Reconciliation, _: Translate) -> str:
    if not found.degrees_of_freedom:
        return _("No balance is left to test the measurements by.")
    line = _("Chi-square {value}, degrees of freedom {n}, p = {p}")
    return line.format(
        value=amount(found.chi_square), n=found.degrees_of_freedom, p=f"{found.p_value:.3g}"
    )


def _statuses(_: Translate) -> dict[str, str]:
    return {
        "redundant": _("measured, and others tell it too"),
        "nonredundant": _("measured, nothing else tells it"),
        "observable": _("computed"),
        "unobservable": _("not determined"),
        "exact": _("exact"),
    }


def _reasons(_: Translate) -> dict[str, str]:
    return {
        "left open": _("left open"),
        "nothing flows in": _("nothing flows in"),
        "nothing flows out": _("nothing flows out"),
        "unknown content": _("a flow of unknown content"),
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
