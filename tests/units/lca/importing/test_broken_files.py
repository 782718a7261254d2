"""Whatever is wrong with a file: one error that names the place, and nothing written."""

import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import foreign_files as files
import numpy as np
import pandas as pd
import pytest

from symbiosis.catalogue import datasets_folder, read_catalogue
from symbiosis.errors import InvalidData
from symbiosis.lca.importing import import_inventory

Break = Callable[[Path], Path]

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    '<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold02">&b;</ecoSpold>'
)


@cache
def resources() -> pd.DataFrame:
    return read_catalogue().resources


def written(kind: str, folder: Path) -> Path:
    name, write = files.WRITERS[kind]
    return write(folder / name)


def with_text(kind: str, old: str, new: str, encoding: str = "utf-8") -> Break:
    """Return a break that replaces a text in a file, or in each member of a zip."""

    def broken(folder: Path) -> Path:
        path = written(kind, folder)
        if zipfile.is_zipfile(path):
            before = path.read_bytes()
            files.rezipped(path, lambda _, held: held.replace(old.encode(), new.encode()))
            assert path.read_bytes() != before
            return path
        text = path.read_text(encoding=encoding)
        assert old in text
        path.write_text(text.replace(old, new), encoding=encoding)
        return path

    return broken


def cut(kind: str, share: float = 0.6) -> Break:
    def broken(folder: Path) -> Path:
        path = written(kind, folder)
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])
        return path

    return broken


def encoded(kind: str, encoding: str, text: str) -> Break:
    def broken(folder: Path) -> Path:
        path = folder / files.WRITERS[kind][0]
        path.write_bytes(text.encode(encoding))
        return path

    return broken


def without(kind: str, part: str) -> Break:
    return lambda folder: files.rezipped(
        written(kind, folder), lambda name, held: None if part in name else held
    )


def named(name: str, text: str = "<x/>") -> Break:
    """Return a zip whose member has a name that leads elsewhere."""
    return lambda folder: files.zipped(folder / "toy.zip", {**files.ecospold2_texts(), name: text})


def blown_up(folder: Path) -> Path:
    path = folder / "toy.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.spold", b"0" * 150_000_000)
    return path


def twice(folder: Path) -> Path:
    texts = files.ecospold2_texts()
    first = next(iter(texts.values()))
    return files.zipped(folder / "toy.zip", {**texts, "copy.spold": first})


def array_of_objects(folder: Path) -> Path:
    path = written("datapackage", folder)
    hold = folder / "object.npy"
    np.save(hold, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    return files.rezipped(
        path,
        lambda name, held: hold.read_bytes() if name == "technosphere.data.npy" else held,
    )


def endless(folder: Path) -> Path:
    path = written("datapackage", folder)

    def change(name: str, held: bytes) -> bytes:
        if name != "technosphere.data.npy":
            return held
        hold = folder / "inf.npy"
        values = np.full(10, 1.0)
        values[3] = np.inf
        np.save(hold, values)
        return hold.read_bytes()

    return files.rezipped(path, change)


def not_square(folder: Path) -> Path:
    path = written("datapackage", folder)

    def change(name: str, held: bytes) -> bytes:
        if name != "technosphere.indices.npy":
            return held
        hold = folder / "pairs.npy"
        values = np.load(written_array(held, folder))
        values["row"][0] = 77
        np.save(hold, values)
        return hold.read_bytes()

    return files.rezipped(path, change)


def written_array(content: bytes, folder: Path) -> Path:
    path = folder / "before.npy"
    path.write_bytes(content)
    return path


CASES: dict[str, tuple[Break, str, str]] = {
    "a zip cut short": (cut("ecospold2"), "toy.zip", "no whole zip"),
    "a workbook cut short": (cut("excel"), "toy.xlsx", "no whole zip"),
    "an XML cut short": (cut("ecospold1"), "toy.xml", "no well-formed XML"),
    "a SimaPro file cut short": (cut("simapro", 0.5), "toy_simapro.csv, line", "no End"),
    "a CSV in UTF-16": (
        encoded("csv", "utf-16", "Database,é\nActivity,a\n"), "toy.csv", "not written in utf-8"),
    "a CSV in GBK": (
        encoded("csv", "gbk", "Database,石灰\nActivity,石灰\n"), "toy.csv", "not written in utf-8"),
    "a CSV of something else": (encoded("csv", "utf-8", "a,b\n1,2\n"), "toy.csv", "no row 'Dat"),
    "a sheet whose activity gives nothing": (
        encoded("csv", "utf-8", "Database,x\n\nActivity,lime\ncode,1\nExchanges\nname,amount,type\n"
                "CO2,1,biosphere\n"), "row 3", "no reference product"),
    "an exchange of an unknown type": (
        with_text("csv", "technosphere", "technospere"), "row ", "no type of exchange"),
    "an unknown unit in a sheet": (with_text("csv", "kilowatt hour", "wallops"), "row ", "wallops"),
    "text for a number in a sheet": (with_text("csv", ",0.3,", ",many,"), "amount", "'many'"),
    "an infinite number in a sheet": (with_text("csv", ",0.3,", ",inf,"), "amount", "finite"),
    "a huge number in a sheet": (with_text("csv", ",0.3,", ",1e99,"), "amount", "finite"),
    "an id that stands twice in a sheet": (
        with_text("csv", files.COAL.key, files.POWER.key), "row ", "stands twice"),
    "an entity bomb": (encoded("ecospold1", "utf-8", BOMB), "toy.xml", "document type"),
    "an entity bomb in UTF-16": (
        encoded("ecospold1", "utf-16", BOMB.replace('"1.0"', '"1.0" encoding="utf-16"')),
        "toy.xml", "document type"),
    "a dataset without reference product": (
        with_text("ecospold2", "<outputGroup>0</outputGroup>", "<inputGroup>5</inputGroup>"),
        ".spold", "no reference product"),
    "an unknown unit in ecoSpold 2": (
        with_text("ecospold2", "<unitName>kWh</unitName>", "<unitName>zorkmid</unitName>"),
        "line", "zorkmid"),
    "no number in ecoSpold 2": (
        with_text("ecospold2", 'amount="0.3"', 'amount="0,3"'), "'coal'", "'0,3' is no number"),
    "a dataset that stands twice": (twice, "copy.spold", "has the id of another"),
    "a supplier that is not there": (
        without("ecospold2", files.COAL.key), "'coal'", "--cut-off"),
    "an amount of zero given": (
        with_text("ecospold2", 'amount="1000.0"', 'amount="0.0"'), "'quicklime'", "amount of 0"),
    "a unit that does not measure the product": (
        with_text("ecospold1", 'name="coal" location="GLO" unit="kg" meanValue="0.3"',
                  'name="coal" location="GLO" unit="m3" meanValue="0.3"'),
        "line", "measured in m3"),
    "ecoSpold 1 without reference product": (
        with_text("ecospold1", "<outputGroup>0</outputGroup>", "<outputGroup>3</outputGroup>"),
        "dataset 'lime kiln'", "no reference product"),
    "a name that climbs out of a zip": (named("../../evil.spold"), "toy.zip", "leads out"),
    "a name from the root of a zip": (named("/etc/evil.spold"), "toy.zip", "leads out"),
    "a name with a drive in a zip": (named("C:/evil.spold"), "toy.zip", "leads out"),
    "a name with backslashes in a zip": (named("..\\evil.spold"), "toy.zip", "leads out"),
    "a zip that blows up": (blown_up, "toy.zip", "unpacks to"),
    "a loop that takes all it gives": (
        with_text("ecospold1", 'unit="kWh" meanValue="0.02"', 'unit="kWh" meanValue="5.0"'),
        "loop of", "as much of its own products"),
    "a SimaPro product without rows": (
        with_text("simapro", "quicklime;kg;1000,0;100;not defined;toy\\x;\n", "", "cp1252"),
        "process 'lime kiln'", "no reference product"),
    "an unknown parameter in SimaPro": (
        with_text("simapro", ";0,3;", ";0,3*burn;", "cp1252"), "amount of 'coal'", "'burn'"),
    "code for a formula in SimaPro": (
        with_text("simapro", ";0,3;", ";__import__('os').getcwd();", "cp1252"),
        "amount of 'coal'", "cannot be computed"),
    "a SimaPro file of methods": (
        encoded("simapro", "cp1252", files.SIMAPRO_HEADER + "Method\n\nName\nx\n\nEnd\n"),
        "toy_simapro.csv", "no process"),
    "a JSON cut off": (
        with_text("openlca", '"@type": "Process"', '"@type": '), "processes/", "no JSON"),
    "an openLCA process without reference": (
        with_text("openlca", '"isQuantitativeReference": true', '"isQuantitativeReference": false'),
        "process '", "no reference product"),
    "an openLCA flow that is not there": (
        without("openlca", f"flows/{files.FLOWS['Methane, fossil'][0]}"),
        "exchange 'Methane, fossil'", "not in the package"),
    "an ILCD process without reference": (
        with_text("ilcd", "<referenceToReferenceFlow>0<", "<referenceToReferenceFlow>99<"),
        "process '", "no reference flow"),
    "an ILCD flow that is not there": (
        without("ilcd", files.product_id("coal")), "exchange 'coal'", "not in the package"),
    "an ILCD package of flows": (without("ilcd", "processes/"), "toy_ilcd.zip", "no process"),
    "an array of Python objects": (array_of_objects, "technosphere.data.npy", "no array"),
    "an array with no finite number": (endless, "group 'technosphere', value 3", "no number"),
    "a matrix that is not square": (not_square, "technosphere_matrix", "5 rows and 4 columns"),
    "a datapackage without one of its arrays": (
        without("datapackage", "technosphere.data"), "technosphere.data.npy", "not there"),
    "a file that is not there": (lambda folder: folder / "nothing.zip", "nothing.zip", "no such"),
    "a file of no known format": (
        encoded("ecospold1", "utf-8", "<html/>"), "toy.xml", "no format that can be recognised"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_broken_file_gives_one_clear_error_and_writes_nothing(case: str, tmp_path: Path) -> None:
    make, where, what = CASES[case]
    folder = tmp_path / "in"
    folder.mkdir()
    path = make(folder)
    here = tmp_path / "made"
    here.mkdir()

    with pytest.raises(InvalidData) as told:
        import_inventory([path], here / "out", datasets=datasets_folder(), resources=resources())

    assert any(where in str(p.where) + p.what for p in told.value.problems), str(told.value)
    assert any(what in f"{p.what} {p.remedy}" for p in told.value.problems), str(told.value)
    assert list(here.iterdir()) == []


def test_all_problems_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    path = files.sheet_csv(tmp_path / "toy.csv")
    text = path.read_text(encoding="utf-8").replace(",0.3,", ",many,").replace(",-50.0,", ",few,")
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InvalidData) as told:
        import_inventory(
            [path], tmp_path / "out", datasets=datasets_folder(), resources=resources()
        )

    assert len(told.value.problems) == 2


def test_an_output_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")

    with pytest.raises(InvalidData, match="holds no earlier import"):
        import_inventory(
            [files.sheet_csv(tmp_path / "toy.csv")],
            tmp_path / "out",
            datasets=datasets_folder(),
            resources=resources(),
        )

    assert [one.name for one in (tmp_path / "out").iterdir()] == ["thesis.txt"]
