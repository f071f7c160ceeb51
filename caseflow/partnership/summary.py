"""What was planted and what was found: the generator's truth beside the rows of the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from caseflow.console import say
from caseflow.partnership.plan import Plan
from caseflow.partnership.receivers import Receivers
from caseflow.reading.database import opened
from infra.settings import Settings
from models.instants import to_us
from projections.alerts.queries import by_state
from projections.late_hand_offs.queries import Judged, judged_between, judged_of, late_keys
from publishers.synthetic.partnership import truth
from publishers.synthetic.plants.catalogue import Target
from publishers.synthetic.plants.planted import Plant


async def show_summary(settings: Settings, plan: Plan, reached: datetime, receivers: Receivers) -> None:
    """Say what was planted, what the rows show of it, whether the truth was found, and who was told."""
    say("comparing with the truth of the generator")
    labels = {
        (one.rule, one.case, one.start_event, one.about)
        for one in truth(plan.world, reached, plan.since)
        if one.late
    }
    async with opened(settings) as reader, reader.connect() as connection:
        late = await late_keys(connection, to_us(reached))
        alerts = await by_state(connection)
        found = [(plant, await _found(connection, plant, plan)) for plant in plan.plants]
    say("\nPlanted, and found among the hand-offs that were met or are overdue, by when they started:")
    for plant, shares in found:
        harmless = " (harmless, as declared)" if plant.effect.harmless else ""
        say(f"  {plant}\n    {plant.effect.sentence}{harmless} {shares}")
    say(
        f"Late hand-offs by the generator's truth: {len(labels):,}; found {len(labels & late):,}, "
        f"missed {len(labels - late)}, invented {len(late - labels)}"
    )
    states = ", ".join(f"{count:,} {state}" for state, count in alerts.items()) or "none"
    say(
        f"Alerts: {states}; {receivers.posts} webhook messages, {receivers.mails} mails in {receivers.mailbox}"
    )


async def _found(connection: AsyncConnection, plant: Plant, plan: Plan) -> str:
    """Return how many hand-offs were late before an effect began, and since."""
    senders, receivers = _agencies(plant.sender, plan), _agencies(plant.receiver, plan)
    if plant.effect.target is Target.PAIR:
        judged = await judged_between(connection, senders, receivers)
    else:
        judged = await judged_of(connection, senders)
    begins_us = plant.span(plan.world.diary.local)[0] * 1_000_000
    before = _share([one for one in judged if one.started_us < begins_us])
    since = _share([one for one in judged if one.started_us >= begins_us])
    return f"Late before: {before}; since: {since}."


def _agencies(name: str, plan: Plan) -> set[str]:
    """Return the agencies that a plant's name stands for: a code, or whoever holds a role."""
    agencies = plan.world.profile.agencies
    return {name} if name in agencies else {code for code, one in agencies.items() if name in one.roles}


def _share(judged: Sequence[Judged]) -> str:
    if not judged:
        return "none"
    late = sum(one.late for one in judged)
    return f"{late} of {len(judged)} ({late / len(judged):.0%})"
