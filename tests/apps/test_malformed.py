"""Malformed parks: each gives one error that names the place, the fault and the way out."""

import shutil
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from symbiosis.errors import InvalidData, Problem
from symbiosis.io import SymbiosisWarning, UnknownColumns, park_of, read_park, write_park
from symbiosis.io.limits_of_size import LARGEST_FILE
from symbiosis.model import TABLES, Park
from tests.strategies import CATALOGUE

GOOD = {
    "park.toml": """
title = "Two works"
currency = "CNY"
year = 2025
[settings]
carbon_price = 60
""",
    "enterprises.csv": """id,name,name_zh,latitude,longitude
brewery,Brewery,啤酒厂,26.5,107.5
farm,Farm,农场,26.6,107.6
power,Power plant,,,
""",
    "processes.csv": """id,enterprise,activity,minimum_activity,flexible,operating_hours
mash,brewery,100,,,8000
kiln,brewery,50,,,
boiler,power,100,20,true,8000
""",
    "resources.csv": """id,name,name_zh,kind,unit,content_energy,content_C
grain,spent grain,麦糟,material,t,8,0.2
feed,feed,饲料,material,t,,
warmth,heat,热,heat,GJ,,
gas,gas,,gas,Nm3,0.036,
""",
    "flows.csv": """id,source,target,resource,amount,unit,low,high,citation
f1,mash,@disposal,grain,3,kt/year,2,4,=SUM(A1)
f2,@supply,farm,feed,10,t/day,,,
f3,mash,@nature,warmth,2,MW,,,
f4,boiler,mash,warmth,100,GJ,,,
f5,@supply,boiler,gas,3000,Nm3,,,
""",
    "qualities.csv": """flow,property,unit,value,minimum,maximum
f1,moisture,%,20,,
f2,moisture,,,,0.5
f3,temperature_from,degC,90,,
f3,temperature_to,degC,40,,
""",
}

Content = str | bytes
Edit = Mapping[str, Content]


class Case(NamedTuple):
    """What is put in place of a file of the good park, and what is said of it."""

    sentence: str
    edit: Edit
    where: str
    what: str
    remedy: str


def changed(file: str, old: str, new: str) -> dict[str, Content]:
    """Return the good file with its first `old` replaced."""
    assert GOOD[file].count(old), (file, old)
    return {file: GOOD[file].replace(old, new, 1)}


def added(file: str, *rows: str) -> dict[str, Content]:
    """Return the good file with rows at its end."""
    return {file: GOOD[file] + "".join(f"{row}\n" for row in rows)}


FLOWS_HEADER = "id,source,target,resource,amount,unit\n"
PATHWAY = "id,takes,gives,yield,site\n"

CASES = (
    # cells
    Case("a negative amount", changed("flows.csv", "feed,10", "feed,-10"),
         "flows.csv, row 3, amount", "'-10' is negative", "positive number"),
    Case("an amount that is NaN", changed("flows.csv", "grain,3", "grain,NaN"),
         "flows.csv, row 2, amount", "amount 'NaN' is not a number", "finite number"),
    Case("an amount that is infinite", changed("flows.csv", "grain,3", "grain,inf"),
         "flows.csv, row 2, amount", "'inf' is not a number", "finite"),
    Case("an amount that overflows", changed("flows.csv", "grain,3", "grain,1e999"),
         "flows.csv, row 2, amount", "'1e999' is not a number", "finite"),
    Case("an amount in words", changed("flows.csv", "grain,3", "grain,three"),
         "flows.csv, row 2, amount", "'three' is not a number", "finite"),
    Case("an amount with thousands", changed("flows.csv", "grain,3", 'grain,"3,000"'),
         "flows.csv, row 2, amount", "'3,000' is not a number", "nothing between thousands"),
    Case("an amount with a per cent sign", changed("flows.csv", "grain,3", "grain,3%"),
         "flows.csv, row 2, amount", "'3%' is not a number", "write 0.03"),
    Case("a blank amount", changed("flows.csv", "grain,3,", "grain,,"),
         "flows.csv, row 2, amount", "amount is blank", "fill it in"),
    Case("low above amount", changed("flows.csv", "2,4,=SUM", "3.5,4,=SUM"),
         "flows.csv, row 2, low", "low '3.5' is above amount '3'", "correct"),
    Case("high below amount", changed("flows.csv", "2,4,=SUM", "2,2.5,=SUM"),
         "flows.csv, row 2, high", "amount '3' is above high '2.5'", "correct"),
    Case("a truth value in words", changed("processes.csv", "20,true", ",perhaps"),
         "processes.csv, row 4, flexible", "'perhaps' is neither true nor false", "true or false"),
    Case("a place off the globe", changed("enterprises.csv", "26.5", "126.5"),
         "enterprises.csv, row 2, latitude", "'126.5' is not between -90 and 90", "correct"),
    Case("too many hours in a year", changed("processes.csv", ",,,8000", ",,,9000"),
         "processes.csv, row 2, operating_hours", "'9000' is not between 0 and 8760", "correct"),
    # units
    Case("an unknown unit", changed("flows.csv", "kt/year", "lorries"),
         "flows.csv, row 2, unit", "unknown unit 'lorries'", "such as t"),
    Case("kilotons that may be short", changed("flows.csv", "kt/year", "kilotons"),
         "flows.csv, row 2, unit", "'kilotons' can be misread", "write t (1000 kg), kt"),
    Case("a unit of another dimension", changed("flows.csv", "kt/year", "m3"),
         "flows.csv, row 2, unit", "'m3' does not measure a resource counted in t", "in t"),
    Case("energy of a resource without energy", changed("flows.csv", "10,t/day", "10,GJ"),
         "flows.csv, row 3, unit", "content_energy is unknown", "content_energy [GJ per t]"),
    Case("a ton that may be short", changed("flows.csv", "10,t/day", "10,ton"),
         "flows.csv, row 3, unit", "'ton' can be misread", "write t (1000 kg)"),
    Case("m3 for a normal cubic metre", changed("flows.csv", "3000,Nm3", "3000,m3"),
         "flows.csv, row 6, unit", "'m3' does not measure a resource counted in Nm3", "in Nm3"),
    Case("a unit that is a program", changed("flows.csv", "kt/year", "__import__('os')"),
         "flows.csv, row 2, unit", "unknown unit '__import__('os')'", "such as t"),
    Case("a unit that is a bomb", changed("flows.csv", "kt/year", "9**9**9"),
         "flows.csv, row 2, unit", "unknown unit '9**9**9'", "such as t"),
    Case("a unit without end", changed("flows.csv", "kt/year", "t*" * 5000 + "t"),
         "flows.csv, row 2, unit", "is too long for a unit", "such as t/year"),
    Case("a quality in another dimension", changed("qualities.csv", "moisture,%", "moisture,kg"),
         "qualities.csv, row 2, unit", "'kg' is not a unit like '1'", "give it in 1"),
    # ends
    Case("an unknown end", changed("flows.csv", "f2,@supply,farm", "f2,@supply,fram"),
         "flows.csv, row 3, target", "unknown process 'fram'", "did you mean 'farm'?"),
    Case("an unknown boundary", changed("flows.csv", "@disposal", "@landfil"),
         "flows.csv, row 2, target", "unknown process '@landfil'", "name a process"),
    Case("a boundary nearly right", changed("flows.csv", "@disposal", "@disposel"),
         "flows.csv, row 2, target", "unknown process '@disposel'", "did you mean '@disposal'?"),
    Case("an enterprise with several processes", changed("flows.csv", "f1,mash", "f1,brewery"),
         "flows.csv, row 2, source", "enterprise 'brewery' has several processes",
         "name one of mash, kiln"),
    Case("boundary to boundary", changed("flows.csv", "f1,mash", "f1,@supply"),
         "flows.csv, row 2, target", "runs from boundary '@supply' to boundary '@disposal'",
         "one end is a process"),
    Case("a process to itself", changed("flows.csv", "f4,boiler", "f4,mash"),
         "flows.csv, row 5, target", "runs from 'mash' to itself", "two processes"),
    Case("a purchase from sales", changed("flows.csv", "f2,@supply", "f2,@sales"),
         "flows.csv, row 3, source", "nothing comes from '@sales'", "@supply"),
    Case("a discard to supply", changed("flows.csv", "@disposal", "@supply"),
         "flows.csv, row 2, target", "nothing goes to '@supply'", "@disposal"),
    Case("a blank end", changed("flows.csv", "f1,mash", "f1,"),
         "flows.csv, row 2, source", "source is blank", "fill it in"),
    # names
    Case("an id twice", added("flows.csv", "f1,mash,@disposal,grain,1,t,,,"),
         "flows.csv, row 7, id", "id 'f1' stands here twice", "rename"),
    Case("a quality twice", added("qualities.csv", "f1,moisture,%,30,,"),
         "qualities.csv, row 6, property", "flow 'f1' and property 'moisture' stands here twice",
         "keep one row"),
    Case("an id with a comma", changed("enterprises.csv", "power,Power", '"po,wer",Power')
         | changed("processes.csv", "boiler,power", 'boiler,"po,wer"'),
         "enterprises.csv, row 4, id", "'po,wer' cannot be an id", "leave out commas"),
    Case("an id like a boundary", changed("flows.csv", "f1,mash", "@f1,mash")
         | changed("qualities.csv", "f1,moisture", "@f1,moisture"),
         "flows.csv, row 2, id", "'@f1' cannot be an id", "first @"),
    Case("an id with a control character", changed("flows.csv", "f4,boiler", "f\x074,boiler"),
         "flows.csv, row 5, id", "'f\\x074' cannot be an id", "leave out"),
    Case("a process called as another enterprise", changed("processes.csv", "kiln", "farm"),
         "processes.csv, row 3, id", "has the id of another enterprise", "rename the process"),
    Case("an unknown resource", changed("flows.csv", "disposal,grain", "disposal,grian"),
         "flows.csv, row 2, resource", "unknown resource 'grian'", "did you mean 'grain'?"),
    Case("a resource by its Chinese name", changed("flows.csv", "disposal,grain", "disposal,麦糟"),
         "flows.csv, row 2, resource", "unknown resource '麦糟'", "did you mean 'grain'?"),
    Case("a process of nobody", changed("processes.csv", "kiln,brewery", "kiln,brewrey"),
         "processes.csv, row 3, enterprise", "unknown enterprise 'brewrey'",
         "did you mean 'brewery'?"),
    Case("a quality of no flow", changed("qualities.csv", "f1,", "f9,"),
         "qualities.csv, row 2, flow", "unknown flow 'f9'", "name a flow"),
    Case("an unknown kind", changed("resources.csv", "麦糟,material", "麦糟,materail"),
         "resources.csv, row 2, kind", "unknown kind 'materail'", "did you mean 'material'?"),
    Case("a resource without unit", changed("resources.csv", "饲料,material,t", "饲料,material,"),
         "resources.csv, row 3, unit", "unit of 'feed' is blank", "the catalogue has it not"),
    Case("contents in per cent", changed("resources.csv", "t,8,0.2", "t,8,20"),
         "resources.csv, row 2, content_C", "content_C of 'grain' is 20 t in 1 t", "fractions"),
    # qualities
    Case("heat rejected that warms up", changed("qualities.csv", "degC,90", "degC,30"),
         "qualities.csv, row 5, value", "leaves a process and goes from 30 to 40 degC",
         "exchange the temperatures"),
    Case("one temperature missing",
         changed("qualities.csv", "f3,temperature_to,degC,40,,\n", ""),
         "qualities.csv, row 4, property", "temperature_from without temperature_to",
         "add temperature_to"),
    Case("below absolute zero", changed("qualities.csv", "degC,40", "degC,-300"),
         "qualities.csv, row 5, value", "temperature_to' '-300' is below absolute zero",
         "check the number"),
    Case("minimum above maximum", changed("qualities.csv", ",,,,0.5", ",,,0.7,0.5"),
         "qualities.csv, row 3, maximum", "minimum '0.7' is above maximum '0.5'", "correct"),
    Case("a purchase that breaks its limit", changed("qualities.csv", ",,,,0.5", ",,0.6,,0.5"),
         "qualities.csv, row 3, value", "'0.6' of bought flow 'f2' is above its own maximum '0.5'",
         "fit its own use"),
    # what is not there yet
    Case("a process share", {"flows.csv": "id,source,target,resource,amount,unit,process_share\n"
                             "f1,mash,@disposal,grain,3,t,0.5\n",
                             "qualities.csv": "flow,property\n"},
         "flows.csv, row 2, process_share", "not supported yet", "leave it blank"),
    Case("production as a variable", changed("processes.csv", "mash,brewery,100,",
                                             "mash,brewery,100,50"),
         "processes.csv, row 2, minimum_activity", "not available yet", "flexible"),
    Case("periods", {"periods.csv": "period,hours\nsummer,4000\n"},
         "periods.csv", "not supported yet", "one year"),
    Case("a hub plant", {"pathways.csv": PATHWAY + "p,grain,feed,0.9,own\n"},
         "pathways.csv, row 2, site", "hub plants are not available yet", "giver or taker"),
    # other tables
    Case("a pathway that yields nothing", {"pathways.csv": PATHWAY + "p,grain,feed,0,giver\n"},
         "pathways.csv, row 2, yield", "'0' is not above zero", "positive"),
    Case("a pathway that removes more than all",
         {"pathways.csv": "id,takes,gives,yield,removes_cod\np,grain,feed,0.9,95\n"},
         "pathways.csv, row 2, removes_cod", "'95' is not between 0 and 1", "correct"),
    Case("a side flow of no pathway",
         {"pathway_flows.csv": "pathway,direction,boundary,resource,amount,unit\n"
                               "p,in,@supply,gas,1,Nm3\n"},
         "pathway_flows.csv, row 2, pathway", "unknown pathway 'p'", "name a pathway"),
    Case("a side flow the wrong way",
         {"pathways.csv": PATHWAY + "p,grain,feed,0.9,\n",
          "pathway_flows.csv": "pathway,direction,boundary,resource,amount,unit\n"
                               "p,out,@supply,gas,1,Nm3\n"},
         "pathway_flows.csv, row 2, boundary", "'out' does not go with boundary '@supply'", "in"),
    Case("a factor in another currency",
         {"factors.csv": "boundary,resource,indicator,value,unit\n@supply,feed,cost,5,EUR/t\n"},
         "factors.csv, row 2, unit", "'EUR/t' is not a unit like 'CNY/t'", "CNY/t"),
    Case("a market where none is",
         {"markets.csv": "boundary,resource,maximum\n@nature,feed,5\n"},
         "markets.csv, row 2, boundary", "unknown boundary '@nature'", "@supply"),
    Case("a limit on nothing", {"limits.csv": "id,measure,maximum\nl,discardd,5\n"},
         "limits.csv, row 2, measure", "unknown measure 'discardd'", "did you mean 'discarded'?"),
    Case("a limit without limit", {"limits.csv": "id,measure\nl,discarded\n"},
         "limits.csv, row 2, maximum", "neither minimum nor maximum", "give one"),
    Case("a limit of an unknown place",
         {"limits.csv": "id,measure,scope,maximum\nl,taken,f1>f2,5\n"},
         "limits.csv, row 2, scope", "scope 'f1>f2' is not offer>pathway>demand", "identity"),
    Case("a negative distance", {"distances.csv": "source,target,distance_km\nfarm,power,-1\n"},
         "distances.csv, row 2, distance_km", "'-1' is negative", "positive"),
    Case("a distance to nowhere", {"distances.csv": "source,target,distance_km\nfarm,mill,1\n"},
         "distances.csv, row 2, target", "unknown enterprise 'mill'", "name an enterprise"),
    # shape
    Case("a missing column", changed("flows.csv", "amount", "ammount"),
         "flows.csv", "column 'amount' is missing", "did you mean 'ammount'"),
    Case("a column twice", changed("flows.csv", "low,high", "low,low"),
         "flows.csv, row 1, low", "column 'low' stands here twice", "keep one"),
    Case("a row too short", changed("flows.csv", "10,t/day,,,", "10,t/day"),
         "flows.csv, row 3", "6 cells where the header has 9", "commas"),
    Case("a row too long", changed("flows.csv", "10,t/day,,,", "10,t/day,,,,,x"),
         "flows.csv, row 3", "11 cells where the header has 9", "commas"),
    Case("a quote never closed", changed("flows.csv", "=SUM(A1)", '"=SUM(A1)'),
         "flows.csv, row 2", "not CSV: unexpected end of data", "quotes"),
    Case("semicolons", {"flows.csv": GOOD["flows.csv"].replace(",", ";")},
         "flows.csv, row 1", "one column", "by commas"),
    Case("an empty file", {"flows.csv": ""},
         "flows.csv", "there is no header row", "column names in row 1"),
    Case("an empty optional file", {"processes.csv": ""},
         "processes.csv", "there is no header row", "column names in row 1"),
    Case("no enterprises", {"enterprises.csv": "id,name\n", "processes.csv": "id,enterprise\n",
                            "flows.csv": FLOWS_HEADER, "qualities.csv": "flow,property\n"},
         "enterprises.csv", "no enterprises", "add a row"),
    # encodings
    Case("GBK", {"enterprises.csv": GOOD["enterprises.csv"].encode("gbk")},
         "enterprises.csv, row 2", "is not UTF-8", "GBK"),
    Case("UTF-16", {"enterprises.csv": GOOD["enterprises.csv"].encode("utf-16")},
         "enterprises.csv", "it is UTF-16", "save it as CSV UTF-8"),
    Case("NUL characters", changed("flows.csv", "=SUM", "\x00SUM"),
         "flows.csv", "NUL characters", "save it as CSV UTF-8"),
    # park.toml
    Case("broken TOML", {"park.toml": "title = Two works\n"},
         "park.toml", "not TOML", "double quotes"),
    Case("TOML in GBK", {"park.toml": 'title = "啤酒"\n'.encode("gbk")},
         "park.toml", "it is not UTF-8", "save it as UTF-8"),
    Case("TOML too deep", {"park.toml": "a = " + "[" * 5000 + "]" * 5000},
         "park.toml", "not TOML", "double quotes"),
    Case("an unknown setting", changed("park.toml", "carbon_price", "carbon_prise"),
         "park.toml, settings, carbon_prise", "unknown setting 'carbon_prise'",
         "did you mean 'carbon_price'?"),
    Case("a setting of another kind", changed("park.toml", "carbon_price = 60", 'seed = "x"'),
         "park.toml, settings, seed", "'x' is not a number", "write a number"),
    Case("a setting out of range", changed("park.toml", "carbon_price = 60", "detour = 0.5"),
         "park.toml, settings, detour", "0.5 is out of range", "at least 1"),
    Case("an allocation unknown", changed("park.toml", "carbon_price = 60", 'allocation = "ccf"'),
         "park.toml, settings, allocation", "unknown word 'ccf'", "did you mean 'cff'?"),
    Case("a currency that is none", changed("park.toml", '"CNY"', '"yuan"'),
         "park.toml, currency", "'yuan' is not a currency", "ISO 4217"),
    Case("a title that is a number", changed("park.toml", '"Two works"', "7"),
         "park.toml, title", "7 is not text", "quotes"),
    # datapackage.json
    Case("a path out of the folder", {"datapackage.json": '{"resources": [{"path": "../x.csv"}]}'},
         "datapackage.json, resources[0], path", "'../x.csv' does not stay in the folder", "name"),
    Case("an absolute path", {"datapackage.json": '{"resources": [{"path": "/etc/passwd"}]}'},
         "datapackage.json, resources[0], path", "'/etc/passwd' does not stay", "name"),
    Case("a drive", {"datapackage.json": '{"resources": [{"path": ["C:\\\\x.csv"]}]}'},
         "datapackage.json, resources[0], path", "does not stay", "name"),
    Case("an address", {"datapackage.json": '{"resources": [{"path": "https://a.example/x"}]}'},
         "datapackage.json, resources[0], path", "does not stay", "name"),
    Case("broken JSON", {"datapackage.json": "{"},
         "datapackage.json", "not JSON", "leave it out"),
    Case("JSON too deep", {"datapackage.json": "[" * 100_000},
         "datapackage.json", "not JSON", "leave it out"),
)  # fmt: skip


def park_folder(folder: Path, edit: Edit) -> Path:
    """Write the good park with some of its files replaced."""
    for name, content in {**GOOD, **edit}.items():
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(raw)
    return folder


def problems(path: Path) -> list[tuple[str, str, str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SymbiosisWarning)
        with pytest.raises(InvalidData) as raised:
            read_park(path, CATALOGUE)
    return [(problem.where, problem.what, problem.remedy) for problem in raised.value.problems]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.sentence)
def test_a_malformed_park_is_told_where_and_what_to_do(case: Case, tmp_path: Path) -> None:
    found = problems(park_folder(tmp_path, case.edit))

    assert [where for where, _, _ in found] == [case.where]
    assert case.what in found[0][1]
    assert case.remedy in found[0][2]


def good(folder: Path) -> Park:
    return read_park(park_folder(folder, {}), CATALOGUE)


def test_the_good_park_is_good(tmp_path: Path) -> None:
    flows = good(tmp_path).flows.set_index("id")

    assert flows["amount"].to_dict() == pytest.approx(
        {"f1": 3000, "f2": 3650, "f3": 2 * 3.6 * 8000, "f4": 100, "f5": 3000}
    )
    assert flows["low"]["f1"] == pytest.approx(2000)
    assert flows["citation"]["f1"] == "=SUM(A1)"


def test_all_problems_of_all_files_are_told_at_once_in_order(tmp_path: Path) -> None:
    edit = {
        "flows.csv": GOOD["flows.csv"].replace("kt/year", "kx").replace("farm,feed", "farm,fed"),
        "qualities.csv": GOOD["qualities.csv"].replace("degC,40", "degC,-300"),
        "park.toml": 'currency = "x"\n[settings]\nspeed = 1\n',
        "enterprises.csv": GOOD["enterprises.csv"].replace("26.6", "266"),
        "datapackage.json": '{"resources": [{"path": "/x"}]}',
        "markets.csv": "boundary,resource\n@sales\n",
    }

    found = problems(park_folder(tmp_path, edit))

    assert [where for where, _, _ in found] == [
        "datapackage.json, resources[0], path",
        "markets.csv, row 2",
        "park.toml, currency",
        "park.toml, settings, speed",
        "enterprises.csv, row 3, latitude",
        "flows.csv, row 2, unit",
        "flows.csv, row 3, resource",
        "qualities.csv, row 5, value",
    ]


def test_a_table_that_cannot_be_read_is_told_once_and_not_for_every_name_in_it(
    tmp_path: Path,
) -> None:
    found = problems(park_folder(tmp_path, {"enterprises.csv": b"id,name\n\xff\xfe,x\n"}))

    assert [where for where, _, _ in found] == ["enterprises.csv, row 2"]


def test_rows_are_counted_in_lines_of_the_file(tmp_path: Path) -> None:
    lines = 'f0,mash,@disposal,grain,1,t,,,"a note\nin two lines"\n\nf1,'
    found = problems(park_folder(tmp_path, changed("flows.csv", "f1,", lines) | {
        "qualities.csv": "flow,property\nf9,moisture\n"
    }))  # fmt: skip
    late = problems(park_folder(tmp_path, {
        "flows.csv": GOOD["flows.csv"].replace("f1,", lines, 1).replace("feed,10", "feed,-10"),
    }))  # fmt: skip

    assert found[0][0] == "qualities.csv, row 2, flow"
    assert late[0][0] == "flows.csv, row 6, amount"


def test_a_mark_before_the_text_as_excel_writes_it_is_no_fault(tmp_path: Path) -> None:
    edit = {name: "\ufeff" + content for name, content in GOOD.items()}

    assert read_park(park_folder(tmp_path, edit), CATALOGUE) == good(tmp_path)


def test_blank_rows_spaces_and_trailing_commas_are_no_fault(tmp_path: Path) -> None:
    rows = [f" {row} ,," for row in GOOD["flows.csv"].splitlines()]
    edit = {"flows.csv": "\r\n".join([*rows, ",,,", ""])}

    assert read_park(park_folder(tmp_path, edit), CATALOGUE) == good(tmp_path)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(A1)", "\u202eabc"])
def test_texts_like_formulas_stay_texts(text: str, tmp_path: Path) -> None:
    edit = changed("enterprises.csv", "Brewery", text)
    park = read_park(park_folder(tmp_path, edit), CATALOGUE)

    for target in (tmp_path / "again", tmp_path / "again.xlsx"):
        write_park(park, target)
        assert read_park(target, CATALOGUE).enterprises["name"][0] == text


def test_unknown_columns_are_left_out_with_one_warning_for_the_table(tmp_path: Path) -> None:
    header = "id,name,name_zh,latitude,longitude\n"
    plain = changed("enterprises.csv", header, header.replace("name_zh", "colour"))

    with pytest.warns(UnknownColumns, match=r"enterprises\.csv: left out unknown columns 'colour'"):
        park = read_park(park_folder(tmp_path, plain), CATALOGUE)

    assert "colour" not in park.enterprises


def test_other_files_in_the_folder_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "periods.csv").write_text("period,hours\n")

    assert len(good(tmp_path).flows) == 5


# what is no park at all

Make = Callable[[Path], Path]


def nowhere(folder: Path) -> Path:
    return folder / "nowhere"


def empty_folder(folder: Path) -> Path:
    return folder


def one_table(folder: Path) -> Path:
    return park_folder(folder, {}) / "flows.csv"


def table_that_is_a_folder(folder: Path) -> Path:
    (park_folder(folder, {}) / "flows.csv").unlink()
    (folder / "flows.csv").mkdir()
    return folder


def two_forms(folder: Path) -> Path:
    write_park(good(folder), folder / "other", form="parquet")
    shutil.copy(folder / "other" / "flows.parquet", folder)
    return folder


def missing_table(folder: Path) -> Path:
    (park_folder(folder, {}) / "enterprises.csv").unlink()
    return folder


def not_parquet(folder: Path) -> Path:
    write_park(good(folder), folder / "other", form="parquet")
    (folder / "other" / "flows.parquet").write_bytes(b"PAR1 but not really")
    return folder / "other"


def not_a_zip(folder: Path) -> Path:
    (folder / "park.xlsx").write_text("id,name\n")
    return folder / "park.xlsx"


def zip_of_nothing(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "park.xlsx", "w") as archive:
        archive.writestr("hello.txt", "x")
    return folder / "park.xlsx"


def zip_bomb(folder: Path) -> Path:
    file = folder / "park.xlsx"
    write_park(good(folder), file)
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/bomb", "w", force_zip64=True) as bomb,
    ):
        for _ in range(LARGEST_FILE // 2**24 + 1):
            bomb.write(bytes(2**24))
    return file


def far_cell(folder: Path) -> Path:
    file = folder / "park.xlsx"
    write_park(good(folder), folder / "small.xlsx")
    with zipfile.ZipFile(folder / "small.xlsx") as old, zipfile.ZipFile(file, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "xl/worksheets/sheet2.xml":
                cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                content = content.replace(b"</sheetData>", cell)
            new.writestr(entry, content)
    return file


def workbook_without_flows(folder: Path) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(folder / "park.xlsx") as book:
        sheet = book.add_worksheet("enterprises")
        sheet.write_row(0, 0, ["id", "name"])
        sheet.write_row(1, 0, ["a", "A"])
    return folder / "park.xlsx"


@pytest.mark.parametrize(
    ("make", "where", "what", "remedy"),
    [
        (nowhere, "nowhere", "no such park", "name a folder or a workbook"),
        (empty_folder, "", "no park in this folder", "enterprises.csv and flows.csv"),
        (one_table, "flows.csv", "a park is a folder or a workbook", "the folder that holds it"),
        (table_that_is_a_folder, "flows.csv", "cannot be read", "give a CSV file"),
        (two_forms, "", "both CSV and Parquet", "one form"),
        (missing_table, "enterprises.csv", "it is missing", "add it"),
        (not_parquet, "flows.parquet", "not a Parquet file", "write it again"),
        (not_a_zip, "park.xlsx", "not an .xlsx workbook", "save it as .xlsx"),
        (zip_of_nothing, "park.xlsx", "not a workbook", "save it again"),
        (zip_bomb, "park.xlsx", "it unpacks to", "at most"),
        (far_cell, "park.xlsx", "spans 1048576 rows and 16384 columns", "far out"),
        (workbook_without_flows, "flows sheet", "it is missing", "add it"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_is_no_park_is_told_so(
    make: Make, where: str, what: str, remedy: str, tmp_path: Path
) -> None:
    found = problems(make(tmp_path))

    assert len(found) == 1
    assert found[0][0].endswith(where)
    assert what in found[0][1]
    assert remedy in found[0][2]


def test_a_workbook_calls_its_sheets_by_name(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "park.xlsx") as book:
        hosts = book.add_worksheet("enterprises")
        hosts.write_row(0, 0, ["id", "name"])
        hosts.write_row(1, 0, [7, "Seven"])
        flows = book.add_worksheet("flows")
        flows.write_row(0, 0, FLOWS_HEADER.strip().split(","))
        flows.write_row(3, 0, ["f1", "7", "@disposl", "grain", -2, "t"])
        kinds = book.add_worksheet("resources")
        kinds.write_row(0, 0, ["id", "name", "kind", "unit"])
        kinds.write_row(1, 0, ["grain", "grain", "material", "t"])

    found = problems(tmp_path / "park.xlsx")

    assert [where for where, _, _ in found] == [
        "flows sheet, row 4, amount",
        "flows sheet, row 4, target",
    ]
    assert found[0][1] == "'-2' is negative"
    assert found[1][2] == "did you mean '@disposal'?"


def test_a_folder_that_is_no_park_is_not_written_over(tmp_path: Path) -> None:
    park = good(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    (other / "diary.txt").write_text("dear")

    with pytest.raises(InvalidData, match="something other than a park"):
        write_park(park, other)

    assert (other / "diary.txt").read_text() == "dear"


def test_writing_over_a_park_keeps_the_files_that_are_not_ours(tmp_path: Path) -> None:
    park = good(tmp_path)
    (tmp_path / "README.md").write_text("mine")

    write_park(park, tmp_path)

    assert (tmp_path / "README.md").read_text() == "mine"
    assert read_park(tmp_path, CATALOGUE) == park


def test_ten_thousand_faults_are_all_told_and_soon(tmp_path: Path) -> None:
    rows = [f"x{i},mash,nobody{i},grain,-1,t,,," for i in range(10_000)]
    found = problems(park_folder(tmp_path, added("flows.csv", *rows)))

    assert len(found) == 20_000
    assert np.unique([where for where, _, _ in found]).size == 20_000


NASTY = st.sampled_from(
    ["", "-1", "1e400", "nan", "@supply", "@nature", "@sales", "mash", "farm", "brewery", "f1", "t",
     "m3", "K", "degC", "%", "true", "own", "in", "taken", "a>b>c", "{amount}", "{nothing}", "%s",
     '"', "\ud7ff", "=1", "identity", "dry", "heat", "currency", "warmth", "moisture", "CNY/t"]
)  # fmt: skip
CELLS = NASTY | st.text(max_size=6)


def columns_of(name: str) -> list[str]:
    free = {"resources": ["content_mass", "content_Cu"], "pathways": ["removes_cod"]}
    return [column.name for column in TABLES[name].columns] + free.get(name, [])


def problems_or_none(read: Callable[[], Park]) -> tuple[Problem, ...]:
    """Return the problems of a park; any other error is a failure of the test."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SymbiosisWarning)
        try:
            read()
        except InvalidData as error:
            return error.problems
    return ()


@profile(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_stands_in_the_cells_a_park_is_read_or_its_problems_are_told(
    data: st.DataObject,
) -> None:
    tables = {}
    for name in ("enterprises", "flows", *data.draw(st.sets(st.sampled_from(sorted(TABLES))))):
        names = data.draw(st.lists(st.sampled_from(columns_of(name)), unique=True))
        header = sorted({*names, *(c.name for c in TABLES[name].columns if c.needed)})
        rows = st.lists(st.fixed_dictionaries(dict.fromkeys(header, CELLS)), max_size=3)
        tables[name] = data.draw(rows)

    for problem in problems_or_none(lambda: park_of(tables, CATALOGUE)):
        assert problem.where
        assert problem.what


@profile(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(GOOD)), st.integers(0, 400), st.binary(max_size=4))
def test_whatever_bytes_are_put_into_a_file_a_park_is_read_or_its_problems_are_told(
    file: str, position: int, content: bytes
) -> None:
    whole = GOOD[file].encode()
    edit = {file: whole[:position] + content + whole[position + len(content) :]}
    with TemporaryDirectory() as folder:
        path = park_folder(Path(folder), edit)
        for problem in problems_or_none(lambda: read_park(path, CATALOGUE)):
            assert problem.where
            assert problem.what
