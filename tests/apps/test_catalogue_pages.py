"""The catalogue's pages: all of it is there, links lead somewhere, no name is read as markup."""

import csv
import doctest
import importlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes

from symbiosis.catalogue import datasets_folder

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
HOSTILE = "<script>alert(1)</script> | ``` `x` [a](javascript:alert(1)) {{ 7*7 }} ** # --- $x_1$ \\"
Pages = dict[str, list[nodes.Node]]
MODULES = ("cells", "parks", "pathways", "plants", "shelf", "words")


@pytest.fixture(scope="module")
def shelf() -> Iterator[Any]:
    sys.path.insert(0, str(DOCS))
    from catalogued.shelf import read_shelf

    yield read_shelf(datasets_folder())
    sys.path.remove(str(DOCS))


@pytest.fixture(scope="module", params=["en", "zh"])
def made(shelf: Any, request: pytest.FixtureRequest) -> Pages:
    """Return the nodes of every page that is made from tables, by page."""
    from catalogued import pathways, plants, prices, resources, sources
    from catalogued.reader import Reader
    from catalogued.shelf import FAMILIES, TRADES

    reader = Reader(shelf=shelf, language=request.param, address=lambda page: f"{page}.html")
    found = {f"resources-{name}": resources.page(reader, name) for name in FAMILIES}
    found |= {f"pathways-{name}": pathways.page(reader, name) for name in FAMILIES}
    found |= {f"plants-{name}": plants.page(reader, name) for name in TRADES}
    return found | {"prices": prices.page(reader), "sources": sources.page(reader)}


def within(made: Pages, kind: type[nodes.Element]) -> Iterator[Any]:
    for page, parts in made.items():
        for part in parts:
            yield from ((page, node) for node in part.findall(kind))


def test_every_row_of_the_catalogue_has_its_place_on_one_page(shelf: Any, made: Pages) -> None:
    from catalogued.shelf import anchor

    ids = [name for _, node in within(made, nodes.Element) for name in node["ids"]]

    assert len(ids) == len(set(ids))
    for table in ("resources", "pathways", "blueprints", "sources"):
        assert {anchor(table, name) for name in shelf.tables[table]} <= set(ids)


def test_links_between_the_pages_lead_to_places_that_are_there(made: Pages) -> None:
    places = {f"{page}.html#{i}" for page, node in within(made, nodes.Element) for i in node["ids"]}
    links = {node["refuri"] for _, node in within(made, nodes.reference) if node["internal"]}

    assert len(links) > 500
    assert links - places == set()


def test_links_outside_are_web_addresses(made: Pages) -> None:
    links = {node["refuri"] for _, node in within(made, nodes.reference) if not node["internal"]}

    assert links
    assert [link for link in links if not link.startswith(("http://", "https://"))] == []


def test_every_page_of_the_catalogue_has_its_file_in_both_languages(made: Pages) -> None:
    asked = {*made, "parks", "index"}
    for folder in (DOCS / "catalogue", DOCS / "zh" / "catalogue"):
        assert {file.stem for file in folder.glob("*.md")} == asked


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("name", MODULES)
def test_examples_in_the_pages_modules_hold(name: str) -> None:
    module = importlib.import_module(f"catalogued.{name}")
    assert doctest.testmod(module).failed == 0


def spoil(file: Path, row: int, **cells: str) -> None:
    """Overwrite cells of a row of a CSV file."""
    with file.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    rows[row].update(cells)
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_names_in_the_data_are_never_markup_and_do_not_break_the_build(tmp_path: Path) -> None:
    datasets, source, out = (tmp_path / name for name in ("datasets", "source", "out"))
    for name in ("catalogue", "inventory"):
        shutil.copytree(ROOT / "datasets" / name, datasets / name)
    tables = datasets / "catalogue"
    spoil(tables / "resources.csv", 0, name=HOSTILE, name_zh=HOSTILE, note=HOSTILE, synonyms="")
    spoil(tables / "pathways.csv", 0, name=HOSTILE, name_zh=HOSTILE, note=HOSTILE, readiness="*")
    spoil(tables / "blueprints.csv", 0, name=HOSTILE, note=HOSTILE)
    spoil(tables / "sources.csv", 0, title=HOSTILE, address="javascript:alert(1)", access=HOSTILE)
    wanted = ("resources-materials", "pathways-chemical", "plants-mining", "sources")
    (source / "catalogue").mkdir(parents=True)
    for name in wanted:
        shutil.copy(DOCS / "catalogue" / f"{name}.md", source / "catalogue")
    listed = "\n".join(f"catalogue/{name}" for name in wanted)
    (source / "parks.md").write_text("# Parks\n", encoding="utf-8")
    page = source / "catalogue" / "sources.md"
    page.write_text(page.read_text("utf-8").replace("(parks.md)", "(../parks.md)"), "utf-8")
    (source / "index.md").write_text(
        f"# Pages\n\n```{{toctree}}\n{listed}\nparks\n```\n", encoding="utf-8"
    )
    (source / "conf.py").write_text(
        f"import sys\nsys.path[:0] = [{str(DOCS)!r}, {str(ROOT)!r}]\n"
        f"extensions = ['myst_parser', 'catalogued']\nhtml_theme = 'basic'\n"
        f"catalogue_datasets = {str(datasets)!r}\n",
        encoding="utf-8",
    )

    command = [sys.executable, "-m", "sphinx", "-W", "--quiet", "-b", "html", source, out]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr
    html = {name: (out / "catalogue" / f"{name}.html").read_text("utf-8") for name in wanted}
    for text in html.values():
        assert "&lt;script&gt;alert(1)&lt;/script&gt; | ``` `x` [a](javascript:alert(1))" in text
        assert "<script>alert" not in text
        assert 'href="javascript' not in text
    assert "alert" in (out / "searchindex.js").read_text("utf-8")  # search knows the words


def test_each_park_says_what_is_published_and_what_is_not_under_the_same_headings() -> None:
    wanted = ["Sources", "Published", "Estimated", "Contradictions", "中文说明", "Licence"]
    readmes = sorted((ROOT / "datasets" / "parks").glob("*/README.md"))
    assert len(readmes) == len([*(ROOT / "datasets" / "parks").glob("*/park.toml")])
    for readme in readmes:
        lines = readme.read_text(encoding="utf-8").splitlines()
        headings = [line.removeprefix("## ") for line in lines if line.startswith("## ")]
        assert [h for h in headings if h in wanted] == wanted, readme.parent.name
