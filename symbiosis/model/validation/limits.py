"""Rules about limits and the park's own pathways."""

from collections.abc import Collection, Iterable, Iterator

import numpy as np
import pandas as pd

from symbiosis.model.schema import IDENTITY
from symbiosis.model.validation.fault import Fault, Tables, faults_at
from symbiosis.model.validation.references import unknown_names

MEASURES = ("discarded", "bought", "taken")


def limit_faults(
    tables: Tables, indicators: Iterable[str], unread: Collection[str]
) -> Iterator[Fault]:
    """Yield limits that hold for nothing; `indicators` are the ones known besides the measures."""
    limits = tables["limits"]
    if limits.empty:
        return
    known = [*MEASURES, *indicators, *tables["factors"]["indicator"]]
    yield from unknown_names("limits", "measure", limits["measure"], "measure", known)
    yield from faults_at(
        "limits",
        "maximum",
        limits["minimum"].isna() & limits["maximum"].isna(),
        "limit {id} has neither minimum nor maximum",
        "give one of them",
    )
    if not {"enterprises", "flows"} & {*unread}:
        yield from _scope_faults(limits["scope"], tables)


def pathway_faults(tables: Tables) -> Iterator[Fault]:
    """Yield the park's own pathways that cannot be used yet or contradict themselves."""
    if tables["pathways"].empty:
        return
    yield from faults_at(
        "pathways",
        "site",
        tables["pathways"]["site"] == "own",
        "site {site}: hub plants are not available yet",
        "write giver or taker",
    )
    flows = tables["pathway_flows"]
    taken_in = flows["direction"] == "in"
    backwards = (taken_in & flows["boundary"].isin(["@sales", "@disposal"])) | (
        (flows["direction"] == "out") & (flows["boundary"] == "@supply")
    )
    yield from faults_at(
        "pathway_flows",
        "boundary",
        backwards,
        "direction {direction} does not go with boundary {boundary}",
        "in comes from @supply, @nature or @stock; out goes to the others",
    )


def _scope_faults(scopes: pd.Series, tables: Tables) -> Iterator[Fault]:
    ends = {*tables["enterprises"]["id"], *tables["flows"]["id"]}
    chained = scopes.str.contains(">", regex=False)
    plain = scopes.where(~chained, "park")
    yield from unknown_names("limits", "scope", plain, "scope", ["park", *ends])
    for row in np.flatnonzero(chained):
        parts = [part.strip() for part in scopes.iloc[row].split(">")]
        if len(parts) != 3 or not all(parts):
            what, advice = "scope {scope} is not offer>pathway>demand", f"e.g. a>{IDENTITY}>b"
            yield Fault("limits", int(row), "scope", what, advice)
            continue
        flows = pd.Series([parts[0], parts[2] if not parts[2].startswith("@sales") else ""])
        for fault in unknown_names("limits", "scope", flows, "flow", tables["flows"]["id"]):
            what = f"scope {{scope}} names unknown flow '{flows.iloc[fault.row or 0]}'"
            yield Fault("limits", int(row), "scope", what, fault.remedy)
