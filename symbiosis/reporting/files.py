"""The output folder of a match: tables, summary, the park after, and the report."""

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from symbiosis.errors import InvalidData, Problem
from symbiosis.io import write_park
from symbiosis.matching import stand_alone
from symbiosis.matching.account import SIDES
from symbiosis.matching.effects import PARTS
from symbiosis.reporting.html import report_html
from symbiosis.reporting.nearest import nearest_misses
from symbiosis.scenarios import (
    Evidence,
    Outcome,
    evidence,
    flow_changes,
    other_changes,
    outcome_documents,
    shifts,
    sources_table,
    unverified_figures,
)
from symbiosis.scenarios.break_even import break_even
from symbiosis.scenarios.carbon import carbon_marks
from symbiosis.scenarios.exchange_flows import exchange_flows
from symbiosis.scenarios.monte_carlo import MonteCarlo
from symbiosis.scenarios.upstream import contribution_table

TABLES = (
    *("exchanges", "exchange_flows", "changes", "shifts", "flows", "candidates", "rejected"),
    *("sources", "contributions"),
)
NAMES = frozenset({"summary.json", "park", "report.html", *(f"{name}.csv" for name in TABLES)})


def write_outcome(
    outcome: Outcome,
    summary: Mapping[str, object],
    folder: Path,
    behind: Evidence | None = None,
    sampled: MonteCarlo | None = None,
) -> None:
    """Write everything a match gives; the folder appears whole, or not at all.

    Parameters
    ----------
    behind : Evidence, optional
        What `symbiosis.scenarios.evidence` gives for the outcome, if it is known already.
    sampled : MonteCarlo, optional
        What `symbiosis.scenarios.monte_carlo` gives for it, if that was asked for.
    """
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _write_all(outcome, summary, fresh, behind or evidence(outcome), sampled)
        fresh.chmod(0o755)
        _put_in_place(fresh, folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _put_in_place(fresh: Path, folder: Path) -> None:
    """Move a finished folder to where it belongs; what it replaces goes last."""
    writable(folder)
    if not folder.exists():
        fresh.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    folder.rename(old / folder.name)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def writable(folder: Path) -> None:
    """Refuse an output folder that holds something else, before any work is done.

    Raises
    ------
    InvalidData
        If it is a file, or a folder with other things in it than an earlier output.
    """
    if folder.is_dir():
        others = sorted({path.name for path in folder.iterdir()} - NAMES)
        if others:
            what = f"holds what symbiosis did not write: {', '.join(others[:5])}"
            advice = "name a new folder, or one that symbiosis wrote before"
            raise InvalidData([Problem(str(folder), what, advice)])
    elif folder.exists() and not folder.is_dir():
        raise InvalidData([Problem(str(folder), "is a file", "name a folder")])
    parent = next(p for p in folder.resolve().parents if p.exists())
    if not parent.is_dir():
        raise InvalidData([Problem(str(parent), "is a file", "name a folder elsewhere")])


def _write_all(
    outcome: Outcome,
    summary: Mapping[str, object],
    folder: Path,
    behind: Evidence,
    sampled: MonteCarlo | None,
) -> None:
    text = json.dumps(summary, ensure_ascii=False, indent=2, allow_nan=False)
    (folder / "summary.json").write_text(text + "\n", encoding="utf-8")
    alone = stand_alone(outcome.park, outcome.catalogue.factors, outcome.search.found)
    sure = [break_even(outcome)] + ([] if sampled is None else [sampled.exchanges])
    tables = (
        exchange_table(outcome, behind, *sure),
        exchange_flows(outcome),
        other_changes(outcome),
        shifts(outcome),
        flow_changes(outcome.park, outcome.after),
        alone,
        nearest_misses(outcome.search, outcome.park, outcome.catalogue),
        sources_table(behind.figures, outcome_documents(outcome)),
        contribution_table(outcome),
    )
    for name, table in zip(TABLES, tables, strict=True):
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
    write_park(outcome.after, folder / "park")
    (folder / "report.html").write_text(
        report_html(outcome, summary, behind, sampled), encoding="utf-8"
    )


def exchange_table(outcome: Outcome, behind: Evidence, *more: pd.DataFrame) -> pd.DataFrame:
    """Return the exchanges as exchanges.csv holds them, the largest saving first.

    Money in the park's currency per year, gwp100 in t CO2e per year, amounts in resource units
    per year; parts are signed (a burden is negative) and add up to the net; shares are of the sum
    of the sizes of all contributions [0..1].

    Parameters
    ----------
    more : DataFrame
        Columns to add, with the index of the outcome's exchanges.
    """
    table = outcome.exchanges
    named = pd.DataFrame(
        {
            "offer": table["offer_id"],
            "demand": table["demand_id"],
            "pathway": table["pathway"],
            "from_enterprise": table["giver"],
            "to_enterprise": table["taker"].where(table["demand"] >= 0, "@sales"),
            "resource_taken": table["resource"],
            "taken": table["taken"],
            "resource_given": table["gives"],
            "given": table["given_amount"],
            "served": table["served_amount"],
            "distance_km": table["distance_km"],
            "internal": (table["giver"] == table["taker"]) & (table["demand"] >= 0),
            "investment": table["investment"],
            "payback_years": table["payback_years"],
            "npv": table["npv"],
            "value_low": table["value_low"],
            "value_high": table["value_high"],
            "unverified_figures": unverified_figures(outcome, behind.figures),
            **carbon_marks(outcome),
        }
    )
    parts = [
        f"{name}_{part}"
        for name in outcome.park.settings.indicators
        for part in (*PARTS, "net", *SIDES)
    ]
    whole = pd.concat([named, table[parts], behind.exchanges, *more], axis=1)
    first = f"{outcome.park.settings.indicators[0]}_net"
    return whole.sort_values(first, ascending=False, ignore_index=True)
