"""What texts mean, and what a list of firms was understood as, in the terminal and as JSON."""

from collections.abc import Iterable, Mapping

from symbiosis.catalogue import Candidate, Resolution
from symbiosis.drafting import Draft, Plant
from symbiosis.reporting.grid import add_row, amount, grid, open_console
from symbiosis.reporting.language import Translate, translator
from symbiosis.reporting.wording import grade_text

Resolutions = Iterable[Mapping[str, Resolution]]


def resolution_documents(found: Resolutions) -> list[dict[str, object]]:
    """Return what each text means among each kind of thing, as plain values ready for JSON."""
    return [
        {"text": next(iter(rooms.values())).text}
        | {
            room: {"status": of.status, "candidates": [vars(c) for c in of.candidates]}
            for room, of in rooms.items()
        }
        for rooms in found
    ]


def print_resolutions(found: Resolutions, language: str) -> None:
    """Print for each text what it may mean, how that was found and how surely."""
    _ = translator(language)
    console = open_console()
    headings = [_("Text"), _("Among"), _("Answer"), _("Id"), _("Name"), _("How"), _("Found as")]
    table = grid(_("What it means"), [*((h, False) for h in headings), (_("Confidence"), True)])
    for rooms in found:
        for room, of in rooms.items():
            start = (of.text, _rooms(_)[room], _statuses(_)[of.status])
            for candidate in of.candidates:
                add_row(table, *start, *_candidate(candidate, _, language))
        if not any(of.candidates for of in rooms.values()):
            add_row(table, of.text, "", _statuses(_)["unknown"], "-", "", "", "", "")
    console.print(table)


def print_draft(draft: Draft, language: str) -> None:
    """Print how each row of a list of firms was understood, and what came of it."""
    _ = translator(language)
    console = open_console()
    headings = [_("Firm"), _("Written"), _("Plant type"), _("How")]
    numbers = [_("Confidence"), _("Capacity per year")]
    columns = [*((h, False) for h in headings), *((h, True) for h in numbers)]
    table = grid(_("What was understood"), [*columns, (_("Unit"), False), (_("Remark"), False)])
    for plant in draft.plants:
        add_row(table, *_plant(plant, _, language))
    console.print(table)
    park = draft.park
    line = _("{park}: drafted, {enterprises} enterprises, {processes} processes, {flows} flows")
    sizes = {name: len(getattr(park, name)) for name in ("enterprises", "processes", "flows")}
    console.print(line.format(park=park.title, **sizes))
    counts = park.flows["grade"].value_counts()
    grades = ", ".join(f"{grade_text(str(g), language)} {n}" for g, n in counts.items())
    console.print(_("Flows by grade: {grades}").format(grades=grades))
    console.print(
        _("No figure is data of a firm: README.md in the folder says how to replace them.")
    )


def _plant(plant: Plant, _: Translate, language: str) -> tuple[str, ...]:
    firm, of = plant.firm, plant.type
    name = firm.name_zh if language == "zh" and firm.name_zh else firm.name
    return (
        name,
        firm.plant,
        _name(of, language),
        _hows(_)[of.how],
        f"{of.confidence:.2f}",
        amount(plant.capacity),
        plant.unit,
        _remark(plant, _),
    )


def _remark(plant: Plant, _: Translate) -> str:
    """Return a warning where a plant is smaller or larger than such plants usually are."""
    if plant.size == "usual":
        return ""
    text = _("unusual size: such plants have {low} to {high}")
    return text.format(low=amount(plant.usual_low), high=amount(plant.usual_high))


def _candidate(of: Candidate, _: Translate, language: str) -> tuple[str, ...]:
    return of.id, _name(of, language), _hows(_)[of.how], of.matched, f"{of.confidence:.2f}"


def _name(of: Candidate, language: str) -> str:
    return of.name_zh if language == "zh" and of.name_zh else of.name


def _rooms(_: Translate) -> Mapping[str, str]:
    return {"resources": _("resources"), "plants": _("plant types")}


def _statuses(_: Translate) -> Mapping[str, str]:
    return {
        "accepted": _("certain"),
        "ambiguous": _("several"),
        "proposed": _("perhaps"),
        "unknown": _("unknown"),
    }


def _hows(_: Translate) -> Mapping[str, str]:
    return {
        "id": _("id"),
        "name": _("name"),
        "synonym": _("synonym"),
        "code": _("code"),
        "fuzzy": _("likeness"),
    }
