"""What flows carry of a layer: mass, an element, water or energy."""

import pandas as pd

from symbiosis.model import Park

_WEIGHTLESS = {"service", "electricity", "heat"}


def flow_contents(park: Park, layer: str = "mass") -> "pd.Series[float]":
    """Return what each flow carries of `layer`.

    Parameters
    ----------
    park : Park
        Its resources say what a unit contains. Services carry nothing; electricity and heat
        carry energy only, save where a content is given (steam in t).
    layer : str
        A column ``content_<layer>`` of the resources: ``mass``, ``C``, ``P``... or ``energy``.

    Returns
    -------
    Series
        In the order of ``flows`` [t/year, energy GJ/year]; NaN where the content is unknown.

    Raises
    ------
    ValueError
        If the park's resources have no such layer.
    """
    column = f"content_{layer}"
    if column not in park.resources:
        raise ValueError(f"no layer '{layer}' among the park's resources")
    resources = park.resources.set_index("id")
    without = {"service"} if layer == "energy" else _WEIGHTLESS
    content = resources[column].mask(resources[column].isna() & resources["kind"].isin(without), 0)
    per_unit = park.flows["resource"].map(content).astype("float64")  # texts where nothing flows
    carried = park.flows["amount"] * per_unit
    return carried.mask(park.flows["amount"] == 0, 0.0).rename(layer)


def unknown_contents(park: Park, layer: str = "mass") -> pd.DataFrame:
    """Return the resources whose content of `layer` is unknown and that flow in the park.

    Returns
    -------
    DataFrame
        ``resource``, ``flows`` (how many), ``amount`` (their sum per year), ``unit``.
    """
    unknown = park.flows.loc[flow_contents(park, layer).isna()]
    return unknown.groupby("resource", as_index=False).agg(
        flows=("id", "size"), amount=("amount", "sum"), unit=("unit", "first")
    )
