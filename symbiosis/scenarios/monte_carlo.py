"""Monte Carlo of a plan, or of a park as it is: one shared sample of all figures with a range.

The plan is fixed: it is not chosen anew in each state of the world. What varies: the inventory's
exchanges and characterisation (one sample for everything), prices and other factors, what the
park's flows amount to, what its markets take, and of pathways yield, ratio, side flows, operating
cost, capital and lifetime, and given distances; all as `symbiosis.scenarios.worlds` draws them. An
exchange follows the end that it uses up (`symbiosis.scenarios.fixed_plan.grown`).

What stays: which exchanges there are and which plants are built; qualities, blends, temperatures
and the limits that the plan was chosen under; losses on the way; how much fuel a utility needs per
unit of what it gives; co-products displaced per unit sold; settings; and what of the saving belongs
to no exchange.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from symbiosis.catalogue import Catalogue
from symbiosis.io.provenance import UNSTATED, Provenance
from symbiosis.lca import Inventory
from symbiosis.lca.distributions import Samples
from symbiosis.model import Park
from symbiosis.scenarios.evidence import Evidence, evidence, park_evidence
from symbiosis.scenarios.figures import COLUMNS, NAME
from symbiosis.scenarios.fixed_plan import FixedPlan, changed, fixed_plan, used_places
from symbiosis.scenarios.outcome import Outcome, Progress
from symbiosis.scenarios.resting import NONE, Names, Places, Vector, priced_by
from symbiosis.scenarios.worlds import at, ratios, sampled_figures, sloped_rates, variance_shares
from symbiosis.views.footprint import boundary_of

BLOCK = 1000  # samples at a time
WEIGHED = 10_000  # samples that variance is shared out over and exchanges are judged by, at most
PERCENTILES = (2.5, 50.0, 97.5)
MOST_INPUTS = 10


@dataclass(frozen=True, kw_only=True)
class MonteCarlo:
    """A result in many states of the world.

    Attributes
    ----------
    seed : int
        Equal seeds give equal samples.
    before : mapping of indicator to ndarray, shape (samples,)
        The park's footprint [indicator unit/year].
    saving : mapping of indicator to ndarray, shape (samples,)
        What the plan saves in the same states; empty where there is no plan.
    exchanges : DataFrame
        ``<indicator>_probability`` that an exchange saves [0..1], and between which
        ``<indicator>_net_low`` and ``<indicator>_net_high`` 95 % of its nets lie, with
        ``<indicator>_net_median`` in the middle [indicator unit/year]; the outcome's index.
    inputs : DataFrame
        Columns indicator, table, id, column, unit, share: what the variance of the saving (without
        a plan: of the footprint) goes with, at most `MOST_INPUTS` per indicator, largest first
        (`symbiosis.scenarios.worlds.variance_shares`).
    """

    seed: int
    before: Mapping[str, Vector]
    saving: Mapping[str, Vector]
    exchanges: pd.DataFrame
    inputs: pd.DataFrame

    @property
    def samples(self) -> int:
        """Return how many states of the world there are."""
        return len(next(iter(self.before.values()), np.zeros(0)))


@dataclass(frozen=True, kw_only=True)
class _Priced:
    """Flows across the edge, what a unit of each counts in an indicator, and what moves that."""

    base: Vector
    slope: Vector
    place: Places

    def in_worlds(self, delta: Samples) -> Samples:
        moving: Samples = self.base[:, None] + self.slope[:, None] * at(delta, self.place, 0.0)
        return moving


@dataclass(frozen=True, kw_only=True)
class _Model:
    """What is the same in every state of the world."""

    figures: pd.DataFrame
    amount: Vector
    own: Places
    before: Mapping[str, _Priced]
    plan: FixedPlan | None
    after: Mapping[str, _Priced]


def monte_carlo(
    outcome: Outcome,
    samples: int,
    progress: Progress = lambda _: None,
    behind: Evidence | None = None,
) -> MonteCarlo:
    """Return what a plan saves in so many states of the world.

    Parameters
    ----------
    samples : int
        How many; the seed is that of the park's settings.
    progress : callable
        Called with how far it has come.
    behind : Evidence, optional
        What `symbiosis.scenarios.evidence` gives for the outcome, if it is known already.
    """
    park, factors = outcome.park, outcome.catalogue.factors
    today = park_evidence(park, outcome.catalogue, outcome.inventory, outcome.provenance)
    figures = _together((behind or evidence(outcome)).figures, today.figures)
    plan = fixed_plan(outcome, figures)
    flows, boundary = plan.changes.flows, plan.changes.boundary
    after = {
        name: _priced(park, factors, flows, boundary, figures, name)
        for name in park.settings.indicators
    }
    model = _model(park, factors, figures, plan, after)
    return _run(model, park, factors, outcome.inventory, samples, progress)


def park_monte_carlo(
    park: Park,
    catalogue: Catalogue,
    inventory: Inventory,
    samples: int,
    progress: Progress = lambda _: None,
    stated: Provenance = UNSTATED,
) -> MonteCarlo:
    """Return a park's footprint, as it is, in so many states of the world.

    Parameters
    ----------
    catalogue : Catalogue
        As the park sees it (`symbiosis.scenarios.local_catalogue`).
    """
    figures = _together(park_evidence(park, catalogue, inventory, stated).figures)
    model = _model(park, catalogue.factors, figures, None, {})
    return _run(model, park, catalogue.factors, inventory, samples, progress)


def _together(*tables: pd.DataFrame) -> pd.DataFrame:
    """Return figures in one table, each once, in an order of their own."""
    whole = pd.concat([table[list(COLUMNS)] for table in tables], ignore_index=True)
    return whole.drop_duplicates(list(NAME)).sort_values(list(NAME), ignore_index=True)


def _model(
    park: Park,
    factors: pd.DataFrame,
    figures: pd.DataFrame,
    plan: FixedPlan | None,
    after: Mapping[str, _Priced],
) -> _Model:
    boundary = boundary_of(park.flows).to_numpy(object)
    crossing = (boundary != "") & (park.flows["amount"] != 0).to_numpy()
    flows, boundary = park.flows[crossing].reset_index(drop=True), boundary[crossing]
    return _Model(
        figures=figures,
        amount=flows["amount"].to_numpy(float),
        own=Names(figures).of("flows", flows["id"].tolist(), "amount"),
        before={
            name: _priced(park, factors, flows, boundary, figures, name)
            for name in park.settings.indicators
        },
        plan=plan,
        after=after,
    )


def _priced(
    park: Park,
    factors: pd.DataFrame,
    flows: pd.DataFrame,
    boundary: "np.typing.NDArray[np.object_]",
    figures: pd.DataFrame,
    indicator: str,
) -> _Priced:
    base, slope = sloped_rates(flows, factors, park, indicator)
    place = priced_by(flows, boundary, Names(figures), indicator)
    return _Priced(base=base, slope=slope, place=np.where(slope == 0, NONE, place))


def _run(
    model: _Model,
    park: Park,
    factors: pd.DataFrame,
    inventory: Inventory,
    samples: int,
    progress: Progress,
) -> MonteCarlo:
    rng = np.random.default_rng(park.settings.seed)
    names = park.settings.indicators
    before: dict[str, list[Vector]] = {name: [] for name in names}
    saving: dict[str, list[Vector]] = {name: [] for name in names if model.plan is not None}
    exchanges = None if model.plan is None else model.plan.outcome.exchanges.index
    saves = {name: np.zeros(0 if exchanges is None else len(exchanges)) for name in saving}
    single: dict[str, list[Samples]] = {name: [] for name in saving}
    inputs: list[Samples] = []
    for start in range(0, samples, BLOCK):
        count = min(BLOCK, samples - start)
        values = sampled_figures(model.figures, park, factors, inventory, count, rng)
        ratio = ratios(model.figures, values)
        delta = values - model.figures["value"].to_numpy(float)[:, None]
        amounts = model.amount[:, None] * at(ratio, model.own, 1.0)
        for name in names:
            before[name].append((model.before[name].in_worlds(delta) * amounts).sum(axis=0))
        if model.plan is not None:
            for name, nets in _nets(model, model.plan, ratio, delta).items():
                saving[name].append(nets.sum(axis=0) + _other(model.plan.outcome, name))
                saves[name] += (nets > 0).sum(axis=1)
                single[name] += [nets] if start < WEIGHED else []
        if start < WEIGHED:
            inputs.append(values)
        progress(f"Monte Carlo {start + count}/{samples}")
    now = {name: np.concatenate(parts) for name, parts in before.items()}
    saved = {name: np.concatenate(parts) for name, parts in saving.items()}
    drawn = np.concatenate(inputs, axis=1)
    return MonteCarlo(
        seed=park.settings.seed,
        before=now,
        saving=saved,
        exchanges=pd.DataFrame(
            {
                column: values
                for name in saves
                for column, values in _single(name, saves[name] / samples, single[name]).items()
            },
            index=exchanges,
        ),
        inputs=_inputs(model, drawn, saved or now),
    )


def _nets(model: _Model, plan: FixedPlan, ratio: Samples, delta: Samples) -> dict[str, Samples]:
    """Return what each exchange saves, by indicator [indicator unit/year]."""
    changes, amount = plan.changes, changed(plan, ratio)
    place = (changes.whose, np.arange(len(changes.whose)))
    shape = (len(plan.outcome.exchanges), len(changes.whose))
    gather = sparse.csr_array(sparse.coo_array((np.ones(len(changes.whose)), place), shape=shape))
    return {
        name: np.asarray(gather @ (-priced.in_worlds(delta)[changes.row] * amount))
        for name, priced in model.after.items()
    }


def _single(name: str, saves: Vector, nets: list[Samples]) -> dict[str, Vector]:
    """Return the columns of an indicator that tell of each exchange."""
    low, middle, high = np.percentile(np.concatenate(nets, axis=1), PERCENTILES, axis=1)
    return {
        f"{name}_probability": saves,
        f"{name}_net_low": low,
        f"{name}_net_median": middle,
        f"{name}_net_high": high,
    }


def _other(outcome: Outcome, indicator: str) -> float:
    """Return what of the saving belongs to no exchange."""
    return float(outcome.saving[indicator] - outcome.exchanges[f"{indicator}_net"].sum())


def _inputs(model: _Model, drawn: Samples, results: Mapping[str, Vector]) -> pd.DataFrame:
    """Return the figures that the variance of each result goes with."""
    tables = []
    for name, result in results.items():
        if model.plan is None:
            amounts, priced = model.own, model.before[name]
        else:
            amounts, priced = used_places(model.plan), model.after[name]
        places = np.unique(np.concatenate([amounts, priced.place]))
        places = places[places != NONE]
        share = variance_shares(drawn[places], result[: drawn.shape[1]])
        table = model.figures.iloc[places][[*NAME, "unit"]].assign(indicator=name, share=share)
        table = table.loc[table["share"] > 0]
        table = table.sort_values("share", ascending=False, kind="stable")
        tables.append(table.head(MOST_INPUTS))
    columns = ["indicator", *NAME, "unit", "share"]
    return pd.DataFrame(pd.concat(tables, ignore_index=True), columns=columns)
