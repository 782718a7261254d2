"""Activities as Brightway knows them, however they are written: what they give, take and emit."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from symbiosis.errors import Problem
from symbiosis.lca.importing.form import Emission, Flow, Input, Output, Rows
from symbiosis.lca.importing.spread import PLAIN, Spread

_NATURE = ("emission", "natural resource", "inventory indicator", "economic", "social")
_PRODUCTS = ("product",)
_TAKEN = ("technosphere", "generic consumption")
_GIVEN = ("production", "generic production")
_INSTEAD = ("substitution",)


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A row of an activity's exchanges."""

    name: str
    kind: str
    amount: float
    product: str = ""
    location: str = ""
    unit: str = ""
    provider: str = ""  # database|code
    compartment: str = ""
    subcompartment: str = ""
    cas: str = ""
    spread: Spread = PLAIN
    where: str = ""


@dataclass(frozen=True, kw_only=True)
class Activity:
    """An activity with its fields by name in small letters, and its exchanges."""

    name: str
    database: str
    where: str
    fields: dict[str, str] = field(default_factory=dict)
    exchanges: list[Exchange] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Return the database and code, else what tells it from others."""
        code = self.fields.get("code") or f"{self.name}|{self.fields.get('location', '')}"
        return f"{self.database}|{code}"


def add(activities: Sequence[Activity], rows: Rows) -> None:
    """Add activities to `rows`; what an exchange leaves out is taken from what it names."""
    by_key = {activity.key: activity for activity in activities}
    by_name = {
        (one.name, one.fields.get("reference product", ""), one.fields.get("location", "")): key
        for key, one in by_key.items()
    }
    for key, times in Counter(activity.key for activity in activities).items():
        if times > 1:
            where = by_key[key].where
            what = f"'{by_key[key].name}' stands twice with one code, or one name and location"
            rows.problems.append(Problem(where, what, "give each a code of its own"))
    for count, activity in enumerate(activities, start=1):
        kind = activity.fields.get("type", "process").casefold()
        if kind in _NATURE:
            place = activity.fields.get("categories", "").split("::")[0]
            unit = activity.fields.get("unit", "")
            cas = activity.fields.get("cas number", "")
            flow = Flow(activity.key, activity.name, cas, place, unit)
            rows.flows.setdefault(activity.key, flow)
        elif kind not in _PRODUCTS:
            _process(activity, by_key, by_name, rows)
        if count % 2000 == 0:
            rows.say(f"... {count} activities")


def _process(
    activity: Activity,
    by_key: dict[str, Activity],
    by_name: dict[tuple[str, str, str], str],
    rows: Rows,
) -> None:
    given = [one for one in activity.exchanges if one.kind in _GIVEN]
    rows.outputs.extend(_outputs(activity, given, by_key, rows))
    for one in activity.exchanges:
        named = by_key.get(one.provider)
        unit = one.unit or (named.fields.get("unit", "") if named else "")
        if one.kind in (*_TAKEN, *_INSTEAD):
            signed = -one.amount if one.kind in _INSTEAD else one.amount
            home = one.location or activity.fields.get("location", "")
            # A name may stand for several products of a place: the reference product tells.
            told = by_name.get((one.name, one.product, home), "") if one.product else ""
            product = "" if one.provider else one.name
            entry = Input(
                *(activity.key, "", one.provider or told, product, one.name, home),
                *(unit, signed, one.spread, one.where),
            )
            rows.inputs.append(entry)
        elif one.kind == "biosphere":
            key = one.provider or f"{one.name}|{one.subcompartment}|{unit}"
            rows.flows.setdefault(key, Flow(key, one.name, one.cas, one.compartment, unit))
            entry_ = Emission(activity.key, "", key, unit, one.amount, one.spread, one.where)
            rows.emissions.append(entry_)
        elif one.kind not in _GIVEN:
            what = f"'{one.kind}' is no type of exchange"
            remedy = "one of production, technosphere, substitution, biosphere"
            rows.problems.append(Problem(f"{one.where}, type", what, remedy))


def _outputs(
    activity: Activity, given: Sequence[Exchange], by_key: dict[str, Activity], rows: Rows
) -> Iterable[Output]:
    """Yield what an activity gives; without a production exchange it gives one of its unit."""
    location, unit = activity.fields.get("location", ""), activity.fields.get("unit", "")
    reference = activity.fields.get("reference product", "") or activity.name
    if not given:
        if not unit:
            what = f"'{activity.name}' has no reference product and no unit"
            remedy = "add an exchange of type production, or its unit"
            rows.problems.append(Problem(activity.where, what, remedy))
            return
        amount = rows.number(activity.fields.get("production amount"), activity.where, 1.0)
        yield Output(
            *(activity.key, activity.key, activity.name, activity.name, reference, location, unit),
            amount,
            share=1.0,
            where=activity.where,
        )
        return
    for one in given:
        named = by_key.get(one.provider)
        own = len(given) == 1 or one.name == activity.name
        is_product = named is not None and named.fields.get("type", "") in _PRODUCTS
        key = one.provider if is_product else activity.key if own else f"{activity.key}|{one.name}"
        yield Output(
            *(key, activity.key, activity.name if own else one.name, activity.name),
            *(one.name if is_product or not own else one.product or reference, location),
            *(one.unit or (named.fields.get("unit", "") if named else "") or unit, one.amount),
            share=1.0 if len(given) == 1 else math.nan,
            where=one.where or activity.where,
        )
