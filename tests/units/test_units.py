import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbiosis.units import (
    UnitError,
    annual_amounts,
    contained_amounts,
    converted,
    factor_scale,
    is_unit,
    per,
    same_dimension,
)

ONE = np.array([1.0])
EXAMPLES = {"content_mass": 0.0007, "content_energy": 0.036}


@pytest.mark.parametrize(
    ("unit", "resource_unit", "amount"),
    [
        ("t", "t", 1),
        ("t/year", "t", 1),
        ("t/a", "t", 1),
        ("t per year", "t", 1),
        ("kt/yr", "t", 1000),
        ("Mt", "t", 1e6),
        ("kg/d", "t", 0.365),
        ("t/day", "t", 365),
        ("t/week", "t", 365 / 7),
        ("t/month", "t", 12),
        ("万吨/年", "t", 10_000),
        ("亿m3", "m3", 1e8),
        ("m^3/h", "m3", 4000),
        ("m³/day", "m3", 365),
        ("L/s", "m3", 3.6 * 4000),
        ("GJ/h", "GJ", 4000),
        ("MW", "GJ", 3.6 * 4000),
        ("MW", "MWh", 4000),
        ("MWh/day", "MWh", 365),
        ("kW*h/day", "MWh", 0.365),
        ("tce", "GJ", 29.3076),
        ("kgce/h", "GJ", 0.0293076 * 4000),
        ("tkm", "t*km", 1),
        ("t km/a", "t*km", 1),
        ("CNY/month", "CNY", 12),
        ("currency", "currency", 1),
    ],
)
def test_amounts_are_per_year_and_rates_per_hour_run_for_the_operating_hours(
    unit: str, resource_unit: str, amount: float
) -> None:
    found = annual_amounts(ONE, unit, resource_unit, operating_hours=4000.0)

    assert found == pytest.approx([amount], rel=1e-12)


def test_each_row_has_its_own_operating_hours() -> None:
    found = annual_amounts(np.ones(2), "t/h", "t", operating_hours=np.array([8760.0, 100.0]))

    assert found == pytest.approx([8760, 100])


@pytest.mark.parametrize(
    ("unit", "resource_unit", "amount"),
    [("GJ", "Nm3", 1 / 0.036), ("MW", "Nm3", 3.6 * 8760 / 0.036), ("t/day", "Nm3", 365 / 0.0007)],
)
def test_mass_and_energy_reach_a_resource_through_its_contents(
    unit: str, resource_unit: str, amount: float
) -> None:
    assert annual_amounts(ONE, unit, resource_unit, **EXAMPLES) == pytest.approx([amount])


def test_content_that_is_unknown_or_zero_is_an_error_that_says_what_to_give() -> None:
    for content in (np.nan, 0.0):
        with pytest.raises(UnitError) as raised:
            contained_amounts(ONE, "t", "m3", content_mass=content)
        assert "content_mass [t per m3]" in raised.value.remedy


def test_a_normal_cubic_metre_is_no_cubic_metre() -> None:
    assert not same_dimension("Nm3", "m3")
    with pytest.raises(UnitError, match="'m3' does not measure a resource counted in Nm3"):
        annual_amounts(ONE, "m3", "Nm3")


def test_the_resource_unit_is_converted_to_itself_exactly() -> None:
    odd = np.array([0.1, 1 / 3, 1e300])

    for unit in ("t", "t/year", "t / a"):
        assert annual_amounts(odd, unit, "t").tolist() == odd.tolist()
    assert converted(odd, "weird unit", "weird unit").tolist() == odd.tolist()


def test_no_conversion_changes_what_it_is_given() -> None:
    values = np.array([1.0, 2.0])

    annual_amounts(values, "t", "t")[0] = 9
    converted(values, "degC", "K")[0] = 9

    assert values.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    ("value", "unit", "target", "expected"),
    [
        (0, "degC", "K", 273.15),
        (212, "degF", "degC", 100),
        (25, "℃", "degC", 25),
        (20, "%", "1", 0.2),
        (250, "mg/L", "g/m3", 250),
        (3, "ppm", "1", 3e-6),
        (3, "ppb", "ppm", 3e-3),
    ],
)
def test_temperatures_convert_with_offsets_and_shares_by_scale(
    value: float, unit: str, target: str, expected: float
) -> None:
    assert converted(np.array([float(value)]), unit, target) == pytest.approx([expected])


@pytest.mark.parametrize(
    ("unit", "numerator", "resource_unit", "scale"),
    [
        ("kg CO2e/t", "t CO2e", "t", 1e-3),
        ("kgCO2/kWh", "t CO2e", "MWh", 1),
        ("tCO2/MWh", "t CO2e", "MWh", 1),
        ("g CO2-eq/kWh", "t CO2e", "MWh", 1e-3),
        ("kg CO2 eq/(t*km)", "t CO2e", "t*km", 1e-3),
        ("CNY/tkm", "CNY", "t*km", 1),
        ("CNY/t km", "CNY", "t*km", 1),
        ("CNY/t/km", "CNY", "t*km", 1),
        ("元/吨", "CNY", "t", 1),
        ("CNY/kWh", "CNY", "MWh", 1000),
        ("CNY/CNY", "CNY", "CNY", 1),
        ("L/kg", "m3", "t", 1),
    ],
)
def test_factors_are_scaled_to_the_unit_of_their_resource(
    unit: str, numerator: str, resource_unit: str, scale: float
) -> None:
    assert factor_scale(unit, numerator, resource_unit) == pytest.approx(scale)


def test_a_factor_per_energy_reaches_a_resource_in_tonnes_through_its_energy() -> None:
    assert factor_scale("kg CO2e/GJ", "t CO2e", "t", content_energy=25) == pytest.approx(0.025)
    with pytest.raises(UnitError, match="not a unit like 't CO2e/t'"):
        factor_scale("kg CO2e/GJ", "t CO2e", "t")


def test_no_rate_of_exchange_is_assumed() -> None:
    assert not same_dimension("EUR", "CNY")
    with pytest.raises(UnitError, match="'EUR/t' is not a unit like 'CNY/t'"):
        factor_scale("EUR/t", "CNY", "t")


def test_a_unit_of_several_words_is_put_in_brackets_below_the_line() -> None:
    assert per("CNY", "t*km") == "CNY/(t*km)"
    assert per("CNY", "t") == "CNY/t"
    assert factor_scale(per("CNY", "t*km"), "CNY", "t*km") == 1.0


@pytest.mark.parametrize(
    ("unit", "advice"),
    [("ton", "t (1000 kg)"), ("kilotons", "kt"), ("KWH", "kWh"), ("nm3", "Nm3"), ("", "such as t")],
)
def test_what_can_be_misread_is_refused_with_what_to_write(unit: str, advice: str) -> None:
    with pytest.raises(UnitError) as raised:
        annual_amounts(ONE, unit, "t")

    assert advice in raised.value.remedy


def test_kt_is_a_thousand_tonnes_and_not_a_knot() -> None:
    assert same_dimension("kt", "t")


@pytest.mark.parametrize(
    "text",
    ["9**9**9", "t**99", "1e999", "t/", "/t", "(t", "t)", "()", "t^0", "a b c", "__class__", "t;t",
     "os.system", "lambda: 0", "t" * 100, "2 t", "\x00", "t\u202e", "%%%s", "{t}", "t@t",
     "((((t))))", "degC/t", "delta_degC"],
)  # fmt: skip
def test_odd_texts_are_units_or_not_but_never_anything_else(text: str) -> None:
    assert is_unit(text) in (True, False)


@given(st.text(max_size=80) | st.text("tkmMWhGJCOe23/*() ^-.%万吨", max_size=30))
def test_no_text_whatever_raises_anything_but_a_unit_error(text: str) -> None:
    for read in (
        lambda: annual_amounts(ONE, text, "t"),
        lambda: converted(ONE, text, "degC"),
        lambda: factor_scale(text, "t CO2e", "t"),
    ):
        try:
            found = read()
        except UnitError:
            continue
        assert np.isfinite(found).all()


def test_importing_units_does_not_load_pint() -> None:
    code = "import sys, symbiosis.units; sys.exit('pint' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
