"""What ``explain`` says of a pair: every pathway with its rules, the nearest first."""

from typing import cast

import pandas as pd
from rich.text import Text

from symbiosis.reporting.grid import Row, amount, open_console
from symbiosis.reporting.language import Translate, translator
from symbiosis.reporting.verdicts import verdict_text
from symbiosis.reporting.wording import Vocabulary, vocabulary
from symbiosis.scenarios import Explanation, Outcome


def print_explanation(outcome: Outcome, found: Explanation, language: str) -> None:
    """Print every pathway between two ends with its rules, the nearest first."""
    _ = translator(language)
    console = open_console()
    words = vocabulary(outcome.park, outcome.catalogue, language)
    if found.pairs.empty:
        console.print(_("No pathway joins them."))
        for text, table in (
            (_("Takes what is offered"), found.takes),
            (_("Serves what is needed"), found.serves),
        ):
            names = [words.name("pathways", n) for n in table["id"]]
            console.print(f"{text}: {', '.join(names) or '-'}")
        return
    for label, pair in found.pairs.iterrows():
        console.print()
        console.print(Text(f"{pair['offer']} > {pair['pathway']} > {pair['demand']}", "bold"))
        console.print(f"  {_verdict(outcome, pair, _)}")
        rules = found.verdicts[found.verdicts["pair"] == label]
        for row in rules.sort_values("passes", kind="stable").to_dict("records"):
            mark = "ok " if row["passes"] else "NO "
            console.print(Text(f"  {mark} {verdict_text(cast(Row, row), language, words)}"))
    nearest = found.pairs.iloc[0]
    console.print()
    text = _("Nearest: {pathway}; rules that fail: {failed}")
    console.print(text.format(pathway=nearest["pathway"], failed=nearest["failed"]))


def _verdict(outcome: Outcome, pair: pd.Series, _: Translate) -> str:
    """Return in a sentence what becomes of a pair: proposed, out-competed, too dear, refused."""
    money = outcome.park.currency
    if pair["taken"] > 0:
        text = _("proposed: takes {amount} per year")
        return text.format(amount=amount(float(pair["taken"])))
    if not pair["passes"]:
        return _("refused; rules that fail: {n}").format(n=pair["failed"])
    worth = float(pair["objective_net"])
    if worth <= 0:
        text = _("fits, but alone it would cost {worth} more than it saves ({money}-equivalent/a)")
        return text.format(worth=amount(-worth), money=money)
    text = _("fits and would save {worth} alone, but the plan has a better use for one of its ends")
    return text.format(worth=amount(worth))


def explanation_document(outcome: Outcome, found: Explanation) -> dict[str, object]:
    """Return an explanation as plain values ready for JSON, reasons in English."""
    pairs = []
    words = vocabulary(outcome.park, outcome.catalogue, "en")
    for label, pair in found.pairs.iterrows():
        rules = found.verdicts[found.verdicts["pair"] == label]
        pairs.append(
            {
                "offer": pair["offer"],
                "pathway": pair["pathway"],
                "demand": pair["demand"],
                "from_enterprise": pair["from_enterprise"],
                "to_enterprise": pair["to_enterprise"],
                "resource_taken": pair["resource_taken"],
                "resource_given": pair["resource_given"],
                "distance_km": float(pair["distance_km"]),
                "passes": bool(pair["passes"]),
                "taken": float(pair["taken"]),
                "objective_net": _or_none(pair["objective_net"]),
                "rules": [_rule(cast(Row, row), words) for row in rules.to_dict("records")],
            }
        )
    return {
        "pairs": pairs,
        "nearest": pairs[0]["pathway"] if pairs else None,
        "takes": list(found.takes["id"]),
        "serves": list(found.serves["id"]),
    }


def _rule(row: Row, words: Vocabulary) -> dict[str, object]:
    return {
        "rule": row["rule"],
        "item": row["item"],
        "passes": bool(row["passes"]),
        "value": _or_none(row["value"]),
        "limit": _or_none(row["limit"]),
        "sense": row["sense"],
        "unit": row["unit"],
        "text": verdict_text(row, "en", words),
    }


def _or_none(value: object) -> float | None:
    number = float(cast(float, value))
    return number if abs(number) < float("inf") else None
