"""What a case says: its steps, hand-offs and parts of time, read from its events and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from models.case import Case
from models.foreseen import foreseen
from models.hand_offs import HandOff, State
from models.judging import Before, RowJudged, judge
from models.rules import Rules
from models.timeline import Placed, Step, StepKind, alike, current, is_cut, place, steps


@dataclass(frozen=True, slots=True)
class Summary:
    """One case in a line. Times in microseconds; in a case cut to dates: local date x 86,400 s.

    `elapsed_us` is the last event minus the first, and equals `inside_us + between_us + unknown_us` exactly.
    The tail, from the last event on, lies between `tail_from` and `tail_to` (None, None: the case has ended
    or nobody knows). `last_org` is whose the last event was, and `last_known_us` when it was published (None:
    nobody knows); `foreseen_type` and `foreseen_org` are what the register awaits after it, as of a step.
    """

    first_us: int
    last_us: int
    events: int
    precision: str
    stage: str
    last_type: str
    last_org: str | None
    last_known_us: int | None
    foreseen_type: str | None
    foreseen_org: str | None
    area: str | None
    tail_from: str | None
    tail_to: str | None
    elapsed_us: int
    inside_us: int
    between_us: int
    unknown_us: int
    next_due_us: int | None
    waiting: int
    ahead: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that follows from a case at its clock; `summary` is None while no event counts."""

    placed: tuple[Placed, ...]
    steps: tuple[Step, ...]
    hand_offs: tuple[HandOff, ...]
    next_due_us: int | None
    summary: Summary | None
    rows: Mapping[str, RowJudged] = field(default_factory=dict, compare=False, repr=False)


NOTHING_READ = Reading((), (), (), None, None)


def read(case: Case, rules: Rules, before: Reading = NOTHING_READ) -> Reading:
    """Read a case: the same events and the same clock give the same reading, whatever the order of arrival.

    `before` is an earlier reading of this case, at a clock that was not later: it saves work and changes nothing.
    """
    now = current(tuple(case.entries.values()))
    placed = place(now.standing, rules.precedence, rules.zone)
    between = _steps(placed, before, rules)
    judged = judge(case.ref, placed, now.withdrawn, rules, case.judged_us, Before(before.placed, before.rows))
    summary = None
    if placed:
        summary = _summarise(placed, between, judged.hand_offs, judged.next_due_us, now.waiting, rules)
    return Reading(placed, between, judged.hand_offs, judged.next_due_us, summary, judged.rows)


def _steps(placed: Sequence[Placed], before: Reading, rules: Rules) -> tuple[Step, ...]:
    """Return the steps; those up to the first event that is not as before are taken as they are."""
    same = max(alike(before.placed, placed) - 1, 0)
    return before.steps[:same] + steps(placed[same:], lambda entry: foreseen(entry, rules))


def _summarise(
    placed: Sequence[Placed],
    between: Sequence[Step],
    hand_offs: Sequence[HandOff],
    next_due_us: int | None,
    waiting: int,
    rules: Rules,
) -> Summary:
    parts = dict.fromkeys(StepKind, 0)
    for step in between:
        parts[step.kind] += step.wait_us
    first, last = placed[0], placed[-1]
    tail_from, tail_to = tail(last, hand_offs, rules)
    ahead = foreseen(last.entry, rules)
    areas = [p.entry.area for p in placed if p.entry.area]
    return Summary(
        first_us=first.at_us,
        last_us=last.at_us,
        events=len(placed),
        precision="day" if is_cut(p.entry for p in placed) else "instant",
        stage=last.entry.type.partition(".")[0],
        last_type=last.entry.type,
        last_org=last.entry.owner,
        last_known_us=last.entry.published_us,
        foreseen_type=ahead.type,
        foreseen_org=ahead.org,
        area=areas[-1] if areas else None,
        tail_from=tail_from,
        tail_to=tail_to,
        elapsed_us=last.at_us - first.at_us,
        inside_us=parts[StepKind.INSIDE],
        between_us=parts[StepKind.DISCOVERED],
        unknown_us=parts[StepKind.UNKNOWN],
        next_due_us=next_due_us,
        waiting=waiting,
        ahead=sum(p.entry.ahead for p in placed),
    )


def tail(last: Placed, hand_offs: Sequence[HandOff], rules: Rules) -> tuple[str | None, str | None]:
    """Return between whom the time after the last event lies.

    The open standard hand-off that is due first has it; without one the last organisation. A case whose last
    event ends it has no tail.

    Source: docs/decisions/0001-what-was-settled-first.md, "Case state and changes 9".
    """
    if rules.ends(last.entry.type):
        return None, None
    waiting = [h for h in hand_offs if h.state in (State.OPEN, State.OVERDUE)]
    if not waiting:
        return last.entry.owner, last.entry.owner
    due_first = min(waiting, key=lambda h: (h.due_us is None, h.due_us or 0, h.started_us, h.id))
    return due_first.sender, due_first.receiver
