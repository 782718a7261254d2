"""What somebody who wrote an unknown name probably meant."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches


def did_you_mean(name: str, known: Iterable[str] | Mapping[str, str]) -> str:
    """Return advice naming the likeliest of `known`, or nothing where none is close.

    A mapping offers several names for one thing: its keys are compared, its value is named.

    Examples
    --------
    >>> did_you_mean("brewrey", ["brewery", "maltings"])
    "did you mean 'brewery'?"
    """
    meanings = known if isinstance(known, Mapping) else {word: word for word in known}
    folded = {word.casefold(): meaning for word, meaning in meanings.items() if word}
    near = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return f"did you mean '{folded[near[0]]}'?" if near else ""
