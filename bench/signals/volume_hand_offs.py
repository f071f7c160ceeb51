"""Hand-offs of a great partnership as blocks of COPY text: as they stand now, nothing told later in them."""

import random
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from bench.signals.volume_rows import NULL, PER_CASE, Ints, Size, blocks, drawn, references, text_of
from bench.signals.volume_templates import NEVER, Templates
from models.hand_offs import HandOff

_KNOWN: Final = ("started_known_us", "stopped_known_us", "ended_known_us")
_INSTANTS: Final = (
    *("started_us", "stopped_us", "ended_us", "returned_us", "due_us", "overdue_us"),
    *(*_KNOWN, "returned_known_us"),
)
HAND_OFF_COLUMNS: Final = (
    *(
        "id",
        "case_ref",
        "rule",
        "title",
        "sender",
        "receiver",
        "owner",
        "time_limit",
        "certainty",
        "start_source",
    ),
    *("start_event", "internal", "area", "state", "wait_us", "tier", "due_soon", "late_after_end", "version"),
    *_INSTANTS,
)


def hand_offs(made: Templates, size: Size) -> Iterator[bytes]:
    """Yield the rows of `hand_off` in the order of their last change; what is told after now is not known yet."""
    told = [one for _, one in made.hand_offs]
    columns = {name: _column(told, name) for name in _INSTANTS}
    share = PER_CASE["hand_offs"] * made.begun_us.size / len(told)
    rows = drawn(made, [number for number, _ in made.hand_offs], size, share, 2)
    at = {name: _shifted(column[rows.template], rows.shift_us) for name, column in columns.items()}
    changed = np.maximum.reduce([np.where(at[name] == NEVER, 0, at[name]) for name in _KNOWN])
    by = np.argsort(np.minimum(changed, size.now_us))
    by = by[(at["started_us"][by] <= size.now_us) & (at["started_known_us"][by] <= size.now_us)]
    rows = rows.only(by)
    at = {name: instants[by] for name, instants in at.items()}
    for known, name in (
        ("stopped_known_us", "stopped_us"),
        ("ended_known_us", "ended_us"),
        ("returned_known_us", "returned_us"),
    ):
        unknown = at[known] > size.now_us
        at[known][unknown] = at[name][unknown] = NEVER
    refs, ids = references(made), random.Random(3)  # noqa: S311 - rows, not secrets
    parts = [_shared(refs[number], one) for number, one in made.hand_offs]

    def line(template: int, telling: int, *instants: int) -> str:
        case, row, end, done, missing = parts[template]
        cells = dict(zip(_INSTANTS, instants, strict=True))
        stopped, ended = cells["stopped_us"] != NEVER, cells["ended_us"] != NEVER
        late = cells["overdue_us"] < size.now_us
        state = done if stopped else missing if ended else "overdue" if late else "open"
        wait = cells["stopped_us"] - cells["started_us"] if stopped else None
        shown = "\t".join(NULL if cell == NEVER else str(cell) for cell in instants)
        tier = "0" if state == "overdue" else NULL
        waited = NULL if wait is None else str(max(wait, 0))
        return f"{ids.getrandbits(128):032x}\t{case}{telling}\t{row}\t{state}\t{waited}\t{tier}\t{end}\t{shown}\n"

    for part, first in blocks(rows):
        block = slice(first, first + part.template.size)
        instants = (at[name][block].tolist() for name in _INSTANTS)
        yield text_of(line, part.template.tolist(), part.telling.tolist(), *instants)


def _shared(ref: str, one: HandOff) -> tuple[str, str, str, str, str]:
    """Return what every telling of a hand-off shares: the case, its row, the end of it, and how it may end."""
    row = (one.rule, one.title, one.sender, one.receiver, one.owner, one.limit, one.certainty)
    named = (*row, one.start_source, one.start_event, "t" if one.internal else "f", one.area)
    done = one.state.value if one.stopped_us is not None else "met"
    missing = one.state.value if one.ended_us is not None else "missing"
    return f"{ref}-", "\t".join(cell or NULL for cell in named), "f\tf\t0", done, missing


def _column(told: Sequence[HandOff], name: str) -> Ints:
    found = [getattr(one, name) for one in told]
    return np.array([NEVER if value is None else value for value in found], dtype=np.int64)


def _shifted(instants: Ints, shift_us: Ints) -> Ints:
    return np.where(instants == NEVER, NEVER, instants + shift_us)
