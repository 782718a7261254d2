"""The explorer: choose a park and what counts; see who would give what to whom, and why not.

Start it with ``symbiosis explore [PARK]``.
"""

from pathlib import Path

import answers
import page
import sidebar
import streamlit as st
from literal import error_text

from symbiosis.errors import SymbiosisError
from symbiosis.reporting.language import translator

ICON = Path(__file__).with_name("icon.svg")
STYLE = Path(__file__).with_name("page.css")

st.set_page_config(page_title="symbiosis", page_icon=str(ICON), layout="wide")
st.html(f"<style>{STYLE.read_text(encoding='utf-8')}</style>")
language = sidebar.language()
_ = translator(language)
name = sidebar.park_name(language)
try:
    changed = answers.stamp(name)
    wish = sidebar.wish(answers.park(name, changed), language)
    with st.spinner(_("Looking for exchanges …"), show_time=True):
        found = answers.answer(name, changed, wish.objective, wish.carbon_price)
except SymbiosisError as error:
    st.error(error_text(error))
    st.stop()
page.show(found, answers.file_stem(name), language)
