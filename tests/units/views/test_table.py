from symbiosis.model import Park
from symbiosis.views import flow_table, from_table


def test_a_flow_is_read_with_the_names_of_both_ends_and_of_its_resource(toy: Park) -> None:
    lime = flow_table(toy).set_index("id").loc["lime"]

    assert lime["source_name"] == "Kiln"
    assert lime["source_enterprise"] == "limeworks"
    assert lime["source_enterprise_name_zh"] == "石灰厂"
    assert lime["resource_name_zh"] == "生石灰"
    assert (lime["kind"], lime["unit"]) == ("material", "t")


def test_a_process_without_a_name_is_called_by_its_enterprise(toy: Park) -> None:
    assert flow_table(toy).set_index("id").loc["lime", "target_name"] == "Lime works"


def test_a_boundary_is_called_by_its_id(toy: Park) -> None:
    stone = flow_table(toy).set_index("id").loc["stone"]

    assert stone["source_name"] == stone["source_enterprise"] == "@supply"
    assert stone["source_enterprise_name_zh"] == ""


def test_a_flow_table_gives_the_flows_back(toy: Park) -> None:
    assert from_table(flow_table(toy)).equals(toy.flows)
