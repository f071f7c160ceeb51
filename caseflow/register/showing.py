"""`caseflow register show`: the register of hand-offs for a person, a program or the documentation."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

import orjson
import typer

from caseflow.errors import CommandError, run
from caseflow.reading.screen import screen
from caseflow.register import words
from caseflow.register.page import page
from caseflow.register.sheet import sheet
from caseflow.register.table import print_register, print_row
from caseflow.wiring import ProfileOption, ProfilesDirOption, profile_of, settings_from
from models.limits import Limit
from models.profile import Profile
from models.profile_text import suggestion
from models.register import Rule

HELP = """
Show the register: who waits for whom, from what to what, by when, and how sure that is.

Without a row, all of them. `markdown` writes the page of the documentation, always whole; `json` and `markdown`
go to standard output alone.

Examples:

  caseflow register show

  caseflow register show H20

  caseflow register show --format json | python -m json.tool

  caseflow register show --format markdown > docs/hand_offs.md
"""


class Format(StrEnum):
    """How the register is written."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


def show(
    row: Annotated[str | None, typer.Argument(help="Id of one row, such as H20.", show_default=False)] = None,
    format_: Annotated[
        Format, typer.Option("--format", help="table for people, json, or markdown for the page.")
    ] = Format.TABLE,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Print the register, or one row of it; no server is needed."""

    async def work() -> None:
        found = profile_of(settings_from(None, profile, profiles_dir))
        rules = found.rules if row is None else (_row_of(found, row),)
        match format_:
            case Format.MARKDOWN:
                typer.echo(page(found), nl=False)
            case Format.JSON:
                typer.echo(orjson.dumps([as_json(rule) for rule in rules], option=orjson.OPT_INDENT_2))
            case Format.TABLE if row is None:
                print_register(screen(), found)
            case Format.TABLE:
                print_row(screen(), rules[0])

    run(work())


def as_json(rule: Rule) -> Mapping[str, Any]:
    """Return a row for programs: roles and dates as they are, conditions and limits in words."""
    told = sheet(rule)
    return {
        "id": rule.id,
        "title": rule.title,
        "sender": rule.sender,
        "receiver": rule.receiver,
        "owner": rule.owners,
        "internal": rule.internal,
        "restart": rule.restart.value,
        "optional": rule.optional,
        "follows": rule.follows,
        "starts": told.starts,
        "stops": told.stops,
        "ends": [{"how": name, "by": text} for name, text in told.ends],
        "limits": [_limit(limit) for limit in rule.limits],
        "standards": [_limit(limit) for limit in rule.standards],
        "remarks": told.remarks,
    }


def _limit(limit: Limit) -> Mapping[str, Any]:
    return {
        "kind": limit.kind.value,
        "limit": words.amount(limit),
        "conditions": words.conditions(limit),
        "from": limit.since,
        "to": limit.until,
        "calendar": limit.calendar,
        "certainty": limit.certainty.value,
        "local_target": limit.certainty.is_local_target,
        "source": limit.source,
        "note": limit.note,
    }


def _row_of(profile: Profile, name: str) -> Rule:
    known = {rule.id: rule for rule in profile.rules}
    if name not in known:
        hint = suggestion(name, known)
        raise CommandError(
            f"the register of {profile.name} has no row '{name}'{hint}: see `caseflow register show`"
        )
    return known[name]
