"""Which share of a score passes through numbers of which grade."""

import numpy as np
import pandas as pd

from symbiosis.lca.grades import GRADES, ranks
from symbiosis.lca.matrices import Shares, amounts, filled, flow_vector, placed, scores

MATTERS = 0.05


def grade_shares(
    linked: pd.DataFrame,
    activities: "pd.Index[str]",
    flows: "pd.Index[str]",
    characters: pd.DataFrame,
) -> Shares:
    """Return the share of each score that passes through a number of that grade or a worse one.

    The score of what is left when these numbers are taken out, against the whole score, gives
    the rest. Sizes count, not signs, so that a credit cannot hide a doubtful burden.

    Parameters
    ----------
    linked : DataFrame
        Exchanges with their supplier, of `linked_exchanges`.
    activities, flows : Index
        Labels of the matrices.
    characters : DataFrame
        Characterisation by flow, with ``value`` and ``grade``.

    Returns
    -------
    ndarray, shape (activities, grades)
        Dimensionless, in [0, 1]; the columns are in the order of `GRADES`.
    """
    pattern = placed(linked, activities, flows)
    sizes = np.abs(amounts(linked))
    character = characters["value"].abs()
    total = scores(filled(pattern, sizes), flow_vector(character, flows))
    exchange_rank = ranks(linked["grade"]).to_numpy(int)
    character_rank = ranks(characters["grade"]).set_axis(characters.index)
    present = {*exchange_rank, *character_rank}
    shares = np.ones((len(activities), len(GRADES)))
    for rank in range(1, len(GRADES)):
        if rank - 1 not in present:  # nothing more is trusted than one grade before
            shares[:, rank] = shares[:, rank - 1]
            continue
        better = filled(pattern, np.where(exchange_rank < rank, sizes, 0.0))
        trusted = flow_vector(character.where(character_rank < rank, 0.0), flows)
        clean = scores(better, trusted)
        shares[:, rank] -= np.divide(clean, total, out=np.ones_like(total), where=total > 0)
    return shares.clip(0.0, 1.0)


def worst_that_matters(shares: Shares) -> list[str]:
    """Return, per row, the worst grade that carries more than 5 % of a score.

    Parameters
    ----------
    shares : ndarray, shape (n, grades)
        Of `grade_shares`.

    Examples
    --------
    >>> worst_that_matters(np.array([[1.0, 1.0, 0.3, 0.3, 0.3, 0.04]]))
    ['derived']
    """
    matters = shares > MATTERS
    matters[:, 0] = True
    return [GRADES[int(np.flatnonzero(row)[-1])] for row in matters]
