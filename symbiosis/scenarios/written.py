"""What a match wrote, read again: the flows before, and what each exchange changed."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from symbiosis.errors import InvalidData, Problem
from symbiosis.model import Park
from symbiosis.scenarios.exchange_flows import COLUMNS

EXCHANGE = ("offer", "pathway", "demand")
_BEFORE = ("id", "source", "target", "resource", "unit", "before")


@dataclass(frozen=True, kw_only=True)
class Written:
    """What the output folder of a match holds beside the park after.

    Attributes
    ----------
    before : DataFrame
        The flows before, with the columns of a park's flows.
    changes : DataFrame or None
        What each exchange changes (`symbiosis.scenarios.exchange_flows`), where that was written.
    nets : DataFrame
        Columns offer, pathway, demand and ``<indicator>_net``: what each exchange saves.
    """

    before: pd.DataFrame
    changes: pd.DataFrame | None
    nets: pd.DataFrame


def is_output(folder: Path) -> bool:
    """Return whether a folder is the output of a match."""
    return (folder / "park").is_dir() and (folder / "flows.csv").is_file()


def read_output(folder: Path, after: Park) -> Written:
    """Return what a match wrote to `folder`.

    Parameters
    ----------
    after : Park
        The park in it.

    Raises
    ------
    InvalidData
        If a table is missing, lacks a column, or holds what is no number.
    """
    nets = [f"{name}_net" for name in after.settings.indicators]
    exchanges = _table(folder / "exchanges.csv", EXCHANGE, tuple(nets))
    changes = None
    if (folder / "exchange_flows.csv").is_file():
        numbers = ("change", "displaced_change")
        changes = _table(folder / "exchange_flows.csv", COLUMNS, numbers)
        changes = changes.assign(market_constrained=changes["market_constrained"].eq("True"))
    flows = _table(folder / "flows.csv", _BEFORE, ("before", "after"))
    return Written(before=_before(flows, after), changes=changes, nets=exchanges)


def _before(flows: pd.DataFrame, after: Park) -> pd.DataFrame:
    """Return the flows before with all that the park after knows of them."""
    flows = flows[flows["before"] > 0].set_index("id")
    known = after.flows.set_index("id").reindex(flows.index)
    share = flows["before"] / known["amount"].where(known["amount"] > 0)
    displaced = known["displaced_amount"].astype(float) * share
    displaces = known["displaces"].fillna("")
    lost = (displaces != "") & flows["target"].eq("@sales") & displaced.isna()
    if lost.any():
        what = "was sold before and no more after: what it displaced is not in the folder"
        raise InvalidData(
            Problem(f"flows.csv, {name}", what, "export the park before by its own name")
            for name in flows.index[lost]
        )
    ends = {name: flows[name] for name in ("source", "target", "resource", "unit")}
    table = known.assign(
        **ends,
        amount=flows["before"],
        displaces=displaces,
        displaced_amount=displaced,
        market_constrained=known["market_constrained"].eq(True),
        low=np.nan,
        high=np.nan,
    )
    return table.rename_axis("id").reset_index()


def _table(path: Path, columns: tuple[str, ...], numbers: tuple[str, ...]) -> pd.DataFrame:
    try:
        text = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        advice = "name the output folder of symbiosis match"
        raise InvalidData([Problem(str(path), f"cannot be read: {error}", advice)]) from error
    missing = [name for name in (*columns, *numbers) if name not in text]
    if missing:
        what = f"lacks {', '.join(dict.fromkeys(missing))}"
        raise InvalidData([Problem(str(path), what, "match the park again")])
    table, found = text.copy(), []
    for name in numbers:
        table[name] = pd.to_numeric(text[name].where(text[name] != ""), errors="coerce")
        bad = text.index[table[name].isna() & (text[name] != "")]
        found += [
            Problem(
                f"{path}, row {row + 2}, {name}", f"'{text[name][row]}' is no number", "mend it"
            )
            for row in bad
        ]
    if found:
        raise InvalidData(found)
    return table.astype(dict.fromkeys(numbers, float))
