"""The settings of a match: what is wanted, what counts, and how hard to look."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a park is matched; every name is a key of ``park.toml [settings]`` and of ``--set``.

    Attributes
    ----------
    objective : str
        An indicator, or a sum such as ``cost + 50*gwp100``; it is minimised.
    carbon_price : float
        Money per t CO2e, added to the objective (never to the cost).
    carbon_price_on : str
        ``all`` prices the whole footprint, ``direct`` only what goes to ``@nature``.
    heat_min_approach : float
        Smallest temperature difference between a hot and a cold stream [K].
    heat_pumps : bool
        Whether heat may be lifted to a higher temperature; if not, the most that can be
        recovered is the pinch target.
    max_distance : float or mapping of kind or mode to float
        Longest way of an exchange [km].
    transport_cost : float or mapping of kind or mode to float
        Money per t km (m3 km, GJ km); blank where the catalogue's price serves.
    detour : float
        Length of a way over the great-circle distance.
    default_distance : float
        Distance between enterprises of unknown place [km].
    internal : bool
        Whether processes of one enterprise may exchange.
    discount_rate, lifetime : float
        For annualised capital; the lifetime [years] where a pathway names none.
    allocation : str
        Rule of environmental indicators: ``substitution``, ``cut-off``, ``50-50`` or ``cff``
        (`symbiosis.views.rules`). It sets the credit of co-products that are sold and how what
        an exchange saves is shared; money is always by whose books it is in.
    marginal_credit : float
        Share of the credit that a co-product of a constrained market keeps [0..1].
    lost_output : str
        ``replaced`` or ``none``.
    allow_gaps : bool
        Whether a burden with a missing factor may be counted as nothing (and marked).
    indicators : tuple of str
        What is reported.
    electricity : str
        Which electricity factor: ``location``, ``residual``, ``footprint`` or ``park_method``.
    time_limit : float
        Seconds for one solve.
    mip_gap : float
        Relative gap at which a solve may stop.
    seed : int
        For chance.
    """

    objective: str = "cost"
    carbon_price: float = 0.0
    carbon_price_on: str = "all"
    heat_min_approach: float = 10.0
    heat_pumps: bool = False
    max_distance: float | Mapping[str, float] = float("inf")
    transport_cost: float | Mapping[str, float] = field(default_factory=dict)
    detour: float = 1.3
    default_distance: float = 0.0
    internal: bool = True
    discount_rate: float = 0.08
    lifetime: float = 20.0
    allocation: str = "substitution"
    marginal_credit: float = 0.0
    lost_output: str = "replaced"
    allow_gaps: bool = False
    indicators: tuple[str, ...] = ("cost", "gwp100")
    electricity: str = "location"
    time_limit: float = 60.0
    mip_gap: float = 1e-6
    seed: int = 0
