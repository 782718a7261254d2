"""What ``share`` prints: each player's share beside what it gets alone, and whether that holds."""

from symbiosis.matching import weights
from symbiosis.model import Park
from symbiosis.reporting.grid import add_row, amount, grid, open_console
from symbiosis.reporting.language import Translate, translator
from symbiosis.reporting.wording import Vocabulary, indicator_measure
from symbiosis.scenarios.sharing import Sharing
from symbiosis.views.footprint import COST


def print_sharing(
    sharing: Sharing, words: Vocabulary | None, unit: str, cost: bool, language: str
) -> None:
    """Print a split.

    Parameters
    ----------
    words : Vocabulary, optional
        What the enterprises of a park are called; players of a given game go by their ids.
    unit : str
        Of the values, "" where it is unknown.
    cost : bool
        The values are costs.
    """
    _ = translator(language)
    console = open_console()
    measure = f" [{unit}]" if unit else ""
    table = grid(
        _title(sharing, _) + measure,
        [
            (_("Player"), False),
            (_("Alone"), True),
            (_("Its share"), True),
            *([(_("Standard error"), True)] if sharing.samples else []),
        ],
    )
    for name, share in sharing.allocation.items():
        alone = sharing.coalitions.get((name,), 0.0)
        error = [amount(sharing.standard_error[name])] if sharing.samples else []
        called = words.name("enterprises", name) if words else name
        add_row(table, called, amount(alone), amount(share), *error)
    console.print(table)
    total = amount(sum(sharing.allocation.values()))
    console.print(_("All together: {total}").format(total=total + (f" {unit}" if unit else "")))
    console.print(_verdict(sharing, cost, _))
    if sharing.samples:
        text = _("{n} orders of joining were drawn: the shares are estimates.")
        console.print(text.format(n=sharing.samples))


def objective_unit(park: Park) -> str:
    """Return the unit of a park's objective a year, money wherever money is part of it.

    "" where several indicators are added up without money.
    """
    weight = weights(park.settings)
    if COST not in weight and len(weight) > 1:
        return ""
    name = COST if COST in weight else next(iter(weight))
    plain = len(weight) > 1 or weight[name] == 1.0
    return f"{indicator_measure(name, park.currency)}/a" if plain else ""


def _title(sharing: Sharing, _: Translate) -> str:
    return {
        "shapley": _("Split by the Shapley value"),
        "nucleolus": _("Split by the nucleolus"),
        "core": _("Split of the least core"),
    }[sharing.method]


def _verdict(sharing: Sharing, cost: bool, _: Translate) -> str:
    if sharing.in_core is None:
        return _("Whether it is in the core is not known: not every coalition was asked.")
    if sharing.in_core and cost:
        return _("In the core: no coalition would pay less on its own.")
    if sharing.in_core:
        return _("In the core: no coalition would save more on its own.")
    if sharing.method == "core":
        return _("No split is in the core: whatever is agreed, some coalition does better alone.")
    return _("Not in the core: some coalition does better on its own.")
