"""The heat part of the problem: candidates split into links along the cascade, and its rows."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from symbiosis.catalogue import Catalogue
from symbiosis.matching.heat import NO_CELL, Vector, grid, level, stream_cells
from symbiosis.matching.qualities import heat_limits
from symbiosis.model import Park

DIGITS = 9  # of a degree: temperatures closer than this are the same point of the grid


@dataclass(frozen=True, kw_only=True)
class Cascade:
    """Heat offers and demands on the grid, and the links between them.

    Attributes
    ----------
    links : DataFrame
        One row per variable of the problem, for heat several per candidate: candidate, draw_cell
        (takes what stands there or hotter; -1: takes no heat), serve_cell (serves what is needed
        there or colder; -1: serves no heat), and the same in degC: draws_at_c, serves_at_c.
    supply : DataFrame
        Columns offer, cell, amount [offer unit/year].
    need : DataFrame
        Columns demand, cell, amount [demand unit/year].
    """

    links: pd.DataFrame
    supply: pd.DataFrame
    need: pd.DataFrame


def cascade(
    park: Park,
    catalogue: Catalogue,
    candidates: pd.DataFrame,
    offers: pd.DataFrame,
    demands: pd.DataFrame,
) -> Cascade:
    """Return the links of candidates and the heat that stands in each cell of the cascade."""
    half = park.settings.heat_min_approach / 2
    hot, cold = offers[offers["kind"] == "heat"], demands[demands["kind"] == "heat"]
    asked = heat_limits(catalogue).reindex(candidates["pathway"]).to_numpy(float)
    draw, reach = np.round(asked[:, 0] - half, DIGITS), np.round(asked[:, 1] + half, DIGITS)
    ends = [
        np.round(s[c].to_numpy(float) + h, DIGITS)
        for s, h in ((hot, -half), (cold, half))
        for c in ("hot_c", "cold_c")
    ]
    points = grid(*ends, draw, reach)
    supply = _standing(hot, stream_cells(points, ends[0], ends[1]), "offer")
    need = _standing(cold, stream_cells(points, ends[2], ends[3]), "demand")
    table = pd.DataFrame(
        {
            "candidate": np.arange(len(candidates)),
            "offer": candidates["offer"].to_numpy(int),
            "demand": candidates["demand"].to_numpy(int),
            "from_heat": candidates["offer"].isin(hot.index).to_numpy(),
            "to_heat": candidates["demand"].isin(cold.index).to_numpy(),
            "lift": candidates["temperature_lift"].to_numpy(float),
            "draw": draw,
            "reach": reach,
        }
    )
    links = _links(table, supply, need, points, half)
    return Cascade(links=links, supply=supply, need=need)


def _standing(streams: pd.DataFrame, cells: pd.DataFrame, name: str) -> pd.DataFrame:
    stream = cells.pop("stream").to_numpy()
    amount = streams["amount"].to_numpy(float)[stream] * cells.pop("share")
    return cells.assign(amount=amount, **{name: streams.index.to_numpy()[stream]})


def _links(
    table: pd.DataFrame, supply: pd.DataFrame, need: pd.DataFrame, points: Vector, half: float
) -> pd.DataFrame:
    """Return the links that can be of use: of those that draw alike, the one that reaches highest.

    Heat cascades on both sides, down from where it stands and down from where it arrives, so
    that a link at the hottest level that both ends share does for all colder ones.
    """
    lowest = 2 * len(points)  # below every cell: any heat will do
    serving = table[table["to_heat"]].merge(need[["demand", "cell", "upper"]], on="demand")
    serving = serving[~(serving["upper"] > serving["reach"])]
    rest = table[~table["to_heat"]].assign(cell=NO_CELL, upper=np.nan)
    links = pd.concat([serving, rest], ignore_index=True)
    lifted = level(points, links["upper"] - links["lift"])
    cell = np.where(links["lift"] > 0, lifted, links["cell"])
    cell = np.where(links["to_heat"], cell, lowest)
    floor = np.where(links["draw"].notna(), level(points, links["draw"].fillna(-np.inf)), lowest)
    ends = supply.groupby("offer")["cell"].agg(["min", "max"]).reindex(links["offer"])
    first, last = (ends[c].fillna(NO_CELL).to_numpy(int) for c in ("min", "max"))
    drawn = np.minimum(np.minimum(cell, floor), last)
    drawn = drawn - (first % 2) * (
        drawn % 2 == 0
    )  # from an interval, down to a point means above it
    drawn = np.where(links["from_heat"], drawn, NO_CELL)
    links = links.assign(draw_cell=drawn)[~links["from_heat"].to_numpy() | (drawn >= first)]
    links = links.sort_values(["candidate", "draw_cell", "cell"], kind="stable")
    links = links.drop_duplicates(["candidate", "draw_cell"], ignore_index=True)
    coldest = np.append(points, -np.inf)[np.clip((links["draw_cell"] + 1) // 2, 0, len(points))]
    return pd.DataFrame(
        {
            "candidate": links["candidate"],
            "draw_cell": links["draw_cell"],
            "serve_cell": links["cell"],
            "draws_at_c": np.where(links["from_heat"], coldest + half, np.nan),
            "serves_at_c": links["upper"] - half,
        }
    )
