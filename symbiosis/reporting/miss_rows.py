"""The pairs that came nearest to being exchanges, as rows of text."""

from dataclasses import dataclass

import pandas as pd

from symbiosis.reporting.language import translator
from symbiosis.reporting.nearest import reasons
from symbiosis.reporting.wording import Vocabulary, rule_text


@dataclass(frozen=True, kw_only=True)
class Miss:
    """A pair that came near, and why it is none."""

    giver: str
    taker: str
    resource: str
    pathway: str
    rule: str
    reason: str
    failed: int


def miss_rows(misses: pd.DataFrame, failures: pd.DataFrame, words: Vocabulary) -> list[Miss]:
    """Return the pairs that were nearest to being exchanges, with their reasons in words.

    Parameters
    ----------
    misses, failures : DataFrame
        Of `nearest_misses` and `failed_verdicts`.
    """
    texts = reasons(misses, failures, words)
    _ = translator(words.language)
    return [
        Miss(
            giver=words.name("enterprises", row["from_enterprise"]),
            taker=words.name("enterprises", row["to_enterprise"])
            if row["to_enterprise"]
            else _("market"),
            resource=words.name("resources", row["resource"]),
            pathway=words.name("pathways", row["pathway"]),
            rule=rule_text(row["rule"], words.language),
            reason=text[:1].upper() + text[1:],
            failed=int(row["failed"]),
        )
        for row, text in zip(misses.to_dict("records"), texts, strict=True)
    ]
