"""A partnership in memory: its events folded case by case, and made into the arrays that an evaluation looks at.

What the projector and the queries do by rows is done here by plain loops over the events, so that the two can be
compared. Folding, reading and the assembling of flows are the project's own; feeds, steps and spans are made here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis.arrays import DAY_US, NEVER
from analysis.feeds import Feed
from analysis.judging.world import World
from analysis.spans import CaseSpans
from analysis.steps import UNKNOWN, Steps
from models.canonical import Recorded
from models.case import Advanced, Case, at_time, evolve
from models.checks import accept
from models.court_types import court_types
from models.envelope import Event
from models.instants import from_us
from models.profile import Profile
from models.reading import NOTHING_READ, Reading, read
from models.refusals import Refused
from models.rules import Rules
from models.timeline import Step
from projections.flow_items.calendars import calendars_of, local_time
from projections.flow_items.flow_names import speakers_of
from projections.flow_items.numbers import number_of
from projections.flow_items.readings import flows_of
from projections.silo_signals.naming import names_of

Rows = list[tuple[int, ...]]


@dataclass
class Partnership:
    """The cases of a partnership as they were told; a broker had everything at `appended_us`."""

    profile: Profile
    appended_us: int
    cases: dict[str, Case] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    feeds: dict[str, Rows] = field(default_factory=dict)
    _steps: dict[str, Rows] = field(default_factory=dict)
    _spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    _touched: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._rules = Rules.of(self.profile)
        self._types = {name: code for code, name in enumerate(sorted(self.profile.event_types))}
        self._agencies = {name: code for code, name in enumerate(sorted(self.profile.agencies))}
        self._courts = court_types(self.profile)

    def tell(self, events: Iterable[Event]) -> None:
        """Let events be known; what is refused, or was told before, changes nothing."""
        for event in events:
            accepted = accept(event, self.profile, self.appended_us, ("memory", 0, 0))
            if isinstance(accepted, Refused):
                continue
            outcome = evolve(self.cases.get(event.subject, Case(event.subject)), accepted, self._rules)
            if isinstance(outcome, Advanced):
                self.cases[event.subject] = outcome.case
                self._touched.add(event.subject)
                if accepted.published_us is not None:
                    self.feeds.setdefault(accepted.source, []).append(self._published(accepted))

    def pass_time(self, until_us: int) -> None:
        """Let time pass: cases that heard something since, or that change by the time alone, are read again."""
        for ref, case in self.cases.items():
            due_us = self.readings.get(ref, NOTHING_READ).next_due_us
            if ref in self._touched or (due_us is not None and due_us <= until_us):
                self.cases[ref] = at_time(case, until_us)
                self.readings[ref] = reading = read(self.cases[ref], self._rules)
                self._steps[ref], span = self._laid_out(ref, reading)
                if span is not None:
                    self._spans[ref] = span
        self._touched.clear()

    def world(self) -> World:
        """Return everything that is known by now, as arrays."""
        hand_offs = {ref: reading.hand_offs for ref, reading in self.readings.items()}
        flows, left_out = flows_of(hand_offs, self.profile)
        codes = {code for key in flows for code in key.pair} | self.feeds.keys()
        spans = np.array([*self._spans.values()], dtype=np.int64).T
        return World(
            flows=flows,
            feeds={agency: self._feed(agency) for agency in self.feeds},
            calendars=calendars_of(self.profile, codes),
            local=local_time(self.profile.tz),
            steps=self._all_steps(),
            cases=CaseSpans(*spans),
            doubtful=left_out.doubtful,
            speakers=speakers_of(self.profile),
            names=names_of(self.profile),
            baseline_weeks=self.profile.head.signals.baseline_weeks,
        )

    def _local(self, at_us: int) -> int:
        offset = from_us(at_us).astimezone(self.profile.tz).utcoffset()
        assert offset is not None
        return at_us + offset.days * DAY_US + offset.seconds * 1_000_000

    def _published(self, event: Recorded) -> tuple[int, ...]:
        """Return an event as a row of its agency's feed."""
        assert event.published_us is not None
        occurred, by_day = self._local(event.time_us), event.precision == "day"
        if by_day:
            occurred -= occurred % DAY_US
        lag = event.published_us - event.time_us
        return occurred, event.published_us, lag, by_day, self._types[event.type]

    def _feed(self, agency: str) -> Feed:
        occurred, published, lag, by_day, code = _columns(self.feeds[agency], 5)
        return Feed.of(agency, occurred, published, lag, by_day.astype(np.bool_), code, tuple(self._types))

    def _laid_out(self, ref: str, reading: Reading) -> tuple[Rows, tuple[int, int] | None]:
        """Return the steps of a case as rows, and from when to when it lasted; a cut case is local already."""
        summary, number = reading.summary, number_of(ref)
        if summary is None:
            return [], None

        def local(at_us: int) -> int:
            return at_us if summary.precision == "day" else self._local(at_us)

        steps, over = list(reading.steps), summary.tail_from is None and summary.tail_to is None
        if not over:
            begun = (summary.last_type, "", summary.last_org, None, summary.last_us, NEVER)
            ahead = (summary.last_known_us, NEVER, summary.foreseen_type, summary.foreseen_org)
            steps.append(Step("", "", "", "", *begun, *ahead))
        rows = [self._row(number, local, step) for step in steps]
        return rows, (local(summary.first_us), local(summary.last_us) if over else NEVER)

    def _row(self, number: int, local: Callable[[int], int], step: Step) -> tuple[int, ...]:
        """Return a step, or a tail, as one of `Steps`; one after the end of its case is known with its end."""
        types, orgs, goes_on = self._types, self._agencies, step.ended_us == NEVER
        started_known = step.started_us if step.started_known_us is None else step.started_known_us
        ended_known = step.ended_us if step.ended_known_us is None else step.ended_known_us
        if self.profile.event_types[step.from_type].ends:
            started_known = max(started_known, ended_known)
        return (
            number,
            types[step.from_type],
            types.get(step.to_type, UNKNOWN),
            orgs.get(step.from_org or "", UNKNOWN),
            orgs.get(step.to_org or "", UNKNOWN),
            local(step.started_us),
            started_known,
            NEVER if goes_on else local(step.ended_us),
            ended_known,
            types.get(step.foreseen_type or "", UNKNOWN),
            orgs.get(step.foreseen_org or "", UNKNOWN),
            self._courts.get(step.from_org or "", -1) + 1,
        )

    def _all_steps(self) -> Steps:
        told = [row for rows in self._steps.values() for row in rows]
        rows, last = list[tuple[int, ...]](), dict[int, int]()
        for row in sorted(told, key=lambda row: (row[0], row[5], row[7], row[-1])):
            last[row[0]] = row[-1] or last.get(row[0], 0)
            rows.append((*row[:-1], last[row[0]]))
        return Steps(*_columns(rows, 12))


def _columns(rows: Rows, count: int) -> NDArray[np.int64]:
    return np.array(rows, dtype=np.int64).reshape(-1, count).T
