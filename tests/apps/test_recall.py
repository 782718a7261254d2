"""The pages on recall say what a run of the benchmark says, and explain every miss."""

from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        import recall
    return recall


@pytest.fixture(scope="module")
def trials(benchmark: ModuleType) -> list[object]:
    found: list[object] = benchmark.trials()
    return found


def links(trials: list[object]) -> pd.DataFrame:
    return pd.concat([getattr(trial, "links") for trial in trials])  # noqa: B009  # untyped script


def test_the_pages_say_what_a_run_says(benchmark: ModuleType, trials: list[object]) -> None:
    stale = benchmark.stale_pages(trials)
    assert not stale, "renew with: python benchmarks/recall.py --write"


@pytest.mark.parametrize("page", ["docs/recall.md", "docs/zh/recall.md"])
def test_every_miss_is_explained_beside_the_table(
    page: str, benchmark: ModuleType, trials: list[object]
) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    written = benchmark.renewed(text, "")
    every = links(trials)
    missed = every.loc[~every["proposed"], "link"]

    assert len(missed)
    assert [name for name in missed if f"`{name}`" not in written] == []


def test_the_aims_of_recall_are_met(trials: list[object]) -> None:
    every = links(trials)

    assert len(every) >= 100
    assert every["candidate"].mean() >= 0.9
    assert every["proposed"].mean() >= 0.6
