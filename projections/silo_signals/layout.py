"""Signals and findings laid out as rows of their tables."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from analysis.answers import Effect, Sample
from analysis.detectors.stop import P_STOP
from analysis.findings import Finding, Kind
from analysis.judging.families import adjusted, passed
from analysis.judging.signals import Signal
from models.instants import date_of
from projections.silo_signals.columns import ABOUT, about_columns
from projections.silo_signals.evidence import Evidence

Cells = dict[str, Any]


def finding_rows(findings: Sequence[Finding], day: int) -> Iterator[Cells]:
    """Yield the findings of a judged day by column, with the p that their family gives them.

    Of several about the same the first stands.
    """
    by_family = adjusted(findings)
    first = {(one.kind, one.about): one for one in reversed(findings)}
    for one in first.values():
        yield _finding(one, by_family.get(one), day)


def signal_row(one: Signal, evidence: Evidence, versions: Mapping[str, str]) -> Cells:
    """Return a signal by column."""
    return {
        "id": one.id,
        "kind": one.kind.value,
        **dict(zip(ABOUT, about_columns(one.about), strict=True)),
        "direction": one.direction.value,
        "state": one.state.value,
        "since": date_of(one.since),
        "opened": None if one.opened is None else date_of(one.opened),
        "ended": None if one.ended is None else date_of(one.ended),
        "last_judged": date_of(one.last_judged),
        **_window(one.window),
        "measure": one.measure,
        **_effect(one.effect),
        "p": one.p,
        "p_adjusted": one.p_adjusted,
        "observed": int(one.observed),
        "expected": float(one.expected),
        **_sample(one.sample),
        "excess_days": one.excess_days,
        "share": one.share,
        "arrivals_ratio": one.arrivals_ratio,
        "confidence": one.confidence.value,
        "evidence": evidence,
        "sentence": one.sentence,
        "goes_away_if": one.goes_away_if,
        "versions": versions,
    }


def _finding(one: Finding, adjusted_p: float | None, day: int) -> Cells:
    """Return a finding by column; what arithmetic leaves as numpy's truths and counts becomes Python's."""
    return {
        "day": date_of(day),
        "kind": one.kind.value,
        **dict(zip(ABOUT, about_columns(one.about), strict=True)),
        "status": one.status.value,
        "why": one.why,
        "passed": bool(has_passed(one, adjusted_p)),
        "large_enough": bool(one.large_enough),
        "p": one.p,
        "p_adjusted": adjusted_p,
        **_effect(one.effect),
        "observed": int(one.observed),
        "expected": float(one.expected),
        **_sample(one.sample),
        **_window(one.window),
    }


def has_passed(one: Finding, adjusted_p: float | None) -> bool:
    """Return whether a finding speaks for a signal of its kind, by the rule of that kind."""
    if one.p is None or one.effect is None or not one.large_enough:
        return False
    match one.kind:
        case Kind.STOP:
            return one.p < P_STOP
        case Kind.FEED_SILENCE:
            return True
        case Kind.BOUNDARY:
            return not one.effect.low <= 0.5 <= one.effect.high
        case _:
            return adjusted_p is not None and passed(one, adjusted_p)


def _effect(effect: Effect | None) -> Cells:
    names = ("value", "low", "high", "unit")
    return {f"effect_{name}": None if effect is None else getattr(effect, name) for name in names}


def _sample(sample: Sample) -> Cells:
    return {name: int(getattr(sample, name)) for name in ("n", "n_open", "baseline_n")}


def _window(window: tuple[int, int] | None) -> Cells:
    first, last = (None, None) if window is None else map(date_of, window)
    return {"window_from": first, "window_to": last}
