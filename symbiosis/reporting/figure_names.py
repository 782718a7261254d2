"""What a figure behind a result is called, in words."""

from collections.abc import Hashable, Mapping

from symbiosis.reporting.language import translator
from symbiosis.reporting.wording import Vocabulary, boundary_text, indicator_text, mode_text


def figure_name(row: Mapping[Hashable, object], words: Vocabulary) -> str:
    """Return what a figure of `symbiosis.scenarios.evidence` is.

    Parameters
    ----------
    row : mapping
        With table, id and column.
    """
    table, identifier, column = (str(row[name]) for name in ("table", "id", "column"))
    if table == "factors":
        return _factor(identifier, column, words)
    if table == "pathway_flows":
        return _side_flow(column, words)
    what = _bound(column, words) if table in _BOUNDED else _column(column, words)
    if table == "pathways":
        return what
    if table == "pathway_limits":
        return f"{words.name('properties', column.split(' ')[1])}, {what}"
    if table == "qualities":
        flow, _between, property_ = identifier.rpartition("|")
        return f"{flow}: {words.name('properties', property_)}, {what}"
    return f"{_whose(table, identifier, words)}: {what}"


_BOUNDED = frozenset({"pathway_limits", "qualities"})


def _whose(table: str, identifier: str, words: Vocabulary) -> str:
    """Return what a row of a table is called; its id where it has no name."""
    first, _between, second = identifier.partition("|")
    if table == "markets":
        return f"{words.name('resources', second)}, {boundary_text(first, words.language)}"
    if table == "modes":
        return mode_text(second, words.language)
    if table in ("enterprises", "distances"):
        return " – ".join(words.name("enterprises", name) for name in identifier.split("|"))
    return identifier


def _factor(identifier: str, indicator: str, words: Vocabulary) -> str:
    _ = translator(words.language)
    boundary, _between, resource = identifier.partition(" ")
    return _("{resource}, {boundary}: {indicator}").format(
        resource=words.name("resources", resource),
        boundary=boundary_text(boundary, words.language),
        indicator=indicator_text(indicator, words.language),
    )


def _side_flow(column: str, words: Vocabulary) -> str:
    _ = translator(words.language)
    direction, _boundary, resource = column.split(" ")
    text = _("takes in {resource}") if direction == "in" else _("puts out {resource}")
    return text.format(resource=words.name("resources", resource))


def _bound(column: str, words: Vocabulary) -> str:
    """Return what a value or a limit is called; of pathways ``minimum`` is the smallest plant."""
    bound = column.rpartition(" ")[2]
    return translator(words.language)("at least") if bound == "minimum" else _column(bound, words)


def _column(column: str, words: Vocabulary) -> str:
    return _columns(words).get(column, column.replace("_", " "))


def _columns(words: Vocabulary) -> Mapping[str, str]:
    """Return what columns are called."""
    _ = translator(words.language)
    return {
        "yield": _("yield per unit taken"),
        "ratio": _("need served per unit given"),
        "capital_fixed": _("investment, fixed"),
        "capital_per_capacity": _("investment per capacity"),
        "operating_cost": _("operating cost"),
        "minimum": _("smallest plant"),
        "capacity": _("largest plant"),
        "lifetime": _("lifetime"),
        "max_distance": _("reach"),
        "loss_per_km": _("loss per km"),
        "temperature_lift": _("temperature lift"),
        "reference_moisture": _("reference moisture"),
        "max_distance_km": _("reach"),
        "amount": _("amount per year"),
        "unit_cost": _("price paid today"),
        "value": _("value"),
        "maximum": _("at most"),
        "max_share": _("largest share"),
        "latitude": _("latitude"),
        "longitude": _("longitude"),
        "distance_km": _("distance"),
    }
