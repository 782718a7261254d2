"""Which plant type each row of a list of firms means, and how large it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isnan, nan
from typing import Any

from symbiosis.catalogue import Candidate, Catalogue, Resolution, meant, plant_lexicon, resolved
from symbiosis.drafting.capacity import annual_capacity
from symbiosis.drafting.firms import Firm, FirmList
from symbiosis.errors import Problem

_TOLD = 6  # candidates named where none is taken


@dataclass(frozen=True, kw_only=True)
class Plant:
    """A firm's plant, understood.

    Attributes
    ----------
    firm : Firm
        The row.
    type : Candidate
        The plant type meant, how it was found and how surely.
    capacity : float
        In [unit per year].
    unit : str
        The unit that the plant type is counted in.
    usual_low, usual_high : float
        Usual sizes of such plants [unit per year]; NaN where unknown.
    operating_hours : float
        The row's own, else those usual for the plant type [h/year].
    """

    firm: Firm
    type: Candidate
    capacity: float
    unit: str
    usual_low: float
    usual_high: float
    operating_hours: float

    @property
    def size(self) -> str:
        """Return ``small`` or ``large`` for a capacity outside the usual ones, else ``usual``."""
        if self.capacity < self.usual_low:
            return "small"
        return "large" if self.capacity > self.usual_high else "usual"


def plants(
    known: FirmList, catalogue: Catalogue, accept: float | None = None
) -> tuple[tuple[Plant, ...], list[Problem]]:
    """Return the plants that a list means, and a problem for each row that is not understood.

    Parameters
    ----------
    accept : float, optional
        Take the likeliest plant type also where it is not certain, if its confidence is at least
        this and no other is as likely.
    """
    types = {str(row["id"]): row for row in catalogue.blueprints.to_dict("records")}
    products = {str(row["id"]): row for row in catalogue.resources.to_dict("records")}
    lexicon = plant_lexicon(catalogue.blueprints)
    found: list[Plant] = []
    problems: list[Problem] = []
    for firm in known.firms:
        if not firm.plant or not firm.capacity:
            continue  # told as a blank cell
        resolution = resolved(firm.plant, lexicon)
        chosen = _chosen(resolution, accept)
        if chosen is None:
            problems.append(_unclear(known.where(firm, "plant"), resolution))
            continue
        of = types[chosen.id]
        plant = _plant(firm, chosen, of, products.get(str(of["product"]), {}))
        if isinstance(plant, Problem):
            problems.append(replace(plant, where=known.where(firm, "capacity")))
        else:
            found.append(plant)
    return tuple(found), problems


def _chosen(resolution: Resolution, accept: float | None) -> Candidate | None:
    if resolution.accepted is not None or accept is None or not resolution.candidates:
        return resolution.accepted
    best, *others = resolution.candidates
    alone = all(other.confidence < best.confidence for other in others)
    return best if alone and best.confidence >= accept else None


def _unclear(where: str, resolution: Resolution) -> Problem:
    several = resolution.status == "ambiguous"
    wrong = "may mean several plant types" if several else "is no plant type for sure"
    if resolution.status == "unknown":
        wrong = "is no plant type of the catalogue"
    advice = meant(resolution, _TOLD) or "ask for a product or plant with: symbiosis resolve TEXT"
    return Problem(where, f"'{resolution.text}' {wrong}", advice)


def _plant(
    firm: Firm, chosen: Candidate, of: Mapping[Any, Any], product: Mapping[Any, Any]
) -> Plant | Problem:
    hours = float(of["operating_hours"] if isnan(firm.operating_hours) else firm.operating_hours)
    capacity = annual_capacity(
        firm.capacity,
        firm.unit,
        str(of["unit"]),
        operating_hours=8760.0 if isnan(hours) else hours,
        content_mass=float(product.get("content_mass", nan)),
        content_energy=float(product.get("content_energy", nan)),
    )
    if isinstance(capacity, Problem):
        return capacity
    return Plant(
        firm=firm,
        type=chosen,
        capacity=capacity,
        unit=str(of["unit"]),
        usual_low=float(of["capacity_low"]),
        usual_high=float(of["capacity_high"]),
        operating_hours=hours,
    )
