"""What a free text or a code means: resources or plant types, each with how and how surely.

Confidence is a rank on a scale of 0 to 1 and no probability:

- 1: the id, or a name in either language (case, width, spaces, hyphens, brackets and British
  spelling make no difference);
- 0.95: a synonym, or a name without what stands in its brackets;
- 0.8: a code (waste, customs or sector) that one row alone carries; 0.6 for the six digits that a
  longer customs code begins with; 0.5 for a whole class of wastes such as SW16;
- below 0.75: a likeness of letters (`fuzzy`), 0.75 times the similarity.

Where n rows answer alike each has an n-th of that. Only an id, a name, a synonym or a code that
leads to one row is accepted; the rest is offered to whoever asks and never taken in silence.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd
from rapidfuzz import fuzz, process

from symbiosis.catalogue.codes import PRECISE, CodeMatch, Codes, code_matches, code_table
from symbiosis.catalogue.folding import folded, trade, unbracketed, words

How = Literal["id", "name", "synonym", "code", "fuzzy"]
Status = Literal["accepted", "ambiguous", "proposed", "unknown"]

RESOURCE_CODES = ("ewc", "ewc_hazardous", "hs_code", "cn_code", "waste_class")
PLANT_CODES = ("sector", "isic")
MOST = 5  # candidates by likeness
_EXACT: tuple[tuple[How, float], ...] = (("id", 1.0), ("name", 1.0), ("synonym", 0.95))
_FUZZY, _LEAST = 0.75, 62.0  # the confidence of a perfect likeness; the least likeness [%]


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A row that a text may mean.

    Attributes
    ----------
    id, name, name_zh : str
        The row.
    how : str
        ``id``, ``name``, ``synonym``, ``code`` or ``fuzzy``.
    matched : str
        The word or the code of the row that the text met.
    confidence : float
        From 0 to 1, on the scale of this module.
    """

    id: str
    name: str
    name_zh: str
    how: How
    matched: str
    confidence: float


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """What a text may mean: candidates, the likeliest first, and whether one is meant for sure."""

    text: str
    status: Status
    candidates: tuple[Candidate, ...]

    @property
    def accepted(self) -> Candidate | None:
        """Return what is meant, or None where that would be a guess."""
        return self.candidates[0] if self.status == "accepted" else None


@dataclass(frozen=True, kw_only=True, eq=False)
class Lexicon:
    """The words and codes by which the rows of a table are called.

    Attributes
    ----------
    names : mapping of str to (str, str)
        By id, the English and the Chinese name.
    exact : mapping
        By how and folded word, the ids it stands for, each with the word as written.
    codes : mapping
        By column and bare code, the ids that carry it.
    core : callable
        Which words of a text likeness is judged by.
    likened : mapping
        By those words, as `exact`.
    """

    names: Mapping[str, tuple[str, str]]
    exact: Mapping[How, Mapping[str, Mapping[str, str]]]
    codes: Codes
    core: Callable[[str], str]
    likened: Mapping[str, Mapping[str, str]]


def resource_lexicon(resources: pd.DataFrame) -> Lexicon:
    """Return the words and codes of resources (columns as the catalogue's; only ``id`` must be)."""
    return _lexicon(resources, RESOURCE_CODES, words)


def plant_lexicon(blueprints: pd.DataFrame) -> Lexicon:
    """Return the words and sector codes of plant types."""
    return _lexicon(blueprints, PLANT_CODES, trade)


def resolved(text: str, lexicon: Lexicon) -> Resolution:
    """Return what `text` means among the rows of `lexicon`.

    The first way that finds anything decides: id, name, synonym, code, likeness of letters.
    """
    for how, confidence in _EXACT:
        found = lexicon.exact[how].get(folded(text), {})
        if found:
            shared = [
                _candidate(lexicon, i, how, w, confidence / len(found)) for i, w in found.items()
            ]
            return _resolution(text, shared)
    matches = code_matches(text, lexicon.codes)
    if matches:
        return _resolution(text, _by_code(lexicon, matches))
    return _resolution(text, list(_alike(text, lexicon)))


def meant(resolution: Resolution, most: int = 3) -> str:
    """Return advice: what was probably meant, how and how surely; blank where nothing is near.

    Examples
    --------
    >>> table = pd.DataFrame({"id": ["sand"], "name": ["Sand"], "name_zh": ["砂"]})
    >>> meant(resolved("砂", resource_lexicon(table)))
    "did you mean 'sand'? by name '砂', confidence 1.00"
    """
    told = [
        (f"'{c.id}'", f"by {c.how} '{c.matched}', confidence {c.confidence:.2f}")
        for c in resolution.candidates[:most]
    ]
    if not told:
        return ""
    (first, why), *others = told
    return "; or ".join([f"did you mean {first}? {why}", *(" ".join(other) for other in others)])


def _lexicon(table: pd.DataFrame, codes: tuple[str, ...], core: Callable[[str], str]) -> Lexicon:
    columns = ("name", "name_zh", "synonyms", "synonyms_zh")
    blank = pd.Series("", index=table.index)
    cells = [table.get(c, blank) for c in columns]
    ids = [str(identifier) for identifier in table["id"]]
    texts = [tuple(str(cell) for cell in row) for row in zip(*cells, strict=True)]
    rows = dict(zip(ids, texts, strict=True))
    called: Mapping[How, list[tuple[str, str]]] = {
        "id": [(identifier, identifier) for identifier in rows],
        "name": [(i, name) for i, row in rows.items() for name in row[:2]],
        "synonym": [(i, word) for i, row in rows.items() for word in _synonyms(row)],
    }
    return Lexicon(
        names={identifier: (row[0], row[1]) for identifier, row in rows.items()},
        exact={how: _by_word(pairs, folded) for how, pairs in called.items()},
        codes=code_table(table, codes),
        core=core,
        likened=_by_word([pair for pairs in called.values() for pair in pairs], core),
    )


def _synonyms(row: tuple[str, ...]) -> Iterator[str]:
    """Yield the other words of a row: its synonyms, and its names without their brackets."""
    yield from (word.strip() for cell in row[2:] for word in cell.split(";"))
    yield from (unbracketed(name) for name in row[:2])


def _by_word(
    pairs: Iterable[tuple[str, str]], form: Callable[[str], str]
) -> Mapping[str, Mapping[str, str]]:
    """Return by the form of a word the ids it stands for, each with the word as written first."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for identifier, word in pairs:
        if form(word):
            found[form(word)].setdefault(identifier, word)
    return found


def _candidate(
    lexicon: Lexicon, identifier: str, how: How, matched: str, confidence: float
) -> Candidate:
    name, name_zh = lexicon.names[identifier]
    return Candidate(
        id=identifier,
        name=name,
        name_zh=name_zh,
        how=how,
        matched=matched,
        confidence=round(confidence, 4),
    )


def _by_code(lexicon: Lexicon, matches: list[CodeMatch]) -> list[Candidate]:
    alike = len(matches)
    return [_candidate(lexicon, m.id, "code", m.code, m.confidence / alike) for m in matches]


def _alike(text: str, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield the rows whose words look most like `text`, the likeliest first."""
    best: dict[str, tuple[float, str]] = {}
    near = process.extract(
        lexicon.core(text), list(lexicon.likened), scorer=_likeness, score_cutoff=_LEAST, limit=40
    )
    for known, score, _ in near:
        for identifier, word in lexicon.likened[known].items():
            best.setdefault(identifier, (score, word))
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    for identifier, (score, word) in ranked[:MOST]:
        yield _candidate(lexicon, identifier, "fuzzy", word, _FUZZY * score / 100)


def _likeness(a: str, b: str, *, score_cutoff: float | None = None) -> float:
    """Return how alike two texts of words are [%]: letter by letter, in any order of words.

    A word that stands whole in a longer text is like it by more than its length alone.
    """
    plain = fuzz.ratio(a.replace(" ", ""), b.replace(" ", ""))
    turned = 0.97 * fuzz.token_sort_ratio(a, b)
    short, long = sorted((a.replace(" ", ""), b.replace(" ", "")), key=len)
    enough = len(short) > (1 if short[:1] > "\u2fff" else 3)
    within = 60 + 35 * len(short) / len(long) if enough and short in long else 0.0
    likeness = max(plain, turned, within)
    return likeness if score_cutoff is None or likeness >= score_cutoff else 0.0


def _resolution(text: str, candidates: list[Candidate]) -> Resolution:
    ranked = tuple(sorted(candidates, key=lambda c: -c.confidence))
    return Resolution(text=text, status=_status(ranked), candidates=ranked)


def _status(candidates: tuple[Candidate, ...]) -> Status:
    if not candidates:
        return "unknown"
    if candidates[0].how == "fuzzy":
        return "proposed"
    if len(candidates) > 1:
        return "ambiguous"
    return "accepted" if candidates[0].confidence >= PRECISE else "proposed"
