"""What a signal says to people: one sentence of figures, without persons and without causes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.answers import Effect
from analysis.findings import About, Finding, Kind
from analysis.open_days import COUNTED_IN_DAYS as OPEN_DAYS
from models.instants import date_of

MEASURES: Mapping[Kind, str] = {
    Kind.STOP: "completed, against the usual pace",
    Kind.SLOW_PAIR: "completed, against the usual pace",
    Kind.IMPROVED: "completed, against the usual pace",
    Kind.OPEN_AGE: "open for long, against the usual pace",
    Kind.OVERDUE_EXCESS: "open past the limit, against the usual pace",
    Kind.MISSING: "never done, against the usual share",
    Kind.PING_PONG: "sent back, against the usual rate",
    Kind.BATCHING: "difference from the usual rhythm of a {cycle}",
    Kind.PUBLISH_LAG: "published later than usual",
    Kind.FEED_SILENCE: "open hours of silence",
    Kind.COST_SHIFT: "own work completed, against the usual pace",
    Kind.BOUNDARY: "chance that a step across organisations takes longer than the same step inside one",
}
"""What the effect of each kind measures; a cycle is a week, or a day where a flow is counted in open hours."""
_BY_AGE = {kind for kind, told in MEASURES.items() if "against the usual pace" in told} | {Kind.PING_PONG}
"""Kinds whose expectation goes by how long each item has waited."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names that people know, by code; a code without one stands for itself."""

    agencies: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)

    def agency(self, code: str | None) -> str:
        """Return an organisation's name."""
        return self.agencies.get(code or "", code or "everybody")

    def subject(self, about: About) -> str:
        """Return what a signal is about: sender to receiver and the hand-off, or an agency."""
        if about.flow is None:
            return self.agency(about.agency)
        rule, sender, receiver = about.flow
        pair = f"{self.agency(sender)} to {self.agency(receiver)}"
        title = self.rules.get(rule, rule)
        return f"{pair}, {title[:1].lower() + title[1:]}" if title else pair


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What stands beside a test's own figures; None where it cannot be said.

    Attributes:
        open_days: of the receiver in the window; calendar days for what is not about a flow.
        late_open: items open past their limit; None: no limit.
        excess_days: item-days a week beyond the limit, or beyond the usual pace where there is none.
        share: that excess as a share of all cases' time in the window.
        arrivals_ratio: items begun in the window against the usual number.
        lost: open days, or open hours, that an item loses to the receiver's batches, on average.
        unit: what the flow's waits are counted in: open days, or open hours.
        within: completions count where they came within so many of that unit; None: at any age.
    """

    open_days: int
    late_open: int | None = None
    excess_days: float | None = None
    share: float | None = None
    arrivals_ratio: float | None = None
    lost: float | None = None
    unit: str = OPEN_DAYS
    within: int | None = None


_COMPLETED = "{span} {were} completed{within} {counts}"
_TOLD: Mapping[Kind, str] = {
    Kind.STOP: _COMPLETED,
    Kind.SLOW_PAIR: _COMPLETED,
    Kind.IMPROVED: _COMPLETED,
    Kind.OPEN_AGE: "on {day} {were} open for longer than nine in ten used to take, {counts}",
    Kind.OVERDUE_EXCESS: "on {day} {were} open for longer than {past}, {counts}",
    Kind.MISSING: "{span} {were} shown never to have been done, {counts}",
    Kind.PING_PONG: "{span} {were} sent back {counts}",
    Kind.BATCHING: (
        "{span} {agency} worked in batches: {effect.value:.0%} of the work would have to move to other {phases} "
        "for the usual rhythm ({effect.low:.0%} to {effect.high:.0%})"
    ),
    Kind.PUBLISH_LAG: (
        "{span} {effect.value:.0%} of {n} events were published later than 19 in 20 of their type used to be "
        "({effect.low:.0%} to {effect.high:.0%})"
    ),
    Kind.FEED_SILENCE: "nothing of any kind was published for {effect.value:.0f} open hours to {day}",
    Kind.COST_SHIFT: (
        "{span} {agency} completed its own work {interval} as fast as usual, while more came back or waited at its "
        "neighbour, and cases did not end sooner"
    ),
    Kind.BOUNDARY: (
        "the same step takes longer across organisations than inside one with a chance of {effect.value:.2f} "
        "({effect.low:.2f} to {effect.high:.2f}); 0.50 would be no difference"
    ),
}
SURGE_FROM, LULL_TO = 1.25, 0.8
"""Arrivals beyond these are said in the sentence: they may be what changed."""


def measure(kind: Kind, unit: str = OPEN_DAYS) -> str:
    """Return what the effect of a kind measures, in a flow whose waits are counted in `unit`."""
    told = MEASURES[kind].format(cycle="week" if unit == OPEN_DAYS else "day")
    return told if unit == OPEN_DAYS or kind not in _BY_AGE else f"{told}, by waits in {unit}"


def phases(unit: str) -> str:
    """Return between what work would move to follow another rhythm, in a flow counted in `unit`."""
    return "days" if unit == OPEN_DAYS else "hours of the day"


def sentence(finding: Finding, beside: Circumstances, names: Names) -> str:
    """Return what an answered test says, with its figures: no persons, no causes.

    Raises:
        ValueError: the test has no answer.
    """
    effect, window = finding.effect, finding.window
    if effect is None or window is None:
        raise ValueError(f"{finding.kind} about {finding.about} has no answer to put into words")
    told = _told(finding, effect, window, beside, names)
    but = "" if finding.reservation is None else f"; {finding.reservation}"
    return f"{names.subject(finding.about)}: {told}{_beside(beside)}{but}."


def _told(
    finding: Finding, effect: Effect, window: tuple[int, int], beside: Circumstances, names: Names
) -> str:
    return _TOLD[finding.kind].format(
        span=f"in the {beside.open_days} open days to {_day(window[1])}",
        day=_day(window[1]),
        were=_were(finding.observed),
        within="" if beside.within is None else f" within {beside.within} {beside.unit}",
        counts=f"where the usual pace gives {_usual(finding)} ({_interval(effect)})",
        past="half of all used to take" if beside.late_open is None else "the limit allows",
        agency=names.agency(finding.about.agency),
        phases=phases(beside.unit),
        n=finding.sample.n,
        interval=_interval(effect),
        effect=effect,
    )


def _beside(beside: Circumstances) -> str:
    told = ""
    if beside.late_open:
        told += f"; {beside.late_open:,} {'is' if beside.late_open == 1 else 'are'} open past the limit"
    if beside.excess_days is not None and beside.excess_days >= 1:
        told += f"; {beside.excess_days:,.0f} excess days a week"
    if beside.lost is not None:
        told += f"; an item loses {beside.lost:.1f} {beside.unit} to it"
    ratio = beside.arrivals_ratio
    if ratio is not None and (ratio >= SURGE_FROM or ratio <= LULL_TO):
        told += f"; {ratio:.1f} times as many as usual began"
    return told


def _interval(effect: Effect) -> str:
    return f"{effect.value:.2f} {effect.unit}, {effect.low:.2f} to {effect.high:.2f}"


def _were(count: int) -> str:
    return f"{count:,} {'was' if count == 1 else 'were'}"


def _usual(finding: Finding) -> str:
    """Return the expected number; never more than there were: while all wait, each is expected every day anew."""
    n = finding.sample.n
    return f"nearly all of the {n:,} that waited" if finding.expected > n > 0 else _count(finding.expected)


def _count(expected: float) -> str:
    return f"{expected:,.0f}" if expected >= 9.5 else f"{expected:.1f}"


def _day(number: int) -> str:
    day = date_of(number)
    return f"{day.day} {day:%B %Y}"
