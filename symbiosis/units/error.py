"""The error of a unit."""

from symbiosis.errors import SymbiosisError


class UnitError(SymbiosisError):
    """A unit that cannot be read or does not fit; ``what`` is wrong and ``remedy`` is advice."""

    def __init__(self, what: str, remedy: str = "") -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what} ({remedy})" if remedy else what)
