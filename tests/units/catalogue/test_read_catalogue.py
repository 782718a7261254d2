from pathlib import Path

import pytest

from symbiosis.catalogue import CATALOGUE_TABLES, datasets_folder, read_catalogue
from symbiosis.errors import InvalidData

FILES = {
    "sources": "id,title,address,year,access\nS1,A paper,,2020,\n",
    "properties": "id,name,name_zh,unit,mixes\nph,pH,酸碱度,1,pairwise\n",
    "modes": "kind,mode,resource,default,max_distance_km,loss_per_km,grade,citation\n"
    "material,road,transport_road,true,300,,official,S1\n",
    "resources": "id,name,name_zh,kind,unit,formula,content_mass,content_C,grade,citation\n"
    "limestone,Limestone,石灰石,material,t,CaCO3,1,0.12,derived,S1\n"
    "quicklime,Quicklime,生石灰,material,t,CaO,1,,derived,S1\n"
    "tyre,Tyre,轮胎,material,t,,1,,derived,S1\n"
    "electricity,Electricity,电力,electricity,MWh,,,,derived,S1\n"
    "transport_road,Road,公路,service,t*km,,,,derived,S1\n",
    "pathways": "id,takes,gives,yield,removes_ph,mode,grade,citation\n"
    "burning,limestone,quicklime,0.56,,road,official,S1\n",
    "pathway_flows": "pathway,direction,boundary,resource,amount,unit,low,high,grade,citation\n"
    "burning,in,@supply,electricity,20,kWh,10,30,official,S1\n",
    "pathway_limits": "pathway,property,maximum,grade,citation\nburning,ph,9,official,S1\n",
    "factors": "boundary,resource,indicator,value,unit,low,high,grade,citation\n"
    "@supply,electricity,cost,0.5,CNY/kWh,0.4,0.6,official,S1\n"
    "@supply,quicklime,gwp100,1200,kg CO2e/t,,,official,S1\n"
    "@supply,transport_road,cost,0.4,CNY/(t*km),,,official,S1\n",
    "currencies": "currency,cny_per_unit,year,grade,citation\nCNY,1,2024,derived,S1\n",
    "figures": "table,id,column,value,unit,grade,citation\n",
}


def _folder(folder: Path, **changed: str) -> Path:
    for name, text in (FILES | changed).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def _problems(folder: Path) -> list[str]:
    with pytest.raises(InvalidData) as error:
        read_catalogue(folder)
    return [str(problem) for problem in error.value.problems]


def test_factors_are_read_per_unit_of_their_resource(tmp_path: Path) -> None:
    factors = read_catalogue(_folder(tmp_path)).factors.set_index("resource")

    assert factors.loc["electricity", "value"] == pytest.approx(500.0)
    assert factors.loc["electricity", ["low", "high"]].tolist() == pytest.approx([400.0, 600.0])
    assert factors.loc["quicklime", "value"] == pytest.approx(1.2)
    assert factors["unit"].tolist() == ["CNY/MWh", "t CO2e/t", "CNY/(t*km)"]


def test_flows_of_pathways_are_read_in_the_unit_of_their_resource(tmp_path: Path) -> None:
    flow = read_catalogue(_folder(tmp_path)).pathway_flows.iloc[0]

    assert flow[["amount", "low", "high"]].tolist() == pytest.approx([0.02, 0.01, 0.03])
    assert flow["unit"] == "MWh"


def test_what_a_pathway_leaves_blank_has_its_default(tmp_path: Path) -> None:
    pathway = read_catalogue(_folder(tmp_path)).pathways.iloc[0]

    assert (pathway["replaces"], pathway["ratio"], pathway["site"]) == ("quicklime", 1.0, "taker")
    assert pathway["removes_ph"] == 0.0


def test_a_composition_that_is_given_is_the_whole(tmp_path: Path) -> None:
    resources = read_catalogue(_folder(tmp_path)).resources.set_index("id")

    assert resources.loc["quicklime", "content_C"] == 0.0
    assert resources["content_C"].isna()[["tyre", "electricity"]].all()


def test_every_table_has_its_declared_columns(tmp_path: Path) -> None:
    catalogue = read_catalogue(_folder(tmp_path))

    for name, table in CATALOGUE_TABLES.items():
        declared = [column.name for column in table.columns]
        assert [*getattr(catalogue, name)][: len(declared)] == declared


def test_all_problems_are_in_one_error(tmp_path: Path) -> None:
    header = "id,takes,gives,yield,site,grade,low,high,citation\n"
    folder = _folder(
        tmp_path,
        pathways=header
        + "burning,limestone,quicklim,0.56,taker,official,,,S1\n"
        + "burning,limestone,quicklime,some,moon,guessed,,,S9\n"
        + "milling,limestone,quicklime,0.5,taker,unverified,0.6,,\n",
    )

    assert _problems(folder) == [
        "catalogue/pathways.csv, row 3, yield: 'some' is not a number (write a number)",
        "catalogue/pathways.csv, row 3, yield: blank (fill it in)",
        "catalogue/pathways.csv, row 3, id: 'burning' stands twice (keep one row)",
        "catalogue/pathways.csv, row 4, citation: no citation (say how it is known)",
        "catalogue/pathways.csv, row 3, grade: unknown 'guessed' "
        "(add it, or name one that is there)",
        "catalogue/pathways.csv, row 3, citation: unknown 'S9' (add it, or name one that is there)",
        "catalogue/pathways.csv, row 2, gives: unknown 'quicklim' (did you mean 'quicklime'?)",
        "catalogue/pathways.csv, row 2, replaces: unknown 'quicklim' (did you mean 'quicklime'?)",
        "catalogue/pathways.csv, row 3, site: unknown 'moon' (add it, or name one that is there)",
        "catalogue/pathways.csv, row 4, yield: 0.5 is not between 0.6 and nan "
        "(put low, value and high in order)",
        "catalogue/pathways.csv, row 4, yield: an unverified number without low and high "
        "(give the range it may lie in)",
    ]


def test_a_unit_of_another_dimension_is_a_problem_where_it_stands(tmp_path: Path) -> None:
    folder = _folder(
        tmp_path,
        factors="boundary,resource,indicator,value,unit,grade,citation\n"
        "@supply,electricity,cost,1,CNY/kWh,official,S1\n"
        "@supply,electricity,gwp100,1,kg CO2e/t,official,S1\n",
    )

    (problem,) = _problems(folder)

    assert problem.startswith("catalogue/factors.csv, row 3, unit: 'kg CO2e/t'")


def test_a_boolean_is_true_or_false(tmp_path: Path) -> None:
    modes = FILES["modes"].replace("true", "yes")

    (problem,) = _problems(_folder(tmp_path, modes=modes))

    assert problem == "catalogue/modes.csv, row 2, default: 'yes' is not true or false " + (
        "(write true or false)"
    )


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    problems = _problems(_folder(tmp_path, pathway_limits="pathway,grade,citation\n"))

    assert problems[0] == "catalogue/pathway_limits.csv: no column 'property' " + (
        "(add it to the header row)"
    )


def test_a_file_that_is_no_table_is_a_problem(tmp_path: Path) -> None:
    folder = _folder(tmp_path, currencies="")
    (folder / "figures.csv").write_bytes("table,id\n磷石膏,1\n".encode("gbk"))

    problems = _problems(folder)

    assert [problem.split(": cannot be read")[0] for problem in problems] == [
        "catalogue/currencies.csv",
        "catalogue/figures.csv",
    ]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    (problem,) = _problems(tmp_path / "nowhere")

    assert "nowhere: no such folder" in problem


def test_the_catalogue_that_ships_reads_without_a_problem() -> None:
    catalogue = read_catalogue()

    assert len(catalogue.pathways) >= 25
    assert catalogue.factors["unit"].str.startswith("CNY/").all()


@pytest.mark.parametrize("name", CATALOGUE_TABLES)
def test_no_column_of_the_catalogue_that_ships_is_left_out(name: str) -> None:
    file = datasets_folder() / "catalogue" / f"{name}.csv"
    header = file.read_text(encoding="utf-8").splitlines()[0].split(",")

    assert set(header) <= {*getattr(read_catalogue(), name)}
