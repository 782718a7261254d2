"""The report of an outcome: one file that works offline, in English and Chinese."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from symbiosis.reporting.evidence_rows import (
    figure_rows,
    grade_shares,
    miss_rows,
    source_rows,
)
from symbiosis.reporting.exchange_rows import exchange_rows, exchange_scales
from symbiosis.reporting.figures import figures, indicator_unit
from symbiosis.reporting.language import LANGUAGES, translator
from symbiosis.reporting.nearest import failed_verdicts, nearest_misses
from symbiosis.reporting.numbers import currency_text, unit_text
from symbiosis.reporting.park_rows import (
    cards,
    enterprise_changes,
    facts,
    gap_rows,
    resource_changes,
    shift_rows,
    utility_changes,
)
from symbiosis.reporting.wording import heading_of, indicator_text, kind_text, vocabulary
from symbiosis.scenarios import Outcome, evidence

MOST_MISSES = 60

# What would end a script, or begin a comment in one, inside JSON.
UNSAFE: dict[str, str | int | None] = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def report_html(outcome: Outcome, summary: Mapping[str, object]) -> str:
    """Return the report of an outcome as one HTML document that loads nothing.

    Parameters
    ----------
    outcome : Outcome
        Of `symbiosis.scenarios.matched`; from `planned` it has no intervals.
    summary : mapping
        Of `symbiosis.scenarios.summary` for the same outcome.
    """
    known = outcome.search, outcome.park, outcome.catalogue
    tables = _Tables(
        figures=evidence(outcome),
        misses=nearest_misses(*known, limit=MOST_MISSES),
        failures=failed_verdicts(*known),
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

    figures: pd.DataFrame
    misses: pd.DataFrame
    failures: pd.DataFrame


def _edition(
    outcome: Outcome, summary: Mapping[str, object], tables: _Tables, language: str
) -> Mapping[str, object]:
    """Return what the report says in one language."""
    words = vocabulary(outcome.park, outcome.catalogue, language)
    names = outcome.park.settings.indicators
    heads, enterprises = enterprise_changes(outcome, summary, words)
    scales = exchange_scales(outcome, language)
    sources = source_rows(tables.figures, outcome.catalogue.sources)
    title, description = heading_of(outcome.park, language)
    return {
        "language": language,
        "tag": {"en": "en", "zh": "zh-CN"}[language],
        "_": translator(language),
        "title": title,
        "description": description,
        "facts": facts(outcome, words),
        "cards": cards(outcome, summary, tables.figures, words),
        "indicators": [
            (
                name,
                indicator_text(name, language),
                scales[name].word + indicator_unit(outcome, name, language),
            )
            for name in names
        ],
        "currency": currency_text(outcome.park.currency, language),
        "exchanges": exchange_rows(outcome, words),
        "figures": _figures(outcome, language),
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
        "evidence": figure_rows(tables.figures, words),
        "grades": grade_shares(tables.figures, words),
        "sources": sources,
        "cited": {source.identifier for source in sources},
        "settings": summary["settings"],
        "versions": summary["versions"],
    }


def _figures(outcome: Outcome, language: str) -> dict[str, Markup]:
    """Return the figures as JSON that may stand in a script."""
    return {name: in_script(f.to_json()) for name, f in figures(outcome, language).items()}


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
