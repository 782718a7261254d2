from collections.abc import Callable
from pathlib import Path

import pytest

from symbiosis.lca import Inventory, read_inventory

Write = Callable[..., Path]

TABLES = {
    "regions": "id,name_zh,parent\nGLO,世界,\nCN,中国,GLO\nGuizhou,贵州,CN\nHebei,,CN\n",
    "elementary_flows": (
        "id,name,name_zh,unit,catalogue_resource\n"
        "carbon_dioxide,carbon dioxide,二氧化碳,kg,carbon_dioxide\n"
        "co2e_aggregated,aggregated,聚合,kg,\n"
    ),
    "characterisation": (
        "indicator,flow,value,unit,low,high,grade,citation,note\n"
        "gwp100,carbon_dioxide,1,kg CO2e/kg,,,official,S66,\n"
        "gwp100,co2e_aggregated,1,kg CO2e/kg,,,official,definition,\n"
    ),
    "activities": (
        "id,product,boundary,unit,region,year,convention,name,name_zh,kind,grade,low,high,"
        "citation,note\n"
        "power_gz_21,electricity,@supply,MWh,Guizhou,2021,location,a,甲,unit_process,official,,,S,\n"
        "power_gz_23,electricity,@supply,MWh,Guizhou,2023,location,a,甲,unit_process,official,,,S,\n"
        "power_cn_23,electricity,@supply,MWh,CN,2023,location,a,甲,unit_process,official,,,S,\n"
        "power_fp,electricity,@supply,MWh,CN,2024,footprint,a,甲,unit_process,official,,,S,\n"
        "lime_cn,quicklime,@supply,t,CN,,,a,甲,unit_process,unverified,,,S,\n"
        "lime_glo,quicklime,@supply,t,GLO,,,a,甲,aggregated,secondary,,,S,\n"
        "dump,gypsum,@disposal,t,GLO,,,a,甲,aggregated,derived,,,S,\n"
    ),
    "exchanges": (
        "activity,type,flow,boundary,amount,unit,region,low,high,grade,citation,note\n"
        "power_gz_21,biosphere,carbon_dioxide,,600,kg,,,,official,S1,\n"
        "power_gz_23,biosphere,carbon_dioxide,,500,kg,,,,official,S1,\n"
        "power_cn_23,biosphere,carbon_dioxide,,400,kg,,,,official,S1,\n"
        "power_fp,biosphere,co2e_aggregated,,700,kg,,,,official,S8,\n"
        "lime_cn,biosphere,carbon_dioxide,,780,kg,,,,derived,S2,\n"
        "lime_cn,technosphere,electricity,,0.05,MWh,,0.04,0.1,unverified,S3,\n"
        "lime_cn,technosphere,electricity,,0.5,MWh,Guizhou,,,secondary,S2,\n"
        "lime_glo,biosphere,co2e_aggregated,,1190,kg,,1000,1300,secondary,S9,\n"
        "dump,biosphere,co2e_aggregated,,0,kg,,,,derived,rule,\n"
    ),
}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(**changed: str) -> Path:
        for name, text in {**TABLES, **changed}.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return written


@pytest.fixture
def toy(write: Write) -> Inventory:
    return read_inventory(write())


@pytest.fixture
def tables() -> dict[str, str]:
    return dict(TABLES)
