"""Faults planted in a small inventory, each found and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from symbiosis.lca import Inventory, read_inventory
from symbiosis.lca.chemistry import elements
from symbiosis.lca.plausible import implausible

Write = Callable[..., Path]

RESOURCES = pd.DataFrame(
    [
        ("electricity", "MWh", "electricity", None, None),
        ("limestone", "t", "material", 0.12, 0.40),
        ("coal", "t", "material", 0.54, None),
        ("quicklime", "t", "material", None, 0.714),
        ("gypsum", "t", "material", None, 0.23),
    ],
    columns=["id", "unit", "kind", "content_C", "content_Ca"],
)
HEAD = (
    "id,product,boundary,unit,region,year,convention,name,name_zh,kind,grade,low,high,"
    "citation,note\n"
)
ACTIVITIES = (
    "mine,limestone,@supply,t,CN,,,a,甲,aggregated,derived,,,S,\n"
    "pit,coal,@supply,t,CN,,,a,甲,unit_process,derived,,,S,\n"
    "power,electricity,@supply,MWh,CN,,,a,甲,unit_process,derived,,,S,\n"
    "kiln,quicklime,@supply,t,CN,,,a,甲,unit_process,derived,,,S,\n"
    "dump,gypsum,@disposal,t,CN,,,a,甲,unit_process,derived,,,S,\n"
)
ROWS = {
    "mine": "mine,biosphere,co2e_aggregated,,2,kg,,,,derived,S,\n",
    "pit": "pit,technosphere,electricity,,0.03,MWh,,,,derived,S,\n",
    "power": "power,technosphere,coal,,0.45,t,,,,derived,S,\n"
    "power,biosphere,carbon_dioxide,,850,kg,,,,derived,S,\n",
    "stone": "kiln,technosphere,limestone,,1.79,t,,,,derived,S,\n",
    "fuel": "kiln,technosphere,coal,,0.19,t,,,,derived,S,\n",
    "kiln": "kiln,biosphere,carbon_dioxide,,1163,kg,,,,derived,S,\n",
    "dump": "dump,biosphere,carbon_dioxide,,1.5,kg,,,,derived,S,\n",
}


def inventory(write: Write, activities: str = ACTIVITIES, **rows: str) -> Inventory:
    text = "activity,type,flow,boundary,amount,unit,region,low,high,grade,citation,note\n"
    lines = {**ROWS, **rows}
    return read_inventory(
        write(activities=HEAD + activities, exchanges=text + "".join(lines.values()))
    )


def told(found: Inventory, resources: pd.DataFrame = RESOURCES) -> list[str]:
    return [str(problem) for problem in implausible(found, resources)]


def test_a_sound_inventory_has_nothing_to_tell(write: Write) -> None:
    sound = inventory(write)

    assert told(sound) == []
    # a mine and a dump buy no material, so that nothing can be balanced there
    assert set(elements(sound, RESOURCES)["activity"]) == {"power", "kiln"}


def test_a_yield_above_stoichiometry_is_found(write: Write) -> None:
    less = {"stone": ("1.79", "1.3"), "kiln": ("1163", "900")}

    (only,) = told(inventory(write, **{name: ROWS[name].replace(*to) for name, to in less.items()}))

    assert only.startswith("activities.csv, row 5, id: 'kiln' gives 0.714 t of Ca and takes 0.52 t")


def test_the_high_end_of_an_input_counts(write: Write) -> None:
    stone = ROWS["stone"].replace("1.79,t,,,", "1.3,t,,1.2,1.8")

    assert told(inventory(write, stone=stone)) == []


def test_carbon_dioxide_without_its_carbon_is_found(write: Write) -> None:
    (only,) = told(inventory(write, fuel=""))

    assert "'kiln' gives 0.3174 t of C and takes 0.2148 t" in only


def test_a_credit_is_found_and_a_marked_uptake_is_not(write: Write) -> None:
    credit = ROWS["power"] + "power,technosphere,limestone,,-0.01,t,,,,derived,S,taken up\n"
    uptake = ROWS["dump"] + "dump,biosphere,carbon_dioxide,,-5,kg,,,,derived,S,taken up: air\n"

    (only,) = told(inventory(write, power=credit))

    assert only.startswith("exchanges.csv, row 6, amount: -0.01 is negative")
    assert told(inventory(write, dump=uptake)) == []


def test_a_loop_that_consumes_what_it_gives_is_found_once(write: Write) -> None:
    pit = ROWS["pit"].replace("0.03", "2.5")

    (only,) = told(inventory(write, pit=pit))

    assert "pit, power take 1.06 of each unit they give" in only


def test_another_unit_than_the_resource_is_found(write: Write) -> None:
    other = RESOURCES.assign(unit=RESOURCES["unit"].mask(RESOURCES["id"].eq("gypsum"), "m3"))

    (only,) = told(inventory(write), other)

    assert only.startswith("activities.csv, row 6, unit: 't' is not the unit of the resource, m3")
