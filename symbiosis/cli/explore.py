"""``symbiosis explore``: starts the explorer in the browser."""

import importlib.util
import os
import sys
from pathlib import Path

import click

from symbiosis.errors import InvalidData, Problem


@click.command()
@click.argument("park", metavar="[PARK]", default="qiannan")
@click.option("--port", type=int, default=8501, show_default=True, help="Port on this machine.")
def explore(park: str, port: int) -> None:
    """Start the explorer on PARK (default: qiannan) in the browser, on this machine only."""
    if importlib.util.find_spec("streamlit") is None:
        advice = "pip install 'symbiosis[explorer]'"
        raise InvalidData([Problem("explore", "streamlit is not installed", advice)])
    app = explorer_page()
    options = ["--server.address=127.0.0.1", f"--server.port={port}"]
    named = str(Path(park).resolve()) if Path(park).exists() else park
    call = [sys.executable, "-m", "streamlit", "run", str(app), *options, "--", named]
    os.chdir(app.parent)  # where streamlit looks for its settings
    os.execv(sys.executable, call)


def explorer_page() -> Path:
    """Return the page: in the installed package, else in the checkout beside it."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "apps", package.parent / "apps"):
        if (folder / "explorer" / "app.py").is_file():
            return folder / "explorer" / "app.py"
    raise InvalidData([Problem("explore", "the explorer is not there", "reinstall symbiosis")])
