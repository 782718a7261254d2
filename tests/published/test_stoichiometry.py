"""Published stoichiometry against the contents and yields that ship, by molar masses of the test.

Standard atomic weights: IUPAC 2021, conventional values. Every ratio is derived twice: from the
formula, by the atoms, and from the contents of the catalogue that balances and accounts use.
"""

import re
from functools import cache

import pandas as pd
import pytest

from symbiosis.catalogue import Catalogue, park_folder
from symbiosis.io import read_park
from symbiosis.model import Park
from tests.matching_parks import shipped

ATOMS = {
    "H": 1.008,
    "Li": 6.94,
    "C": 12.011,
    "N": 14.007,
    "O": 15.999,
    "F": 18.998,
    "Na": 22.990,
    "Al": 26.982,
    "Si": 28.085,
    "P": 30.974,
    "S": 32.06,
    "Cl": 35.45,
    "Ca": 40.078,
    "Ti": 47.867,
    "Fe": 55.845,
    "Ar": 39.95,
    "K": 39.098,
    "V": 50.942,
    "Mn": 54.938,
    "Co": 58.933,
    "Ni": 58.693,
    "Cu": 63.546,
    "Mo": 95.95,
}
WATER = ATOMS["O"] + 2 * ATOMS["H"]
_TOKEN = re.compile(r"([A-Z][a-z]?)(\d*)|(\()|\)(\d*)")


def atoms(formula: str) -> dict[str, float]:
    """Return how many atoms of each element a formula such as ``FeSO4.7H2O`` counts."""
    count: dict[str, float] = {}
    salt, _, crystal = formula.partition(".")
    for part in (salt, crystal):
        lead = re.match(r"\d*\.?\d*", part)
        assert lead is not None
        for element, number in _within(part[lead.end() :]).items():
            count[element] = count.get(element, 0.0) + number * float(lead[0] or 1)
    return count


def _within(text: str) -> dict[str, float]:
    levels: list[dict[str, float]] = [{}]
    for element, number, opens, times in _TOKEN.findall(text):
        if element:
            levels[-1][element] = levels[-1].get(element, 0.0) + float(number or 1)
        elif opens:
            levels.append({})
        else:
            for inner, many in levels.pop().items():
                levels[-1][inner] = levels[-1].get(inner, 0.0) + many * float(times or 1)
    return levels[0]


def molar_mass(formula: str) -> float:
    """Return the molar mass [g/mol]."""
    return sum(ATOMS[element] * number for element, number in atoms(formula).items())


@cache
def contents() -> pd.DataFrame:
    """Return t of each element per t of resource."""
    known: Catalogue = shipped()
    table = known.resources.set_index("id")
    shares = table[[f"content_{e}" for e in ATOMS if f"content_{e}" in table]].fillna(0.0)
    return shares.div(table["content_mass"], axis=0).rename(columns=lambda c: c.split("_")[1])


@cache
def qiannan() -> Park:
    return read_park(park_folder("qiannan"), shipped())


def pure() -> list[tuple[str, str]]:
    """Return the resources whose contents are those of one formula, and the formula."""
    table = shipped().resources
    own = pd.read_csv(park_folder("qiannan").parents[1] / "catalogue" / "resources.csv")
    formulas = own.set_index("id")["formula"]
    rows = table[(table["kind"].isin(["material", "gas"])) & (table["grade"] == "derived")]
    found = [(r, str(formulas.get(r))) for r in rows["id"] if isinstance(formulas.get(r), str)]
    return [(r, f) for r, f in found if not r.startswith("spent_")]


def test_a_formula_is_read_with_brackets_and_crystal_water() -> None:
    assert molar_mass("FeSO4.7H2O") == pytest.approx(278.01, abs=0.01)
    assert molar_mass("(NH4)2SO4") == pytest.approx(132.13, abs=0.01)
    assert molar_mass("CaSO4.0.5H2O") == pytest.approx(145.15, abs=0.01)
    assert atoms("Ca(OH)2") == {"Ca": 1, "O": 2, "H": 2}


def test_enough_resources_stand_for_a_formula() -> None:
    assert len(pure()) >= 30


@pytest.mark.parametrize(("resource", "formula"), pure())
def test_contents_follow_from_the_formula(resource: str, formula: str) -> None:
    held = contents().loc[resource]
    mass, count = molar_mass(formula), atoms(formula)
    shares = {e: held[e] * mass / (ATOMS[e] * count[e]) for e in held.index if count.get(e)}

    strange = [e for e in held.index if held[e] > 0 and e not in count]

    assert strange == []
    assert max(shares.values(), default=1.0) <= 1.0005
    # Below one throughout, and alike, where the product is sold below 100 %.
    assert max(shares.values(), default=1.0) - min(shares.values(), default=1.0) < 0.001
    assert min(shares.values(), default=1.0) > 0.15


def test_copperas_needed_for_iron_phosphate_is_as_published() -> None:
    """1.8434 t FeSO4.7H2O per t FePO4: the iron of one is the iron of the other."""
    by_atoms = molar_mass("FeSO4.7H2O") / molar_mass("FePO4")
    by_contents = (
        contents().loc["iron_phosphate", "Fe"]
        / (contents().loc["ferrous_sulfate_heptahydrate", "Fe"])
    )

    assert by_atoms == pytest.approx(1.8434, abs=5e-5)
    assert by_contents == pytest.approx(1.8434, abs=5e-5)


def test_the_pathway_makes_no_more_iron_phosphate_than_copperas_has_iron() -> None:
    pathways = shipped().pathways.set_index("id")
    made = pathways.loc["ferrous_sulfate_to_iron_phosphate"]

    for column in ("yield", "low", "high"):
        assert 0.8 / 1.8434 < made[column] <= 1.0001 / 1.8434


@pytest.mark.parametrize(
    ("precursor", "formula", "moles", "element", "published"),
    [
        ("iron_phosphate", "FePO4", 1, "Fe", 0.956),
        ("iron_phosphate", "FePO4", 1, "P", 0.956),
        ("lithium_carbonate", "Li2CO3", 0.5, "Li", 0.234),
    ],
)
def test_precursors_of_the_cathode_are_as_published(
    precursor: str, formula: str, moles: float, element: str, published: float
) -> None:
    by_atoms = moles * molar_mass(formula) / molar_mass("LiFePO4")
    held = contents()[element]

    assert by_atoms == pytest.approx(published, abs=5e-4)
    assert held["lithium_iron_phosphate"] / held[precursor] == pytest.approx(published, abs=5e-4)


def test_the_cathode_works_of_qiannan_takes_its_precursors_in_that_ratio() -> None:
    flows = qiannan().flows
    into = flows[flows["target"] == "lfp"].groupby("resource")["amount"].sum()
    made = flows.loc[
        (flows["source"] == "lfp") & (flows["resource"] == "lithium_iron_phosphate"), "amount"
    ].sum()

    assert into["iron_phosphate"] / made == pytest.approx(0.956, abs=5e-4)
    assert into["lithium_carbonate"] / made == pytest.approx(0.234, abs=0.01)  # some is lost


def test_sulfuric_acid_from_pure_dihydrate_is_as_published() -> None:
    """At most 0.5697 t H2SO4 per t CaSO4.2H2O: the sulfur of one is the sulfur of the other."""
    by_atoms = molar_mass("H2SO4") / molar_mass("CaSO4.2H2O")
    sulfur = ATOMS["S"] / molar_mass("CaSO4.2H2O")

    assert by_atoms == pytest.approx(0.5697, abs=1e-4)
    assert sulfur / contents().loc["sulfuric_acid", "S"] == pytest.approx(0.5697, abs=1e-4)


def test_phosphogypsum_gives_no_more_acid_than_the_dihydrate_in_it() -> None:
    pathways = shipped().pathways.set_index("id")
    dihydrate = contents().loc["phosphogypsum", "S"] * molar_mass("CaSO4.2H2O") / ATOMS["S"]
    made = pathways.loc["phosphogypsum_to_acid_and_cement", ["yield", "low", "high"]].astype(float)

    assert 0.5 < dihydrate < 0.8  # a fifth is free moisture
    assert made["yield"] <= 0.5697 * dihydrate
    assert (made.dropna() <= 0.5697 * dihydrate * 1.0001).all()


def test_hydrogen_of_the_chlor_alkali_line_is_as_published() -> None:
    """25.2 kg H2 per t NaOH: half a mole of hydrogen for each mole of sodium."""
    by_atoms = 0.5 * molar_mass("H2") / molar_mass("NaOH") * 1000
    moles_of_sodium = contents().loc["sodium_hydroxide", "Na"] / ATOMS["Na"]

    assert by_atoms == pytest.approx(25.2, abs=0.05)
    assert moles_of_sodium * molar_mass("H2") / 2 * 1000 == pytest.approx(25.2, abs=0.05)


def test_the_chlor_alkali_line_of_qiannan_makes_chlorine_for_the_hydrogen_it_burns() -> None:
    """Hydrogen and chlorine leave as hydrogen chloride: no hydrogen is credited twice."""
    flows = qiannan().flows
    out = flows[flows["source"] == "chlor_alkali"].groupby("resource")["amount"].sum()
    hydrogen = out["sodium_hydroxide"] * 0.0252
    in_chloride = out["hydrogen_chloride"] * ATOMS["H"] / molar_mass("HCl")

    assert in_chloride == pytest.approx(hydrogen, rel=0.01)
    assert "hydrogen" not in out


def test_crystal_water_of_copperas_is_what_drying_drives_off() -> None:
    """FeSO4.7H2O to FeSO4.H2O: 0.6112 t remain and six moles of water leave."""
    pathways = shipped().pathways.set_index("id")
    left = molar_mass("FeSO4.H2O") / molar_mass("FeSO4.7H2O")
    flows = shipped().pathway_flows
    rows = flows[(flows["pathway"] == "ferrous_sulfate_to_monohydrate")]
    steam = rows.loc[rows["resource"] == "water_vapour", "amount"].sum()

    assert pathways.loc["ferrous_sulfate_to_monohydrate", "yield"] == pytest.approx(left, abs=2e-4)
    assert steam == pytest.approx(6 * WATER / molar_mass("FeSO4.7H2O"), abs=2e-4)
