"""Units of files and of the park: read once, converted as whole arrays."""

from symbiosis.units.conversion import (
    HOURS_PER_YEAR,
    Vector,
    annual_amounts,
    contained_amounts,
    converted,
    factor_scale,
    is_unit,
    per,
    same_dimension,
)
from symbiosis.units.error import UnitError

__all__ = [
    "HOURS_PER_YEAR",
    "UnitError",
    "Vector",
    "annual_amounts",
    "contained_amounts",
    "converted",
    "factor_scale",
    "is_unit",
    "per",
    "same_dimension",
]
