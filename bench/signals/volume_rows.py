"""Rows of a great partnership as blocks of COPY text, in the order in which the projector would have left them."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bench.signals.volume_templates import Templates
from models.timeline import Step

WEEK_US: Final = 7 * 86_400_000_000
ROWS_AT_ONCE: Final = 50_000
PER_CASE: Final = {"events": 10, "hand_offs": 4}
"""What is kept of each case, of twice as much: the sizes that are asked for."""
NULL: Final = r"\N"
EVENT_COLUMNS: Final = (
    *("case_ref", "source", "event_id", "type", "stage", "acting_org", "owner_org", "area", "occurred_at"),
    *("precision", "sequence", "recorded_at", "published_at", "amends", "withdraws", "extends", "history"),
    *("ahead", "content_hash", "data", "origin_topic", "origin_partition", "origin_offset", "log_partition"),
    "log_offset",
)
STEP_INSTANTS: Final = ("started_us", "ended_us", "started_known_us", "ended_known_us")
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Size:
    """How many cases, over how many weeks up to which instant (UTC microseconds)."""

    cases: int
    weeks: int
    now_us: int


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Rows before they are text: which template, of which telling, and by how much it is shifted; shape (n,)."""

    template: Ints
    telling: Ints
    shift_us: Ints

    def only(self, chosen: NDArray[np.bool_] | Ints) -> "Drawn":
        """Return some of them, in the order chosen."""
        return Drawn(self.template[chosen], self.telling[chosen], self.shift_us[chosen])


def drawn(made: Templates, cases: Sequence[int], size: Size, share: float, seed: int) -> Drawn:
    """Return a share of the rows of all tellings; `cases` has the case of each template row."""
    tellings = -(-size.cases // made.begun_us.size)
    by = np.random.default_rng(seed)
    number = np.asarray(cases, dtype=np.int64)
    template = np.tile(np.arange(number.size), tellings)
    telling = np.repeat(np.arange(tellings), number.size)
    kept = (by.random(template.size) < share) & (telling * made.begun_us.size + number[template] < size.cases)
    template, telling = template[kept], telling[kept]
    return Drawn(template, telling, _shifts(made, size)[number[template], telling])


def _shifts(made: Templates, size: Size) -> Ints:
    """Return by how much each case of each telling is shifted: begun evenly in the weeks up to now."""
    tellings = -(-size.cases // made.begun_us.size)
    first = size.now_us - size.weeks * WEEK_US
    weeks = np.arange(tellings) * size.weeks // tellings
    wanted = (made.begun_us[:, None] - made.begun_us.min() + weeks * WEEK_US) % (size.weeks * WEEK_US)
    shift = first + wanted - made.begun_us[:, None]
    return np.asarray(shift // WEEK_US * WEEK_US, dtype=np.int64)


def events(made: Templates, size: Size) -> Iterator[bytes]:
    """Yield the rows of `case_event` in the order of their publication."""
    told = [event for _, event in made.events]
    published = np.array([event.published_us for event in told], dtype=np.int64)
    occurred = np.array([event.time_us for event in told], dtype=np.int64)
    share = PER_CASE["events"] * made.begun_us.size / len(told)
    rows = drawn(made, [number for number, _ in made.events], size, share, 1)
    at = published[rows.template] + rows.shift_us
    by = np.argsort(at)
    rows = rows.only(by[at[by] <= size.now_us])
    parts = [
        (
            f"{event.subject}-",
            f"\t{event.source}\t{event.id}-",
            "\t".join(
                (
                    event.type,
                    event.type.partition(".")[0],
                    event.acting or NULL,
                    event.owner or NULL,
                    event.area or NULL,
                )
            ),
            event.precision,
            '{"note": "' + "x" * 80 + '"}',
        )
        for event in told
    ]

    def line(template: int, telling: int, occurred_at: str, published_at: str, place: int) -> str:
        case, name, said, precision, data = parts[template]
        return (
            f"{case}{telling}{name}{telling}\t{said}\t{occurred_at}\t{precision}\t0\t{published_at}\t{published_at}"
            f"\t{NULL}\t{NULL}\t{NULL}\tf\tf\thash\t{data}\tcaseflow.raw\t0\t{place}\t0\t{place}\n"
        )

    for part, first in blocks(rows):
        shift = part.shift_us
        times = (_stamps(column[part.template] + shift) for column in (occurred, published))
        place = range(first, first + part.template.size)
        yield text_of(line, part.template.tolist(), part.telling.tolist(), *times, place)


def steps(made: Templates, size: Size) -> Iterator[bytes]:
    """Yield the rows of `step` in the order of the publication of their ends."""
    told = [step for _, step in made.steps]
    at = {name: np.array([getattr(step, name) for step in told], dtype=np.int64) for name in STEP_INSTANTS}
    share = (PER_CASE["events"] - 1) * made.begun_us.size / len(told)
    rows = drawn(made, [number for number, _ in made.steps], size, share, 4)
    known = at["ended_known_us"][rows.template] + rows.shift_us
    by = np.argsort(known)
    rows = rows.only(by[known[by] <= size.now_us])
    refs = references(made)
    parts = [
        (
            f"{refs[number]}-",
            "\t".join(
                (
                    *(step.from_source, step.from_event, step.to_source, step.to_event),
                    *(step.from_type, step.to_type, step.from_org or NULL, step.to_org or NULL),
                    *(
                        step.kind.value,
                        str(step.wait_us),
                        step.foreseen_type or NULL,
                        step.foreseen_org or NULL,
                    ),
                )
            ),
        )
        for number, step in made.steps
    ]
    ids = random.Random(5)  # noqa: S311 - rows, not secrets

    def line(template: int, telling: int, *instants: int) -> str:
        case, row = parts[template]
        shown = "\t".join(map(str, instants))
        return f"{ids.getrandbits(128):032x}\t{case}{telling}\t{row}\t0\t{shown}\n"

    for part, _ in blocks(rows):
        times = [(column[part.template] + part.shift_us).tolist() for column in at.values()]
        yield text_of(line, part.template.tolist(), part.telling.tolist(), *times)


def cases(made: Templates, size: Size) -> Iterator[bytes]:
    """Yield the rows of `case_file`: what goes on ends with the event that nothing has followed by now."""
    refs, begun = references(made), made.begun_us
    begins: dict[int, list[Step]] = {number: [] for number in refs}
    for number, step in made.steps:
        begins[number].append(step)
    last = {number: steps[-1].ended_us if steps else int(begun[number]) for number, steps in begins.items()}
    cut = {number for number, event in made.events if event.precision == "day"}
    shifts = _shifts(made, size)
    for telling in range(shifts.shape[1]):
        lines = []
        for number, ref in refs.items():
            shift = int(shifts[number, telling])
            first, over = int(begun[number]) + shift, last[number] + shift
            if first <= size.now_us and telling * len(refs) + number < size.cases:
                said = _last(begins[number], shift, size.now_us) if over > size.now_us else None
                end = "\t".join([NULL] * 4) if said is None else _tail(said, shift)
                over = over if said is None else said.started_us + shift
                name, tail = ("court.heard", NULL) if said is None else (said.from_type, "cps-north-east")
                precision, spent = "day" if number in cut else "instant", f"{over - first}"
                lines.append(
                    f"{ref}-{telling}\t{first}\t{over}\t10\t{precision}\tcourt\t{name}\t{NULL}\t{tail}\t"
                    f"{tail}\t{spent}\t{spent}\t0\t0\t{NULL}\t0\t0\t0\t0\t{end}\n"
                )
        yield "".join(lines).encode()


def _last(steps: Sequence[Step], shift: int, now_us: int) -> Step:
    """Return the step of a case in which now lies."""
    return next(step for step in reversed(steps) if step.started_us + shift <= now_us)


def _tail(step: Step, shift: int) -> str:
    known = NULL if step.started_known_us is None else str(step.started_known_us + shift)
    return "\t".join((step.from_org or NULL, known, step.foreseen_type or NULL, step.foreseen_org or NULL))


def references(made: Templates) -> dict[int, str]:
    """Return the reference of each case by its number."""
    return {number: event.subject for number, event in made.events}


def blocks(rows: Drawn) -> Iterator[tuple[Drawn, int]]:
    """Yield rows some at a time, and how many came before."""
    for first in range(0, rows.template.size, ROWS_AT_ONCE):
        block = slice(first, first + ROWS_AT_ONCE)
        yield Drawn(rows.template[block], rows.telling[block], rows.shift_us[block]), first


def _stamps(us: Ints) -> list[str]:
    """Return instants as the database reads them; the zone of a connection is UTC."""
    found: list[str] = us.astype("datetime64[us]").astype(str).tolist()
    return [f"{stamp}Z" for stamp in found]


def text_of(line: Callable[..., str], *columns: Sequence[object]) -> bytes:
    """Return a line for each row of some columns."""
    return "".join(map(line, *columns)).encode()
