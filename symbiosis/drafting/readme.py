"""README.md of a drafted park: that it is a draft, from what, and how to make it data."""

import re
from collections.abc import Sequence
from importlib.resources import files

from symbiosis.drafting.firms import firm_key
from symbiosis.drafting.plants import Plant
from symbiosis.io.cells import cell_text

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&-])")


def readme(title: str, file: str, found: Sequence[Plant], flows: int) -> str:
    """Return the text, in English and Chinese."""
    template = files("symbiosis.drafting").joinpath("draft.md").read_text(encoding="utf-8")
    firms = len({firm_key(plant.firm.name) for plant in found})
    return template.format(
        title=_plain(title),
        file=_plain(file),
        firms=firms,
        plants=len(found),
        flows=flows,
        rows="\n".join(_row(plant) for plant in found),
    )


def _row(plant: Plant) -> str:
    of = plant.type
    cells = [
        _plain(plant.firm.name),
        _plain(plant.firm.plant),
        f"{_plain(of.name)} {_plain(of.name_zh)} (`{of.id}`)",
        f"{of.how}, {of.confidence:.2f}",
        f"{cell_text(float(f'{plant.capacity:.6g}'))} {plant.unit}",
    ]
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """Return text of data so that Markdown shows it as it stands."""
    return _SPECIAL.sub(r"\\\1", text)
