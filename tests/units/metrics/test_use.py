from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from symbiosis.metrics.indicators import indicators, park_network
from symbiosis.metrics.network import throughflow, total_system_throughput
from symbiosis.metrics.use import (
    circularity_rate,
    solid_waste_utilisation,
    waste_heat_utilisation,
    water_reuse,
)
from symbiosis.model import Park
from tests.units.conftest import Rows


def with_flows(park: Park, rows: Rows, *flows: dict[str, object]) -> Park:
    """Return the park with more flows and with water, steam and heat."""
    kinds = {"brook": ("water", "m3"), "steam": ("heat", "t"), "heat": ("heat", "GJ")}
    more = rows("resources", *({"id": i, "kind": k, "unit": u} for i, (k, u) in kinds.items()))
    more = more.assign(content_energy=[np.nan, 2.75, 1.0])
    named = [{"id": f"more{i}", "tradable": True, **flow} for i, flow in enumerate(flows)]
    return replace(
        park,
        resources=pd.concat([park.resources, more], ignore_index=True),
        flows=pd.concat([park.flows, rows("flows", *named)], ignore_index=True),
    )


def flow(source: str, target: str, resource: str, amount: float, unit: str) -> dict[str, object]:
    return {
        "source": source,
        "target": target,
        "resource": resource,
        "amount": amount,
        "unit": unit,
    }


def test_circularity_is_internal_mass_over_that_and_imports(toy: Park) -> None:
    assert circularity_rate(toy) == pytest.approx(62 / 162)
    assert circularity_rate(toy, "enterprise") == pytest.approx(6 / 106)


def test_solids_used_inside_are_counted_against_what_is_discarded(toy: Park, rows: Rows) -> None:
    stacked = with_flows(toy, rows, flow("mill", "@stock", "mystery", 38.0, "t"))

    assert solid_waste_utilisation(toy) == 1.0
    assert solid_waste_utilisation(stacked) == pytest.approx(62 / 100)


def test_what_nobody_may_take_is_not_discarded(toy: Park, rows: Rows) -> None:
    lost = flow("mill", "@nature", "mystery", 38.0, "t") | {"tradable": False}

    assert solid_waste_utilisation(with_flows(toy, rows, lost)) == 1.0


def test_heat_is_counted_by_energy_steam_too(toy: Park, rows: Rows) -> None:
    park = with_flows(
        toy,
        rows,
        flow("kiln", "plaster", "steam", 4.0, "t"),
        flow("kiln", "@nature", "heat", 33.0, "GJ"),
    )

    assert waste_heat_utilisation(park) == pytest.approx(0.25)
    assert np.isnan(waste_heat_utilisation(toy))


def test_water_reused_is_counted_against_all_that_comes_from_outside(toy: Park, rows: Rows) -> None:
    park = with_flows(
        toy,
        rows,
        flow("@nature", "kiln", "brook", 20.0, "m3"),
        flow("@supply", "mill", "brook", 10.0, "m3"),
        flow("kiln", "plaster", "brook", 10.0, "m3"),
        flow("plaster", "@disposal", "brook", 99.0, "m3"),
    )

    assert water_reuse(park) == pytest.approx(0.25)
    assert np.isnan(water_reuse(toy))


def test_throughput_is_imports_internal_exports_and_losses(toy: Park) -> None:
    network = park_network(toy)

    assert throughflow(network) == 162
    assert total_system_throughput(network) == 100 + 62 + 40 + 44
    assert (network.exports.sum(), network.losses.sum()) == (40, 44)


def test_what_is_drawn_from_a_stock_comes_from_outside(toy: Park, rows: Rows) -> None:
    drawn = with_flows(toy, rows, flow("@stock", "mill", "mystery", 8.0, "t"))

    assert park_network(drawn).imports.sum() == 108


def test_another_layer_counts_what_it_carries(toy: Park) -> None:
    assert park_network(toy, "energy").imports.sum() == pytest.approx(7 * 3.6)


def test_a_layer_in_which_nothing_flows_has_no_measures(toy: Park) -> None:
    still = indicators(toy, "Fe")

    assert still["total_system_throughput"] == 0
    assert np.isnan([still[k] for k in ("finn_cycling_index", "ascendency", "robustness")]).all()
