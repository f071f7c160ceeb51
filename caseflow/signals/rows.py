"""Signals and findings as JSON for programs: the record of docs/silo_signals.md, days as local dates."""

from collections.abc import Sequence
from typing import Any

import orjson

from analysis.answers import Effect, Sample
from analysis.findings import About
from projections.silo_signals.queries import FindingRow, SignalRow


def signal_content(row: SignalRow) -> dict[str, Any]:
    """Return one signal; what it is not about is null."""
    return {
        "id": str(row.id),
        "kind": row.kind,
        **about_content(row.about),
        "direction": row.direction,
        "state": row.state,
        "since": row.since,
        "opened": row.opened,
        "ended": row.ended,
        "lastJudged": row.last_judged,
        "period": row.window,
        "measure": row.measure,
        "effect": _effect(row.effect),
        "observed": row.observed,
        "expected": row.expected,
        "sample": _sample(row.sample),
        "p": row.p,
        "pAdjusted": row.p_adjusted,
        "excessDaysAWeek": row.excess_days,
        "share": row.share,
        "arrivalsRatio": row.arrivals_ratio,
        "confidence": row.confidence,
        "evidence": row.evidence,
        "sentence": row.sentence,
        "goesAwayIf": row.goes_away_if,
        "versions": row.versions,
    }


def finding_content(row: FindingRow) -> dict[str, Any]:
    """Return what one test said on one day; numbers are null where it had no answer."""
    return {
        "day": row.day,
        "kind": row.kind,
        **about_content(row.about),
        "status": row.status,
        "why": row.why,
        "passed": row.passed,
        "largeEnough": row.large_enough,
        "p": row.p,
        "pAdjusted": row.p_adjusted,
        "effect": None if row.effect is None else _effect(row.effect),
        "observed": row.observed,
        "expected": row.expected,
        "sample": _sample(row.sample),
        "period": row.window,
    }


def as_json(content: dict[str, Any] | Sequence[dict[str, Any]]) -> str:
    """Return content as indented JSON text; numbers of the analysis may still be numpy's."""
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY).decode()


def about_content(about: About) -> dict[str, Any]:
    """Return what something is about; null: not about one."""
    flow = about.flow
    return {
        "pair": None if flow is None else list(flow.pair),
        "handOff": None if flow is None else flow.rule or None,
        "agency": about.agency or None,
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {"value": effect.value, "low": effect.low, "high": effect.high, "unit": effect.unit}


def _sample(sample: Sample) -> dict[str, int]:
    return {"n": sample.n, "nOpen": sample.n_open, "baselineN": sample.baseline_n}
