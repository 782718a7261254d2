"""What ``symbiosis export`` exports, and who writes it in which format."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from symbiosis.catalogue import Catalogue
from symbiosis.cli.inputs import chosen_park, known_catalogue, known_inventory
from symbiosis.cli.options import say
from symbiosis.lca import Inventory
from symbiosis.lca.export import (
    Database,
    Subject,
    foreground,
    written_csv,
    written_datapackage,
    written_jsonld,
    written_project,
    written_workbook,
)
from symbiosis.model import Park
from symbiosis.scenarios import climate, local_catalogue
from symbiosis.scenarios.written import Written, is_output, read_output


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A park to export.

    Attributes
    ----------
    name : str
        Of the folder, or of the shipped park.
    folder : Path or None
        The output folder of a match, where it is one.
    park : Park
        As it is, or after the plan.
    written : Written or None
        What the folder holds beside it.
    catalogue : Catalogue
        As read.
    inventory : Inventory
    """

    name: str
    folder: Path | None
    park: Park
    written: Written | None
    catalogue: Catalogue
    inventory: Inventory

    def database(self) -> Database:
        """Return it as a foreground database with its background."""
        written = self.written
        return foreground(
            Subject(
                park=self.park,
                inventory=self.inventory,
                known=local_catalogue(self.park, self.catalogue, self.inventory).factors,
                climate=climate(self.park, self.inventory),
                before=None if written is None else written.before,
                exchanges=None if written is None else written.changes,
                nets=None if written is None else written.nets,
                name=self.name,
            )
        )


def exported(name: str) -> Exported:
    """Return what `name` stands for: the output folder of a match, a park, a shipped park."""
    catalogue, folder = known_catalogue(), Path(name)
    matched = is_output(folder)
    park = chosen_park(str(folder / "park") if matched else name, catalogue)
    written = read_output(folder, park) if matched else None
    if written is not None and written.changes is None and len(written.nets):
        say("note: exchange_flows.csv is not there: exchanges are exported as match states them")
    return Exported(
        name=folder.resolve().name if folder.is_dir() else folder.stem,
        folder=folder if matched else None,
        park=park,
        written=written,
        catalogue=catalogue,
        inventory=known_inventory(),
    )


Writer = Callable[[Exported, Path], dict[str, object]]


def _life_cycle(write: Callable[[Database, Path], None]) -> Writer:
    """Return the writer of a format for life-cycle tools."""

    def written(known: Exported, path: Path) -> dict[str, object]:
        database = known.database()
        write(database, path)
        kinds = {str(kind): int(n) for kind, n in database.nodes["kind"].value_counts().items()}
        return {"database": database.name, "activities": kinds, "links": len(database.edges)}

    return written


# Format to what writes it: a park to a path, returning what is told of it as JSON.
WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "brightway": _life_cycle(written_project),
        "bw-processing": _life_cycle(written_datapackage),
        "bw2io-xlsx": _life_cycle(written_workbook),
        "bw2io-csv": _life_cycle(written_csv),
        "openlca": _life_cycle(written_jsonld),
    }
)
