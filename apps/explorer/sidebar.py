"""What the planner chooses: language, park, objective and carbon price."""

import sys
from dataclasses import dataclass
from pathlib import Path

import address
import streamlit as st

from symbiosis.catalogue import shipped_parks
from symbiosis.model import Park
from symbiosis.reporting.language import LANGUAGES, language_of, translator
from symbiosis.reporting.numbers import currency_text, unit_text

LANGUAGE_NAMES = {"en": "English", "zh": "简体中文"}
MOST_PRICE = 500.0  # of the slider, money per t CO2e; a park's own price may be higher
STEP = 5.0
OBJECTIVES = ("cost", "gwp100")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is wanted of a plan: its objective, and the price of carbon [money per t CO2e]."""

    objective: str
    carbon_price: float


def language() -> str:
    """Return the language: chosen before, of the address, else the browser's."""
    spoken = (st.context.locale or "").lower()
    usual = "zh" if spoken.startswith("zh") else "en"
    address.begin("lang", usual, _language)
    chosen = st.sidebar.segmented_control(
        "Language / 语言",
        LANGUAGES,
        format_func=LANGUAGE_NAMES.__getitem__,
        key="lang",
        required=True,
        label_visibility="collapsed",
    )
    address.write("lang", "")  # always: whom the link is sent to may have another browser
    return str(chosen)


def _language(tag: str) -> str | None:
    try:
        return language_of(tag)
    except ValueError:
        return None


def park_name(language: str) -> str:
    """Return the park: the command line's, a shipped one, or one that the address names.

    The address chooses among these only, so that a link opens no other file of this machine.
    """
    _ = translator(language)
    options = list(dict.fromkeys([*sys.argv[1:2], *shipped_parks()]))
    address.begin("park", options[0], address.one_of(options))
    chosen = st.sidebar.selectbox(
        _("Park"),
        options,
        format_func=lambda name: Path(name).name or name,
        key="park",
        on_change=address.forget,
        args=("objective", "carbon_price"),  # a park may have its own
    )
    address.write("park", options[0])
    return str(chosen)


def wish(park: Park, language: str) -> Wish:
    """Return what is wanted of a plan for a park; the park's own settings come first."""
    _, own = translator(language), park.settings
    options = list(dict.fromkeys([*OBJECTIVES, own.objective]))
    names = {"cost": _("least cost"), "gwp100": _("least climate impact")}
    address.begin("objective", own.objective, address.one_of(options))
    objective = st.sidebar.radio(
        _("Objective"),
        options,
        format_func=lambda option: names.get(option, option),
        key="objective",
    )
    address.write("objective", own.objective)

    most = max(MOST_PRICE, own.carbon_price)
    unit = f"{currency_text(park.currency, language)}/{unit_text('t CO2e', language)}"
    address.begin("carbon_price", own.carbon_price, address.number_up_to(most))
    price = st.sidebar.slider(
        _("Carbon price [{unit}]").format(unit=unit),
        min_value=0.0,
        max_value=most,
        step=STEP,
        format="%g",
        key="carbon_price",
        disabled=objective == "gwp100",
        help=_("Added to the cost that is minimised, never to the cost that is shown."),
    )
    address.write("carbon_price", own.carbon_price)
    return Wish(objective=objective, carbon_price=0.0 if objective == "gwp100" else price)
