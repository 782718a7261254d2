"""The park before and after as rows of text: facts, enterprises, resources."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd

from symbiosis.reporting.exchange_rows import Figure, resource_units
from symbiosis.reporting.figures import indicator_unit
from symbiosis.reporting.language import translator
from symbiosis.reporting.numbers import (
    Scale,
    percent,
    plain,
    quantity,
    scale,
    unit_text,
)
from symbiosis.reporting.wording import (
    Vocabulary,
    boundary_text,
    indicator_text,
)
from symbiosis.scenarios import Outcome, other_changes, shifts

Document = Mapping[str, object]
MOST_ROWS = 25


def facts(outcome: Outcome, words: Vocabulary) -> list[tuple[str, str]]:
    """Return what is known of the park: name and value."""
    _, park = translator(words.language), outcome.park
    found = [
        (_("Year"), str(park.year or "")),
        (_("Region"), park.region),
        (_("Enterprises"), str(len(park.enterprises))),
        (_("Processes"), str(len(park.processes))),
        (_("Flows"), plain(len(park.flows), 9)),
        (_("Currency"), park.currency),
        (_("Licence of the data"), park.licence or _("not stated")),
    ]
    return [(name, value) for name, value in found if value]


@dataclass(frozen=True, kw_only=True)
class Change:
    """A row of a table before and after: name, then (before, after, change) per column group."""

    name: str
    unit: str
    figures: list[Figure]


def enterprise_changes(
    outcome: Outcome, document: Document, words: Vocabulary
) -> tuple[list[str], list[Change]]:
    """Return headings and rows of what changes per enterprise, the largest change first."""
    names = list(outcome.park.settings.indicators)
    ends = cast(Mapping[str, Mapping[str, Mapping[str, float]]], document["enterprises"])
    table = pd.DataFrame(
        {
            (name, end): {key: both[end][name] for key, both in ends.items()}
            for name in names
            for end in ("before", "after")
        }
    )
    for name in names:
        table[(name, "change")] = table[(name, "after")] - table[(name, "before")]
    table = table[[(n, c) for n in names for c in ("before", "after", "change")]]
    sizes = {name: scale(table[name].to_numpy(float).ravel(), words.language) for name in names}
    change = table[(names[0], "change")].to_numpy(float)
    order = table.index[np.argsort(-np.abs(change), kind="stable")]
    rows = [
        Change(
            name=words.name("enterprises", str(key)),
            unit="",
            figures=[
                _figure(float(table.loc[key, column]), sizes[column[0]]) for column in table.columns
            ],
        )
        for key in order
    ]
    heads = [
        f"{indicator_text(name, words.language)} "
        f"[{sizes[name].word}{indicator_unit(outcome, name, words.language)}]"
        for name in names
    ]
    return heads, rows


def _figure(value: float, sizes: Scale) -> Figure:
    return Figure(text=sizes.text(value), value=value)


def resource_changes(
    outcome: Outcome, document: Document, words: Vocabulary, what: str
) -> list[Change]:
    """Return what the park buys, discards or emits before and after, relative change first.

    Parameters
    ----------
    what : str
        ``bought``, ``discarded`` or ``emitted``.
    """
    before = cast(Mapping[str, float], cast(Document, document["before"])[what])
    after = cast(Mapping[str, float], cast(Document, document["after"])[what])
    units = resource_units(outcome.park) | resource_units(outcome.after)
    rows = []
    for name in sorted({*before, *after}):
        old, new = before.get(name, 0.0), after.get(name, 0.0)
        if abs(new - old) > 1e-6 * max(abs(old), abs(new), 1.0):
            rows.append((name, old, new))
    rows.sort(key=lambda row: -abs(row[2] - row[1]))
    return [_resource_change(row, units, words) for row in rows]


def _resource_change(
    row: tuple[str, float, float], units: Mapping[str, str], words: Vocabulary
) -> Change:
    _ = translator(words.language)
    name, old, new = row
    share = (new - old) / old if old else float("inf")
    relative = _("new") if not old else _signed_percent(share)
    unit = units.get(name, "")
    amounts = [Figure(text=quantity(v, unit, words.language), value=v) for v in (old, new)]
    return Change(
        name=words.name("resources", name),
        unit=unit_text(unit, words.language),
        figures=[*amounts, Figure(text=relative, value=share)],
    )


def _signed_percent(share: float) -> str:
    text = percent(share, 3 if 0.95 < abs(share) < 1 else 2)
    return f"+{text}" if share > 0 else text


def utility_changes(outcome: Outcome, words: Vocabulary) -> list[tuple[str, str]]:
    """Return the utilities that turn down, and by how much."""
    table = other_changes(outcome)
    return [
        (words.name("processes", str(process)), _signed_percent(float(share)))
        for process, share in zip(table["process"], table["share"], strict=True)
    ]


def shift_rows(outcome: Outcome, words: Vocabulary) -> list[tuple[str, str, Figure]]:
    """Return process, layer and shift [t/year; GJ/year for energy], the largest first."""
    _ = translator(words.language)
    if outcome.exchanges.empty:
        return []
    table = shifts(outcome).sort_values("shift", key=abs, ascending=False)[:MOST_ROWS]
    layers = {"mass": _("mass"), "water": _("water"), "energy": _("energy")}
    return [
        (
            words.name("processes", str(process)),
            layers.get(str(layer), str(layer)),
            Figure(
                text=quantity(float(shift), "GJ" if layer == "energy" else "t", words.language),
                value=float(shift),
            ),
        )
        for process, layer, shift in zip(
            table["process"], table["layer"], table["shift"], strict=True
        )
    ]


def gap_rows(outcome: Outcome, document: Document, words: Vocabulary) -> list[tuple[str, ...]]:
    """Return the flows that no figure covers: indicator, boundary, resource, flows, amount."""
    units = resource_units(outcome.after)
    rows = cast(list[Document], document["gaps"])
    return [
        (
            indicator_text(str(row["indicator"]), words.language),
            boundary_text(str(row["boundary"]), words.language),
            words.name("resources", str(row["resource"])),
            str(row["flows"]),
            quantity(
                float(cast(float, row["amount"])),
                units.get(str(row["resource"]), ""),
                words.language,
            ),
        )
        for row in rows
    ]
