import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from shutil import which
from urllib.parse import urlparse

import pandas as pd
import pytest

from symbiosis.catalogue import datasets_folder, park_folder, read_catalogue
from symbiosis.io import read_park
from symbiosis.lca import read_inventory
from symbiosis.reporting.html import report_html
from symbiosis.scenarios import Outcome, matched, planned, summary

HOSTILE = '=cmd </script><script>window.broken = 1</script> <img src=x onerror=alert(1)> & "x"'
CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def hostile(outcome_of: object) -> Outcome:
    """The shipped park matched, with a title and names that mean harm."""
    catalogue = read_catalogue()
    park = read_park(park_folder("qiannan"), catalogue)
    spoiled = replace(
        park,
        title=HOSTILE,
        description=HOSTILE,
        enterprises=park.enterprises.assign(name=HOSTILE, name_zh=HOSTILE),
    )
    assert callable(outcome_of)
    found = outcome_of(spoiled, catalogue, read_inventory(datasets_folder() / "inventory"))
    assert isinstance(found, Outcome)
    return found


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return hostile(matched)


@pytest.fixture(scope="module")
def report(outcome: Outcome) -> str:
    return report_html(outcome, summary(outcome))


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, Mapping[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def tags(report: str) -> list[tuple[str, Mapping[str, str | None]]]:
    parser = Tags()
    parser.feed(report)
    return parser.found


def test_a_hostile_name_stays_a_name(
    report: str, tags: list[tuple[str, Mapping[str, str | None]]]
) -> None:
    scripts = [attributes for tag, attributes in tags if tag == "script"]
    drawn = [a for a in scripts if a.get("type") == "application/json"]

    assert "<script>window.broken" not in report
    assert "&lt;/script&gt;&lt;script&gt;window.broken" in report
    assert len(scripts) == len(drawn) + 3  # language, plotly, report
    assert not [tag for tag, attributes in tags if tag == "img" or "onerror" in attributes]


def test_nothing_is_loaded_from_outside(
    report: str, tags: list[tuple[str, Mapping[str, str | None]]]
) -> None:
    loaded = [a.get("src") for tag, a in tags if a.get("src")]
    icons = [a.get("href") for tag, a in tags if tag == "link"]
    style = re.findall(r"<style>(.*?)</style>", report, re.DOTALL)[0]

    assert loaded == []
    assert icons == ["data:,"]
    assert "url(" not in style
    assert "@import" not in style


def test_links_leave_only_to_web_pages(tags: list[tuple[str, Mapping[str, str | None]]]) -> None:
    addresses = [a["href"] or "" for tag, a in tags if tag == "a"]
    outside = [address for address in addresses if not address.startswith("#")]

    assert outside
    assert {urlparse(address).scheme for address in outside} <= {"http", "https"}


def test_links_inside_the_page_lead_somewhere(
    tags: list[tuple[str, Mapping[str, str | None]]],
) -> None:
    places = {a["id"] for _tag, a in tags if "id" in a}
    inside = {
        (a["href"] or "")[1:] for tag, a in tags if tag == "a" and "#" in (a["href"] or "")[:1]
    }

    assert inside <= places


def test_both_languages_are_in_one_file(report: str) -> None:
    assert 'data-edition="en"' in report
    assert 'data-edition="zh"' in report
    assert "Proposed exchanges" in report
    assert "建议的交换" in report


def test_the_same_outcome_gives_the_same_report(outcome: Outcome, report: str) -> None:
    assert report_html(outcome, summary(outcome)) == report


def test_unverified_figures_are_marked_beside_the_exchange(report: str) -> None:
    assert re.search(
        r'<span class="grade unverified">[\d.]+\W% on unverified figures \(\d+\)</span>', report
    )


def test_a_plan_without_interval_makes_no_claim_of_one() -> None:
    found = hostile(planned)
    text = report_html(found, summary(found))

    assert 'class="interval"' not in text
    assert "nan" not in re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL).lower().split()


def test_a_park_without_exchanges_has_a_report_too(outcome: Outcome) -> None:
    park = replace(outcome.park, flows=outcome.park.flows.assign(tradable=False))
    found = planned(park, read_catalogue(), read_inventory(datasets_folder() / "inventory"))
    text = report_html(found, summary(found))

    assert found.exchanges.empty
    assert "No exchange saves more than it costs" in text
    assert len(text) < 1e6, "plotly is carried along for nothing"


@pytest.fixture(scope="module")
def page(report: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    path: Path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report, encoding="utf-8")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        opened = browser.new_page(viewport={"width": 1400, "height": 900})
        opened.requests, opened.faults = [], []
        opened.on("request", lambda request: opened.requests.append(request.url))
        opened.on("pageerror", lambda error: opened.faults.append(str(error)))
        opened.goto(f"{path.as_uri()}#en")
        opened.wait_for_selector('[data-edition="en"] .chart .main-svg')
        yield opened
        browser.close()


def test_the_page_asks_for_nothing_and_has_no_faults(page: object) -> None:
    page.wait_for_timeout(1500)  # type: ignore[attr-defined]

    assert [urlparse(url).scheme for url in page.requests] == ["file"]  # type: ignore[attr-defined]
    assert page.faults == []  # type: ignore[attr-defined]
    assert page.evaluate("window.broken") is None  # type: ignore[attr-defined]


def test_labels_of_the_network_do_not_collide(page: object) -> None:
    boxes = page.evaluate(  # type: ignore[attr-defined]
        """[...document.querySelectorAll('[data-edition="en"] .chart.network .textpoint')]
           .map(node => node.getBoundingClientRect())
           .map(box => [box.left, box.top, box.right, box.bottom])"""
    )
    table = pd.DataFrame(boxes, columns=["left", "top", "right", "bottom"])
    pairs = table.merge(table, how="cross", suffixes=("", "_other"))
    apart = pairs[(pairs["left"] < pairs["left_other"])]
    collide = (
        (apart["right"] > apart["left_other"])
        & (apart["top"] < apart["bottom_other"] - 2)
        & (apart["bottom"] > apart["top_other"] + 2)
    )

    assert len(table) > 10
    assert not collide.any()
    assert table["left"].min() >= 0


def test_the_language_switch_and_sorting_work(page: object) -> None:
    first = '[data-edition="en"] table.exchanges tbody:first-of-type td'
    page.click('[data-edition="en"] table.exchanges th:nth-child(6)')  # type: ignore[attr-defined]
    page.click('[data-edition="en"] table.exchanges th:nth-child(6)')  # type: ignore[attr-defined]
    ascending = float(page.get_attribute(f"{first}:nth-child(6)", "data-sort"))  # type: ignore[attr-defined]
    page.click('[data-edition="en"] [data-to="zh"]')  # type: ignore[attr-defined]

    assert ascending < 0  # some exchange is a burden on the climate
    assert page.evaluate("document.documentElement.lang") == "zh-CN"  # type: ignore[attr-defined]
    assert page.url.endswith("#zh")  # type: ignore[attr-defined]
    assert page.is_visible("text=建议的交换")  # type: ignore[attr-defined]
