"""The summary of an outcome: the document that other programs read."""

import math
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import cast

import pandas as pd

from symbiosis import __version__
from symbiosis.io import settings_mapping
from symbiosis.matching import carbon_indicator, weights
from symbiosis.matching.limits import bought, discarded
from symbiosis.model import Park
from symbiosis.scenarios.evidence import Evidence, evidence
from symbiosis.scenarios.outcome import Outcome
from symbiosis.views.footprint import coverage, footprint, footprint_by_enterprise, gaps

LIBRARIES = ("highspy", "networkx", "numpy", "pandas", "pint", "scipy")
Json = dict[str, object]


def summary(outcome: Outcome, behind: Evidence | None = None) -> Json:
    """Return what an outcome says, as plain values ready for JSON (see schema: summary.json).

    Parameters
    ----------
    behind : Evidence, optional
        What `evidence` gives for the same outcome, if it is known already.
    """
    park, factors = outcome.park, outcome.catalogue.factors
    names = list(park.settings.indicators)
    net = {name: float(outcome.exchanges[f"{name}_net"].sum()) for name in names}
    weight = weights(park.settings)
    before, after = (
        {name: float(value) for name, value in footprint(p, factors, tuple(weight)).items()}
        for p in (park, outcome.after)
    )
    objective = [sum(weight[n] * values[n] for n in weight) for values in (before, after)]
    return {
        "status": outcome.plan.status,
        "bound": objective[0] + outcome.plan.bound,
        "gap": outcome.plan.gap,
        "objective": {
            "expression": _expression(park),
            "before": objective[0],
            "after": objective[1],
        },
        "before": state(park, factors),
        "after": state(outcome.after, factors),
        "saving": plain(outcome.saving),
        "saving_low": plain(outcome.saving_low),
        "saving_high": plain(outcome.saving_high),
        "saving_by": {
            "exchanges": net,
            "other": {name: float(outcome.saving[name]) - net[name] for name in names},
        },
        "carbon_payment": _carbon_payment(outcome),
        "enterprises": _enterprises(outcome),
        "coverage": plain(coverage(outcome.after, factors)),
        "gaps": records(gaps(outcome.after, factors)),
        "unverified_share": plain((behind or evidence(outcome)).unverified),
        "exchanges": len(outcome.exchanges),
        "candidates": outcome.search.found.effects.candidates,
        "settings": settings_document(park),
        "versions": versions(),
    }


def state(park: Park, factors: pd.DataFrame) -> Json:
    """Return a park's indicators, and what it buys, discards and emits by resource.

    Amounts are in each resource's unit per year; services are in none of the three.
    """
    kinds = park.resources.set_index("id")["kind"]
    flows = park.flows
    buys, throws = bought(flows, kinds), discarded(flows, kinds)
    emits = flows["target"].eq("@nature") & ~throws & flows["resource"].map(kinds).ne("service")
    amounts = {
        name: plain(flows[mask].groupby("resource")["amount"].sum())
        for name, mask in (("bought", buys), ("discarded", throws), ("emitted", emits))
    }
    return {**plain(footprint(park, factors)), **amounts}


def settings_document(park: Park) -> Json:
    """Return the settings in effect, as TOML would hold them, infinity as text."""
    return cast(Json, _finite(settings_mapping(park.settings)))


def versions() -> dict[str, str]:
    """Return the versions of this program, of Python and of the libraries that compute."""
    found = {"symbiosis": __version__, "python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "unknown"
    return found


def _expression(park: Park) -> str:
    settings = park.settings
    if not settings.carbon_price:
        return settings.objective
    return f"{settings.objective} + {settings.carbon_price:g}*{carbon_indicator(settings)}"


def _carbon_payment(outcome: Outcome) -> float:
    """Return what the park pays for its carbon after the plan [money/year]."""
    settings = outcome.park.settings
    name = carbon_indicator(settings)
    after = footprint(outcome.after, outcome.catalogue.factors, (name,))
    return settings.carbon_price * float(after[name])


def _enterprises(outcome: Outcome) -> Json:
    factors = outcome.catalogue.factors
    before = footprint_by_enterprise(outcome.park, factors)
    after = footprint_by_enterprise(outcome.after, factors)
    return {
        str(name): {"before": plain(before.loc[name]), "after": plain(after.loc[name])}
        for name in before.index
    }


def plain(values: pd.Series) -> Json:
    """Return a series as a mapping of names to numbers."""
    return {str(name): float(value) for name, value in values.items()}


def records(table: pd.DataFrame) -> list[Json]:
    """Return the rows of a table as mappings that JSON can hold."""
    return [cast(Json, _finite(row)) for row in table.to_dict("records")]


def _finite(value: object) -> object:
    """Return a value that JSON can hold: infinity as text, not-a-number as null."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else ("inf" if value > 0 else "-inf")
    return value
