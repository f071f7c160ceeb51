"""A day that was evaluated without being stored, as the rows that a stored one would have."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from analysis.findings import Finding
from analysis.judging.evaluation import Evaluated
from analysis.judging.families import adjusted
from analysis.judging.signals import Signal
from models.instants import date_of
from projections.silo_signals.evidence import Evidence
from projections.silo_signals.layout import has_passed
from projections.silo_signals.queries import FindingRow, SignalRow


def signal_of(signal: Signal, evidence: Evidence, versions: dict[str, str], at: datetime) -> SignalRow:
    """Return a signal as a row; `at` is the present instant."""
    return SignalRow(
        id=UUID(signal.id),
        kind=signal.kind,
        about=signal.about,
        direction=signal.direction,
        state=signal.state,
        since=date_of(signal.since),
        opened=None if signal.opened is None else date_of(signal.opened),
        ended=None if signal.ended is None else date_of(signal.ended),
        last_judged=date_of(signal.last_judged),
        window=(date_of(signal.window[0]), date_of(signal.window[1])),
        measure=signal.measure,
        effect=signal.effect,
        p=signal.p,
        p_adjusted=signal.p_adjusted,
        observed=signal.observed,
        expected=signal.expected,
        sample=signal.sample,
        excess_days=signal.excess_days,
        share=signal.share,
        arrivals_ratio=signal.arrivals_ratio,
        confidence=signal.confidence,
        evidence=evidence,
        sentence=signal.sentence,
        goes_away_if=signal.goes_away_if,
        versions=versions,
        written_at=at,
    )


def findings_of(evaluated: Evaluated) -> Iterator[FindingRow]:
    """Yield what every test of a day said, with the p that the family of its week gives it."""
    by_family = adjusted(evaluated.findings)
    return (_finding(one, by_family.get(one), evaluated.day) for one in evaluated.findings)


def _finding(one: Finding, adjusted_p: float | None, day: int) -> FindingRow:
    return FindingRow(
        day=date_of(day),
        kind=one.kind,
        about=one.about,
        status=one.status,
        why=one.why,
        passed=has_passed(one, adjusted_p),
        large_enough=one.large_enough,
        p=one.p,
        p_adjusted=adjusted_p,
        effect=one.effect,
        observed=one.observed,
        expected=one.expected,
        sample=one.sample,
        window=None if one.window is None else (date_of(one.window[0]), date_of(one.window[1])),
    )


def answers(rows: Sequence[FindingRow]) -> str:
    """Return in words how many tests were asked, and how many of them had no answer, by the reason."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.status.value] = counts.get(row.status.value, 0) + 1
    answered = counts.pop("ok", 0)
    others = ", ".join(f"{count} {status.replace('_', ' ')}" for status, count in sorted(counts.items()))
    return f"{len(rows)} tests asked: {answered} answered" + (f", {others}" if others else "")
