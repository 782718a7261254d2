"""What readers found, as the tables of an inventory: allocated, per unit, linked and mapped."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from symbiosis.errors import InvalidData, Problem
from symbiosis.lca.importing.allocation import with_shares
from symbiosis.lca.importing.elementary import mapped_flows
from symbiosis.lca.importing.form import (
    DISTRIBUTION,
    Character,
    Emission,
    Flow,
    Input,
    Output,
    Rows,
    table,
)
from symbiosis.lca.importing.measure import known_names, unit_scale
from symbiosis.lca.importing.places import region_of, region_table
from symbiosis.lca.importing.spread import ends, scaled
from symbiosis.lca.importing.suppliers import Linked, with_suppliers
from symbiosis.lca.inventory import COLUMNS, Inventory

SUPPLY, DISPOSAL = "@supply", "@disposal"
NOTHING = "nothing_recorded"
GRADE = "secondary"
MOST_TOLD = 50


@dataclass(frozen=True, kw_only=True)
class Imported:
    """An inventory and what had to be decided on the way to it.

    Attributes
    ----------
    inventory : Inventory
        Each activity gives a product of its own, which has the activity's id.
    unlinked : DataFrame
        Inputs that nothing gives, left out: activity, name, location, amount, unit, where.
    unmapped : DataFrame
        Elementary flows that are none of ours, and so count for nothing: id, name, compartment,
        unit, exchanges.
    """

    inventory: Inventory
    unlinked: pd.DataFrame
    unmapped: pd.DataFrame


def imported(
    rows: Rows,
    shipped: Inventory,
    mapping: pd.DataFrame,
    source: str,
    title: str,
    cut_off: bool = False,
) -> Imported:
    """Return what readers found as an inventory; raise `InvalidData` with all that is broken.

    Parameters
    ----------
    shipped : Inventory
        Gives regions, elementary flows and their characterisation.
    mapping : DataFrame
        Of `read_elementary_mapping`.
    source, title : str
        What the numbers are cited as.
    cut_off : bool
        Whether inputs that nothing gives are left out rather than a problem.
    """
    rows.check()
    outputs = table(rows.outputs, Output)
    inputs = table(rows.inputs, Input)
    emissions = table(rows.emissions, Emission)
    flows = table(rows.flows.values(), Flow)
    _check_outputs(outputs, rows)
    units = [outputs["unit"], inputs["unit"], emissions["unit"], flows["unit"]]
    names = known_names(pd.concat(units).unique())
    for frame in (outputs, inputs, emissions):
        _check_units(frame, names, rows)
    rows.check()
    outputs, inputs, emissions, flows = (
        frame.assign(unit=frame["unit"].map(names)) for frame in (outputs, inputs, emissions, flows)
    )
    regions = region_table(outputs["location"].unique(), shipped.regions)
    parents = dict(zip(regions["id"], regions["parent"], strict=True))
    linked = with_suppliers(inputs, outputs, parents)
    rows.problems.extend(linked.problems)
    _check_links(linked, cut_off, rows)
    shared = set(inputs.loc[inputs["output"].eq(""), "process"])
    shared |= set(emissions.loc[emissions["output"].eq(""), "process"])
    outputs = with_shares(outputs, shared, rows)
    _check_bearers(inputs, outputs, rows)
    _check_bearers(emissions.assign(name=emissions["flow"]), outputs, rows)
    rows.check()
    characters = table(rows.characters, Character)
    ours = mapped_flows(flows, mapping) if characters.empty else pd.Series("", index=flows.index)
    flows = flows.assign(ours=ours)
    taken = _taken(linked.inputs[linked.inputs["provider"].ne("")], outputs, rows)
    emitted = _emitted(emissions, outputs, flows, shipped, rows)
    rows.check()
    exchanges = _exchanges(taken, emitted, outputs, source)
    inventory = Inventory(
        activities=_activities(outputs, source),
        exchanges=exchanges,
        elementary_flows=_elementary_flows(flows, shipped, exchanges),
        characterisation=_characterisation(flows, characters, shipped, source),
        regions=regions,
        sources=_sources(shipped, source, title),
    )
    unmapped = flows[flows["ours"].eq("")] if characters.empty else flows[:0]
    times = emissions["flow"].value_counts()
    return Imported(
        inventory=inventory,
        unlinked=linked.missing,
        unmapped=unmapped.drop(columns="ours").assign(
            exchanges=unmapped["id"].map(times).fillna(0).astype(int)
        ),
    )


def _check_outputs(outputs: pd.DataFrame, rows: Rows) -> None:
    if outputs.empty:
        raise InvalidData([Problem("FILE", "holds no activity", "name a file with processes")])
    again = outputs["id"].duplicated()
    _tell(outputs[again], "has the id of another one", "keep one, or give it a code", rows)
    zero = outputs["amount"].eq(0.0)
    _tell(outputs[zero], "gives an amount of 0", "write how much of its product it gives", rows)


def _check_units(frame: pd.DataFrame, names: dict[str, str | None], rows: Rows) -> None:
    unknown = frame["unit"].map(names).isna()
    for unit, found in frame[unknown].groupby("unit"):
        number = f" and {len(found) - 1} more" if len(found) > 1 else ""
        what = f"unknown unit '{unit}'{number}"
        problem = Problem(str(found["where"].iloc[0]), what, "write a unit such as kg, m3 or MJ")
        rows.problems.append(problem)


def _check_links(linked: Linked, cut_off: bool, rows: Rows) -> None:
    missing = linked.missing
    if not cut_off:
        what = "is given by no activity that was read"
        remedy = "import the database that gives it in the same call, or leave it out: --cut-off"
        _tell(missing, what, remedy, rows)
    elif len(missing):
        rows.warnings.append(f"{len(missing)} inputs that no activity gives are left out")


def _check_bearers(frame: pd.DataFrame, outputs: pd.DataFrame, rows: Rows) -> None:
    known = {"", *outputs["id"]}
    strange = ~frame["output"].isin(known) | ~frame["process"].isin(set(outputs["process"]))
    _tell(frame[strange], "belongs to no product of its process", "correct its allocation", rows)


def _tell(broken: pd.DataFrame, what: str, remedy: str, rows: Rows) -> None:
    for where, name in broken[["where", "name"]].head(MOST_TOLD).itertuples(index=False):
        rows.problems.append(Problem(str(where), f"'{name}' {what}", remedy))
    if len(broken) > MOST_TOLD:
        more = f"{len(broken) - MOST_TOLD} more of this kind"
        rows.problems.append(Problem(str(broken["where"].iloc[MOST_TOLD]), more, remedy))


def _borne(frame: pd.DataFrame, outputs: pd.DataFrame) -> pd.DataFrame:
    """Return rows once per output that bears them, with ``activity`` and ``per``, its part.

    ``per`` is the share of the output over its amount: what turns an exchange of the process into
    one per unit of the output.
    """
    keys = outputs[["process", "id", "share", "amount"]].rename(
        columns={"id": "activity", "amount": "gives"}
    )
    alone = outputs["process"].map(outputs["process"].value_counts()).eq(1)
    single = frame["process"].isin(set(outputs.loc[alone, "process"]))
    joined = frame.merge(keys, on="process", how="inner")
    if not single.all():
        joined = joined[joined["output"].isin([""]) | joined["output"].eq(joined["activity"])]
    share = joined["share"].where(joined["output"].eq(""), 1.0)
    return joined.assign(per=share / joined["gives"].abs()).reset_index(drop=True)


def _taken(inputs: pd.DataFrame, outputs: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    """Return the inputs per unit of what their activity gives, in the supplier's unit."""
    supplier = outputs.set_index("id")
    borne = _borne(inputs, outputs)
    due = borne["provider"].map(supplier["unit"])
    gives = borne["provider"].map(supplier["amount"])
    scale = _scales(borne, due, rows)
    sign = gives.gt(0.0) * 2.0 - 1.0  # a treatment takes in what others leave with a minus
    return scaled(borne, borne["per"] * scale * sign).assign(
        type="technosphere",
        flow=borne["provider"],
        boundary=gives.gt(0.0).map({True: SUPPLY, False: DISPOSAL}),
        unit=due,
        region=borne["provider"].map(supplier["location"].map(region_of)),
    )


def _emitted(
    emissions: pd.DataFrame,
    outputs: pd.DataFrame,
    flows: pd.DataFrame,
    shipped: Inventory,
    rows: Rows,
) -> pd.DataFrame:
    """Return the emissions per unit of what their activity gives, in the flow's unit."""
    ids = _flow_ids(flows, shipped)
    units = _flow_units(flows, shipped)
    borne = _borne(emissions, outputs)
    due = borne["flow"].map(units)
    scale = _scales(borne.assign(name=borne["flow"]), due, rows)
    return scaled(borne, borne["per"] * scale).assign(
        type="biosphere", flow=borne["flow"].map(ids), boundary="", unit=due, region=""
    )


def _scales(rows_: pd.DataFrame, due: "pd.Series[str]", rows: Rows) -> "pd.Series[float]":
    """Return what turns each amount into the unit that is due; a unit that cannot is a problem."""
    pairs = pd.DataFrame({"unit": rows_["unit"], "due": due})
    known = {
        (unit, target): unit_scale(unit, target)
        for unit, target in pairs.drop_duplicates().itertuples(index=False)
    }
    for (unit, target), scale in known.items():
        if scale is None:
            row = rows_[rows_["unit"].eq(unit) & due.eq(target)].iloc[0]
            what = f"'{row['name']}' is measured in {unit}, what it names in {target}"
            rows.problems.append(Problem(str(row["where"]), what, f"give it in {target}"))
    if all(scale == 1.0 for scale in known.values()):
        return pd.Series(1.0, index=rows_.index)
    keys = zip(pairs["unit"], pairs["due"], strict=True)
    return pd.Series([known[key] or 0.0 for key in keys], index=rows_.index)


def _flow_ids(flows: pd.DataFrame, shipped: Inventory) -> "pd.Series[str]":
    """Return our id of each flow: of ours where it is one, else its own."""
    taken = set(shipped.elementary_flows["id"]) | {NOTHING}
    own = flows["id"].where(~flows["id"].isin(taken), flows["id"] + "~")
    return flows["ours"].where(flows["ours"].ne(""), own).set_axis(flows["id"])


def _flow_units(flows: pd.DataFrame, shipped: Inventory) -> "pd.Series[str]":
    ours = flows["ours"].map(shipped.elementary_flows.set_index("id")["unit"])
    return ours.fillna(flows["unit"]).set_axis(flows["id"])


def _exchanges(
    taken: pd.DataFrame, emitted: pd.DataFrame, outputs: pd.DataFrame, source: str
) -> pd.DataFrame:
    both = pd.concat([taken, emitted], ignore_index=True)
    both = pd.concat([both, ends(both)], axis=1)
    empty = outputs.loc[~outputs["id"].isin(set(both["activity"])), "id"]
    nothing = pd.DataFrame(
        {"activity": empty, "type": "biosphere", "flow": NOTHING, "boundary": "", "amount": 0.0}
    ).assign(unit="kg", region="")
    whole = pd.concat([both, nothing], ignore_index=True) if len(nothing) else both
    whole = whole.assign(grade=GRADE, citation=source, note="")
    return whole.reindex(columns=[*COLUMNS["exchanges"], *DISTRIBUTION])


def _activities(outputs: pd.DataFrame, source: str) -> pd.DataFrame:
    given = outputs["amount"].gt(0.0)
    return pd.DataFrame(
        {
            "id": outputs["id"],
            "product": outputs["id"],
            "boundary": given.map({True: SUPPLY, False: DISPOSAL}),
            "unit": outputs["unit"],
            "region": outputs["location"].map(region_of),
            "year": outputs["year"],
            "convention": "",
            "name": outputs["name"],
            "name_zh": "",
            "kind": "unit_process",
            "grade": GRADE,
            "low": float("nan"),
            "high": float("nan"),
            "citation": source,
            "note": "",
            "product_name": outputs["product_name"],
        }
    )


def _elementary_flows(
    flows: pd.DataFrame, shipped: Inventory, exchanges: pd.DataFrame
) -> pd.DataFrame:
    own = flows[flows["ours"].eq("")]
    named = own["name"] + own["compartment"].map(lambda text: f" ({text})" if text else "")
    theirs = pd.DataFrame(
        {
            "id": _flow_ids(flows, shipped).reindex(own["id"]).to_numpy(),
            "name": named,
            "name_zh": "",
            "unit": own["unit"],
            "catalogue_resource": "",
        }
    )
    known = shipped.elementary_flows
    ours = known[known["id"].isin(set(flows["ours"]))]
    parts = [ours, theirs]
    if exchanges["flow"].eq(NOTHING).any():
        row = (NOTHING, "nothing recorded", "", "kg", "")
        parts.append(pd.DataFrame([row], columns=list(COLUMNS["elementary_flows"])))
    return pd.concat(parts, ignore_index=True)[list(COLUMNS["elementary_flows"])]


def _characterisation(
    flows: pd.DataFrame, characters: pd.DataFrame, shipped: Inventory, source: str
) -> pd.DataFrame:
    """Return the file's own factors where it has some, else ours for the flows that are ours."""
    columns = list(COLUMNS["characterisation"])
    if characters.empty:
        known = shipped.characterisation
        return known.loc[known["flow"].isin(set(flows["ours"])), columns].reset_index(drop=True)
    ids = _flow_ids(flows, shipped)
    theirs = characters.assign(
        flow=characters["flow"].map(ids), grade=GRADE, citation=source, note=""
    )
    return theirs.reindex(columns=columns)


def _sources(shipped: Inventory, source: str, title: str) -> pd.DataFrame:
    row = pd.DataFrame([(source, title, "", "")], columns=list(COLUMNS["sources"]))
    known = shipped.sources[[c for c in COLUMNS["sources"] if c in shipped.sources]]
    return pd.concat([row, known], ignore_index=True).reindex(columns=list(COLUMNS["sources"]))


def titles(names: Iterable[str]) -> str:
    """Return what several files are cited as."""
    return "; ".join(names)
