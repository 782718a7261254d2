from collections.abc import Callable

import pandas as pd
import pytest

from symbiosis.catalogue import CATALOGUE_TABLES
from symbiosis.model import TABLES, Park

Rows = Callable[..., pd.DataFrame]

_TABLES = {**TABLES, **CATALOGUE_TABLES}
_KINDS = {"text": "str", "number": "float64", "boolean": "bool"}
_FLOWS = (
    ("stone", "@supply", "kiln", "limestone", 100.0, "t"),
    ("lime", "kiln", "mill", "quicklime", 56.0, "t"),
    ("gas", "kiln", "@nature", "carbon_dioxide", 44.0, "t"),
    ("power", "@supply", "mill", "electricity", 7.0, "MWh"),
    ("dust", "mill", "plaster", "mystery", 6.0, "t"),
    ("powder", "mill", "@sales", "quicklime", 40.0, "t"),
    ("haulage", "@supply", "plaster", "transport_road", 60.0, "t*km"),
)
_RESOURCES = (
    ("limestone", "石灰石", "material", "t", {"mass": 1.0, "C": 0.12}),
    ("quicklime", "生石灰", "material", "t", {"mass": 1.0, "C": 0.0}),
    ("carbon_dioxide", "二氧化碳", "gas", "t", {"mass": 1.0, "C": 12 / 44}),
    ("electricity", "电力", "electricity", "MWh", {"energy": 3.6}),
    ("mystery", "", "material", "t", {"mass": 1.0}),
    ("transport_road", "公路运输", "service", "t*km", {}),
)


def _rows(name: str, *rows: dict[str, object]) -> pd.DataFrame:
    columns = _TABLES[name].columns
    return pd.DataFrame(
        {
            c.name: pd.Series([row.get(c.name, c.blank) for row in rows], dtype=_KINDS[c.kind])
            for c in columns
        }
    )


@pytest.fixture
def rows() -> Rows:
    """Return what makes a table of a park or of the catalogue from the cells that matter."""
    return _rows


@pytest.fixture
def toy() -> Park:
    """A kiln and a mill of one works, a plaster works that takes the mill's dust, and the edge."""
    return Park(
        title="Toy",
        region="Guizhou",
        year=2024,
        enterprises=_rows(
            "enterprises",
            {"id": "limeworks", "name": "Lime works", "name_zh": "石灰厂"},
            {"id": "plasterworks", "name": "Plaster works"},
        ),
        processes=_rows(
            "processes",
            {"id": "kiln", "enterprise": "limeworks", "name": "Kiln"},
            {"id": "mill", "enterprise": "limeworks"},
            {"id": "plaster", "enterprise": "plasterworks", "name": "Plaster"},
        ),
        resources=_rows(
            "resources",
            *(
                {"id": resource, "name": resource.capitalize(), "name_zh": zh}
                | {"kind": kind, "unit": unit}
                | {f"content_{layer}": content for layer, content in contents.items()}
                for resource, zh, kind, unit, contents in _RESOURCES
            ),
        ),
        flows=_rows(
            "flows",
            *(
                dict(zip(("id", "source", "target", "resource", "amount", "unit"), f, strict=True))
                for f in _FLOWS
            ),
        ),
    )
