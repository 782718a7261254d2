"""The figures in the READMEs: made from a match of the Qiannan park, kept between two marks.

Run as ``python docs/excerpt.py`` to renew them after a change of data or method; with ``--check``
the exit status is 1 where a README is out of date (a test does so).
"""

import re
import sys
from pathlib import Path
from typing import cast

import pandas as pd

from symbiosis.catalogue import datasets_folder, park_folder, read_catalogue
from symbiosis.io import read_park
from symbiosis.lca import read_inventory
from symbiosis.reporting.numbers import money, plain, quantity
from symbiosis.reporting.wording import vocabulary
from symbiosis.scenarios import Outcome, matched, summary

ROOT = Path(__file__).resolve().parents[1]
READMES = {"README.md": "en", "README.zh-CN.md": "zh"}
MARKED = re.compile(r"(?<=<!-- excerpt -->\n).*?(?=<!-- end of excerpt -->)", re.DOTALL)
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
    },
    "zh": {
        "head": "| 供方 | 受方 | 取用 | 方式 | 年量 | 年节约 | 减排（t CO2e/年） |",
        "saving": (
            "从 {candidates} 个候选中共选出 {exchanges} 项交换，每年节约 **{cost}**"
            "（{cost_low}至{cost_high}），减排 **{gwp100}**"
            "（{gwp100_low}至{gwp100_high}）。区间之所以宽，"
            "是因为该园区多数价格与数量是未经核实的估计值，程序会如实标明。"
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


def renewed(text: str, excerpt_text: str) -> str:
    """Return a README with what stands between its marks replaced."""
    if not MARKED.search(text):
        raise ValueError("no marks: <!-- excerpt --> and <!-- end of excerpt -->")
    return MARKED.sub(lambda _: excerpt_text, text)


def outcome_of_qiannan() -> Outcome:
    """Return the match that the READMEs quote."""
    catalogue = read_catalogue()
    park = read_park(park_folder("qiannan"), catalogue)
    return matched(park, catalogue, read_inventory(datasets_folder() / "inventory"))


def main() -> int:
    """Renew the READMEs, or say which of them are out of date."""
    outcome = outcome_of_qiannan()
    stale = []
    for name, language in READMES.items():
        file = ROOT / name
        old = file.read_text(encoding="utf-8")
        new = renewed(old, excerpt(outcome, language))
        if old != new:
            stale.append(name)
            if "--check" not in sys.argv:
                file.write_text(new, encoding="utf-8")
    print(f"out of date: {', '.join(stale)}" if stale else "up to date")
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
