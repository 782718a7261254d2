"""The measures of a park as it is, by their names in the contract."""

import numpy as np

from symbiosis.metrics.cycling import cyclicity, finn_cycling_index
from symbiosis.metrics.network import (
    Network,
    ascendency,
    average_mutual_information,
    connectance,
    connectance_without_loops,
    development_capacity,
    mean_path_length,
    overhead,
    relative_ascendency,
    robustness,
    throughflow,
    total_system_throughput,
)
from symbiosis.metrics.use import (
    By,
    circularity_rate,
    solid_waste_utilisation,
    waste_heat_utilisation,
    water_reuse,
)
from symbiosis.model import BOUNDARIES, Park
from symbiosis.views import flow_matrix

_OF_NETWORK = (
    total_system_throughput,
    throughflow,
    finn_cycling_index,
    average_mutual_information,
    ascendency,
    development_capacity,
    overhead,
    relative_ascendency,
    robustness,
    connectance,
    connectance_without_loops,
    mean_path_length,
    cyclicity,
)
_OF_PARK = (circularity_rate, solid_waste_utilisation, waste_heat_utilisation, water_reuse)


def park_network(park: Park, layer: str = "mass", by: By = "process") -> Network:
    """Return a park as a network of one layer.

    Parameters
    ----------
    park : Park
    layer : str
        ``mass``, ``energy``, or any other that its resources have a content of.
    by : str
        Compartments: every ``process``, or every ``enterprise``; what passes within one is then
        left out.

    Returns
    -------
    Network
        [t/year, energy GJ/year]. What is drawn from @stock is an import. Unknown contents count
        nothing: `symbiosis.views.unknown_contents` lists them.
    """
    labels, matrix = flow_matrix(park, layer, by)
    count = len(labels) - len(BOUNDARIES)
    exchanges = matrix[:count, :count]
    exchanges.setdiag(0.0)
    exchanges.eliminate_zeros()
    outside = {end: count + i for i, end in enumerate(BOUNDARIES)}
    sources = [outside[end] for end in ("@supply", "@nature", "@stock")]
    sinks = [outside[end] for end in ("@disposal", "@nature", "@stock")]
    return Network(
        exchanges=exchanges,
        imports=np.asarray(matrix[sources][:, :count].sum(axis=0), np.float64),
        exports=np.asarray(matrix[:count, [outside["@sales"]]].sum(axis=1), np.float64),
        losses=np.asarray(matrix[:count, sinks].sum(axis=1), np.float64),
    )


def indicators(park: Park, layer: str = "mass", by: By = "process") -> dict[str, float]:
    """Return every measure by name: of the network in `layer`, then what is used inside.

    Returns
    -------
    dict
        Units as the functions of these names say; NaN where a measure has no meaning. The last
        four are by mass and by energy whatever the layer.
    """
    network = park_network(park, layer, by)
    of_network = {measure.__name__: measure(network) for measure in _OF_NETWORK}
    return of_network | {measure.__name__: measure(park, by) for measure in _OF_PARK}
