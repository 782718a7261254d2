"""The explorer's page, run for real: both languages, both objectives, and what it refuses."""

import os
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

EXPLORER = Path(__file__).resolve().parents[2] / "apps" / "explorer"

FILES = {
    "park.toml": """
title = "Two works [x](http://example.invalid) $a$ *b*"
currency = "CNY"
year = 2025
""",
    "enterprises.csv": """id,name,name_zh,latitude,longitude
brewery,Brewery,啤酒厂,26.5,107.5
farm,Farm,农场,26.51,107.51
""",
    "resources.csv": """id,name,name_zh,kind,unit
grain,spent grain,麦糟,material,t
""",
    "flows.csv": """id,source,target,resource,amount,unit,unit_cost,low,high
left,brewery,@disposal,grain,3000,t,40,2000,4000
needed,@supply,farm,grain,2000,t,300,,
""",
    "factors.csv": """boundary,resource,indicator,value,unit
@supply,grain,gwp100,0.3,t CO2e/t
@disposal,grain,gwp100,0.1,t CO2e/t
""",
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return the folder of a park of one exchange."""
    folder = tmp_path / "two_works"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def explorer(monkeypatch: pytest.MonkeyPatch, park: object, /, **address: str) -> AppTest:
    """Return the page as it is after its first run on a park under an address."""
    monkeypatch.setattr(sys, "argv", [str(EXPLORER / "app.py"), str(park)])
    app = AppTest.from_file(str(EXPLORER / "app.py"), default_timeout=60)
    for key, value in address.items():
        app.query_params[key] = value
    return app.run()


def shown(app: AppTest) -> dict[str, str]:
    """Return the headlines by their title."""
    return {str(metric.label): str(metric.value) for metric in app.metric}


def everything(app: AppTest) -> str:
    """Return all texts of the page but those in tables."""
    kinds = (app.title, app.subheader, app.markdown, app.caption, app.error, app.info)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def test_a_small_park_is_matched_in_english(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = explorer(monkeypatch, small, lang="en")

    assert not app.exception
    # 2000 t are neither bought at 300 nor dumped at 40, less the way between the two.
    assert 600_000 < float(shown(app)["Saves in money"].split()[0].replace(",", "")) <= 680_000
    assert shown(app)["Exchanges"] == "1"
    table = app.dataframe[0].value
    assert list(table["From"]) == ["Brewery"]
    assert list(table["To"]) == ["Farm"]
    assert list(table["Resource"]) == ["spent grain"]


def test_a_small_park_is_matched_in_chinese(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = explorer(monkeypatch, small, lang="zh")

    assert not app.exception
    assert shown(app)["节约资金"].endswith("万元/年")
    table = app.dataframe[0].value
    assert list(table["供方"]) == ["啤酒厂"]
    assert list(table["受方"]) == ["农场"]
    assert list(table["资源"]) == ["麦糟"]


def test_no_english_sentence_is_left_on_the_chinese_page(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    english, chinese = (explorer(monkeypatch, small, lang=tag) for tag in ("en", "zh"))
    own = {"Two works", "@disposal"}

    lines = {line for line in everything(english).splitlines() if len(line) > 12}
    repeated = {line for line in lines if line in everything(chinese)}

    assert len(lines) > 5
    assert {line for line in repeated if not any(text in line for text in own)} == set()
    for widget in (*chinese.sidebar.radio, *chinese.sidebar.slider, *chinese.sidebar.selectbox):
        assert not widget.label.isascii(), widget.label


def test_the_language_may_be_changed_on_the_page(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = explorer(monkeypatch, small, lang="en")

    app.sidebar.segmented_control(key="lang").set_value("zh").run()

    assert "节约资金" in shown(app)
    assert app.query_params["lang"] == "zh"


def test_the_carbon_price_goes_into_the_address_and_the_settings(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = explorer(monkeypatch, small, lang="en")

    app.sidebar.slider(key="carbon_price").set_value(80.0).run()

    assert not app.exception
    assert app.query_params["carbon_price"] == "80"
    again = explorer(monkeypatch, small, lang="en", carbon_price="80")
    assert again.sidebar.slider(key="carbon_price").value == 80.0


def test_carbon_instead_of_cost_chooses_what_saves_most_carbon(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    factors = (small / "factors.csv").read_text(encoding="utf-8")
    (small / "factors.csv").write_text(factors.replace("0.3,", "-5,"), encoding="utf-8")

    cost = explorer(monkeypatch, small, lang="en")
    carbon = explorer(monkeypatch, small, lang="en", objective="gwp100")

    assert shown(cost)["Exchanges"] == "1"
    assert shown(carbon)["Exchanges"] == "0"
    assert any("No exchange saves more than it costs" in str(note.value) for note in carbon.info)
    assert carbon.sidebar.slider(key="carbon_price").disabled


@pytest.mark.parametrize(
    ("key", "value"),
    [("objective", "luck"), ("carbon_price", "-1"), ("carbon_price", "nan"), ("park", "/etc")],
)
def test_nonsense_in_the_address_counts_as_absent(
    small: Path, monkeypatch: pytest.MonkeyPatch, key: str, value: str
) -> None:
    app = explorer(monkeypatch, small, lang="en", **{key: value})

    assert not app.exception
    assert not app.error
    assert shown(app)["Exchanges"] == "1"


def test_an_edited_park_is_read_again(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = explorer(monkeypatch, small, lang="en")
    flows = small / "flows.csv"
    flows.write_text(
        flows.read_text(encoding="utf-8")
        .replace("needed", "wanted")
        .replace("2000,t,300", "1000,t,300"),
        encoding="utf-8",
    )
    later = flows.stat().st_mtime + 5
    os.utime(flows, (later, later))

    before = shown(app)["Saves in money"]
    after = shown(app.run())["Saves in money"]

    assert before != after


def test_an_unknown_park_is_an_error_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    app = explorer(monkeypatch, "no *such* [park](http://example.invalid)", lang="en")

    assert not app.exception
    assert len(app.error) == 1
    text = str(app.error[0].value)
    assert "no such park" in text
    assert "\\[park\\]" in text  # escaped: neither link nor emphasis
    assert "\\*such\\*" in text


def test_every_fault_of_a_broken_park_is_listed(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flows = (small / "flows.csv").read_text(encoding="utf-8")
    broken = flows.replace("farm,grain,2000", "frm,grain,-5")
    (small / "flows.csv").write_text(broken, encoding="utf-8")

    app = explorer(monkeypatch, small, lang="en")

    assert not app.exception
    text = str(app.error[0].value).replace("\\", "")
    assert "frm" in text
    assert "-5" in text


def test_a_park_is_named_as_it_stands_and_not_as_markdown(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = explorer(monkeypatch, small, lang="en")

    assert "\\[x\\]\\(http" in str(app.title[0].value)
    assert "\\$a\\$ \\*b\\*" in str(app.title[0].value)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_shipped_park_is_shown_whole(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = explorer(monkeypatch, "qiannan", lang=language)

    assert not app.exception
    assert not app.error
    assert len(app.metric) == 6
    assert len(app.dataframe) == 2
    assert len(app.dataframe[0].value) > 20  # exchanges
    assert len(app.dataframe[1].value) > 20  # nearest misses, with reasons
    reasons = app.dataframe[1].value["Reason" if language == "en" else "原因"]
    assert reasons.str.len().min() > 3
    assert len(app.get("plotly_chart")) >= 3  # the network, and flows by kind
    assert len(app.get("download_button")) == 1
