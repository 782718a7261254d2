import json
import shutil
from pathlib import Path

import pytest

from symbiosis.catalogue import Catalogue, datasets_folder, read_catalogue
from symbiosis.catalogue.checks import catalogue_problems, catalogue_summary
from symbiosis.catalogue.checks.files import file_problems


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the catalogue that ships."""
    return Path(shutil.copytree(datasets_folder() / "catalogue", tmp_path / "catalogue"))


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def said(folder: Path) -> list[str]:
    return [str(problem) for problem in file_problems(folder)]


def test_nothing_is_wrong_with_the_files_that_ship(folder: Path) -> None:
    assert said(folder) == []


def test_a_row_with_a_comma_too_few_is_named(folder: Path) -> None:
    with (folder / "modes.csv").open("a", encoding="utf-8") as file:
        file.write("\nmaterial,mule\n")

    blank, short = said(folder)

    assert (
        blank == "catalogue/modes.csv, row 9: a blank line (take it out: it shifts the rows below)"
    )
    assert short.startswith("catalogue/modes.csv, row 10: 2 cells under 11 headings")


def test_a_column_that_nothing_reads_is_answered_with_the_one_that_is_meant(folder: Path) -> None:
    edit(folder / "pathway_limits.csv", "maximum", "maximun")

    assert "catalogue/pathway_limits.csv: unknown column 'maximun' (did you mean 'maximum'?)" in (
        said(folder)
    )


def test_a_file_that_nothing_reads_is_answered_with_the_one_that_is_meant(folder: Path) -> None:
    (folder / "pathway.csv").write_text("id\n", encoding="utf-8")

    assert said(folder)[0] == "catalogue/pathway.csv: unknown file (did you mean 'pathways'?)"


def test_a_folder_without_tables_is_no_catalogue(tmp_path: Path) -> None:
    problems = said(tmp_path)

    assert problems[0].startswith("catalogue/resources.csv: no such file")
    assert problems[-1].startswith("catalogue/datapackage.json: no such file")


def test_the_data_package_names_the_columns_that_the_files_have(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["licenses"] = [{"name": "MIT"}]
    package["resources"][0]["schema"]["fields"][1]["name"] = "nom"
    package["resources"][1]["path"] = "ways.csv"
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")

    where = "catalogue/datapackage.json: "
    assert [text.removeprefix(where).split(" (")[0] for text in said(folder)] == [
        "not CC-BY-4.0",
        "does not describe pathways.csv",
        "describes other columns of resources.csv: name, nom",
        "describes ways.csv, which is not there",
    ]


def test_a_data_package_that_cannot_be_read_is_one_problem(folder: Path) -> None:
    (folder / "datapackage.json").write_text("[1", encoding="utf-8")

    (problem,) = said(folder)

    assert "cannot be read as a data package" in problem


def test_problems_of_every_kind_are_listed_at_once(folder: Path) -> None:
    edit(folder / "pathways.csv", "phosphogypsum,modified_phosphogypsum,1.03", "phosphogypsum,x,3")
    edit(folder / "resources.csv", ",06 09 04,", ",060904,")
    edit(folder / "pathway_flows.csv", "quicklime,0.03093,t", "quicklime,0.03093,kg")

    problems = "\n".join(map(str, catalogue_problems(folder)))

    assert "catalogue/pathways.csv, row 2, gives: unknown 'x'" in problems
    assert "catalogue/pathway_flows.csv, row 2, unit: 'kg' (write it in 't')" in problems
    assert "ewc: '060904' is no such code" in problems


def test_a_folder_that_is_not_there_is_one_problem(tmp_path: Path) -> None:
    (problem,) = catalogue_problems(tmp_path / "nowhere")

    assert "no such folder" in problem.what


def test_the_summary_counts_rows_by_grade() -> None:
    counts = catalogue_summary(read_catalogue())
    flows = counts["pathway_flows"]

    assert flows["rows"] == sum(flows.values()) - flows["rows"]
    assert set(counts["sources"]) == {"rows"}
    assert catalogue_summary(Catalogue())["pathways"] == {"rows": 0}
