"""The parameters of the circular footprint formula as they stand among the factors.

A rule that shares burdens needs numbers per resource. They travel as dimensionless rows of the
table of factors (boundary ``@sales``), so that the park's own come before the catalogue's, their
ranges move with all others, and whoever has the factors has them.
"""

PARAMETERS = ("A", "q_in", "q_out", "e_recycled", "e_virgin")
IMPACTS = ("e_recycled", "e_virgin")  # t CO2e per unit of the resource; the others have no unit
AT = "@sales"
ALLOCATIONS = ("substitution", "cut-off", "50-50", "cff")


def parameter_indicator(parameter: str) -> str:
    """Return under which indicator a parameter stands; no indicator of a park is called so.

    Examples
    --------
    >>> parameter_indicator("q_in")
    'cff q_in'
    """
    return f"cff {parameter}"
