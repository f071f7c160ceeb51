"""Ends the hold of a process that stopped at its limit of refusals."""

from caseflow import held
from caseflow.errors import CommandError
from caseflow.group_gone import gone
from caseflow.reading.safe_text import safe
from infra import topics
from infra.kafka_positions import forget_notes
from infra.settings import Settings

INTAKE = "intake"
PROCESSES = (INTAKE, "timelines", "projector")


async def resumed(settings: Settings, process: str | None) -> list[str]:
    """Let a process (None: all that are held) count afresh and start again; return what was done, in words.

    May be repeated. Intake's counts lie beside its committed offsets and are forgotten first, so that a crash
    leaves it held. The projector counts in memory: a new start is enough.

    Raises:
        CommandError: the process is unknown, or intake still runs.
    """
    if process is not None and process not in PROCESSES:
        raise CommandError(f"no process {safe(process)}: choose one of {', '.join(PROCESSES)}")
    asked = held.held(settings.data) if process is None else [process]
    if not asked:
        return [f"nothing is held on {settings.data}; `resume intake` forgets its counts all the same"]
    return [await _resumed(settings, name) for name in asked]


async def _resumed(settings: Settings, process: str) -> str:
    if process == INTAKE:
        await _forget(settings, wait=process in held.held(settings.data))
    if held.release(settings.data, process):
        return f"{process} is no longer held: it starts within seconds where `caseflow up` runs"
    return f"{process} was not held; its counts begin afresh at its next start"


async def _forget(settings: Settings, *, wait: bool) -> None:
    """Forget intake's counts; a held intake may count as a living member until its session has run out."""
    # Asked before, not learnt from a refusal: a client that is refused tries again by itself, and loudly.
    if not await gone(settings, topics.INTAKE_GROUP, wait=wait):
        raise CommandError("intake still runs, and counts by itself: stop it everywhere, then resume")
    await forget_notes(settings, topics.INTAKE_GROUP)
