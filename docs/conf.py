"""How the pages are built: MyST Markdown, the furo theme, English and Chinese in one project."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]  # the extensions below, and symbiosis itself

from symbiosis import __version__  # noqa: E402  # found on the path made above

project = "symbiosis"
author = "the symbiosis contributors"
copyright = f"2026, {author}"  # noqa: A001  # Sphinx asks for this name
release = __version__

extensions = ["myst_parser", "catalogued", "declared", "examples", "languages", "mathml"]
myst_enable_extensions = ["dollarmath", "amsmath", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "README.md"]
templates_path = ["_templates"]
nitpicky = False

html_theme = "furo"
html_title = "symbiosis"
html_math_renderer = "mathml"
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["pages.css"]
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0F7B6C", "color-brand-content": "#0F7B6C"},
    "dark_css_variables": {"color-brand-primary": "#4CC2AE", "color-brand-content": "#4CC2AE"},
}
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "language.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
