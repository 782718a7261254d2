"""Flows as a matrix: who gives how much of a layer to whom."""

from typing import Literal

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from symbiosis.model import BOUNDARIES, Park
from symbiosis.views.contents import flow_contents
from symbiosis.views.table import enterprise_of


def flow_matrix(
    park: Park, layer: str = "mass", by: Literal["process", "enterprise"] = "process"
) -> tuple[tuple[str, ...], csr_array]:
    """Return what each end gives to each other end.

    Parameters
    ----------
    park : Park
    layer : str
        ``mass``, an element, ``water`` or ``energy``.
    by : str
        ``process``, or ``enterprise``: what passes between processes of one enterprise then
        stands on the diagonal.

    Returns
    -------
    labels : tuple of str, length n
        Processes or enterprises in the order of their table, then the five boundaries.
    matrix : csr_array, shape (n, n)
        Row gives, column takes [t/year, energy GJ/year]. Unknown contents count nothing:
        `symbiosis.views.unknown_contents` lists them.
    """
    nodes = park.processes if by == "process" else park.enterprises
    labels = (*nodes["id"], *BOUNDARIES)
    position = pd.Index(labels)
    ends = park.flows[["source", "target"]]
    if by == "enterprise":
        owner = enterprise_of(park)
        ends = ends.apply(lambda end: end.map(owner))
    rows, columns = (position.get_indexer(ends[end]) for end in ("source", "target"))
    if (np.minimum(rows, columns) < 0).any():
        raise ValueError(f"a flow ends at no {by} of the park")
    carried = flow_contents(park, layer).fillna(0.0).to_numpy(np.float64)
    shape = (len(labels), len(labels))
    return labels, csr_array(coo_array((carried, (rows, columns)), shape=shape))
