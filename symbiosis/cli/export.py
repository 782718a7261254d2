"""``symbiosis export``: a park or a plan in the files of other tools."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import click

from symbiosis.cli.options import format_option, print_json, print_record, say

# What the file of a format ends in, "" for a folder. A new one gets a row here and its writer in
# symbiosis.cli.exported.
FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "brightway": "",
        "bw-processing": ".zip",
        "bw2io-xlsx": ".xlsx",
        "bw2io-csv": ".csv",
        "openlca": ".zip",
    }
)


@click.command()
@click.argument("folder", metavar="DIR")
@click.option("--to", "target", type=click.Choice(list(FORMATS)), required=True, help="The format.")
@click.option(
    "--output",
    "output",
    type=click.Path(path_type=Path),
    help="The file or folder to write; it must not exist. Default: by park and format, here.",
)
@format_option
def export(folder: str, target: str, output: Path | None, form: str) -> None:
    """Write DIR, the output folder of match or a park, in the format of another tool.

    For life-cycle tools: an activity for each process before and after and for each exchange,
    linked to the activities of the inventory, which are written along.
    """
    from symbiosis.cli.exported import WRITERS, exported
    from symbiosis.lca.export import unused

    known = exported(folder)
    path = output or Path(f"{known.name}-{target}{FORMATS[target]}")
    unused(path)
    told = {"to": target, "path": str(path), **WRITERS[target](known, path)}
    if form == "json":
        print_json(told)
    else:
        print_record(told)
    say(f"written to {path}")
