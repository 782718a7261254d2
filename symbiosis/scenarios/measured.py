"""What ``metrics`` prints: the measures of a park as it is, as plain values ready for JSON."""

import math

from symbiosis.errors import InvalidData, Problem
from symbiosis.metrics.indicators import indicators, park_network
from symbiosis.metrics.use import By
from symbiosis.model import Park
from symbiosis.model.validation import did_you_mean
from symbiosis.scenarios.summary import Json, records
from symbiosis.views import unknown_contents

_LAYER = "content_"


def measured(park: Park, layer: str = "mass", by: By = "process") -> Json:
    """Return the measures of a park in one layer, what they are made of, and what is unknown.

    Parameters
    ----------
    park : Park
    layer : str
        ``mass``, ``energy``, or any other that the park's resources have a column for.
    by : str
        What a compartment is: ``process`` or ``enterprise``.

    Raises
    ------
    InvalidData
        If the park has no such layer.
    """
    layers = [str(c).removeprefix(_LAYER) for c in park.resources if str(c).startswith(_LAYER)]
    if layer not in layers:
        near = did_you_mean(layer, layers)
        advice = f"{near}; one of " if near else "one of "
        raise InvalidData([Problem("--layer", f"no layer '{layer}'", advice + ", ".join(layers))])
    network = park_network(park, layer, by)
    return {
        "park": park.title,
        "layer": layer,
        "unit": "GJ/year" if layer == "energy" else "t/year",
        "by": by,
        "compartments": len(network.imports),
        "links": int(network.exchanges.nnz),
        "imports": float(network.imports.sum()),
        "internal": float(network.exchanges.sum()),
        "exports": float(network.exports.sum()),
        "losses": float(network.losses.sum()),
        **{name: _told(value) for name, value in indicators(park, layer, by).items()},
        "unknown": records(unknown_contents(park, layer)),
    }


def _told(value: float) -> float | str | None:
    """Return a number as JSON tells it: infinity as text, not-a-number as null."""
    if math.isnan(value):
        return None
    return value if math.isfinite(value) else "inf"
