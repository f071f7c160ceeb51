"""`caseflow alerts test`: does a message reach its receiver?"""

import importlib
from typing import Annotated

import typer

from caseflow.console import say
from caseflow.errors import CommandError, run
from caseflow.wiring import DataOption, ProfileOption, ProfilesDirOption, connected, profile_of, settings_from
from consumers.alerts.message import Kind, Message
from consumers.alerts.outcomes import Accepted
from infra.alert_targets import read_alert_targets
from infra.clock import now
from infra.settings import Settings
from models.identities import derived_id
from models.profile import Profile
from models.routes import Channel, Route

TEST_HELP = """
Send one message, marked as a test, through the real channel of a route; exit code 1 when it is not accepted.

Nothing is stored and nothing is tried again. It tells of no hand-off.

Examples:

  caseflow alerts test --route partnership-manager

  caseflow alerts test --route agency-urgent --receiver cleveland-police
"""


def alert_test(
    route: Annotated[str, typer.Option(help="A route of the profile.", show_default=False)],
    receiver: Annotated[
        str | None,
        typer.Option(help="For whom, where the route is for whoever must act.", show_default=False),
    ] = None,
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Send a test message and say what became of it."""

    async def work() -> None:
        settings = settings_from(data, profile, profiles_dir, reading=True)
        found = profile_of(settings)
        chosen = _route(found, route)
        await send_test(settings, found, chosen, _receiver(chosen, receiver))

    run(work())


async def send_test(settings: Settings, profile: Profile, route: Route, receiver: str) -> None:
    """Send one test message and say that its target took it.

    Raises:
        CommandError: it did not.
        AlertTargetsError: the targets file cannot be used.
    """
    targets = read_alert_targets(settings.alert_targets)
    if route.channel is Channel.KAFKA:
        settings = connected(settings, database=False)
    at = now().astimezone(profile.tz).isoformat(timespec="milliseconds")
    message = Message(
        derived_id("alert-test", route.name, receiver, at), route.name, receiver, Kind.TEST, at, ()
    )
    # Loaded when it is needed: every other command would pay for the clients of all channels.
    post_office = importlib.import_module("consumers.alerts.post")
    async with importlib.import_module("consumers.alerts.channels.opened").channels(
        settings, targets
    ) as opened:
        post = post_office.Post(opened, settings.alert_link, targets.pseudonym_key)
        outcome = await post.send(message, route, route.target_for(receiver))
    where = f"{route.channel} for {receiver} (route {route.name})"
    if not isinstance(outcome, Accepted):
        raise CommandError(f"{where}: the test message was not accepted: {outcome.why}")
    say(f"{where}: the test message {message.id} was accepted{f': {outcome.note}' if outcome.note else ''}")


def _route(profile: Profile, name: str) -> Route:
    found = profile.routes.named(name)
    if found is None:
        known = ", ".join(route.name for route in profile.routes.routes) or "(none)"
        raise CommandError(f"the profile {profile.name} has no route {name}: choose one of {known}")
    return found


def _receiver(route: Route, named: str | None) -> str:
    receiver = named or route.receiver or (next(iter(route.owners)) if len(route.owners) == 1 else None)
    if receiver is None:
        raise CommandError(f"route {route.name} is for whoever must act: say for whom with --receiver CODE")
    return receiver
