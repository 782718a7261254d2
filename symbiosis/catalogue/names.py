"""What a thing is called on a page: its name in the reader's language."""

import pandas as pd


def label(table: pd.DataFrame, identifier: str, language: str = "en") -> str:
    """Return the name of the row `identifier` of `table` in `language`.

    Parameters
    ----------
    table : DataFrame
        Has ``id``, and ``name`` or ``name_zh`` or neither.
    identifier : str
        An id; one that is not in the table is its own name.
    language : str
        ``zh`` (also ``zh_CN``...) takes ``name_zh``, any other language ``name``; where that is
        blank the other one serves.

    Examples
    --------
    >>> names = pd.DataFrame({"id": ["sand"], "name": ["Sand"], "name_zh": ["砂"]})
    >>> label(names, "sand", "zh_CN"), label(names, "@supply")
    ('砂', '@supply')
    """
    rows = table.loc[table["id"] == identifier]
    order = ("name_zh", "name") if language.startswith("zh") else ("name", "name_zh")
    found = (str(name) for column in order if column in rows for name in rows[column] if name)
    return next(found, identifier)
