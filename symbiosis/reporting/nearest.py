"""The nearest misses: pairs that fail by little, and those that cost more than they save."""

import numpy as np
import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.matching import Search, weights
from symbiosis.matching.limits import with_unit_amounts
from symbiosis.matching.rules import COLUMNS as VERDICT_COLUMNS
from symbiosis.matching.rules import largest
from symbiosis.model import Park
from symbiosis.reporting.verdicts import verdict_text
from symbiosis.reporting.wording import Vocabulary, vocabulary
from symbiosis.views.footprint import COST, rates

COLUMNS = (
    "offer",
    "pathway",
    "demand",
    "from_enterprise",
    "to_enterprise",
    "resource",
    "rule",
    "item",
    "value",
    "limit",
    "unit",
    "failed",
    "reason",
)
CURABLE = frozenset({"permit", "quality unknown", "temperature unknown", "figures"})
WORTH = "worth"


def nearest_misses(
    search: Search, park: Park, catalogue: Catalogue | None = None, *, limit: int = 200
) -> pd.DataFrame:
    """Return the pairs that were nearest to being exchanges, nearest first.

    Nearness is the number of failed rules, then the largest relative excess over a limit, then
    the amount. What a permit or a measurement would cure has no excess; what cannot be cured (the
    same process, a by-product that sells out) or what a setting forbids comes last. Where there
    are more misses than `limit`, every resource and pathway has its turn, and pairs of
    enterprises that differ come before repetitions.

    Parameters
    ----------
    catalogue : Catalogue, optional
        As the park sees it, with the factors it is scored with: gives names to the reasons, and
        tells which pairs that passed cost more than they save. Without it only failures are
        listed, by id.
    limit : int
        Rows at most.

    Returns
    -------
    DataFrame
        One row per (offer, pathway, demand): its columns, from_enterprise, to_enterprise ("" for
        a market), resource (taken), the failed rule with the largest excess (rule, item, value,
        limit, unit), ``failed`` (how many rules) and ``reason`` in English, all failures in one
        line.
    """
    failures = failed_verdicts(search, park, catalogue)
    worst = _varied(search, _nearest_pairs(search, failures), limit)
    words = vocabulary(park, catalogue, "en") if catalogue is not None else None
    return _described(search, failures, worst, words)


def reasons(misses: pd.DataFrame, failures: pd.DataFrame, words: Vocabulary) -> pd.Series:
    """Return the reason of each miss in the language of `words`, all failures in one line.

    Parameters
    ----------
    misses : DataFrame
        Its index holds labels of pairs.
    failures : DataFrame
        Failed verdicts, as of `failed_verdicts`.
    """
    chosen = failures[failures["pair"].isin(misses.index)]
    texts = [verdict_text(row, words.language, words) for row in chosen.to_dict("records")]
    joined = pd.Series(texts, index=chosen["pair"].to_numpy(), dtype=str)
    separator = "；" if words.language == "zh" else "; "
    return joined.groupby(level=0, sort=False).agg(separator.join).reindex(misses.index)


def failed_verdicts(search: Search, park: Park, catalogue: Catalogue | None) -> pd.DataFrame:
    """Return failed verdicts with ``excess``, the largest first; see `nearest_misses`."""
    judged = search.verdicts
    failed = judged[~judged["passes"].astype(bool)]
    tables = [failed.assign(excess=_excess(failed))]
    if catalogue is not None and len(search.found.candidates):
        tables.append(_worthless(search, park, catalogue))
    table = pd.concat([t for t in tables if len(t)] or tables[:1], ignore_index=True)
    return table.sort_values("excess", ascending=False, kind="stable", ignore_index=True)


def _excess(verdicts: pd.DataFrame) -> pd.Series:
    """Return how far each value is beyond its limit, relative to the limit."""
    value = verdicts["value"].astype(float)
    limit = verdicts["limit"].astype(float)
    scale = limit.abs().where(limit != 0, value.abs())
    excess = ((value - limit).abs() / scale).fillna(np.inf)
    return excess.mask(verdicts["rule"].isin(CURABLE), 0.0)


def _worthless(search: Search, park: Park, catalogue: Catalogue) -> pd.DataFrame:
    """Return a verdict for each candidate that costs more than it saves, in the objective."""
    found = search.found
    table, entries = found.candidates, found.effects.entries
    rows = with_unit_amounts(found.effects.rows)
    price = sum(
        (
            weight * rates(rows, catalogue.factors, name, park.settings).value
            for name, weight in weights(park.settings).items()
        ),
        start=np.zeros(len(rows)),
    )
    change = entries.groupby(["column", "row"], as_index=False)["amount"].sum()
    worth = -price[change["row"]] * change["amount"].to_numpy(float)
    columns = found.effects.candidates + len(found.effects.plants)
    place = change["column"].to_numpy(int)
    gain = np.bincount(place, weights=np.maximum(worth, 0.0), minlength=columns)
    burden = np.bincount(place, weights=np.maximum(-worth, 0.0), minlength=columns)
    taken = largest(
        table,
        table["offer"].map(found.offers["amount"]),
        table["demand"].map(found.demands["amount"]),
    ).to_numpy(float)
    plant = table["plant"].map(found.effects.plants["column"])
    fixed = plant.map(pd.Series(burden)).fillna(0.0).to_numpy(float)
    saved, spent = gain[: len(table)] * taken, burden[: len(table)] * taken + fixed
    lost = spent > saved * (1 + 1e-9)
    own = park.currency if park.settings.objective == COST else ""
    verdicts = pd.DataFrame(
        {
            "pair": table["pair"].to_numpy()[lost],
            "rule": WORTH,
            "item": "",
            "passes": False,
            "value": spent[lost],
            "limit": saved[lost],
            "sense": "<=",
            "unit": own,
        }
    )
    return verdicts[list(VERDICT_COLUMNS)].assign(excess=_excess(verdicts))


def _nearest_pairs(search: Search, failures: pd.DataFrame) -> pd.DataFrame:
    """Return per pair how many rules failed and the worst one's position, nearest first."""
    grouped = failures.groupby("pair", sort=False)
    summary = pd.DataFrame(
        {
            "failed": grouped.size(),
            "excess": grouped["excess"].max(),
            "position": pd.Series(failures.index, index=failures["pair"]).groupby(level=0).min(),
        }
    )
    pairs = search.pairs.loc[summary.index]
    most = largest(
        pairs,
        pairs["offer"].map(search.found.offers["amount"]),
        pairs["demand"].map(search.found.demands["amount"]),
    )
    return summary.assign(amount=most).sort_values(
        ["failed", "excess", "amount"], ascending=[True, True, False], kind="stable"
    )


def _varied(search: Search, nearest: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Return `limit` rows in which each resource and pathway has its turn, nearest first."""
    pairs = search.pairs.loc[nearest.index]
    route = [pairs["resource"], pairs["pathway"]]
    again = pairs.groupby([*route, pairs["giver"], pairs["taker"]], sort=False).cumcount()
    turn = pairs.groupby([*route, again], sort=False).cumcount()
    order = np.lexsort([turn.to_numpy(), (again > 0).to_numpy()])
    return nearest.iloc[np.sort(order[:limit])]


def _described(
    search: Search, failures: pd.DataFrame, nearest: pd.DataFrame, words: Vocabulary | None
) -> pd.DataFrame:
    pairs = search.pairs.loc[nearest.index]
    worst = failures.loc[nearest["position"]].set_index(nearest.index)
    table = pd.DataFrame(
        {
            "offer": pairs["offer_id"],
            "pathway": pairs["pathway"],
            "demand": pairs["demand_id"],
            "from_enterprise": pairs["giver"],
            "to_enterprise": pairs["taker"].where(pairs["demand"] >= 0, ""),
            "resource": pairs["resource"],
            "rule": worst["rule"],
            "item": worst["item"],
            "value": worst["value"].astype(float),
            "limit": worst["limit"].astype(float),
            "unit": worst["unit"],
            "failed": nearest["failed"].astype(int),
        },
        index=nearest.index,
    )
    texts = reasons(table, failures, words or Vocabulary(language="en"))
    return table.assign(reason=texts)[list(COLUMNS)]
