"""How large a file may be before it is refused rather than read."""

from pathlib import Path

from symbiosis.errors import Problem

LARGEST_FILE = 512 * 1024 * 1024
LARGEST_SHEET = 20_000_000


def size_problem(file: Path, place: str) -> Problem | None:
    """Return a problem where `file` is too large to be a table of a park."""
    size = file.stat().st_size
    if size <= LARGEST_FILE:
        return None
    return Problem(
        place, f"{size / 1e6:.0f} MB is too large", f"at most {LARGEST_FILE / 1e6:.0f} MB"
    )
