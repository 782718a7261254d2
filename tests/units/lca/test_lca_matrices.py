import numpy as np
import pandas as pd
import pytest

from symbiosis.errors import InvalidData
from symbiosis.lca.matrices import matrices, scores


def chain(amount: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "activity": ["a", "a", "b", "b", "b"],
            "type": ["technosphere", "technosphere", "technosphere", "biosphere", "biosphere"],
            "supplier": ["b", "b", "a", "gas", "gas"],
            "amount": [0.2, 0.3, amount, 3.0, 1.0],
            "low": np.nan,
            "high": [np.nan, np.nan, np.nan, 5.0, np.nan],
        }
    )


NODES, FLOWS = pd.Index(["a", "b"]), pd.Index(["gas"])


def test_a_loop_of_two_activities_is_counted_round_and_round() -> None:
    y = scores(matrices(chain(0.5), NODES, FLOWS), np.array([2.0]))

    # b = 2 * 4 + 0.5 a, a = 0.5 b
    assert y == pytest.approx([16 / 3, 32 / 3])


def test_several_exchanges_with_the_same_ends_add_up() -> None:
    system = matrices(chain(0.5), NODES, FLOWS)

    assert system.technosphere.toarray() == pytest.approx(np.array([[1.0, -0.5], [-0.5, 1.0]]))
    assert system.biosphere.toarray() == pytest.approx(np.array([[0.0, 4.0]]))


def test_an_exchange_without_a_range_stands_at_its_value_at_both_ends() -> None:
    high = matrices(chain(0.5), NODES, FLOWS, "high")

    assert high.biosphere.toarray() == pytest.approx(np.array([[0.0, 6.0]]))


def test_a_loop_that_consumes_all_it_gives_is_told_and_not_solved() -> None:
    with pytest.raises(InvalidData, match="has no solution"):
        scores(matrices(chain(2.0), NODES, FLOWS), np.array([1.0]))
