"""Is work taken up, or sent, on some weekdays (or hours) only? Net of the calendar, and of what lies there."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import special

from analysis.answers import Answer, Effect, Sample, Status
from analysis.arrays import DAY_US, WEEK, Floats, Ints
from analysis.detectors.answering import SILENT, longest
from analysis.engine.baseline import Baseline
from analysis.engine.expected import at_work
from analysis.engine.exposure import by_slot
from analysis.findings import About, Finding, Kind
from analysis.items import Risk
from analysis.open_days import OpenDays, weekdays
from analysis.open_hours import OpenHours, OpenTime
from analysis.shares import wilson
from analysis.view import View

WINDOW: Final = 40
"""Open days looked back on."""
SURE_BELOW: Final = 1e-3
MOVED_FROM: Final = 0.2
"""Share of the work that would have to move to other days, or hours, for the usual rhythm (total variation)."""
FEWEST: Final = 25
TIED: Final = 0.9
"""Share of stops with one phase of start and one lag from which phase and lag cannot be told apart."""
_THIN: Final = 1.0
"""Phases in which less than this is expected are looked at together."""


@dataclass(frozen=True, slots=True, eq=False)
class _Rhythm:
    """The phase in which each item of `risk` was taken up or sent, -1 where that counts not.

    Phases are weekdays (Monday is 0) or, in a flow that is counted in open hours, the hours of the day. `expected`
    is what each would have in the usual rhythm, shape (7,) or (24,), to any total.
    """

    risk: Risk
    phase: Ints
    expected: Floats
    window: tuple[int, int]


def batching(view: View, sender_calendar: OpenDays) -> tuple[Finding, Finding]:
    """Return whether the receiver takes work up, and whether the sender sends it, on some weekdays above all.

    In a flow that is counted in open hours: in some hours of the day above all; its days are as in any other.

    Over the last 40 open days of each. The receiver's stops are held against the stops that the baseline's hazards
    give on those very days for the queue that lay there, so that a sender's batches do not incriminate it, and
    against the weekdays that were usual in the baseline: work that waits in calendar days is always heavier after
    a weekend. The sender's items are held against its usual weekdays and its own calendar. Expectations are
    rescaled to equal totals. What happens to one case on one day counts once. The effect is the total variation:
    the share of the work that would have to move to other days. Its interval is Wilson's, of the share done on the
    crowded days. p is that of chi-square over 1 + n / N, as the usual weekdays are known from no more than the N
    items of the baseline; `large_enough`: p < 1e-3 and a total variation of 0.2 or more.

    Where nine in ten stops have the same weekday (or hour) of start and the same lag, the receiver's part is not
    identifiable: it takes work up on a weekday, or after so many days.

    Returns:
        The receiver's part and the sender's, in this order; `about.agency` says whose it is.

    Source: silo_signals section 7, "Batching rhythm".
    """
    return _receiver(view), _sender(view, sender_calendar)


def cost_per_item(pick_up_slots: Ints) -> float | None:
    """Return the slots that an item loses to batches: sum g^2 / (2 sum g) - 1/2 over gaps g between pick-ups.

    Args:
        pick_up_slots: slots in which something was taken up, any order, repeats allowed.

    Returns:
        Open days, or open hours where slots are hours: 0 where something is taken up in every one; None below two
        with a pick-up.

    Source: silo_signals section 7; the mean residual time of a renewal process, less that of single slots.
    """
    gaps = np.diff(np.unique(pick_up_slots)).astype(np.float64)
    return float(np.sum(gaps**2) / (2 * np.sum(gaps)) - 0.5) if gaps.size else None


def pick_up_slots(risk: Risk) -> Ints:
    """Return the slots of the last 40 open days in which each of their stops happened, for `cost_per_item`."""
    return risk.end[risk.outcome & (risk.end >= risk.since(WINDOW)) & (risk.end < risk.until)]


def _receiver(view: View) -> Finding:
    about = About(view.flow.key, view.flow.key.receiver)
    if view.feed_silent:
        return Finding(Kind.BATCHING, about, Status.WITHHELD, SILENT)
    if isinstance(view.baseline, Answer):
        return Finding(Kind.BATCHING, about, view.baseline.status, view.baseline.why)
    risk = at_work(view.waiting, WINDOW)
    judged = view.baseline.judged(risk.end - risk.start)
    done = np.flatnonzero(risk.outcome & (risk.end < risk.until) & judged)
    if done.size >= FEWEST and _tied(risk, done):
        why = f"nearly everything is sent {_on_one(risk.calendar)} and taken up after the same lag"
        return Finding(Kind.BATCHING, about, Status.NOT_IDENTIFIABLE, why, sample=Sample(int(done.size)))
    first = risk.since(WINDOW)
    phases = risk.calendar.phases_of(first, risk.until)
    on = np.full(risk.end.size, -1)
    done = done[_once(view.flow.items.case[risk.item[done]], risk.end[done] // risk.calendar.per_day)]
    on[done] = phases[risk.end[done] - first]
    given = _given(risk, view.baseline, first)
    rhythm = _Rhythm(
        risk=risk,
        phase=on,
        expected=np.bincount(phases, weights=given, minlength=risk.calendar.phases) * view.baseline.rhythm,
        window=view.window(WINDOW),
    )
    return _judged(about, rhythm, view.baseline.completions)


def _sender(view: View, calendar: OpenDays) -> Finding:
    about = About(view.flow.key, view.flow.key.sender)
    until = calendar.slot(view.known.day)
    first = max(until - WINDOW, 0)
    if until == first:
        why = "no open day of the sender lies before the judged one"
        return Finding(Kind.BATCHING, about, Status.NOT_ENOUGH_DATA, why)
    if isinstance(view.baseline, Answer):
        return Finding(Kind.BATCHING, about, view.baseline.status, view.baseline.why)
    risk, window = view.waiting, np.arange(calendar.days[first], view.known.day)
    started = view.flow.items.started[risk.item]
    day = started // DAY_US
    sent = np.flatnonzero((day >= window[0]) & (day < view.known.day))
    sent = sent[_once(view.flow.items.case[risk.item[sent]], day[sent])]
    on = np.full(day.size, -1)
    on[sent] = risk.calendar.phases_at(started[sent])
    in_hours = isinstance(risk.calendar, OpenHours)  # whatever its days are, each has the usual hours
    rhythm = _Rhythm(
        risk=risk,
        phase=on,
        expected=view.baseline.arrivals if in_hours else _usual_sends(view.baseline, calendar, window),
        window=(int(window[0]), int(window[-1])),
    )
    return _judged(about, rhythm, view.baseline.items)


def _usual_sends(baseline: Baseline, calendar: OpenDays, window: Ints) -> Floats:
    """Return what the sender's usual weekdays give for the days of a window, by weekday, up to a factor.

    A declared closure gives nothing. A weekday that is never open in the calendar, on which something began all the
    same (a weekend's arrests), counts by its days.
    """
    usual = np.arange(baseline.first_day, baseline.last_day + 1)
    days = _by_weekday(weekdays(usual), calendar.weights[usual - calendar.first])
    in_window = _by_weekday(weekdays(window), calendar.weights[window - calendar.first])
    never = days == 0
    days = np.where(never, _by_weekday(weekdays(usual), np.ones(usual.size)), days)
    in_window = np.where(never, _by_weekday(weekdays(window), np.ones(window.size)), in_window)
    return np.asarray(baseline.arrivals / days * in_window, dtype=np.float64)


def _once(case: Ints, day: Ints) -> Ints:
    """Return the places of the first item of each case on each day."""
    _, first = np.unique(np.stack([case, day]), axis=1, return_index=True)
    return first.astype(np.int64)


def _by_weekday(weekday: Ints, amounts: Floats) -> Floats:
    return np.bincount(weekday, weights=amounts, minlength=WEEK).astype(np.float64)


def _tied(risk: Risk, done: Ints) -> bool:
    """Return whether nearly all stops share the weekday, or hour, of their start and their lag."""
    first = int(risk.start[done].min())
    phase = risk.calendar.phases_of(first, risk.until)[risk.start[done] - first]
    lag = risk.end[done] - risk.start[done]
    _, counts = np.unique(lag * risk.calendar.phases + phase, return_counts=True)
    return int(counts.max()) >= TIED * done.size


def _on_one(calendar: OpenTime) -> str:
    return "in one hour of the day" if isinstance(calendar, OpenHours) else "on one weekday"


def _given(risk: Risk, baseline: Baseline, first: int) -> Floats:
    """Return the stops that the hazards give for the queue of each slot, from `first` to before the judged one."""
    given = by_slot(risk.start, risk.end, first, risk.until, baseline.pace[None, :])[0]
    return np.asarray(given * risk.calendar.strength(first, risk.until), dtype=np.float64)


def _judged(about: About, rhythm: _Rhythm, baseline_n: int) -> Finding:
    observed = np.bincount(rhythm.phase + 1, minlength=rhythm.expected.size + 1)[1:]
    n, phases = int(observed.sum()), int(np.count_nonzero(rhythm.expected > 0))
    if n < FEWEST or not rhythm.expected.sum() > 0:
        why = f"{n} in {WINDOW} open days, where {FEWEST} are needed"
        return Finding(Kind.BATCHING, about, Status.NOT_ENOUGH_DATA, why, sample=Sample(n))
    if phases == 1:
        what = "weekday" if rhythm.expected.size == WEEK else "hour of the day"
        why = f"only one {what} is open: no rhythm could show"
        return Finding(Kind.BATCHING, about, Status.NOT_IDENTIFIABLE, why, sample=Sample(n))
    expected = rhythm.expected * (n / rhythm.expected.sum())
    p = _p(observed, expected, 1 + n / baseline_n)
    crowded = observed > expected
    effect = _moved(int(observed[crowded].sum()), float(expected[crowded].sum()), n)
    return Finding(
        kind=Kind.BATCHING,
        about=about,
        status=Status.OK,
        p=p,
        effect=effect,
        large_enough=p < SURE_BELOW and effect.value >= MOVED_FROM,
        observed=n,
        expected=float(n),
        sample=Sample(n, baseline_n=baseline_n),
        window=rhythm.window,
        items=longest(rhythm.risk, np.append(crowded, False)[rhythm.phase]),
    )


def _p(observed: Ints, expected: Floats, spread: float) -> float:
    """Return the chi-square p; thin phases are looked at together, with the next one where that is not enough.

    `spread` divides the statistic. With 1 it is equal to `scipy.stats.chisquare`, whose overhead a weekly test of
    every flow can do without.
    """
    order = np.argsort(expected, kind="stable")
    order = order[(expected[order] > 0) | (observed[order] > 0)]
    thin = int(np.searchsorted(np.cumsum(expected[order]), _THIN)) + 1
    if thin >= order.size:
        return 1.0
    did, usual = (
        np.append(counts[order[thin:]], counts[order[:thin]].sum()) for counts in (observed, expected)
    )
    return float(special.chdtrc(did.size - 1, float(np.sum((did - usual) ** 2 / usual)) / spread))


def _moved(on_crowded: int, expected: float, n: int) -> Effect:
    done, usual = wilson(on_crowded, n), expected / n
    low, high = max(0.0, done.low - usual), max(0.0, done.high - usual)
    return Effect(max(0.0, done.value - usual), low, high, "share")
