from pathlib import Path

import pytest

from symbiosis.errors import InvalidData
from symbiosis.io import Change, limits_frame, read_scenario

GOOD = """
name = "dear carbon"
[settings]
carbon_price = 200
transport_cost = {road = 0.5}
[[limits]]
scope = "park"
measure = "discarded"
resource = "gypsum"
maximum = 5
[[limits]]
id = "water"
measure = "bought"
minimum = 0.5
[[changes]]
table = "flows"
id = "f1"
column = "amount"
times = 0.5
[[changes]]
table = "enterprises"
id = "farm"
remove = true
"""


def scenario(tmp_path: Path, text: str) -> Path:
    (tmp_path / "dear.toml").write_text(text)
    return tmp_path / "dear.toml"


def test_a_scenario_has_a_name_settings_limits_and_changes(tmp_path: Path) -> None:
    found = read_scenario(scenario(tmp_path, GOOD))

    assert found.name == "dear carbon"
    assert found.settings == {"carbon_price": 200, "transport_cost": {"road": 0.5}}
    assert found.limits[["id", "scope", "maximum"]].to_dict("list")["id"] == ["limit-1", "water"]
    assert found.limits["scope"].tolist() == ["park", "park"]
    assert found.changes == (
        Change(table="flows", id="f1", column="amount", act="times", value=0.5),
        Change(table="enterprises", id="farm", act="remove"),
    )


def test_an_empty_scenario_changes_nothing_and_is_called_as_its_file(tmp_path: Path) -> None:
    found = read_scenario(scenario(tmp_path, ""))

    assert (found.name, found.settings, found.changes) == ("dear", {}, ())
    assert found.limits.empty


def test_all_problems_of_a_scenario_are_told_at_once(tmp_path: Path) -> None:
    text = (
        'setings = 1\n[settings]\nspeed = 1\n[[limits]]\nmeasure = "bought"\nmaximum = "much"\n'
        '[[changes]]\ntable = "flow"\nid = "f1"\ncolumn = "amount"\nvalue = 1\n'
        '[[changes]]\ntable = "flows"\nid = "f1"\ncolumn = "amount"\nvalue = "much"\n'
        '[[changes]]\ntable = "flows"\nid = "f1"\ncolumn = "resource"\ntimes = 2\n'
        '[[changes]]\ntable = "flows"\nid = "f1"\ncolumn = "amount"\nvalue = 1\ntimes = 2\n'
    )

    with pytest.raises(InvalidData) as raised:
        read_scenario(scenario(tmp_path, text))

    assert [(p.where, p.what) for p in raised.value.problems] == [
        ("dear.toml, setings", "unknown key 'setings'"),
        ("dear.toml, settings, speed", "unknown setting 'speed'"),
        ("dear.toml, limits[0], maximum", "maximum 'much' is not a number"),
        ("dear.toml, changes[0], table", "unknown table 'flow'"),
        ("dear.toml, changes[1], value", "'much' is not a number"),
        ("dear.toml, changes[2], times", "resource is not a number, it cannot be multiplied"),
        ("dear.toml, changes[3]", "value and times to do"),
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("settings = 1", "1 is not a table"),
        ("limits = 1", "not a list of tables"),
        ("changes = [1]", "not a list of tables"),
        ("a = ", "not TOML"),
    ],
)
def test_a_scenario_of_another_shape_is_told(text: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match=what):
        read_scenario(scenario(tmp_path, text))


def test_no_scenario_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match="no such scenario"):
        read_scenario(tmp_path / "none.toml")


def test_a_limit_with_an_unknown_key_is_told() -> None:
    with pytest.raises(InvalidData, match="did you mean 'maximum'"):
        limits_frame([{"measure": "bought", "maximun": 1}])
