"""Where the data that ships stands: inside the installed package, or beside it in a checkout."""

from difflib import get_close_matches
from pathlib import Path

from symbiosis.errors import InvalidData, Problem

_PACKAGE = Path(__file__).resolve().parents[1]


def datasets_folder() -> Path:
    """Return the folder that holds the catalogue, the inventory and the shipped parks."""
    installed = _PACKAGE / "datasets"
    return installed if installed.is_dir() else _PACKAGE.parent / "datasets"


def shipped_parks() -> tuple[str, ...]:
    """Return the names of the parks that ship, in alphabetical order."""
    parks = datasets_folder() / "parks"
    return tuple(sorted(table.parent.name for table in parks.glob("*/enterprises.csv")))


def park_folder(name: str) -> Path:
    """Return the folder of the shipped park called `name`.

    Raises
    ------
    InvalidData
        If no park of that name ships; the names that do are in the message.
    """
    shipped = shipped_parks()
    if name not in shipped:
        raise InvalidData([Problem("park", f"no shipped park '{name}'", _advice(name, shipped))])
    return datasets_folder() / "parks" / name


def _advice(name: str, shipped: tuple[str, ...]) -> str:
    close = get_close_matches(name, shipped, n=1)
    return f"did you mean '{close[0]}'?" if close else f"there are: {', '.join(shipped) or 'none'}"
