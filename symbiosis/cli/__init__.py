"""The command line: parse, call, print."""

from symbiosis.cli.main import main

__all__ = ["main"]
