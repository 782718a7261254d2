import math
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from symbiosis.errors import InvalidData
from symbiosis.lca import read_inventory
from symbiosis.lca.distributions import LOGNORMAL, NONE, distributions
from symbiosis.lca.pedigree import scores_of, sigma

Write = Callable[..., Path]


def test_the_width_is_half_the_root_of_the_summed_squares_of_logarithms() -> None:
    # Weidema et al. 2013 write it as variances: 0.0006 basic, 0.0006, 0.0006, 0.002, 0.0001, 0.008
    published = 0.0006 + 0.0006 + 0.0006 + 0.002 + 0.0001 + 0.008

    assert sigma((2, 3, 3, 3, 3)) ** 2 == pytest.approx(published, rel=0.06)


@pytest.mark.parametrize("place", range(5))
def test_a_worse_score_is_never_narrower(place: int) -> None:
    widths = [sigma((*(1,) * place, score, *(1,) * (4 - place))) for score in range(1, 6)]

    assert widths == sorted(widths)
    assert widths[0] < widths[-1]


@pytest.mark.parametrize("text", ["", "1,2,3", "1,2,3,4,6", "a,b,c,d,e", "1,1,1,1,1,1"])
def test_what_is_no_five_scores_is_none(text: str) -> None:
    assert scores_of(text) is None


def test_scores_spread_a_number_without_a_range_about_itself() -> None:
    table = pd.DataFrame(
        {
            "amount": [2.0, -2.0, 2.0, 0.0, 2.0],
            "low": [None, None, 1.0, None, None],
            "high": [None, None, 4.0, None, None],
            "pedigree": ["1,1,1,1,1", "1,1,1,1,1", "5,5,5,5,5", "5,5,5,5,5", ""],
        }
    ).astype({"low": float, "high": float})

    found = distributions(table)

    assert found["uncertainty_type"].to_list() == [LOGNORMAL, LOGNORMAL, LOGNORMAL, NONE, NONE]
    assert found["loc"].to_list()[:2] == pytest.approx([math.log(2)] * 2)
    assert found["negative"].to_list()[:2] == [False, True]
    assert found["scale"][0] == pytest.approx(sigma((1, 1, 1, 1, 1)))
    assert found["scale"][2] == pytest.approx(math.log(4) / (2 * 1.959964), rel=1e-5)


def test_scores_that_are_none_are_refused(write: Write, tables: dict[str, str]) -> None:
    head, first, *rows = tables["exchanges"].splitlines()
    lines = [f"{head},pedigree", f"{first},9", *(f"{row}," for row in rows)]

    with pytest.raises(InvalidData, match="row 2, pedigree: '9' holds no pedigree scores"):
        read_inventory(write(exchanges="\n".join(lines) + "\n"))
