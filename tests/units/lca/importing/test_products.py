"""Co-products, credits, inputs left out, large tables."""

from functools import cache
from pathlib import Path

import foreign_files as files
import pandas as pd
import pytest

from symbiosis.catalogue import datasets_folder, read_catalogue
from symbiosis.errors import InvalidData
from symbiosis.lca import factors, read_inventory
from symbiosis.lca.importing import Import, import_inventory, write


@cache
def resources() -> pd.DataFrame:
    return read_catalogue().resources


def brought_in(path: Path, cut_off: bool = False) -> Import:
    return import_inventory(
        [path],
        path.parent / "out",
        datasets=datasets_folder(),
        resources=resources(),
        cut_off=cut_off,
    )


def scores(found: Import) -> "pd.Series[float]":
    """Return kg CO2e per unit of each product, by its name."""
    names = found.inventory.activities.set_index("id")["product_name"]
    table = factors(found.inventory, "Guizhou", None)
    table = table[table["boundary"].ne("@nature")]
    return table.set_index(table["resource"].map(names))["value"] * 1000


CELL = """Process

Process name
cell

Products
chlorine;kg;1,0;40;not defined;x;
caustic soda;kg;1,1;60;not defined;x;

Avoided products
coal;kg;0,5;Undefined;0;0;0;

Materials/fuels
electricity;kWh;2*power_use;Undefined;0;0;0;

Emissions to air
Carbon dioxide, fossil;;g;100;Undefined;0;0;0;

Input parameters
power_use;1,25;Undefined;0;0;0;No;

End

"""


def test_simapro_shares_credits_parameters_and_grams_all_count(tmp_path: Path) -> None:
    path = tmp_path / "cell.csv"
    path.write_text(files.simapro_text(CELL), encoding="cp1252")
    found = brought_in(path)
    per = scores(found)
    burden = 2.5 * per["electricity"] - 0.5 * per["coal"] + 0.1

    assert per["chlorine"] == pytest.approx(0.4 * burden)
    assert per["caustic soda"] == pytest.approx(0.6 * burden / 1.1)
    assert found.document["counts"]["formulas"] == 1


def test_ecospold_1_co_products_bear_the_fractions_of_each_exchange(tmp_path: Path) -> None:
    more = (
        '<dataset number="9"><metaInformation><processInformation>'
        '<referenceFunction name="cell" unit="unit"/><geography location="GLO"/>'
        "</processInformation></metaInformation><flowData>"
        '<exchange number="901" name="chlorine" location="GLO" unit="kg" meanValue="1">'
        "<outputGroup>2</outputGroup></exchange>"
        '<exchange number="902" name="caustic soda" location="GLO" unit="kg" meanValue="1.1">'
        "<outputGroup>2</outputGroup></exchange>"
        '<exchange number="1" name="electricity" location="CN-GZ" unit="MJ" meanValue="9">'
        "<inputGroup>5</inputGroup></exchange>"
        '<exchange number="903" name="Carbon dioxide, fossil" category="air" unit="kg" '
        'meanValue="0.1"><outputGroup>4</outputGroup></exchange>'
        + "".join(
            f'<allocation referenceToCoProduct="{product}" fraction="{fraction}">'
            f"<referenceToInputOutput>{exchange}</referenceToInputOutput></allocation>"
            for product, exchange, fraction in (
                *((901, 1, 30.0), (902, 1, 70.0), (901, 903, 100.0), (902, 903, 0.0)),
            )
        )
        + "</flowData></dataset>"
    )
    path = tmp_path / "cell.xml"
    path.write_text(files.ecospold1_text(more), encoding="utf-8")
    per = scores(brought_in(path))

    assert per["chlorine"] == pytest.approx(0.3 * 2.5 * per["electricity"] + 0.1)
    assert per["caustic soda"] == pytest.approx(0.7 * 2.5 * per["electricity"] / 1.1)


def test_an_openlca_process_shares_by_its_own_method(tmp_path: Path) -> None:
    import olca_schema as olca

    def allocate(process: olca.Process) -> None:
        if process.name != "lime kiln":
            return
        first = process.exchanges[0]
        other = olca.Ref(id=files.product_id("coal"), name="coal", ref_type=olca.RefType.Flow)
        other.flow_type = olca.FlowType.PRODUCT_FLOW
        extra = olca.Exchange(
            flow=other, amount=500.0, unit=first.unit, is_input=False, flow_property=None
        )
        process.exchanges.append(extra)
        process.default_allocation_method = olca.AllocationType.ECONOMIC_ALLOCATION
        process.allocation_factors = [
            olca.AllocationFactor(
                allocation_type=olca.AllocationType.ECONOMIC_ALLOCATION, product=flow, value=value
            )
            for flow, value in ((first.flow, 0.75), (other, 0.25))
        ]

    plain = brought_in(files.openlca(tmp_path / "a.zip"))
    (tmp_path / "b").mkdir()
    shared = brought_in(files.openlca(tmp_path / "b" / "b.zip", allocate))

    assert scores(shared)["quicklime"] == pytest.approx(0.75 * scores(plain)["quicklime"])


def test_co_products_of_one_measure_without_shares_bear_by_amount_and_this_is_told(
    tmp_path: Path,
) -> None:
    path = files.sheet_csv(tmp_path / "toy.csv")
    text = path.read_text(encoding="utf-8")
    line = "lime kiln,1000.0,CN,,,production"
    more = f"{line}\nslag,3,CN,tonne,,production"
    path.write_text(text.replace(line, more), encoding="utf-8")
    found = brought_in(path)

    kiln = found.inventory.activities.query("name == 'lime kiln'").set_index("product_name")
    own = found.inventory.exchanges.query("flow == 'carbon_dioxide'").set_index("activity")
    assert own.loc[kiln.loc["quicklime", "id"], "amount"] == pytest.approx(780 / 4000)
    assert own.loc[kiln.loc["slag", "id"], "amount"] == pytest.approx(780 / 4)
    assert any("shared between quicklime, slag by amount" in w for w in found.document["warnings"])


def test_co_products_that_cannot_be_compared_are_refused(tmp_path: Path) -> None:
    path = files.sheet_csv(tmp_path / "toy.csv")
    text = path.read_text(encoding="utf-8")
    line = "lime kiln,1000.0,CN,,,production"
    path.write_text(text.replace(line, f"{line}\nheat,3,CN,MJ,,production"), encoding="utf-8")

    with pytest.raises(InvalidData, match="nothing says how to share"):
        brought_in(path)


def test_inputs_that_nothing_gives_are_left_out_only_when_asked(tmp_path: Path) -> None:
    texts = {
        name: text for name, text in files.ecospold2_texts().items() if files.COAL.key not in name
    }
    found = brought_in(files.zipped(tmp_path / "part.zip", texts), cut_off=True)

    assert found.document["counts"]["unlinked"] == 2
    assert {row["name"] for row in found.document["unlinked"]} == {"coal"}


def test_flows_that_are_none_of_ours_are_listed(tmp_path: Path) -> None:
    path = files.sheet_csv(tmp_path / "toy.csv")
    text = path.read_text(encoding="utf-8").replace("Dinitrogen monoxide", "Dust")
    path.write_text(text, encoding="utf-8")
    found = brought_in(path)

    assert [row["name"] for row in found.document["unmapped_flows"]] == ["Dust"]


def test_two_files_are_linked_to_each_other(tmp_path: Path) -> None:
    texts = files.ecospold2_texts()
    parts = [
        files.zipped(tmp_path / f"{n}.zip", {name: text})
        for n, (name, text) in enumerate(texts.items())
    ]
    found = import_inventory(
        parts, tmp_path / "out", datasets=datasets_folder(), resources=resources()
    )

    assert found.document["counts"]["activities"] == 4
    assert found.document["counts"]["unlinked"] == 0


def test_a_long_table_is_kept_in_columns_and_read_back_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = files.sheet_csv(tmp_path / "toy.csv")
    short = scores(brought_in(path))
    monkeypatch.setattr(write, "LONG", 3)
    found = brought_in(path)
    again = read_inventory(tmp_path / "out")

    assert (tmp_path / "out" / "exchanges.parquet").exists()
    assert not (tmp_path / "out" / "exchanges.csv").exists()
    names = again.activities.set_index("id")["product_name"]
    table = factors(again, "Guizhou", None).query("boundary != '@nature'")
    read = table.set_index(table["resource"].map(names))["value"] * 1000
    assert read.to_dict() == pytest.approx(short.to_dict())
    assert len(found.inventory.exchanges) == len(again.exchanges)
