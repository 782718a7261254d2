"""Sentences on the carbon that an exchange moves: whose it is, and that delay is not storage."""

from collections.abc import Callable


def carbon_text(origin: str, storage: str, translate: Callable[[str], str]) -> list[str]:
    """Return what is to be said of an exchange's carbon, nothing where nothing is known.

    Examples
    --------
    >>> carbon_text("", "delayed", str)
    ['Carbon is delayed, not stored: it reaches the air later']
    """
    _ = translate
    origins = {
        "fossil": _("Carbon of fossil origin"),
        "biogenic": _("Carbon of biogenic origin"),
        "mixed": _("Carbon partly fossil, partly biogenic"),
    }
    storages = {
        "delayed": _("Carbon is delayed, not stored: it reaches the air later"),
        "stored": _("Carbon stays stored for as long as the product lasts"),
    }
    return [text for text in (origins.get(origin), storages.get(storage)) if text]
