"""What one batch changed in one case: the record of `caseflow.changes`, sufficient in itself."""

from dataclasses import dataclass

import orjson

from models.hand_offs import HandOff, State
from models.reading import Reading, Summary
from models.timeline import Step, StepKind, alike


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step with its identity, as the database keeps it."""

    id: str
    from_source: str
    from_event: str
    to_source: str
    to_event: str
    from_type: str
    to_type: str
    from_org: str | None
    to_org: str | None
    started_us: int
    ended_us: int
    started_known_us: int | None
    ended_known_us: int | None
    foreseen_type: str | None
    foreseen_org: str | None
    kind: StepKind
    wait_us: int


@dataclass(frozen=True, slots=True)
class CaseChange:
    """The difference between two readings of a case, and the case's summary as it now is.

    `version` is the offset in `caseflow.events` of the record that caused it: a greater one is newer.
    `importing`: an imported history moves the case's clock, and its as-of tick has not come: nobody is alerted.
    `whole`: all that holds of the case, whatever was told before, instead of a difference: a rebuild says so.
    `settled_us`, of a whole one: when the import of the case ended; nobody is alerted of what was over by then.
    """

    case: str
    version: int
    importing: bool
    summary: Summary | None
    steps_added: tuple[StepRow, ...]
    steps_removed: tuple[str, ...]
    hand_offs: tuple[HandOff, ...]
    hand_offs_removed: tuple[str, ...]
    whole: bool = False
    settled_us: int | None = None


def step_row(case: str, step: Step) -> StepRow:
    """Return a step with its identity and what follows from it."""
    return StepRow(step.id(case), *step, step.kind, step.wait_us)


def difference(
    case: str,
    version: int,
    before: Reading,
    after: Reading,
    *,
    importing: bool = False,
    settled: bool = False,
) -> CaseChange | None:
    """Return what changed between two readings, or None where nothing did.

    `settled`: the import of the case has just ended, and what is overdue is stated again, changed or not.
    """
    same = alike(before.steps, after.steps)
    old, new = set(before.steps[same:]), set(after.steps[same:])
    added = tuple(step_row(case, step) for step in after.steps[same:] if step not in old)
    kept_ids = {row.id for row in added}
    removed = tuple(
        i for i in (step.id(case) for step in before.steps[same:] if step not in new) if i not in kept_ids
    )
    told = {hand_off.id: hand_off for hand_off in before.hand_offs}
    changed = tuple(
        h for h in after.hand_offs if told.pop(h.id, None) != h or (settled and h.state is State.OVERDUE)
    )
    if before.summary == after.summary and not (added or removed or changed or told):
        return None
    return CaseChange(case, version, importing, after.summary, added, removed, changed, tuple(told))


def whole(
    case: str, version: int, reading: Reading, *, importing: bool, settled_us: int | None = None
) -> CaseChange:
    """Return all that a reading says, to take the place of whatever was told of the case before."""
    steps = tuple(step_row(case, step) for step in reading.steps)
    told = (steps, (), reading.hand_offs, ())
    return CaseChange(case, version, importing, reading.summary, *told, whole=True, settled_us=settled_us)


def encode_change(change: CaseChange) -> bytes:
    """Return the JSON of a change; named tuples become objects."""
    fields: dict[str, object] = {
        "case": change.case,
        "version": change.version,
        "importing": change.importing,
        "summary": change.summary,
        "steps_added": change.steps_added,
        "steps_removed": change.steps_removed,
        "hand_offs": [hand_off._asdict() for hand_off in change.hand_offs],
        "hand_offs_removed": change.hand_offs_removed,
    }
    if change.whole:
        fields |= {"whole": True, "settled_us": change.settled_us}
    return orjson.dumps(fields)


def decode_change(value: bytes) -> CaseChange:
    """Read what `encode_change` wrote.

    Raises:
        KeyError, TypeError, ValueError: the topic holds something that timelines did not write.
    """
    fields = orjson.loads(value)
    summary = fields["summary"]
    return CaseChange(
        fields["case"],
        fields["version"],
        fields["importing"],
        None if summary is None else Summary(**summary),
        tuple(StepRow(**{**row, "kind": StepKind(row["kind"])}) for row in fields["steps_added"]),
        tuple(fields["steps_removed"]),
        tuple(HandOff(**{**row, "state": State(row["state"])}) for row in fields["hand_offs"]),
        tuple(fields["hand_offs_removed"]),
        fields.get("whole", False),
        fields.get("settled_us"),
    )
