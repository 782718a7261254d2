import numpy as np
import pandas as pd
from scipy import sparse

from symbiosis.matching.blocks import block, over_columns, stacked


def entries(*rows: tuple[int, int, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["row", "column", "value"])


def test_a_bound_that_is_not_given_does_not_bind() -> None:
    part = block(2, entries((0, 1, 3.0)), upper=[5.0])

    assert part.rows.toarray().tolist() == [[0, 3]]
    assert part.lower.tolist() == [-np.inf]
    assert part.upper.tolist() == [5]


def test_entries_of_one_place_add_up() -> None:
    part = block(1, entries((0, 0, 2.0), (0, 0, 3.0)), lower=[1.0])

    assert part.rows.toarray().tolist() == [[5]]
    assert part.upper.tolist() == [np.inf]


def test_a_block_without_entries_has_as_many_rows_as_bounds() -> None:
    assert block(3).rows.shape == (0, 3)
    assert block(3, upper=[1.0, 2.0]).rows.shape == (2, 3)


def test_stacking_leaves_out_empty_rows_that_bind_nothing() -> None:
    empty = block(2, entries((1, 0, 1.0)), upper=[4.0, 5.0])
    impossible = block(2, upper=[-1.0])
    demanded = block(2, lower=[2.0])

    whole = stacked([empty, impossible, demanded])

    assert whole.rows.toarray().tolist() == [[1, 0], [0, 0], [0, 0]]
    assert whole.upper.tolist() == [5, -1, np.inf]
    assert whole.lower.tolist() == [-np.inf, -np.inf, 2]


def test_a_block_over_other_columns_says_the_same_of_their_sums() -> None:
    part = block(2, entries((0, 0, 1.0), (0, 1, 10.0)), upper=[7.0])
    incidence = sparse.csr_array(np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]))

    assert over_columns(part, incidence).rows.toarray().tolist() == [[1, 1, 10]]
