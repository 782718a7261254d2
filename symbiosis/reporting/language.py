"""The reader's language: one catalogue of messages for command line, reports and explorer.

English is the source text. Nothing here is kept between calls but the loaded file: who speaks
what is an argument, so that two sessions of one process may speak differently.
"""

from collections.abc import Callable
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

DOMAIN = "symbiosis"
LANGUAGES = ("en", "zh")
_LOCALES = {"en": "", "zh": "zh_CN"}

Translate = Callable[[str], str]


def translator(language: str) -> Translate:
    """Return the function that turns English text into `language`.

    Parameters
    ----------
    language : str
        ``en`` or ``zh``; a locale such as ``zh_CN`` or ``en-GB`` means its language.

    Raises
    ------
    ValueError
        If the language is none of `LANGUAGES`.

    Examples
    --------
    >>> translator("zh")("cost"), translator("en")("cost")
    ('成本', 'cost')
    """
    return _messages(language_of(language)).gettext


def language_of(tag: str) -> str:
    """Return the one of `LANGUAGES` that a language tag means.

    Examples
    --------
    >>> language_of("zh_CN.UTF-8"), language_of("en-GB")
    ('zh', 'en')
    """
    spoken = tag[:2].lower()
    if spoken not in LANGUAGES:
        raise ValueError(f"unknown language {tag!r}: one of {', '.join(LANGUAGES)}")
    return spoken


@cache
def _messages(language: str) -> NullTranslations:
    locale = _LOCALES[language]
    if not locale:
        return NullTranslations()
    place = files("symbiosis.reporting") / "locale" / locale / "LC_MESSAGES" / f"{DOMAIN}.mo"
    with place.open("rb") as file:
        return GNUTranslations(file)
