"""``python -m symbiosis.cli`` is the same as ``symbiosis``."""

from symbiosis.cli.main import main

main(prog_name="symbiosis")
