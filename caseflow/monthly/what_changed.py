"""The sections about signals: what changed, and what to look at."""

from collections.abc import Iterator

from analysis.judging.confidence import Confidence
from analysis.judging.signals import Direction, State
from board.document.parts import Bullets, Paragraph, Part, Section, Table
from caseflow.monthly.facts import Facts
from caseflow.monthly.small_numbers import tells_too_much
from caseflow.reading.durations import percent
from models.signal_kinds import SignalKind
from projections.silo_signals.queries import SignalRow

MOST = 12
"""Signals told in full: the gravest."""
_HOW_ENDED = {
    State.CLOSED: "closed: it was clear three times",
    State.WITHDRAWN: "withdrawn: late data explain it",
    State.SUPERSEDED: "superseded: another signal says it better",
    State.REBASED: "rebased: a person decided that something else is usual",
}
_DEFINITION = (
    "A signal opens when its test passes two weeks in a row (a stopped flow or a silent feed at once) and closes "
    "when it was clear three times. Effect: observed over what the usual pace gives, with its 95 % interval. "
    "Excess: item-days a week past the limit, or beyond the usual pace where there is none; share: the same as a "
    "share of all cases' time. Confidence follows from how much the figures rest on. Ends with: the least that "
    "would make it go away. Definitions: docs/silo_signals.md."
)


def what_changed(facts: Facts) -> Section:
    """Return the section of what opened and what ended in the month."""
    if not facts.judged:
        return Section(
            "What changed",
            [Paragraph("No day has been judged yet: signals are there when the signals process has run.")],
        )
    new, over = opened_signals(facts), over_signals(facts)
    parts: list[Part] = []
    for title, rows in (
        ("Concerns that opened", [row for row in new if row.direction is Direction.CONCERN]),
        ("Improvements that opened", [row for row in new if row.direction is Direction.IMPROVEMENT]),
    ):
        if rows:
            parts += [
                Paragraph(f"{title}:"),
                Bullets([(_kind(row), told(facts, row)) for row in rows[:MOST]]),
            ]
    if over:
        ended = [
            (_kind(row), f"{_about(facts, row)}: {_HOW_ENDED.get(row.state, row.state.value)}")
            for row in over[:MOST]
        ]
        parts += [Paragraph("Signals that ended:"), Bullets(ended)]
    return Section("What changed", parts or [Paragraph("No signal opened or ended in this month.")])


def what_to_look_at(facts: Facts) -> Section:
    """Return the section of what is open at the end of the month, gravest first."""
    rows = [row for row in open_signals(facts) if row.direction is Direction.CONCERN][:MOST]
    if not rows:
        return Section("What to look at", [Paragraph("No concern is open at the end of the month.")])
    table = Table(
        "Open concerns, the gravest first",
        ("signal", "about", "since", "effect", "excess days a week", "share", "confidence", "ends with"),
        [_row(facts, row) for row in rows],
        _DEFINITION,
        frozenset({4, 5}),
    )
    return Section("What to look at", [table])


def told(facts: Facts, row: SignalRow) -> str:
    """Return the sentence of a signal, or without its counts where one of them is small."""
    if not tells_too_much(row.sentence):
        return row.sentence
    return f"{_about(facts, row)}: {row.measure} {_effect(row)}."


def concerns_of(facts: Facts) -> Iterator[SignalRow]:
    """Give the open concerns about flows, the gravest first, each flow once."""
    seen = set()
    for row in open_signals(facts):
        if row.direction is Direction.CONCERN and row.about.flow is not None and row.about.flow not in seen:
            seen.add(row.about.flow)
            yield row


def _row(facts: Facts, row: SignalRow) -> tuple[str, ...]:
    opened = row.opened or row.since
    return (
        SignalKind(row.kind).words,
        _about(facts, row),
        f"{opened.day} {opened:%b %Y}",
        _effect(row),
        "-" if row.excess_days is None else f"{row.excess_days:,.0f}",
        percent(row.share),
        row.confidence.value,
        row.goes_away_if,
    )


def open_signals(facts: Facts) -> list[SignalRow]:
    """Return what was open at the end of the month, or now where that is still to come; gravest first.

    What ended since then has its place among the others: the month is told as it was.
    """
    after = facts.month.after
    begun = [row for row in facts.signals if row.opened and row.opened < after]
    return sorted((row for row in begun if row.ended is None or row.ended >= after), key=_gravity)


def opened_signals(facts: Facts) -> list[SignalRow]:
    """Return what opened in the month."""
    return [
        row for row in facts.signals if row.opened and facts.month.first <= row.opened < facts.month.after
    ]


def over_signals(facts: Facts) -> list[SignalRow]:
    """Return what ended in the month."""
    return [row for row in facts.signals if row.ended and facts.month.first <= row.ended < facts.month.after]


def _gravity(row: SignalRow) -> tuple[bool, bool, float, float]:
    """Return what signals are sorted by, as `analysis.judging.signals.ranked` does."""
    improvement, unsure = row.direction is Direction.IMPROVEMENT, row.confidence is Confidence.LOW
    return improvement, unsure, -(row.excess_days or 0.0), -(row.share or 0.0)


def _effect(row: SignalRow) -> str:
    return f"{row.effect.value:.2f} {row.effect.unit} ({row.effect.low:.2f} to {row.effect.high:.2f})"


def _kind(row: SignalRow) -> str:
    words = SignalKind(row.kind).words
    return f"{words[:1].upper()}{words[1:]}."


def _about(facts: Facts, row: SignalRow) -> str:
    return facts.world.names.subject(row.about)
