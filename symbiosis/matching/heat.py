"""The heat cascade: temperatures on one grid, and which heat may serve which.

Hot temperatures are lowered and cold ones raised by half the minimum approach. Sorted downwards,
the grid's points and the intervals between them are cells numbered 0, 1, 2...: even numbers are
points (streams that condense or boil), odd numbers intervals. Heat of cell a may serve cell b
exactly if a <= b, so that the optimum equals the pinch target (Linnhoff & Flower 1978, problem
table; Papoulias & Grossmann 1983, transshipment).
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

Vector = npt.NDArray[np.float64]
NO_CELL = -1


def grid(*shifted: npt.ArrayLike) -> Vector:
    """Return all shifted temperatures once, hottest first [degC]."""
    every = np.concatenate([np.ravel(np.asarray(t, dtype=float)) for t in shifted])
    return np.unique(every[np.isfinite(every)])[::-1]


def stream_cells(points: Vector, top: Vector, bottom: Vector) -> pd.DataFrame:
    """Return the cells that streams cover, and the share of each stream's heat in them.

    Parameters
    ----------
    points : ndarray, shape (p,)
        The grid, hottest first [degC].
    top, bottom : ndarray, shape (n,)
        Shifted temperatures of the streams, each a point of the grid; NaN where unknown.

    Returns
    -------
    DataFrame
        Columns stream, cell, share, upper and lower (shifted ends of the cell [degC]).
    """
    rows = []
    for stream, (high, low) in enumerate(zip(top, bottom, strict=True)):
        if np.isnan(high) or np.isnan(low):
            continue
        first, last = np.searchsorted(-points, [-high, -low])
        if first == last:
            rows.append(np.array([[stream, 2 * first, 1.0, high, low]]))
            continue
        upper, lower = points[first:last], points[first + 1 : last + 1]
        share = (upper - lower) / (high - low)
        cell = 2 * np.arange(first, last) + 1
        rows.append(np.column_stack([np.full(len(cell), stream), cell, share, upper, lower]))
    table = np.concatenate(rows) if rows else np.empty((0, 5))
    cells = pd.DataFrame(table, columns=["stream", "cell", "share", "upper", "lower"])
    return cells.astype({"stream": int, "cell": int})


def level(points: Vector, temperature: npt.ArrayLike) -> npt.NDArray[np.int_]:
    """Return the last cell that is at or above a shifted temperature; NO_CELL where none is."""
    rank = np.searchsorted(-points, -np.asarray(temperature, dtype=float), side="right") - 1
    return np.where(rank >= 0, 2 * rank, NO_CELL)


def remaining_ranges(
    breaks: Vector, left: Vector, top: float, bottom: float
) -> list[tuple[float, float, float]]:
    """Return what is left of a stream as (from, to, amount), one entry per even stretch.

    Parameters
    ----------
    breaks : ndarray, shape (n + 1,)
        Temperatures that cut the stream, hottest first [degC].
    left : ndarray, shape (n,)
        Amount left in each piece.
    top, bottom : float
        Ends of the whole stream; pieces of equal density are joined.
    """
    if top == bottom:
        return [(top, bottom, float(left.sum()))]
    width = breaks[:-1] - breaks[1:]
    density = left / width
    ranges: list[tuple[float, float, float]] = []
    scale = max(float(density.max(initial=0.0)), 1e-300)
    for i in range(len(left)):
        if density[i] <= 1e-12 * scale:
            continue
        if ranges and ranges[-1][1] == breaks[i]:
            before = ranges[-1]
            held = before[2] / (before[0] - before[1])
            if abs(held - density[i]) <= 1e-9 * scale:
                ranges[-1] = (before[0], float(breaks[i + 1]), before[2] + float(left[i]))
                continue
        ranges.append((float(breaks[i]), float(breaks[i + 1]), float(left[i])))
    return ranges
