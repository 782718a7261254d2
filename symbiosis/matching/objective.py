"""What is minimised: a weighted sum of indicators, read from its expression."""

import re
from collections.abc import Mapping

from symbiosis.errors import InvalidData, Problem
from symbiosis.model import Settings
from symbiosis.views.footprint import CLIMATE, DIRECT_CLIMATE

_NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_TERM = re.compile(
    rf"\s*([+-]?)\s*(?:({_NUMBER})\s*\*\s*)?([A-Za-z_]\w*)(?:\s*\*\s*({_NUMBER}))?\s*"
)


def weights(settings: Settings) -> dict[str, float]:
    """Return the weight of each indicator in the objective, the carbon price included.

    Examples
    --------
    >>> weights(Settings(objective="cost + 50*gwp100", carbon_price=10))
    {'cost': 1.0, 'gwp100': 60.0}
    """
    found = expression_weights(settings.objective)
    if settings.carbon_price:
        priced = carbon_indicator(settings)
        found[priced] = found.get(priced, 0.0) + settings.carbon_price
    return found


def carbon_indicator(settings: Settings) -> str:
    """Return the indicator that the carbon price is paid on."""
    return CLIMATE if settings.carbon_price_on == "all" else DIRECT_CLIMATE


def expression_weights(expression: str) -> dict[str, float]:
    """Return the weight of each indicator in an expression such as ``cost + 50*gwp100``."""
    found: dict[str, float] = {}
    position = 0
    while position < len(expression):
        term = _TERM.match(expression, position)
        if term is None or (position and not term[1]):
            raise InvalidData([_not_a_sum(expression)])
        size = float(term[2] or 1.0) * float(term[4] or 1.0)
        found[term[3]] = found.get(term[3], 0.0) + (-size if term[1] == "-" else size)
        position = term.end()
    if not found:
        raise InvalidData([_not_a_sum(expression)])
    return found


def _not_a_sum(expression: str) -> Problem:
    return Problem(
        "settings, objective",
        f"{expression!r} is not a sum of indicators",
        "write an indicator or a sum such as cost + 50*gwp100",
    )


def weighted(values: Mapping[str, float], weight: Mapping[str, float]) -> float:
    """Return the weighted sum of indicator values."""
    return sum(factor * values[name] for name, factor in weight.items())
