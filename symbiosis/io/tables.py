"""What of a park's tables is written: filled columns, as typed frames or as text."""

import pandas as pd

from symbiosis.io.cells import cell_text
from symbiosis.model import TABLES, Park


def written_tables(park: Park) -> dict[str, pd.DataFrame]:
    """Return the tables with rows (and those a park must have), without columns that are blank."""
    return {
        name: _filled(getattr(park, name), name)
        for name, table in TABLES.items()
        if table.needed or len(getattr(park, name))
    }


def text_rows(frame: pd.DataFrame) -> list[list[str]]:
    """Return the rows of a table as text, numbers at full precision."""
    columns = [[cell_text(cell) for cell in frame[name].tolist()] for name in frame]
    return [list(row) for row in zip(*columns, strict=True)]


def _filled(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    needed = {column.name for column in TABLES[name].columns if column.needed}
    kept = [c for c in frame if c in needed or (frame[c].notna() & (frame[c] != "")).any()]
    return frame[kept]
