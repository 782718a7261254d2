"""Parameters of the circular footprint formula, from tables by resource to rows of factors."""

import pandas as pd

from symbiosis.catalogue.rates import ParkRates
from symbiosis.model import Park
from symbiosis.model.allocation import AT, IMPACTS, PARAMETERS, parameter_indicator


def parameter_factors(park: Park, theirs: pd.DataFrame, rates: ParkRates) -> list[pd.DataFrame]:
    """Return the parameters that a park's rule needs as factors, the park's own table first.

    Parameters
    ----------
    theirs : DataFrame
        The catalogue's table ``allocation``, per unit of the catalogue's resources.
    rates : ParkRates
        The park's units per unit of the catalogue.

    Returns
    -------
    list of DataFrame
        Empty where the park's rule is another than ``cff``. A blank cell has no row.
    """
    if park.settings.allocation != "cff":
        return []
    per_unit = rates.of(theirs["resource"])
    restated = theirs.assign(**{name: theirs[name] / per_unit for name in IMPACTS})
    ours = park.allocation.assign(grade="")
    return [_as_factors(table) for table in (ours, restated)]


def _as_factors(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row per resource and parameter that is known; only A has a range."""
    rows = [_rows(table, parameter) for parameter in PARAMETERS]
    return pd.concat(rows, ignore_index=True)


def _rows(table: pd.DataFrame, parameter: str) -> pd.DataFrame:
    known = table[table[parameter].notna()]
    return pd.DataFrame(
        {
            "boundary": AT,
            "resource": known["resource"],
            "indicator": parameter_indicator(parameter),
            "value": known[parameter],
            "unit": "t CO2e/unit" if parameter in IMPACTS else "1",
            "region": "",
            "convention": "",
            "grade": known["grade"],
            "citation": known["citation"],
        }
        | {end: known[end] for end in ("low", "high") if end in known and parameter == "A"}
    )
