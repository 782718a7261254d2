"""In and out: parks, scenarios and settings, read with every problem named."""

from symbiosis.io.heading import heading_mapping
from symbiosis.io.read import park_of, read_park
from symbiosis.io.scenario import Change, ScenarioFile, limits_frame, read_scenario
from symbiosis.io.settings import assigned, settings_from, settings_mapping
from symbiosis.io.typed import SymbiosisWarning, UnknownColumns
from symbiosis.io.write import write_park, write_tables

__all__ = [
    "Change",
    "ScenarioFile",
    "SymbiosisWarning",
    "UnknownColumns",
    "assigned",
    "heading_mapping",
    "limits_frame",
    "park_of",
    "read_park",
    "read_scenario",
    "settings_from",
    "settings_mapping",
    "write_park",
    "write_tables",
]
