"""Groups of sectors: few enough to tell apart by colour."""

import re

from symbiosis.reporting.language import translator

# First two digits of the class, by classification; the last group that begins at or below serves.
_CHINESE = (
    (1, "farming"),
    (6, "mining"),
    (13, "food"),
    (17, "light"),
    (25, "chemicals"),
    (30, "minerals"),
    (31, "metals"),
    (33, "machines"),
    (44, "energy"),
    (46, "water"),
    (47, "other"),
)
_INTERNATIONAL = (
    (1, "farming"),
    (5, "mining"),
    (10, "food"),
    (13, "light"),
    (19, "chemicals"),
    (23, "minerals"),
    (24, "metals"),
    (26, "machines"),
    (35, "energy"),
    (36, "water"),
    (41, "other"),
)
COLOURS = {
    "chemicals": "#0F7B6C",
    "minerals": "#A6761D",
    "metals": "#5B6B7B",
    "energy": "#D55E00",
    "water": "#0072B2",
    "mining": "#6B4C9A",
    "machines": "#CC79A7",
    "food": "#E69F00",
    "farming": "#5FA641",
    "light": "#56B4E9",
    "other": "#9AA0A6",
}


def sector_group(sector: str) -> str:
    """Return the group of a sector written as ISIC, NACE or GB/T 4754, ``other`` if unknown.

    Examples
    --------
    >>> sector_group("GB/T 4754 2622"), sector_group("NACE C23.51"), sector_group("ISIC 3510")
    ('chemicals', 'minerals', 'energy')
    >>> sector_group("brewing")
    'other'
    """
    chinese = "4754" in sector
    digits = re.sub(r"GB/?T\s*4754(-\d{4})?", "", sector) if chinese else sector
    found = re.search(r"\d{2}", digits)
    division = int(found.group()) if found else 0
    groups = _CHINESE if chinese else _INTERNATIONAL
    return next((name for first, name in reversed(groups) if division >= first), "other")


def sector_text(group: str, language: str) -> str:
    """Return what a group of sectors is called."""
    _ = translator(language)
    return {
        "chemicals": _("chemicals and fuels"),
        "minerals": _("building materials"),
        "metals": _("metals"),
        "energy": _("power and heat"),
        "water": _("water and waste water"),
        "mining": _("mining"),
        "machines": _("batteries, electronics, machines"),
        "food": _("food and drink"),
        "farming": _("farming"),
        "light": _("paper, textiles, light industry"),
        "other": _("other sectors"),
    }[group]
