"""Rules about flows and the processes they join."""

from collections.abc import Iterator

import pandas as pd

from symbiosis.model.schema import BOUNDARIES
from symbiosis.model.validation.fault import Fault, Tables, faults_at


def flow_faults(tables: Tables) -> Iterator[Fault]:
    """Yield every flow whose ends do not go together, and what processes cannot do yet."""
    yield from _end_faults(tables["flows"])
    yield from _amount_faults(tables["flows"])
    yield from _process_faults(tables["processes"], tables["enterprises"])


def _end_faults(flows: pd.DataFrame) -> Iterator[Fault]:
    source, target = flows["source"], flows["target"]
    outside = source.isin(BOUNDARIES) & target.isin(BOUNDARIES)
    yield from faults_at(
        "flows",
        "target",
        outside,
        "the flow runs from boundary {source} to boundary {target}",
        "one end is a process",
    )
    yield from faults_at(
        "flows",
        "target",
        (source == target) & ~outside & (source != ""),
        "the flow runs from {source} to itself",
        "leave it out, or name the two processes",
    )
    yield from faults_at(
        "flows",
        "source",
        source.isin(["@sales", "@disposal"]) & ~outside,
        "nothing comes from {source}",
        "what is bought comes from @supply, @nature or @stock",
    )
    yield from faults_at(
        "flows",
        "target",
        (target == "@supply") & ~outside,
        "nothing goes to {target}",
        "what leaves goes to @sales, @disposal, @nature or @stock",
    )


def _amount_faults(flows: pd.DataFrame) -> Iterator[Fault]:
    share = flows["process_share"]
    yield from faults_at(
        "flows",
        "process_share",
        share.notna() & (share != 1),
        "a process_share of {process_share} is not supported yet",
        "leave it blank and give the whole amount",
    )
    yield from faults_at(
        "flows",
        "displaced_amount",
        flows["displaced_amount"].notna() & (flows["displaces"] == ""),
        "displaced_amount {displaced_amount} stands without displaces",
        "name the resource that is displaced",
    )


def _process_faults(processes: pd.DataFrame, enterprises: pd.DataFrame) -> Iterator[Fault]:
    fixed = ~processes["flexible"].astype(bool)
    for column in ("minimum_activity", "maximum_activity"):
        given = processes[column].notna() & (processes[column] != processes["activity"])
        yield from faults_at(
            "processes",
            column,
            fixed & given,
            f"{column} {{{column}}} differs from activity {{activity}}: "
            "production as a variable is not available yet",
            "leave it blank, or set flexible where it is a utility that can turn down",
        )
    other = processes["id"].isin(set(enterprises["id"])) & (
        processes["id"] != processes["enterprise"]
    )
    yield from faults_at(
        "processes",
        "id",
        other & (processes["enterprise"] != ""),
        "process {id} of enterprise {enterprise} has the id of another enterprise",
        "rename the process",
    )
