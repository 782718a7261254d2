"""Texts as they are compared: no case, width, spaces, hyphens, brackets or British spelling."""

import re
import unicodedata

# Applied to both sides of a comparison, so a word that they spoil is spoilt alike.
_SPELLINGS = (
    ("sulph", "sulf"),
    ("aluminium", "aluminum"),
    ("fibre", "fiber"),
    ("centre", "center"),
    ("tyre", "tire"),
    ("litre", "liter"),
    ("metre", "meter"),
    ("vapour", "vapor"),
    ("colour", "color"),
    ("odour", "odor"),
    ("mould", "mold"),
    ("grey", "gray"),
    ("caesium", "cesium"),
    ("ise", "ize"),
    ("isa", "iza"),
    ("ising", "izing"),
)
_KINDS_OF_FIRM = re.compile(
    r"\b(?:plants?|works|factory|factories|mills?|facility|projects?|company|co|ltd|inc|corp)\b"
    r"|有限责任公司|股份有限公司|有限公司|集团|公司|工厂|项目|装置|生产线|企业|厂"
)
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|《[^》]*》")


def words(text: str) -> str:
    """Return the words of `text` in one spelling, single spaces between.

    Examples
    --------
    >>> words("Sulphuric-acid  (PLANT)"), words("Ｈ２ＳＯ₄")
    ('sulfuric acid plant', 'h2so4')
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    for british, american in _SPELLINGS:
        plain = plain.replace(british, american)
    return re.sub(r"[\W_]+", " ", plain).strip()


def folded(text: str) -> str:
    """Return `text` as it is compared: its words without the spaces.

    Examples
    --------
    >>> folded("Phospho-gypsum"), folded("phosphogypsum"), folded("磷 石膏")
    ('phosphogypsum', 'phosphogypsum', '磷石膏')
    """
    return words(text).replace(" ", "")


def unbracketed(text: str) -> str:
    """Return `text` without what stands in brackets, in any width.

    Examples
    --------
    >>> unbracketed("湿法磷酸厂（二水法）"), unbracketed("fly ash")
    ('湿法磷酸厂', 'fly ash')
    """
    return _BRACKETED.sub("", unicodedata.normalize("NFKC", text)).strip()


def trade(text: str) -> str:
    """Return the words of `text` without those that any firm may bear: plant, works, 厂...

    Examples
    --------
    >>> trade("Urea works"), trade("尿素工厂"), trade("the works")
    ('urea', '尿素', 'the')
    """
    plain = words(text)
    return words(_KINDS_OF_FIRM.sub(" ", plain)) or plain
