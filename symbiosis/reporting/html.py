"""The report of an outcome: one file that works offline, in English and Chinese."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from symbiosis.reporting.cards import cards, unverified_texts
from symbiosis.reporting.evidence_rows import (
    figure_rows,
    grade_shares,
    source_rows,
    weightiest,
)
from symbiosis.reporting.exchange_rows import exchange_rows, exchange_scales
from symbiosis.reporting.figures import figures, indicator_unit
from symbiosis.reporting.language import LANGUAGES, translator
from symbiosis.reporting.miss_rows import miss_rows
from symbiosis.reporting.nearest import failed_verdicts, nearest_misses
from symbiosis.reporting.numbers import currency_text, unit_text
from symbiosis.reporting.park_rows import (
    enterprise_changes,
    facts,
    gap_rows,
    resource_changes,
    shift_rows,
    utility_changes,
)
from symbiosis.reporting.sampled_figure import interval_figures, sampled_rows
from symbiosis.reporting.wording import (
    Vocabulary,
    heading_of,
    indicator_text,
    kind_text,
    vocabulary,
)
from symbiosis.scenarios import Evidence, Outcome, evidence, outcome_documents
from symbiosis.scenarios.monte_carlo import MonteCarlo

MOST_MISSES = 60

# What would end a script, or begin a comment in one, inside JSON.
UNSAFE: dict[str, str | int | None] = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def report_html(
    outcome: Outcome,
    summary: Mapping[str, object],
    behind: Evidence | None = None,
    sampled: MonteCarlo | None = None,
) -> str:
    """Return the report of an outcome as one HTML document that loads nothing.

    Parameters
    ----------
    outcome : Outcome
        Of `symbiosis.scenarios.matched`; from `planned` it has no intervals.
    summary : mapping
        Of `symbiosis.scenarios.summary` for the same outcome.
    behind : Evidence, optional
        What `symbiosis.scenarios.evidence` gives for it, if that is known already.
    sampled : MonteCarlo, optional
        What `symbiosis.scenarios.monte_carlo` gives for it, if that was asked for.
    """
    known = outcome.search, outcome.park, outcome.catalogue
    tables = _Tables(
        evidence=behind or evidence(outcome),
        documents=outcome_documents(outcome),
        misses=nearest_misses(*known, limit=MOST_MISSES),
        failures=failed_verdicts(*known),
        sampled=sampled,
    )
    environment = Environment(
        loader=PackageLoader("symbiosis.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html").render(
        title=outcome.park.title,
        editions=[_edition(outcome, summary, tables, language) for language in LANGUAGES],
        plotly=_plotly() if len(outcome.exchanges) else "",
    )


@dataclass(frozen=True, kw_only=True)
class _Tables:
    """What both languages are worded from."""

    evidence: Evidence
    documents: pd.DataFrame
    misses: pd.DataFrame
    failures: pd.DataFrame
    sampled: MonteCarlo | None


def _edition(
    outcome: Outcome, summary: Mapping[str, object], tables: _Tables, language: str
) -> Mapping[str, object]:
    """Return what the report says in one language."""
    words = vocabulary(outcome.park, outcome.catalogue, language)
    names = outcome.park.settings.indicators
    heads, enterprises = enterprise_changes(outcome, summary, words)
    scales = exchange_scales(outcome, language)
    behind, documents = tables.evidence.figures, tables.documents
    sources = source_rows(behind, documents)
    title, description = heading_of(outcome.park, language)
    return {
        "language": language,
        "tag": {"en": "en", "zh": "zh-CN"}[language],
        "_": translator(language),
        "title": title,
        "description": description,
        "facts": facts(outcome, words),
        "cards": cards(outcome, summary, behind, words),
        "indicators": [
            (
                name,
                indicator_text(name, language),
                scales[name].word + indicator_unit(outcome, name, language),
            )
            for name in names
        ],
        "currency": currency_text(outcome.park.currency, language),
        "exchanges": exchange_rows(outcome, words, tables.evidence),
        "figures": _figures(outcome, tables.sampled, words),
        "sampled": [] if tables.sampled is None else sampled_rows(outcome, tables.sampled, words),
        "samples": 0 if tables.sampled is None else tables.sampled.samples,
        "kind_text": kind_text,
        "unit_text": unit_text,
        "heads": heads,
        "enterprises": enterprises,
        "resources": {
            what: resource_changes(outcome, summary, words, what)
            for what in ("discarded", "bought", "emitted")
        },
        "utilities": utility_changes(outcome, words),
        "misses": miss_rows(tables.misses, tables.failures, words),
        "gaps": gap_rows(outcome, summary, words),
        "shifts": shift_rows(outcome, words),
        "evidence": figure_rows(behind, documents, words),
        "weightiest": weightiest(behind, documents, words),
        "unverified": unverified_texts(summary, language),
        "grades": grade_shares(behind, words),
        "sources": sources,
        "cited": {source.anchor for source in sources},
        "settings": summary["settings"],
        "versions": summary["versions"],
    }


def _figures(outcome: Outcome, sampled: MonteCarlo | None, words: Vocabulary) -> dict[str, Markup]:
    """Return the figures as JSON that may stand in a script."""
    every = figures(outcome, words.language)
    every |= {} if sampled is None else interval_figures(outcome, sampled, words)
    return {name: in_script(f.to_json()) for name, f in every.items()}


def in_script(document: str) -> Markup:
    r"""Return JSON that cannot end the script it stands in.

    Examples
    --------
    >>> in_script('{"name": "</script>"}')
    Markup('{"name": "\\u003c/script\\u003e"}')
    """
    return Markup(document.translate(str.maketrans(UNSAFE)))


def _plotly() -> Markup:
    """Return plotly's script, which the file carries along."""
    from plotly.offline import get_plotlyjs

    return Markup(get_plotlyjs())
