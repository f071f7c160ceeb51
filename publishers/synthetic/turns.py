"""How a wait comes out: drawn, changed by what is planted on it, and ended when somebody works or sits."""

from enum import Enum
from typing import Final

from publishers.synthetic.chance import Wait
from publishers.synthetic.local_time import DAY, HOUR
from publishers.synthetic.plants import waits
from publishers.synthetic.plants.planted import FOR_EVER, Plant
from publishers.synthetic.rows import ROWS, Row
from publishers.synthetic.story import Said, Story, Turn

NEVER: Final = 20 * 365 * DAY
"""How far off what never ends is put: beyond any end of a telling."""


_WORKED_LESS: Final = frozenset({"closure", "reduced-capacity"})


class Hours(Enum):
    """When a wait can end: when an office works, when a court sits (also for people in custody), at any time.

    Waits that can end at any time are given in hours, all others in days.
    """

    OFFICE = "office"
    SITTING = "sitting"
    CUSTODY_SITTING = "custody sitting"
    ANY = "any"

    @property
    def unit(self) -> int:
        """The seconds of a unit of such waits."""
        return HOUR if self is Hours.ANY else DAY


def turn(
    story: Story,
    rule: str,
    since: int | Said,
    wait: Wait,
    hours: Hours = Hours.OFFICE,
    never: float = 0.0,
    draw: str | None = None,
) -> Turn:
    """Draw how long a hand-off takes from `since` on.

    Args:
        story: the case.
        rule: the row.
        since: what starts the wait, or when it starts.
        wait: how long it takes, by median and mean.
        hours: when it can end.
        never: the share that nobody ever does.
        draw: the name of the draws, where the row's alone would leave open which wait is meant.
    """
    name, begins = draw or rule, since.at if isinstance(since, Said) else since
    drawn = story.chance.amount(name, wait) * hours.unit
    row, ends, planted = ROWS[rule], begins + drawn, list[str]()
    for plant, first, over in story.world.spans:
        changed = _changed(story, plant, (first, over), (rule, name), begins, ends)
        if changed != ends:
            ends = changed
            planted.append(plant.name)
    at = _at_hours(story, name, (begins, round(ends)), hours, row.owners)
    for plant, first, over in story.world.spans:
        if first <= at < over and _collects(story, plant, row):
            moved = story.world.diary.weekday(at, int(plant.parameters["weekday"]) - 1)
            if moved != at:
                at = moved
                planted.append(plant.name)
    told, skipped = _is_told(story, (rule, name), begins, never)
    story.planted.update(planted, skipped)
    return Turn(at, drawn, tuple(planted + skipped), told)


def inside(story: Story, role: str, name: str, since: int, wait: Wait, hours: Hours = Hours.OFFICE) -> int:
    """Return when an organisation is done with something of its own."""
    ends = since + story.chance.amount(name, wait) * hours.unit
    names, undisturbed = _names(story, (role,)), ends
    for plant, first, over in story.world.spans:
        if plant.sender not in names:
            continue
        if plant.name == "cost-shift" and first <= since < over:
            ends = waits.stretched(since, ends, plant.parameters["factor"])
        elif plant.name in _WORKED_LESS:
            ends = waits.worked(since, ends, first, over, plant.parameters.get("strength", 0.0))
        if ends != undisturbed:
            story.planted.add(plant.name)
    return _at_hours(story, name, (since, round(ends)), hours, (role,))


def returned(story: Story, rule: str, at: int, share: float) -> bool:
    """Return whether the receiver of a hand-off sends back what it got."""
    row, drawn = ROWS[rule], story.chance.share(f"{rule} returned")
    usual = drawn < share
    for plant, first, over in story.world.spans:
        if plant.name in {"returns", "cost-shift"} and first <= at < over and _is_between(story, plant, row):
            share = plant.parameters["share"]
            if (drawn < share) is not usual:
                story.planted.add(plant.name)
    return drawn < share


def sends(story: Story, rule: str, at: int) -> int:
    """Return when a sender sends what it is done with: at once, or on its weekday."""
    row = ROWS[rule]
    for plant, first, over in story.world.spans:
        if plant.name == "sender-weekday" and first <= at < over and _is_between(story, plant, row):
            moved = story.world.diary.weekday(at, int(plant.parameters["weekday"]) - 1)
            if moved != at:
                at = moved
                story.planted.add(plant.name)
    return at


def _at_hours(story: Story, name: str, wait: tuple[int, int], hours: Hours, owners: tuple[str, ...]) -> int:
    """Return when a wait that is over ends: when somebody works or sits who is not closed."""
    (since, ends), share = wait, story.chance.share(f"{name}, hour")
    at = _worked_at(story, since, ends, hours, share)
    for plant, first, over in story.world.spans:
        closed = plant.name == "closure" and first <= at < over
        if closed and plant.sender in _names(story, owners):
            at = _worked_at(story, over, over, hours, share)
            story.planted.add(plant.name)
    return at


def _worked_at(story: Story, since: int, at: int, hours: Hours, share: float) -> int:
    """Return when somebody works from an instant on; a court sits on a later day than the wait began."""
    diary = story.world.diary
    match hours:
        case Hours.OFFICE:
            return diary.office(at, share)
        case Hours.SITTING:
            return diary.sitting(max(since, at - DAY), share)
        case Hours.CUSTODY_SITTING:
            return diary.custody_sitting(max(since, at - DAY), share)
        case Hours.ANY:
            return at


def _changed(
    story: Story, plant: Plant, span: tuple[int, int], named: tuple[str, str], since: float, ends: float
) -> float:
    """Return when a wait ends with a plant on it."""
    (rule, name), (first, over) = named, span
    row, told = ROWS[rule], plant.parameters
    if plant.name in _WORKED_LESS:
        hit = plant.sender in _names(story, row.owners)
        return waits.worked(since, ends, first, over, told.get("strength", 0.0)) if hit else ends
    if not (row.receivers and _is_between(story, plant, row)):
        return ends
    match plant.name:
        case "stopped-flow":
            stopped = not story.happens(f"{name}, trickle", told["trickle"])
        case "urgent-only":
            stopped = not story.happens(f"{name}, urgent", told["share"])
        case "slow-pair" | "improved-pair" | "boundary":
            stopped = False
        case _:
            return ends
    if stopped:
        return waits.held(ends, first, None if over == FOR_EVER else over, ends + NEVER)
    return waits.stretched(since, ends, told.get("factor", 1.0)) if first <= since < over else ends


def _collects(story: Story, plant: Plant, row: Row) -> bool:
    """Return whether the end of a wait is put off to a weekday: when its owner, that side, sends or takes up."""
    side = {"receiver-weekday": row.receivers, "sender-weekday": row.senders}.get(plant.name)
    return side is not None and row.owners == side and _is_between(story, plant, row)


def _is_told(story: Story, named: tuple[str, str], since: int, never: float) -> tuple[bool, list[str]]:
    """Return whether anybody ever tells the end, and what was planted if nobody does for that reason alone."""
    rule, name = named
    if not never:
        return True, []
    drawn, share, planted = story.chance.share(f"{name}, never"), never, list[str]()
    for plant, first, over in story.world.spans:
        if plant.name == "skips" and first <= since < over and _is_between(story, plant, ROWS[rule]):
            share = plant.parameters["share"]
            planted = [plant.name] if never <= drawn < share else []
    return drawn >= share, planted


def _is_between(story: Story, plant: Plant, row: Row) -> bool:
    return plant.is_between(_names(story, row.senders), _names(story, row.receivers))


def _names(story: Story, roles: tuple[str, ...]) -> set[str]:
    """Return the roles, and the codes of the agencies that hold them in this case."""
    held = (role for role in roles if story.world.holders(role, story.area))
    return {*roles, *(story.speaker(role) for role in held)}
