from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

import symbiosis.lca.sampling
from symbiosis.catalogue import datasets_folder
from symbiosis.errors import InvalidData
from symbiosis.lca import Inventory, factors, read_inventory
from symbiosis.lca.distributions import COLUMNS, distributions, drawn
from symbiosis.lca.matrices import filled, placed, scores
from symbiosis.lca.sampling import sampled_factors, solved_samples


@cache
def shipped() -> Inventory:
    return read_inventory(datasets_folder() / "inventory")


def only_ranges() -> Inventory:
    """Return the inventory without the distributions that its rows may state themselves."""
    tables = {
        name: getattr(shipped(), name).drop(columns=[*COLUMNS, "pedigree"], errors="ignore")
        for name in ("exchanges", "characterisation")
    }
    return replace(shipped(), **tables)


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def looped(links: list[tuple[str, str]]) -> pd.DataFrame:
    """Return exchanges between activities, each of which emits gas too."""
    names = sorted({name for link in links for name in link})
    table = pd.DataFrame(links, columns=["activity", "supplier"]).assign(type="technosphere")
    gas = pd.DataFrame({"activity": names, "supplier": "gas", "type": "biosphere"})
    return pd.concat([table, gas], ignore_index=True)


LINKS = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e"), ("f", "a"), ("f", "e")]
LINKS += [("e", "d"), ("a", "b"), ("g", "g"), ("h", "f")]


@pytest.mark.parametrize("dense", [200, 0])
def test_every_sample_is_solved_as_one_inventory_would_be(
    dense: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(symbiosis.lca.sampling, "DENSE", dense)
    linked = looped(LINKS)
    pattern = placed(linked, pd.Index(list("hgfedcba")), pd.Index(["gas", "dust"]))
    amounts = rng().uniform(0.05, 0.4, (len(linked), 7))
    characters = rng(2).uniform(1, 2, (2, 7))

    (y,) = solved_samples(pattern, amounts, [characters])

    for sample in range(7):
        one = scores(filled(pattern, amounts[:, sample]), characters[:, sample])
        assert y[:, sample] == pytest.approx(one, rel=1e-12)


def test_a_loop_that_consumes_all_it_gives_is_told() -> None:
    pattern = placed(looped([("a", "b"), ("b", "a")]), pd.Index(["a", "b"]), pd.Index(["gas"]))

    with pytest.raises(InvalidData, match="has no solution"):
        solved_samples(pattern, np.ones((4, 3)), [np.ones((1, 3))])


def test_the_same_seed_gives_the_same_samples_and_another_does_not() -> None:
    first, again, other = (
        sampled_factors(shipped(), "Guizhou", 2023, 20, rng(seed)).samples for seed in (3, 3, 4)
    )

    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_samples_are_of_the_factors_and_vary_only_where_these_have_a_range() -> None:
    inventory = only_ranges()

    sampled = sampled_factors(inventory, "Guizhou", 2023, 300, rng())

    table = sampled.factors
    pd.testing.assert_frame_equal(table, factors(inventory, "Guizhou", 2023))
    fixed = (table["low"] == table["high"]).to_numpy()
    assert fixed.any()
    assert sampled.samples[fixed] == pytest.approx(
        np.repeat(table["value"].to_numpy()[fixed, None], 300, axis=1), rel=1e-12
    )
    assert (sampled.samples[~fixed].std(axis=1) > 0).all()


def test_samples_in_parts_are_as_wide_as_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(symbiosis.lca.sampling, "CHUNK", 3000)

    sampled = sampled_factors(shipped(), None, None, 11, rng(), indicators=("gwp100", "smell"))

    assert sampled.samples.shape == (len(sampled.factors), 11)


def test_what_nothing_characterises_has_no_samples() -> None:
    sampled = sampled_factors(shipped(), None, None, 5, rng(), indicators=("smell",))

    assert sampled.samples.shape == (0, 5)


def rows(**columns: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"low": np.nan, "high": np.nan, **columns})


def test_a_range_is_a_95_per_cent_interval_of_a_lognormal() -> None:
    told = distributions(rows(amount=[3.0, -3.0], low=[1.0, -9.0], high=[9.0, -1.0]))

    values = drawn(told, 40_000, rng())
    assert told["uncertainty_type"].tolist() == [2, 2]
    assert np.quantile(values[0], [0.025, 0.975]) == pytest.approx([1, 9], rel=0.03)
    assert np.quantile(values[1], [0.025, 0.975]) == pytest.approx([-9, -1], rel=0.03)


def test_a_range_from_zero_is_triangular_around_the_value() -> None:
    told = distributions(rows(amount=[1.0], low=[0.0], high=[5.0]))

    values = drawn(told, 40_000, rng())
    assert told["uncertainty_type"].tolist() == [5]
    assert (values.min() >= 0, values.max() <= 5) == (True, True)
    assert values.mean() == pytest.approx(2.0, rel=0.02)


def test_a_value_without_a_range_is_what_it_is() -> None:
    assert drawn(distributions(rows(amount=[4.0])), 3, rng()).tolist() == [[4.0, 4.0, 4.0]]


def test_a_distribution_that_a_row_states_goes_before_its_range() -> None:
    nothing = [np.nan] * 6
    stated = pd.DataFrame(
        {
            "amount": [5.0, 5.0, 5.0, 5.0, 5.0, 5.0],
            "low": [1.0] * 6,
            "high": [9.0] * 6,
            "uncertainty_type": [1, 3, 4, 5, 3, 0],
            "loc": [np.nan, 5.0, np.nan, 6.0, 5.0, np.nan],
            "scale": [np.nan, 0.1, np.nan, np.nan, 1.0, np.nan],
            "shape": nothing,
            "minimum": [np.nan, np.nan, 2.0, 3.0, 4.9, np.nan],
            "maximum": [np.nan, np.nan, 4.0, 9.0, 5.1, np.nan],
        }
    )

    values = drawn(distributions(stated), 4000, rng())

    assert values[0].tolist() == [5.0] * 4000
    assert values.mean(axis=1)[1:5] == pytest.approx([5.0, 3.0, 6.0, 5.0], rel=0.02)
    assert values.std(axis=1)[1] == pytest.approx(0.1, rel=0.05)
    assert (values[4].min() >= 4.9, values[4].max() <= 5.1) == (True, True)
    assert values[5].std() > 1  # the range, where no distribution is stated


def test_a_negative_number_stays_between_its_bounds() -> None:
    told = distributions(
        rows(amount=[-2.0], uncertainty_type=[2], loc=[np.log(2)], scale=[1.0]).assign(
            shape=np.nan, minimum=-3.0, maximum=-1.0
        )
    )

    values = drawn(told, 2000, rng())

    assert (values.min() >= -3, values.max() <= -1) == (True, True)
    assert values.mean() == pytest.approx(-1.8, abs=0.1)


def test_rare_distributions_are_drawn_as_stats_arrays_does() -> None:
    pytest.importorskip("stats_arrays")
    weibull = rows(amount=[1.0], uncertainty_type=[8], loc=[0.0], scale=[2.0])
    told = distributions(weibull.assign(shape=1.0, minimum=np.nan, maximum=np.nan))

    assert drawn(told, 3000, rng()).mean() == pytest.approx(2.0, rel=0.1)
