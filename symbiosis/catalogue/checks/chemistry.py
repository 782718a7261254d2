"""Mass and elements: none is made, none is lost, and no resource holds more than it weighs."""

import numpy as np
import pandas as pd

from symbiosis.catalogue.checks.broken import Mask, broken
from symbiosis.catalogue.checks.contents import MASS, WEIGHED, carried, contents, element, held
from symbiosis.catalogue.checks.contents import shown as t
from symbiosis.catalogue.rules import Tables
from symbiosis.catalogue.tables import ELEMENTS
from symbiosis.errors import Problem

CLOSES_WITHIN = 0.01  # of what enters, and never less than
FLOOR = 0.002  # t per t taken
ASH = 0.01  # t per t taken: ashes have a usual composition, not that of one fuel
_MADE = "lower what leaves in pathway_flows.csv, or list what brings it"
_LOST = "list where it goes in pathway_flows.csv: co-product, residue or emission"


def chemistry_problems(tables: Tables) -> list[Problem]:
    """Return pathways that do not close, and resources of impossible or unknown composition."""
    return [*_compositions(tables), *_unknown(tables), *_pathways(tables)]


def _compositions(tables: Tables) -> list[Problem]:
    rows = tables["resources"]
    unweighed = rows["unit"].eq("t") & rows[MASS].isna()
    mass, elements = rows[MASS].fillna(0.0), rows[[*ELEMENTS]].sum(axis=1)
    words = "its elements weigh " + elements.map(t) + " t, itself " + mass.map(t) + " t per unit"
    heavy = elements.gt(mass * 1.0001) & ~unweighed
    return [
        *broken("resources", MASS, unweighed, "a resource in t without its mass", "write 1"),
        *broken("resources", MASS, heavy, words, "lower the contents, or give the mass"),
    ]


def _unknown(tables: Tables) -> list[Problem]:
    """Return uses of resources that weigh something and whose composition nobody gives."""
    known = contents(tables["resources"])
    unknown = set(known.index[known[[*ELEMENTS]].isna().any(axis=1)])
    remedy = "give its contents in resources.csv, else its elements cannot be weighed"
    return [
        problem
        for name, column in (
            ("pathways", "takes"),
            ("pathways", "gives"),
            ("pathway_flows", "resource"),
        )
        for problem in broken(
            name,
            column,
            tables[name][column].isin(unknown),
            "nothing is known of what '" + tables[name][column] + "' holds",
            remedy,
        )
    ]


def _pathways(tables: Tables) -> list[Problem]:
    """Return a problem for each pathway and layer whose balance stays open."""
    rows = tables["pathways"].drop_duplicates("id")
    one = pd.Series(1.0, index=rows.index)
    taken, given = (held(tables, rows["takes"], one), held(tables, rows["gives"], rows["yield"]))
    entering = taken + _sides(tables, rows, "in")
    leaving = given + _sides(tables, rows, "out")
    energy = given[MASS].eq(0)  # heat, power, or what a fuel is worth in a kiln
    found: list[Problem] = []
    for layer in WEIGHED:
        floor = taken[MASS] * np.where(energy & (layer != MASS), ASH, FLOOR)
        room = np.maximum(entering[layer] * CLOSES_WITHIN, floor)
        more = leaving[layer] - entering[layer]
        weighed = taken[MASS].gt(0) | given[MASS].gt(0)
        over = weighed & (given[layer] - entering[layer]).gt(room)
        made = weighed & more.gt(room) & ~over
        lost = weighed & (-more).gt(room) & ~energy
        ends = pd.DataFrame(
            {"in": entering[layer], "given": given[layer], "out": leaving[layer], "gap": more.abs()}
        )
        found += _said(rows, element(layer), ends, (over, made, lost))
    return found


def _sides(tables: Tables, rows: pd.DataFrame, direction: str) -> pd.DataFrame:
    total = carried(tables, "pathway_flows", "pathway", direction)
    return total.reindex(rows["id"]).set_axis(rows.index)


def _said(
    rows: pd.DataFrame, layer: str, ends: pd.DataFrame, masks: tuple[Mask, Mask, Mask]
) -> list[Problem]:
    """Return what is wrong with one layer: too high a yield, matter made, matter lost."""
    over, made, lost = masks
    who = "'" + rows["id"] + f"': {layer} "
    gap, enters, leaves = (ends[end].map(t) for end in ("gap", "in", "out"))
    above = who + "given is " + ends["given"].map(t) + " t, where only " + enters + " t enters"
    unlike = who + "does not close: " + enters + " t enters, " + leaves + " t leaves, " + gap
    most = (rows["yield"] * ends["in"] / ends["given"]).map(t)
    lower = "a yield of at most " + most + ", or list the reagent that brings it"
    return [
        *broken("pathways", "yield", over, above, lower),
        *broken("pathways", "yield", made, unlike + " t is made", _MADE),
        *broken("pathways", "yield", lost, unlike + " t is lost", _LOST),
    ]
