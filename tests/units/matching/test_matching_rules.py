"""Each rule with its figures, on two firms: one discards grit, the other buys it."""

from typing import Any

import pytest

from tests.units.matching.conftest import Look

Row = dict[str, Any]
ROUTE = {
    "id": "crushing",
    "takes": "grit",
    "gives": "grit",
    "yield": 1.0,
    "site": "taker",
}


def test_a_pair_that_nothing_hinders_passes_every_rule(look: Look) -> None:
    found = look()

    assert len(found.search.pairs) == 1
    assert found.search.verdicts["passes"].all()
    assert len(found.search.found.candidates) == 1


@pytest.mark.parametrize("permits", ["hazardous", "HW 34", "grit|060101"])
def test_a_hazardous_resource_goes_to_whoever_has_a_permit_for_it(look: Look, permits: str) -> None:
    firms = [{"id": "mill", "name": "M"}, {"id": "yard", "name": "Y", "permits": permits}]
    codes = {"hazardous": True, "ewc": "06 01 01*", "cn_code": "HW34"}

    assert look(grit=codes, enterprises=firms).verdicts("permit")["passes"].tolist() == [True]


@pytest.mark.parametrize("permits", ["", "HW35;06 01 02*"])
def test_a_hazardous_resource_goes_to_nobody_without_its_permit(look: Look, permits: str) -> None:
    firms = [{"id": "mill", "name": "M"}, {"id": "yard", "name": "Y", "permits": permits}]
    codes = {"hazardous": True, "ewc": "06 01 01*", "cn_code": "HW34"}

    found = look(grit=codes, enterprises=firms)

    assert found.verdicts("permit")[["item", "passes"]].to_numpy().tolist() == [["grit", False]]
    assert found.search.found.candidates.empty


def test_what_is_not_hazardous_needs_no_permit(look: Look) -> None:
    assert look().verdicts("permit").empty


def test_a_by_product_that_sells_out_is_no_candidate(look: Look) -> None:
    found = look(offer={"market_constrained": True})

    assert found.verdicts("market")["passes"].tolist() == [False]


def test_a_way_beyond_the_reach_of_its_mode_fails_with_both_figures(look: Look) -> None:
    way = [{"source": "mill", "target": "yard", "distance_km": 4000}]

    verdict = look(distances=way).verdicts("reach").iloc[0]

    assert (verdict["value"], verdict["limit"], verdict["unit"]) == (4000, 300, "km")
    assert verdict["item"] == "road"
    assert not verdict["passes"]


@pytest.mark.parametrize(
    ("limit", "by", "passes"), [(50, "number", True), (49.9, "kind", False), (49.9, "mode", False)]
)
def test_a_way_must_be_within_the_distance_that_is_set(
    look: Look, limit: float, passes: bool, by: str
) -> None:
    way = [{"source": "mill", "target": "yard", "distance_km": 50}]
    most = {"number": limit, "kind": {"material": limit}, "mode": {"road": limit}}[by]

    verdict = look(distances=way, settings={"max_distance": most}).verdicts("distance").iloc[0]

    assert verdict["passes"] == passes
    assert (verdict["value"], verdict["limit"]) == (50, limit)


def test_a_limit_by_mode_goes_before_one_by_kind(look: Look) -> None:
    way = [{"source": "mill", "target": "yard", "distance_km": 50}]
    settings = {"max_distance": {"material": 10, "road": 60}}

    assert look(distances=way, settings=settings).verdicts("distance")["limit"].tolist() == [60]


@pytest.mark.parametrize(("minimum", "passes"), [(800, True), (800.1, False)])
def test_what_could_feed_a_plant_must_reach_its_smallest_size(
    look: Look, minimum: float, passes: bool
) -> None:
    verdict = look(pathways=[{**ROUTE, "minimum": minimum}]).verdicts("size").iloc[0]

    # 1000 t are offered, but the only demand takes 800.
    assert (verdict["value"], verdict["limit"], verdict["sense"]) == (800, minimum, ">=")
    assert verdict["passes"] == passes
    assert verdict["item"] == "crushing"


def test_an_unknown_value_of_a_limited_property_is_refused_never_taken_as_zero(look: Look) -> None:
    limited = [{"flow": "sand", "property": "chloride", "maximum": 0.1}]

    found = look(qualities=limited)

    verdict = found.verdicts("quality unknown").iloc[0]
    assert not verdict["passes"]
    assert (verdict["item"], verdict["limit"]) == ("chloride", 0.1)
    assert found.search.found.candidates.empty


def test_what_a_pathway_removes_altogether_need_not_be_known(look: Look) -> None:
    limited = [{"flow": "sand", "property": "chloride", "maximum": 0.1}]

    found = look(qualities=limited, pathways=[{**ROUTE, "removes_chloride": 1}])

    assert found.search.found.candidates["pathway"].tolist() == ["crushing"]


def qualities(value: float, limit: float) -> list[Row]:
    return [
        {"flow": "dust", "property": "chloride", "value": value},
        {"flow": "sand", "property": "chloride", "maximum": limit},
    ]


def test_a_value_above_the_limit_is_judged_in_the_blend(look: Look) -> None:
    found = look(qualities=qualities(0.3, 0.1))

    verdict = found.verdicts("blend").iloc[0]
    assert (verdict["item"], verdict["value"], verdict["limit"]) == ("chloride", 0.3, 0.1)
    assert verdict["passes"]
    assert len(found.search.found.candidates) == 1


def test_a_value_within_the_limit_passes_as_a_quality(look: Look) -> None:
    assert look(qualities=qualities(0.1, 0.1)).verdicts("quality")["passes"].tolist() == [True]


@pytest.mark.parametrize(("basis", "value"), [("", 0.08), ("dry", 0.1)])
def test_a_limit_on_dry_basis_is_compared_with_the_value_of_the_dry_matter(
    look: Look, basis: str, value: float
) -> None:
    standard = {"pathway": "crushing", "property": "chloride", "maximum": 0.09, "basis": basis}

    found = look(
        qualities=[
            {"flow": "dust", "property": "chloride", "value": 0.08},
            {"flow": "dust", "property": "moisture", "value": 0.2},
        ],
        pathways=[ROUTE],
        pathway_limits=[standard],
    )

    verdict = found.verdicts("standard").iloc[0]
    assert verdict["value"] == pytest.approx(value)
    assert verdict["passes"] == (value <= 0.09)


def test_a_limit_on_dry_basis_needs_the_moisture(look: Look) -> None:
    standard = {"pathway": "crushing", "property": "chloride", "maximum": 0.9, "basis": "dry"}

    found = look(qualities=qualities(0.08, 1)[:1], pathways=[ROUTE], pathway_limits=[standard])

    assert found.verdicts("quality unknown")["passes"].tolist() == [False]


@pytest.mark.parametrize(("at", "value", "passes"), [("taken", 0.3, False), ("given", 0.06, True)])
def test_a_standard_holds_before_or_after_what_the_pathway_removes(
    look: Look, at: str, value: float, passes: bool
) -> None:
    standard = {"pathway": "crushing", "property": "chloride", "maximum": 0.1, "at": at}

    found = look(
        qualities=qualities(0.3, 1)[:1],
        pathways=[{**ROUTE, "removes_chloride": 0.8}],
        pathway_limits=[standard],
    )

    verdict = found.verdicts("standard").iloc[0]
    assert verdict["value"] == pytest.approx(value)
    assert verdict["passes"] == passes


@pytest.mark.parametrize(("minimum", "passes"), [(0.7, True), (0.71, False)])
def test_a_standard_may_ask_for_a_minimum(look: Look, minimum: float, passes: bool) -> None:
    found = look(
        qualities=[{"flow": "dust", "property": "gypsum_content", "value": 0.7}],
        pathways=[ROUTE],
        pathway_limits=[{"pathway": "crushing", "property": "gypsum_content", "minimum": minimum}],
    )

    verdict = found.verdicts("standard").iloc[0]
    assert (verdict["sense"], verdict["passes"]) == (">=", passes)


@pytest.mark.parametrize(("moisture", "passes"), [(0.15, True), (0.16, False)])
def test_a_pathway_takes_nothing_wetter_than_its_figures_are_for(
    look: Look, moisture: float, passes: bool
) -> None:
    found = look(
        qualities=[{"flow": "dust", "property": "moisture", "value": moisture}],
        pathways=[{**ROUTE, "reference_moisture": 0.15}],
    )

    verdict = found.verdicts("moisture").iloc[0]
    assert (verdict["value"], verdict["limit"], verdict["passes"]) == (moisture, 0.15, passes)


def test_what_does_not_mix_is_judged_pair_by_pair(look: Look) -> None:
    rows = [
        {"flow": "dust", "property": "ph", "value": 5},
        {"flow": "sand", "property": "ph", "minimum": 6, "maximum": 9},
    ]

    found = look(qualities=rows)

    verdict = found.verdicts("quality")
    assert verdict[["value", "limit", "sense", "passes"]].to_numpy().tolist() == [
        [5, 9, "<=", True],
        [5, 6, ">=", False],
    ]
    assert found.search.found.candidates.empty


def test_nothing_goes_back_as_it_is_into_the_process_it_came_from(look: Look) -> None:
    found = look(demand={"target": "mill"})

    assert found.verdicts("process")["passes"].tolist() == [False]
    assert found.verdicts("process")["item"].tolist() == ["mill"]


@pytest.mark.parametrize("internal", [True, False])
def test_processes_of_one_firm_exchange_where_that_is_allowed(look: Look, internal: bool) -> None:
    found = look(
        offer={"source": "p"},
        demand={"target": "q"},
        processes=[{"id": "p", "enterprise": "mill"}, {"id": "q", "enterprise": "mill"}],
        settings={"internal": internal},
    )

    assert len(found.search.found.candidates) == int(internal)
    assert found.verdicts("internal")["passes"].tolist() == ([] if internal else [False])


def heat(name: str, source: str, target: str, first: float | None, last: float | None) -> Any:
    flow = {"id": name, "source": source, "target": target, "resource": "heat"}
    rows = [
        {"flow": name, "property": f"temperature_{end}", "unit": "degC", "value": value}
        for end, value in (("from", first), ("to", last))
        if value is not None
    ]
    return {**flow, "amount": 100, "unit": "GJ"}, rows


@pytest.mark.parametrize(("hottest", "passes"), [(110, True), (109.9, False)])
def test_heat_must_be_hotter_than_the_coldest_need_by_the_approach(
    look: Look, hottest: float, passes: bool
) -> None:
    hot, ends = heat("hot", "mill", "@nature", hottest, 60)
    cold, others = heat("cold", "@supply", "yard", 100, 150)

    found = look(flows=[hot, cold], qualities=[*ends, *others])

    verdict = found.verdicts("temperature").iloc[0]
    assert (verdict["value"], verdict["limit"], verdict["sense"]) == (hottest, 110, ">=")
    assert verdict["passes"] == passes
    assert verdict["unit"] == "degC"


def test_heat_of_unknown_temperature_is_no_candidate(look: Look) -> None:
    hot, _ = heat("hot", "mill", "@nature", None, None)
    cold, others = heat("cold", "@supply", "yard", 20, 50)

    found = look(flows=[hot, cold], qualities=others)

    assert not found.verdicts("temperature unknown")["passes"].any()
    heats = found.search.found.candidates["offer_id"]
    assert "hot" not in set(heats)


def test_a_utility_that_must_keep_running_is_not_displaced(look: Look) -> None:
    steam, ends = heat("steam", "boiler", "yard", 60, 90)
    hot, others = heat("hot", "mill", "@nature", 200, 100)
    power = {"id": "power", "source": "boiler", "target": "yard", "resource": "electricity"}
    processes = [
        {"id": "boiler", "enterprise": "yard", "flexible": True},
        {"id": "mill", "enterprise": "mill"},
        {"id": "yard", "enterprise": "yard"},
    ]

    found = look(
        flows=[steam, hot, {**power, "amount": 1, "unit": "MWh"}],
        qualities=[*ends, *others],
        processes=processes,
    )

    verdict = found.verdicts("utility")
    assert "boiler" in set(verdict["item"])
    assert not verdict["passes"].any()


@pytest.mark.parametrize("allowed", [False, True])
def test_a_burden_without_a_figure_is_refused_unless_gaps_are_allowed(
    look: Look, allowed: bool
) -> None:
    found = look(
        resources=[{"id": "acid", "name": "acid", "kind": "material", "unit": "t"}],
        pathways=[ROUTE],
        pathway_flows=[
            {
                "pathway": "crushing",
                "direction": "in",
                "boundary": "@supply",
                "resource": "acid",
                "amount": 0.1,
                "unit": "t",
            }
        ],
        settings={"allow_gaps": allowed},
    )

    verdict = found.verdicts("figures")
    assert verdict["item"].tolist() == ["cost of acid at @supply"]
    assert verdict["passes"].tolist() == [allowed]
    assert ("crushing" in set(found.search.found.candidates["pathway"])) == allowed
