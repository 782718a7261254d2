"""What somebody who wrote an unknown resource probably meant."""

from collections.abc import Callable
from functools import cache

import pandas as pd

from symbiosis.catalogue import Lexicon, meant, resolved, resource_lexicon


def resource_advice(known: pd.DataFrame, catalogue: pd.DataFrame) -> Callable[[str], str]:
    """Return what advises on a text that is no resource's id.

    Parameters
    ----------
    known : DataFrame
        All resources that a park may name: id, name, name_zh.
    catalogue : DataFrame
        The catalogue's resources, for their synonyms and codes.
    """

    @cache
    def lexicon() -> Lexicon:
        texts: pd.DataFrame = catalogue.select_dtypes("str").drop(columns=["name", "name_zh"])
        names = known[["id", "name", "name_zh"]]
        return resource_lexicon(names.merge(texts, on="id", how="left").fillna(""))

    return lambda text: meant(resolved(text, lexicon()))
