"""How many documented exchanges the matcher finds again once they are hidden, network by network.

Run as ``python benchmarks/recall.py``; with ``--write`` the tables of docs/recall.md and
docs/zh/recall.md are renewed, with ``--check`` the exit status is 1 where they are out of date
(a test does so).
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from symbiosis.catalogue import datasets_folder, park_folder, read_catalogue, shipped_parks
from symbiosis.io import read_park
from symbiosis.lca import read_inventory
from symbiosis.reporting.nearest import failed_verdicts
from symbiosis.reporting.verdicts import verdict_text
from symbiosis.reporting.wording import Vocabulary, heading_of, vocabulary
from symbiosis.scenarios import Outcome, planned
from symbiosis.scenarios.hidden import documented_links, hidden
from symbiosis.scenarios.recall import precision_at, ranked_proposals, recalled

ROOT = Path(__file__).resolve().parents[1]
PAGES = {"en": ROOT / "docs" / "recall.md", "zh": ROOT / "docs" / "zh" / "recall.md"}
MARKED = re.compile(r"(?<=<!-- recall -->\n).*?(?=<!-- end of recall -->)", re.DOTALL)
SHOWN = 2  # places that an offer went to, or offers that met a need, named in a reason
WORDS = {
    "en": {
        "head": "| network | links | candidates | proposed | all proposals | precision at k |",
        "all": "all",
        "none": "none",
        "misses": "| network | link | from, to | what | candidate | why it is not proposed |",
        "yes": "yes",
        "no": "no",
        "for": "{takes} for {replaces}",
        "no pathway": "no pathway of the catalogue joins the two",
        "worth less": "possible, but worth less than what took its place: {places}",
        "offer": "the offer goes to {who} ({how})",
        "need": "the need is met by {who} ({how})",
        "bought": "the need stays bought",
        "unused": "the offer stays unused",
        "comma": ", ",
        "semicolon": "; ",
    },
    "zh": {
        "head": "| 网络 | 链接数 | 候选 | 提出 | 全部提议 | 前 k 项准确率 |",
        "all": "合计",
        "none": "无",
        "misses": "| 网络 | 链接 | 供方、受方 | 内容 | 候选 | 未提出的原因 |",
        "yes": "是",
        "no": "否",
        "for": "{takes}替代{replaces}",
        "no pathway": "目录中没有连接两者的路径",
        "worth less": "可行，但价值低于取而代之的方案：{places}",
        "offer": "供给流向{who}（{how}）",
        "need": "需求由{who}满足（{how}）",
        "bought": "需求仍靠外购",
        "unused": "供给仍未利用",
        "comma": "、",
        "semicolon": "；",
    },
}


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A network matched without its links: the links found again, and all that is proposed."""

    outcome: Outcome
    links: pd.DataFrame
    proposals: pd.DataFrame


def trials() -> list[Trial]:
    """Return a trial of each shipped network with documented links."""
    catalogue = read_catalogue()
    inventory = read_inventory(datasets_folder() / "inventory")
    parks = (read_park(park_folder(name), catalogue) for name in shipped_parks())
    found = []
    for park in parks:
        if documented_links(park).empty:
            continue
        outcome = planned(hidden(park), catalogue, inventory)
        links, proposals = recalled(park, outcome), ranked_proposals(park, outcome)
        found.append(Trial(outcome=outcome, links=links, proposals=proposals))
    return found


def document(found: list[Trial], language: str) -> str:
    """Return the table of recall and the table of misses."""
    return "\n".join([*_table(found, language), "", *_misses(found, language), ""])


def _table(found: list[Trial], language: str) -> Iterator[str]:
    yield WORDS[language]["head"]
    yield "|---|--:|--:|--:|--:|--:|"
    for trial in found:
        title, _ = heading_of(trial.outcome.park, language)
        yield _row(title, trial.links, trial.proposals, trial.proposals.head(len(trial.links)))
    every = pd.concat([trial.links for trial in found])
    proposals = pd.concat([trial.proposals for trial in found])
    first = pd.concat([trial.proposals.head(len(trial.links)) for trial in found])
    yield _row(f"**{WORDS[language]['all']}**", every, proposals, first)


def _row(name: str, links: pd.DataFrame, proposals: pd.DataFrame, first: pd.DataFrame) -> str:
    count, listed, chosen = len(links), links["candidate"].sum(), links["proposed"].sum()
    shares = (f"{number} ({number / count:.0%})" for number in (listed, chosen))
    precision = f"{precision_at(first, len(first)):.0%}"
    return f"| {name} | {count} | {' | '.join(shares)} | {len(proposals)} | {precision} |"


def _misses(found: list[Trial], language: str) -> Iterator[str]:
    word = WORDS[language]
    yield word["misses"]
    yield "|---|---|---|---|---|---|"
    for trial in found:
        spoken = vocabulary(trial.outcome.park, trial.outcome.catalogue, language)
        title, _ = heading_of(trial.outcome.park, language)
        for link in trial.links[~trial.links["proposed"]].to_dict("records"):
            ends = (spoken.name("enterprises", link[end]) for end in ("giver", "taker"))
            cells = [
                title,
                f"`{link['link']}`",
                word["comma"].join(ends),
                word["for"].format(
                    takes=_resource(trial.outcome, link["offer"], spoken),
                    replaces=_resource(trial.outcome, link["demand"], spoken),
                ),
                word["yes"] if link["candidate"] else word["no"],
                _reason(trial.outcome, link["offer"], link["demand"], spoken),
            ]
            yield f"| {' | '.join(cells)} |"


def _resource(outcome: Outcome, flow: str, spoken: Vocabulary) -> str:
    flows = outcome.park.flows.set_index("id")["resource"]
    return spoken.name("resources", str(flows[flow]))


def _reason(outcome: Outcome, offer: str, demand: str, spoken: Vocabulary) -> str:
    """Return why a link is not proposed: what its best pathway fails, or what took its place."""
    word, search = WORDS[spoken.language], outcome.search
    pairs = search.pairs
    joined = pairs.index[(pairs["offer_id"] == offer) & (pairs["demand_id"] == demand)]
    if joined.empty:
        return word["no pathway"]
    failed = failed_verdicts(search, outcome.park, outcome.catalogue)
    failed = failed[failed["pair"].isin(joined)]
    counts = failed.groupby("pair").size().reindex(joined, fill_value=0)
    nearest = failed[failed["pair"] == counts.idxmin()]
    if len(nearest):
        texts = (verdict_text(row, spoken.language, spoken) for row in nearest.to_dict("records"))
        return word["semicolon"].join(texts)
    plan = outcome.exchanges
    went = _places(plan[plan["offer_id"] == offer], "taker", "offer", spoken) or [word["unused"]]
    came = _places(plan[plan["demand_id"] == demand], "giver", "need", spoken) or [word["bought"]]
    return word["worth less"].format(places=word["semicolon"].join([*went, *came]))


def _places(rows: pd.DataFrame, end: str, side: str, spoken: Vocabulary) -> list[str]:
    word = WORDS[spoken.language]
    largest = rows.sort_values("taken", ascending=False, kind="stable").head(SHOWN)
    return [
        word[side].format(
            who=spoken.name("enterprises", str(row[end])),
            how=spoken.name("pathways", str(row["pathway"])),
        )
        for row in largest.to_dict("records")
    ]


def renewed(text: str, tables: str) -> str:
    """Return a page with what stands between its marks replaced."""
    if not MARKED.search(text):
        raise ValueError("no marks: <!-- recall --> and <!-- end of recall -->")
    return MARKED.sub(lambda _: tables, text)


def stale_pages(found: list[Trial]) -> dict[Path, str]:
    """Return the pages that are out of date, with what they should say."""
    stale = {}
    for language, page in PAGES.items():
        old = page.read_text(encoding="utf-8")
        new = renewed(old, document(found, language))
        if new != old:
            stale[page] = new
    return stale


def main() -> int:
    found = trials()
    print(document(found, "en"))
    if not {"--write", "--check"} & set(sys.argv):
        return 0
    stale = stale_pages(found)
    if "--write" in sys.argv:
        for page, text in stale.items():
            page.write_text(text, encoding="utf-8")
    print("out of date: " + ", ".join(map(str, stale)) if stale else "up to date")
    return int(bool(stale) and "--write" not in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
