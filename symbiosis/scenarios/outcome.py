"""A park matched: the plan, the park after it, its account, and how sure all that is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from symbiosis.catalogue import Catalogue, for_park
from symbiosis.errors import InvalidData, NoSolution, Problem
from symbiosis.io.provenance import UNSTATED, Provenance
from symbiosis.lca import Inventory, factors
from symbiosis.matching import (
    Plan,
    Search,
    accounts,
    apply,
    best_plan,
    candidates,
    middle_prices,
    rescored,
    saving,
    weights,
)
from symbiosis.model import Park
from symbiosis.model.validation import did_you_mean
from symbiosis.scenarios.names import check_names
from symbiosis.scenarios.uncertainty import End, at_end
from symbiosis.views.footprint import CLIMATE, footprint

HOME = "CN"  # the region of a park that names none: the catalogue is Chinese
Progress = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What matching a park gives.

    Attributes
    ----------
    park, after : Park
        Before and after the plan.
    catalogue : Catalogue
        As the park sees it; its ``factors`` are those that everything is scored with.
    inventory : Inventory
        Where the climate factors come from.
    provenance : Provenance
        What the park says of its own figures.
    search : Search
        All pairs, the rules' verdicts and the candidates.
    plan : Plan
    exchanges : DataFrame
        The plan's exchanges, what each saves and for whom.
    saving, saving_low, saving_high : Series
        Per indicator [indicator unit/year]; low and high by solving again with every figure that
        has a range at its bad or good end.
    """

    park: Park
    after: Park
    catalogue: Catalogue
    inventory: Inventory
    provenance: Provenance
    search: Search
    plan: Plan
    exchanges: pd.DataFrame
    saving: pd.Series
    saving_low: pd.Series
    saving_high: pd.Series


def local_catalogue(park: Park, catalogue: Catalogue, inventory: Inventory) -> Catalogue:
    """Return the catalogue as a park sees it, the climate factors of its region among its own."""
    local = for_park(catalogue, park, climate(park, inventory))
    check_names(park.settings, local, inventory.characterisation["indicator"].unique())
    return local


def climate(park: Park, inventory: Inventory) -> pd.DataFrame:
    """Return the factors of the inventory for a park's region, year and electricity convention.

    They are of gwp100 and whatever else the settings ask for. A region that the inventory does not
    know has the world's activities and no electricity.

    Raises
    ------
    InvalidData
        If the region looks like a misspelt one.
    """
    known = [*inventory.regions["id"], *inventory.regions["name_zh"]]
    meant = did_you_mean(park.region, known) if park.region not in ("", *known) else ""
    if meant:
        raise InvalidData([Problem("park.toml, region", f"unknown region '{park.region}'", meant)])
    asked = tuple(dict.fromkeys([CLIMATE, *park.settings.indicators, *weights(park.settings)]))
    return _factors(inventory, park.region or HOME, park.year, park.settings.electricity, asked)


@lru_cache(maxsize=16)  # many scenarios ask for the same ones; tables are never changed in place
def _factors(
    inventory: Inventory,
    region: str,
    year: int | None,
    convention: str,
    indicators: tuple[str, ...],
) -> pd.DataFrame:
    return factors(inventory, region, year, convention, indicators)


def planned(
    park: Park,
    catalogue: Catalogue,
    inventory: Inventory,
    progress: Progress = lambda _: None,
    provenance: Provenance = UNSTATED,
) -> Outcome:
    """Return the best plan for a park, its saving without an interval (low and high are NaN).

    Parameters
    ----------
    catalogue : Catalogue
        As read (`symbiosis.catalogue.read_catalogue`).
    progress : callable
        Called with the name of each step as it begins.
    provenance : Provenance
        What the park says of its own figures (`symbiosis.io.provenance.read_provenance`).

    Raises
    ------
    NoSolution
        If the park's limits contradict each other.
    """
    progress("factors")
    local = local_catalogue(park, catalogue, inventory)
    progress("candidates")
    search = candidates(park, local, local.factors)
    progress("plan")
    plan = best_plan(park, local, local.factors, search.found)
    exchanges = accounts(park, local.factors, search.found, plan)
    plan = replace(plan, prices=middle_prices(exchanges))
    after = apply(park, plan, local, search.found)
    saved = footprint(park, local.factors) - footprint(after, local.factors)
    return Outcome(
        park=park,
        after=after,
        catalogue=local,
        inventory=inventory,
        provenance=provenance,
        search=search,
        plan=plan,
        exchanges=exchanges,
        saving=saved,
        saving_low=saved * float("nan"),
        saving_high=saved * float("nan"),
    )


def matched(
    park: Park,
    catalogue: Catalogue,
    inventory: Inventory,
    progress: Progress = lambda _: None,
    provenance: Provenance = UNSTATED,
) -> Outcome:
    """Return the best plan for a park and the interval of what it saves (see `planned`)."""
    outcome = planned(park, catalogue, inventory, progress, provenance)
    progress("low end")
    low = _saving_at_end(outcome, "low")
    progress("high end")
    high = _saving_at_end(outcome, "high")
    every = pd.concat([low, outcome.saving, high], axis=1)
    return replace(outcome, saving_low=every.min(axis=1), saving_high=every.max(axis=1))


def _saving_at_end(outcome: Outcome, end: End) -> pd.Series:
    """Return what the best plan saves where every figure stands at one end of its range."""
    park, known = at_end(outcome.park, outcome.catalogue, end)
    found = rescored(park, known, outcome.search)
    try:
        plan = best_plan(park, known, known.factors, found)
    except NoSolution:  # a limit that holds today's figures cannot hold at this end
        return outcome.saving
    return saving(park, known.factors, found, plan, park.settings.indicators)
