"""One case from its first event to now: who held it, every hand-off, and what was due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from board.charts.letters import beside
from board.charts.look import BLUE, FAINT, INK, ORANGE, SEVERAL, SMALL, SOFT
from board.charts.svg import Marks, Words, foot, head, svg
from board.charts.time_axis import time_axis

_LANE: Final = 0.44
_WAIT: Final = 0.27
_LINE: Final = 0.172
"""Inches of an organisation, a standard hand-off, and an event in the list."""
_LONGEST_TAIL: Final = 0.3
"""Of what is drawn after the last event, as a part of what lies before it: the axis ends there, arrows go on."""
_LETTER: Final = 0.078
_NARROW: Final = 0.066
"""Inches of an average letter, normal and small."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event: when, in days since 1970 (local) and as people write it; its type; who held the case, or nobody."""

    at: float
    when: str
    type: str
    org: str


@dataclass(frozen=True, slots=True)
class Awaited:
    """A standard hand-off: its times in days since 1970, local; `stopped` None: it is open. `state` in words."""

    name: str
    between: str
    state: str
    started: float
    stopped: float | None
    due: float | None
    late: bool


@dataclass(frozen=True, slots=True)
class CasePicture:
    """A case. `until`: up to when its tail is counted; None: no tail."""

    ref: str
    about: str
    events: Sequence[Told]
    awaited: Sequence[Awaited]
    until: float | None


def case_chart(case: CasePicture) -> str:
    """Return a case as SVG: a lane for each organisation, standard hand-offs below, and the list of events.

    Raises:
        ValueError: the case has no event.
    """
    if not case.events:
        raise ValueError(f"case {case.ref} has no event that counts: there is nothing to draw")
    words = Words(f"Case {case.ref}", case.about, _NOTE, _described(case))
    orgs = list(dict.fromkeys(told.org for told in case.events))
    names = [*orgs, *(one.name for one in case.awaited)]
    width = 11.0
    left = min(0.35 + _LETTER * max(map(len, names)), 3.6)
    parts = _LANE * len(orgs), _WAIT * len(case.awaited), _LINE * (len(case.events) + 1)
    top, gap = head(words, width) + 0.1, 0.62
    height = (
        top + parts[0] + gap + (parts[1] + 0.35 if case.awaited else 0) + parts[2] + foot(words, width) + 0.15
    )

    def draw(figure: Figure, marks: Marks) -> None:
        room = (left / width, 1 - (left + 1.75) / width)
        bottom = height - top - parts[0]
        lanes = figure.add_axes((room[0], bottom / height, room[1], parts[0] / height))
        _lanes(lanes, case, orgs, room[1] * width, marks)
        if case.awaited:
            bottom -= gap + parts[1]
            waits = figure.add_axes((room[0], bottom / height, room[1], parts[1] / height))
            waits.set_xlim(lanes.get_xlim())
            _awaited(waits, case, marks)
            bottom += gap - 0.35
        bottom -= gap + parts[2]
        listed = figure.add_axes((0.28 / width, bottom / height, 1 - 0.56 / width, parts[2] / height))
        _listed(listed, case, width - 0.56)

    return svg(words, width, height, draw)


_NOTE: Final = (
    "Thick line: the case is inside one organisation. Dashed: on the way from one to the next. Dotted: since the "
    "last event. Below: standard hand-offs from start to stop; a stroke marks the due date, hatching what lies "
    "past it, an arrow that it is still open. Numbers refer to the list."
)


def _lanes(axes: Axes, case: CasePicture, orgs: Sequence[str], inches: float, marks: Marks) -> None:
    first, last = case.events[0].at, case.events[-1].at
    tail = max((case.until or 0.0) - last, 0.0)
    last += min(tail, _LONGEST_TAIL * (last - first) or tail)
    spare = 0.03 * (last - first) or 0.5
    time_axis(axes, first - spare, last + spare)
    axes.set_ylim(len(orgs) - 0.45, -0.55)
    axes.set_yticks(range(len(orgs)), [org or "nobody known" for org in orgs])
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    axes.spines["left"].set_visible(False)
    for lane in range(len(orgs)):
        axes.axhline(lane, color=FAINT, lw=0.7, zorder=0)
    for a, b in pairwise(case.events):
        _between(axes, a, b, orgs)
    if case.until is not None and case.until > case.events[-1].at:
        lane = orgs.index(case.events[-1].org)
        axes.plot([case.events[-1].at, min(case.until, last)], [lane] * 2, color=SOFT, lw=1.3, ls=":")
        if case.until > last:
            axes.plot(last, lane, ">", color=SOFT, ms=5)
    for told in case.events:
        lane = orgs.index(told.org)
        color = SEVERAL[lane % len(SEVERAL)]
        (dot,) = axes.plot(told.at, lane, "o", ms=5.4, mfc="white", mec=color, mew=1.5, zorder=4)
        marks.add(dot, "event", f"{told.when}: {told.type}, {told.org or 'nobody known'}")
    for text, at, org in _numbers(case, inches / (last - first + 2 * spare)):
        beside(axes, text, (at, orgs.index(org)), (0, 6), "s", INK)


def _between(axes: Axes, a: Told, b: Told, orgs: Sequence[str]) -> None:
    lanes = orgs.index(a.org), orgs.index(b.org)
    if a.org == b.org:
        color = SEVERAL[lanes[0] % len(SEVERAL)]
        axes.plot([a.at, b.at], lanes, color=color, lw=4.2, alpha=0.55, zorder=2)
    else:
        axes.plot([a.at, b.at], lanes, color=SOFT, lw=1.1, ls=(0, (4, 2)), zorder=1)


def _numbers(case: CasePicture, inches: float) -> Iterator[tuple[str, float, str]]:
    """Give the numbers of the events of each lane and their place; those that would lie upon another share one.

    `inches` is the length of a day on the axis.
    """
    lanes: dict[str, list[list[tuple[int, float]]]] = {}
    for number, told in enumerate(case.events, 1):
        lanes.setdefault(told.org, []).append([(number, told.at)])
    for org, groups in lanes.items():
        while (near := _crowded(groups, inches)) is not None:
            groups[near : near + 2] = [groups[near] + groups[near + 1]]
        for group in groups:
            yield _ranges([number for number, _ in group]), _middle(group), org


def _crowded(groups: Sequence[Sequence[tuple[int, float]]], inches: float) -> int | None:
    """Return the first of two neighbours whose letters would touch."""
    for n, (a, b) in enumerate(pairwise(groups)):
        letters = len(_ranges([number for number, _ in a])) + len(_ranges([number for number, _ in b]))
        if (_middle(b) - _middle(a)) * inches < _NARROW * (letters / 2 + 1.2):
            return n
    return None


def _middle(group: Sequence[tuple[int, float]]) -> float:
    return (group[0][1] + group[-1][1]) / 2


def _ranges(numbers: Sequence[int]) -> str:
    """Return rising numbers as text: `1-3, 7`."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(f"{part[0]}-{part[-1]}" if len(part) > 1 else f"{part[0]}" for part in parts)


def _awaited(axes: Axes, case: CasePicture, marks: Marks) -> None:
    axes.set_ylim(len(case.awaited) - 0.4, -0.6)
    axes.set_yticks(range(len(case.awaited)), [one.name for one in case.awaited])
    axes.tick_params(axis="y", length=0, labelcolor=INK, labelsize=SMALL)
    axes.tick_params(axis="x", length=0, labelbottom=False)
    for spine in axes.spines.values():
        spine.set_visible(False)
    first, right = axes.get_xlim()
    for row, one in enumerate(case.awaited):
        axes.axhline(row, color=FAINT, lw=0.5, zorder=0)
        end = one.stopped if one.stopped is not None else (case.until or one.started)
        bar = Rectangle(
            (one.started, row - 0.26), max(end - one.started, 0.002 * (right - first)), 0.52, lw=0
        )
        bar.set(facecolor=BLUE, alpha=0.5)
        axes.add_patch(bar)
        marks.add(bar, "hand-off", f"{one.name}, {one.between}: {one.state}")
        if one.due is not None and end > one.due:
            past = Rectangle((max(one.due, one.started), row - 0.26), end - max(one.due, one.started), 0.52)
            past.set(facecolor="white", edgecolor=ORANGE, hatch="/////", linewidth=0.8)
            axes.add_patch(past)
        if one.due is not None and first < one.due < right:
            axes.plot([one.due] * 2, [row - 0.4, row + 0.4], color=INK, lw=1.4)
        if one.stopped is None:
            axes.plot(min(end, right), row, ">", color=ORANGE if one.late else BLUE, ms=6, clip_on=False)
        beside(axes, one.state, (right, row), (8, 0), "w", ORANGE if one.late else SOFT)


def _listed(axes: Axes, case: CasePicture, width: float) -> None:
    """Write the events as a list: number, time, type, organisation."""
    axes.axis("off")
    axes.set_xlim(0, width)
    axes.set_ylim(len(case.events) + 1, 0)
    when = max(len(told.when) for told in case.events) * _NARROW
    kind = max(len(told.type) for told in case.events) * _NARROW
    columns = (0.3, 0.45, 0.45 + when + 0.25, 0.45 + when + kind + 0.5)
    for number, told in enumerate(case.events, 1):
        cells = (str(number), told.when, told.type, told.org or "nobody known")
        for x, text in zip(columns, cells, strict=True):
            align = "right" if x == columns[0] else "left"
            axes.text(
                x, number, text, size=SMALL, color=INK if x == columns[2] else SOFT, ha=align, va="center"
            )


def _described(case: CasePicture) -> str:
    events = "; ".join(f"{told.when} {told.type}, {told.org or 'nobody known'}" for told in case.events)
    waits = "; ".join(f"{one.name}, {one.between}: {one.state}" for one in case.awaited)
    return f"Timeline. Events: {events}." + (f" Standard hand-offs: {waits}." if waits else "")
