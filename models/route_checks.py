"""What routes.toml must agree on with the rest of a profile: agencies, areas, rows and levels that exist."""

from collections.abc import Collection, Mapping

from models.profile_text import Reader, suggestion
from models.routes import RouteList
from models.toml_lines import KeyPath

ROUTES = "routes.toml"


def check_routes(
    listed: RouteList, reader: Reader, owners: Collection[str], areas: Collection[str], rules: Collection[str]
) -> None:
    """Note every name in routes.toml that is declared twice or nowhere else.

    Args:
        listed: as `reader` read it from routes.toml.
        reader: takes the mistakes.
        owners: whoever can be the owner of a wait: codes of agencies, and roles and parties, which stand for
            an agency that cannot be told.
        areas: codes of areas.
        rules: ids of the register's rows.
    """
    known: Mapping[str, tuple[str, Collection[str]]] = {
        "owners": ("agency", owners),
        "areas": ("area", areas),
        "rules": ("row of hand_offs", rules),
    }
    highest = len(listed.alerts.escalate_after_hours)
    names: set[str] = set()
    for number, route in enumerate(listed.routes):
        path = ("route", number)
        if route.name in names:
            reader.note(
                ROUTES, (*path, "name"), f"route '{route.name}' is declared twice: give one another name"
            )
        names.add(route.name)
        for key, (kind, declared) in known.items():
            _check_names(reader, (*path, key), kind, getattr(route, key) - set(declared), declared)
        if route.levels and min(route.levels) > highest:
            message = f"no alert rises above level {highest}: add hours to escalate_after_hours, or lower it"
            reader.note(ROUTES, (*path, "levels"), message)


def _check_names(
    reader: Reader, path: KeyPath, kind: str, unknown: Collection[str], declared: Collection[str]
) -> None:
    for name in sorted(unknown):
        hint = suggestion(name, declared)
        reader.note(ROUTES, path, f"no {kind} '{name}' is declared{hint}: correct it, or declare it first")
