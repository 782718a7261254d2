"""What the tables of a park hold: one declaration that drives reading, checking and writing."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal["text", "number", "boolean"]

BOUNDARIES = ("@supply", "@nature", "@sales", "@disposal", "@stock")
KINDS = ("material", "water", "heat", "gas", "electricity", "service")
LAYERS = ("mass", "C", "P", "S", "Fe", "Ca", "Ti", "F", "N", "Al", "Si", "Li", "Na", "Cl", "water")
IDENTITY = "identity"


@dataclass(frozen=True)
class Column:
    """A column: its kind, whether a row must have it, and what stands where it is blank."""

    name: str
    kind: Kind = "text"
    needed: bool = False
    default: str | float | bool | None = None

    @property
    def blank(self) -> str | float | bool:
        """Return what a blank cell means."""
        if self.default is not None:
            return self.default
        blanks: dict[Kind, str | float | bool] = {
            "text": "",
            "number": float("nan"),
            "boolean": False,
        }
        return blanks[self.kind]


@dataclass(frozen=True)
class Table:
    """A table: its columns in order, the columns that name a row, and families of free columns."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    needed: bool = False

    @property
    def file(self) -> str:
        """Return the name of the CSV file that holds this table."""
        return f"{self.name}.csv"

    def column(self, name: str) -> Column | None:
        """Return the column called `name`, also one of a family such as ``content_P``."""
        for column in self.columns:
            if column.name == name:
                return column
        if name.startswith(self.families) and self.families:
            return Column(name, "number")
        return None


def _columns(*specifications: str) -> tuple[Column, ...]:
    """Return columns written in short: ``#`` number, ``?`` boolean, ``*`` needed, ``=`` default."""
    return tuple(_column(word) for text in specifications for word in text.split())


def _column(word: str) -> Column:
    mark, _, default = word.partition("=")
    name = mark.rstrip("*#?")
    needed = "*" in mark
    if "#" in mark:
        return Column(name, "number", needed, float(default) if default else None)
    if "?" in mark:
        return Column(name, "boolean", needed, default == "true")
    return Column(name, "text", needed, default or None)


_TABLES = (
    Table(
        "enterprises",
        _columns("id* name* name_zh sector latitude# longitude# park permits"),
        key=("id",),
        needed=True,
    ),
    Table(
        "processes",
        _columns(
            "id* enterprise* name product activity# minimum_activity# maximum_activity# margin#",
            "flexible? operating_hours#=8760",
        ),
        key=("id",),
    ),
    Table(
        "resources",
        _columns(
            "id* name* name_zh kind* unit* hazardous? ewc cn_code cpc basis grade citation",
        ),
        key=("id",),
        families=("content_",),
    ),
    Table(
        "flows",
        _columns(
            "id* source* target* resource* amount*# unit* unit_cost# sd# low# high# lot pathway",
            "displaces displaced_amount# since status=existing process_share# market_constrained?",
            "tradable? distance_km# mode grade citation",
        ),
        key=("id",),
        needed=True,
    ),
    Table(
        "qualities",
        _columns("flow* property* unit value# minimum# maximum# basis"),
        key=("flow", "property"),
    ),
    Table(
        "markets",
        _columns("boundary* resource* maximum# price# market_constrained? citation"),
        key=("boundary", "resource"),
    ),
    Table(
        "limits",
        _columns("id* scope=park measure* resource minimum# maximum# share_of"),
        key=("id",),
    ),
    Table("distances", _columns("source* target* distance_km*#"), key=("source", "target")),
    Table(
        "pathways",
        _columns(
            "id* name name_zh takes* gives* yield*# replaces ratio#=1 site=taker capital_fixed#=0",
            "capital_per_capacity#=0 operating_cost#=0 minimum#=0 capacity# lifetime# mode",
            "max_distance# loss_per_km# temperature_lift#=0 reference_moisture#",
            "market_constrained? grade low# high# citation",
        ),
        key=("id",),
        families=("removes_",),
    ),
    Table(
        "pathway_flows",
        _columns(
            "pathway* direction* boundary* resource* amount*# unit* low# high# grade citation"
        ),
        key=("pathway", "direction", "boundary", "resource"),
    ),
    Table(
        "pathway_limits",
        _columns(
            "pathway* property* at=taken minimum# maximum# max_share# basis standard grade citation"
        ),
        key=("pathway", "property", "at"),
    ),
    Table(
        "factors",
        _columns(
            "boundary* resource* indicator* value*# unit* region year# convention sd# low# high#",
            "grade citation",
        ),
        key=("boundary", "resource", "indicator", "region", "year", "convention"),
    ),
    Table(
        "allocation",
        _columns("resource* A# R1# R2# R3# q_in# q_out# e_recycled# e_virgin# citation"),
        key=("resource",),
    ),
)

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _TABLES})
LATER = ("profiles", "periods", "stocks")
