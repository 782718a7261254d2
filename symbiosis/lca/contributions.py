"""Where an impact comes from: which activity of the background emits it, and down which chain."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.linalg import splu

from symbiosis.errors import InvalidData
from symbiosis.lca.factors import characters_of, direct_flows, indicator_unit, serving
from symbiosis.lca.inventory import Inventory
from symbiosis.lca.linking import linked_exchanges, offers
from symbiosis.lca.matrices import (
    Matrices,
    Vector,
    amounts,
    filled,
    flow_vector,
    placed,
    scores,
    unsolvable,
    upstream,
)

ITSELF = "direct"  # what the demand itself emits, outside of any activity
COLUMNS = ("activity", "name", "boundary", "product", "region", "kind", "scaling", "value")
TREE = ("level", "above", "activity", "name", "amount", "value", "own", "rest", "share")


@dataclass(frozen=True, kw_only=True)
class Background:
    """The part of an inventory that a place draws on, ready for any demand.

    Attributes
    ----------
    activities : DataFrame
        Of the inventory, in the order of the matrices.
    serving : Series
        The activity that serves each (boundary, product), by these.
    system : Matrices
    inputs : DataFrame
        Linked technosphere exchanges: activity, supplier, amount.
    emitted : ndarray, shape (activities,)
        What a unit of each activity itself emits [indicator unit, t CO2e for gwp100].
    total : ndarray, shape (activities,)
        The same with all that is upstream.
    direct : Series
        What a unit of each resource counts that goes straight to nature, by resource.
    """

    activities: pd.DataFrame
    serving: pd.Series
    system: Matrices
    inputs: pd.DataFrame
    emitted: Vector
    total: Vector
    direct: pd.Series


def background(
    inventory: Inventory,
    region: str | None,
    year: int | None,
    convention: str = "location",
    indicator: str = "gwp100",
) -> Background:
    """Return what a park's demand is traced in; parameters as of `symbiosis.lca.factors`."""
    offered = offers(inventory, convention, year)
    chosen = serving(inventory, offered, region)
    linked = upstream(linked_exchanges(inventory, convention, year, offered), chosen["id"])
    every = pd.Index(pd.unique(pd.concat([linked["activity"], chosen["id"]])))
    flows = pd.Index(inventory.elementary_flows["id"])
    characters = characters_of(inventory, indicator)
    scale = indicator_unit(characters)[1]
    system = filled(placed(linked, every, flows), amounts(linked))
    character = flow_vector(characters["value"], flows) * scale
    straight = direct_flows(inventory, characters)
    size = straight["unit"].map(lambda unit: 1000.0 if unit == "kg" else 1.0).to_numpy(float)
    value = characters["value"].reindex(straight["id"]).to_numpy(float) * size * scale
    taken = linked[linked["type"].eq("technosphere")]
    return Background(
        activities=inventory.activities.set_index("id").loc[every].reset_index(),
        serving=chosen.set_index(["boundary", "product"])["id"],
        system=system,
        inputs=taken[["activity", "supplier", "amount"]].reset_index(drop=True),
        emitted=np.asarray(system.biosphere.T @ character),
        total=scores(system, character),
        direct=pd.Series(value, index=straight["catalogue_resource"].to_numpy(object)),
    )


def scaling(known: Background, demand: pd.DataFrame) -> Vector:
    """Return how much of each activity a demand takes, all that is upstream included.

    Parameters
    ----------
    demand : DataFrame
        Columns boundary, resource, amount [resource unit of the inventory].

    Returns
    -------
    ndarray, shape (activities,)
        In each activity's own unit; negative where less is taken.
    """
    # The factors of the transpose are the sparse ones: a twentieth of the time on large databases.
    transposed = sparse.csc_array(known.system.technosphere.T)
    try:
        solver = splu(transposed, diag_pivot_thresh=0.0)
    except RuntimeError as error:
        raise InvalidData([unsolvable(str(error))]) from error
    solved = solver.solve(_asked(known, demand), "T")  # type: ignore[call-overload]
    return np.asarray(solved, dtype=np.float64)


def contributions(known: Background, demand: pd.DataFrame) -> pd.DataFrame:
    """Return what each activity emits for a demand; the values add up to the demand's score.

    Parameters
    ----------
    demand : DataFrame
        Columns boundary, resource, amount [resource unit of the inventory]: what a park takes, or
        what it takes before less what it takes after, for where a saving comes from. What the
        inventory has no activity for is left out.

    Returns
    -------
    DataFrame
        `COLUMNS`, the largest first; activities that emit nothing are left out. ``scaling`` is in
        the activity's unit, ``value`` in [t CO2e] for gwp100. What the park itself emits has no
        activity and the kind `ITSELF`.
    """
    amount = scaling(known, demand)
    table = known.activities.rename(columns={"id": "activity"})
    table = table.assign(scaling=amount, value=amount * known.emitted)
    own = demand[demand["boundary"].eq("@nature")].groupby("resource")["amount"].sum()
    own = own[own.index.isin(known.direct.index)]
    itself = pd.DataFrame(
        {
            "boundary": "@nature",
            "product": own.index,
            "scaling": own.to_numpy(float),
            "value": own.to_numpy(float) * known.direct.reindex(own.index).to_numpy(float),
        }
    ).assign(activity="", name="", region="", kind=ITSELF)
    both = pd.concat([part[list(COLUMNS)] for part in (table, itself) if len(part)])
    both = both[both["value"] != 0]
    return both.sort_values("value", key=abs, ascending=False, kind="stable", ignore_index=True)


def by_stage(contributed: pd.DataFrame) -> pd.DataFrame:
    """Return contributions by stage: at which boundary the activity stands, and its kind.

    Returns
    -------
    DataFrame
        Columns boundary (``@supply`` makes, ``@disposal`` and ``@stock`` treat and keep what is
        left, ``@nature`` is the park's own emission), kind, value.
    """
    return contributed.groupby(["boundary", "kind"])["value"].sum().reset_index()


def supply_chain(
    known: Background, demand: pd.DataFrame, depth: int = 4, cut_off: float = 0.01
) -> pd.DataFrame:
    """Return the chains down which a demand's score comes, as a tree in order of reading.

    Parameters
    ----------
    depth : int
        Levels below what is demanded itself.
    cut_off : float
        Branches of less than this share of the largest sum of sizes are not followed [0..1].

    Returns
    -------
    DataFrame
        `TREE`. ``level`` counts from 0; ``above`` is the row that a branch hangs on (-1: none);
        ``value`` is all that comes through the branch, ``own`` what its activity itself emits,
        ``rest`` what comes through branches not followed: own + rest + the branches below =
        ``value``. ``share`` is of the sum of the sizes of what is demanded.
    """
    position = pd.Index(known.activities["id"])
    asked = _asked(known, demand)
    whole = float(np.abs(asked * known.total).sum())
    least = cut_off * whole
    below = {
        activity: list(zip(position.get_indexer(rows["supplier"]), rows["amount"], strict=True))
        for activity, rows in known.inputs.groupby("activity")
    }
    names = known.activities["name"].tolist()
    found: list[list[object]] = []

    def follow(at: int, amount: float, level: int, above: int) -> None:
        row = len(found)
        value, own = amount * known.total[at], amount * known.emitted[at]
        share = value / whole if whole else 0.0
        found.append([level, above, position[at], names[at], amount, value, own, 0.0, share])
        passed = own
        branches = [(g, amount * each) for g, each in below.get(position[at], [])]
        for giver, taken in sorted(branches, key=lambda b: -abs(b[1] * known.total[b[0]])):
            size = taken * known.total[giver]
            if level < depth and abs(size) >= least and size != 0:
                follow(int(giver), taken, level + 1, row)
                passed += size
        found[row][TREE.index("rest")] = value - passed

    roots = np.flatnonzero(np.abs(asked * known.total) >= max(least, np.finfo(float).tiny))
    for at in sorted(roots, key=lambda at: -abs(asked[at] * known.total[at])):
        follow(int(at), float(asked[at]), 0, -1)
    return pd.DataFrame(found, columns=list(TREE))


def _asked(known: Background, demand: pd.DataFrame) -> Vector:
    """Return the demand of each activity; what no activity serves is left out."""
    keys = pd.MultiIndex.from_frame(demand[["boundary", "resource"]])
    names = known.serving.reindex(keys)
    served = names.notna().to_numpy()
    position = pd.Index(known.activities["id"]).get_indexer(pd.Index(names[served]))
    amount = demand["amount"].to_numpy(float)[served]
    size = len(known.activities)
    return np.bincount(position, weights=amount, minlength=size).astype(np.float64)
