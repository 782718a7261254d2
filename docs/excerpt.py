"""The figures in the READMEs: a match of the Qiannan park and the counts of what ships.

Each stands between two marks.

Run as ``python docs/excerpt.py`` to renew them after a change of data or method; with ``--check``
the exit status is 1 where a README is out of date (a test does so).
"""

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pandas as pd

from symbiosis.catalogue import datasets_folder, park_folder, read_catalogue
from symbiosis.io import read_park
from symbiosis.lca import read_inventory
from symbiosis.reporting.numbers import money, plain, quantity
from symbiosis.reporting.wording import vocabulary
from symbiosis.scenarios import Outcome, matched, shipped, summary

ROOT = Path(__file__).resolve().parents[1]
READMES = {"README.md": "en", "README.zh-CN.md": "zh"}
MARKS = ("excerpt", "counts")
SHOWN = ("ferrous_sulfate_heptahydrate", "phosphogypsum", "carbide_slag", "heat", "water")
WORDS = {
    "en": {
        "head": "| from | to | what | how | per year | saves per year | t CO2e/a |",
        "saving": (
            "All in all {exchanges} exchanges, chosen out of {candidates} candidates. They save "
            "**{cost} a year** ({cost_low} to {cost_high}) and **{gwp100}** "
            "({gwp100_low} to {gwp100_high}). The ranges are wide because most prices "
            "and amounts of this park are unverified estimates, and the program says so."
        ),
        "counts": (
            "What ships: {resources} resources, {pathways} pathways, {blueprints} plant types, "
            "{factors} prices and {parks} parks, from {sources} sources. {unverified} of the "
            "pathways and {flows} of the parks' flows rest on unverified figures. "
            "`symbiosis datasets` lists all of it with its grades."
        ),
    },
    "zh": {
        "head": "| 供方 | 受方 | 取用 | 方式 | 年量 | 年节约 | 减排（t CO2e/年） |",
        "saving": (
            "从 {candidates} 个候选中共选出 {exchanges} 项交换，每年节约 **{cost}**"
            "（{cost_low}至{cost_high}），减排 **{gwp100}**"
            "（{gwp100_low}至{gwp100_high}）。区间之所以宽，"
            "是因为该园区多数价格与数量是未经核实的估计值，程序会如实标明。"
        ),
        "counts": (
            "随附数据：{resources} 种资源、{pathways} 条转化途径、{blueprints} 种装置类型、"
            "{factors} 个价格，以及 {parks} 个园区，共引用 {sources} 个来源。{unverified}的途径和"
            "{flows}的园区流依据未核实的数字。`symbiosis datasets` 列出全部数据及其等级。"
        ),
    },
}


def shown(outcome: Outcome) -> pd.DataFrame:
    """Return the exchange between enterprises that saves most money of each kind shown."""
    kinds = outcome.park.resources.set_index("id")["kind"]
    table = outcome.exchanges
    table = table[(table["demand"] >= 0) & (table["giver"] != table["taker"])]
    group = table["resource"].where(~table["resource"].isin(kinds[kinds == "water"].index), "water")
    best = table.assign(group=group).sort_values("cost_net", ascending=False)
    return best.drop_duplicates("group").set_index("group").reindex(SHOWN).dropna(subset="giver")


def excerpt(outcome: Outcome, language: str) -> str:
    """Return the table and the sentence that the README in a language quotes."""
    word, park = WORDS[language], outcome.park
    spoken = vocabulary(park, outcome.catalogue, language)
    units = park.resources.set_index("id")["unit"]
    lines = [word["head"], "|---|---|---|---|--:|--:|--:|"]
    for row in shown(outcome).to_dict("records"):
        cells = [
            *(spoken.name("enterprises", str(row[end])) for end in ("giver", "taker")),
            spoken.name("resources", str(row["resource"])),
            spoken.name("pathways", str(row["pathway"])),
            quantity(row["taken"], units[row["resource"]], language),
            money(row["cost_net"], park.currency, language),
            plain(row["gwp100_net"]),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    document = summary(outcome)
    counts = {name: cast(int, document[name]) for name in ("exchanges", "candidates")}
    ends = {"": outcome.saving, "_low": outcome.saving_low, "_high": outcome.saving_high}
    cost = {f"cost{end}": money(s["cost"], park.currency, language) for end, s in ends.items()}
    carbon = {f"gwp100{end}": quantity(s["gwp100"], "t CO2e", language) for end, s in ends.items()}
    return "\n".join([*lines, "", word["saving"].format(**counts, **cost, **carbon), ""])


def counts(document: Mapping[str, Any], language: str) -> str:
    """Return the sentence on what ships; `document` is that of ``symbiosis datasets``."""
    parks, grades = document["parks"], document["catalogue_grades"]
    total = sum(park["flows"] for park in parks)
    weak = sum(park["flows"] * park["grade_shares"].get("unverified", 0.0) for park in parks)
    shares = {"unverified": grades["pathways"].get("unverified", 0.0), "flows": weak / total}
    shown = {name: f"{share:.0%}".replace("%", " %") for name, share in shares.items()}
    numbers = {**document["catalogue"], "parks": len(parks)}
    return WORDS[language]["counts"].format(**numbers, **shown) + "\n"


def renewed(text: str, parts: Mapping[str, str]) -> str:
    """Return a README with what stands between its marks replaced."""
    for mark in MARKS:
        between = re.compile(
            rf"(?<=<!-- {mark} -->\n).*?(?=<!-- end of {mark} -->)", flags=re.DOTALL
        )
        if not between.search(text):
            raise ValueError(f"no marks: <!-- {mark} --> and <!-- end of {mark} -->")
        text = between.sub(lambda _, part=parts[mark]: part, text)
    return text


def all_parts() -> Mapping[str, Mapping[str, str]]:
    """Return what stands between the marks, by language and mark."""
    outcome = outcome_of_qiannan()
    inventory = read_inventory(datasets_folder() / "inventory")
    document = cast("Mapping[str, Any]", shipped(read_catalogue(), inventory))
    return {
        language: {"excerpt": excerpt(outcome, language), "counts": counts(document, language)}
        for language in READMES.values()
    }


def outcome_of_qiannan() -> Outcome:
    """Return the match that the READMEs quote."""
    catalogue = read_catalogue()
    park = read_park(park_folder("qiannan"), catalogue)
    return matched(park, catalogue, read_inventory(datasets_folder() / "inventory"))


def main() -> int:
    """Renew the READMEs, or say which of them are out of date."""
    parts = all_parts()
    stale = []
    for name, language in READMES.items():
        file = ROOT / name
        old = file.read_text(encoding="utf-8")
        new = renewed(old, parts[language])
        if old != new:
            stale.append(name)
            if "--check" not in sys.argv:
                file.write_text(new, encoding="utf-8")
    print(f"out of date: {', '.join(stale)}" if stale else "up to date")
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
