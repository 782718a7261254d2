"""The figures behind a plan, with their sources and grades."""

import pandas as pd

from symbiosis.scenarios.outcome import Outcome

COLUMNS = ("table", "id", "column", "value", "low", "high", "unit", "grade", "citation")
WORST_FIRST = ("unverified", "derived", "secondary", "peer-reviewed", "official", "measured")


def evidence(outcome: Outcome) -> pd.DataFrame:
    """Return every figure that the plan's exchanges rest on: pathways, prices, climate factors.

    Returns
    -------
    DataFrame
        Columns table, id, column, value, low, high, unit, grade, citation; worst grades first.
    """
    known = outcome.catalogue
    used = set(outcome.exchanges["pathway"])
    rows = known.pathways[known.pathways["id"].isin(used)]
    yields = rows.assign(table="pathways", column="yield", value=rows["yield"], unit=rows["gives"])
    flows = known.pathway_flows[known.pathway_flows["pathway"].isin(used)]
    side = flows.assign(
        table="pathway_flows",
        id=flows["pathway"],
        column=flows["direction"] + " " + flows["resource"],
        value=flows["amount"],
    )
    figures = known.figures
    other = figures[(figures["table"] == "pathways") & figures["id"].isin(used)]
    touched = _touched(outcome)
    pairs = known.factors["boundary"] + " " + known.factors["resource"]
    priced = known.factors[pairs.isin(touched)]
    factors = priced.assign(
        table="factors",
        id=priced["boundary"] + " " + priced["resource"],
        column=priced["indicator"],
    )
    table = pd.concat([t.reindex(columns=list(COLUMNS)) for t in (yields, side, other, factors)])
    table["grade"] = table["grade"].where(
        table["grade"].astype(object).fillna("") != "", "unverified"
    )
    order = {grade: i for i, grade in enumerate(WORST_FIRST)}
    rank = table["grade"].map(order).fillna(-1.0)
    return (
        table.assign(rank=rank)
        .sort_values(["rank", "table", "id", "column"], ignore_index=True)
        .drop(columns="rank")
    )


def _touched(outcome: Outcome) -> set[str]:
    """Return the (boundary resource) pairs of the flows that the plan changes."""
    before = outcome.park.flows.set_index("id")["amount"]
    flows = outcome.after.flows
    moved = flows[(flows["amount"] - flows["id"].map(before).fillna(0.0)).abs() > 0]
    supplied = moved["source"] + " " + moved["resource"]
    left = moved["target"] + " " + moved["resource"]
    credited = "@supply " + moved["displaces"]
    return {text for text in pd.concat([supplied, left, credited]) if text.startswith("@")}


def unverified_exchanges(outcome: Outcome) -> pd.Series:
    """Return for each exchange how many of its pathway's figures are unverified."""
    table = evidence(outcome)
    weak = table[(table["grade"] == "unverified") & (table["table"] != "factors")]
    count = weak.groupby("id").size()
    return outcome.exchanges["pathway"].map(count).fillna(0).astype(int)
