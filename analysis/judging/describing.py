"""A finding as a signal: with what stands beside it, in words, and how sure."""

from analysis.answers import Effect
from analysis.findings import Finding, Kind
from analysis.judging.circumstances import circumstances
from analysis.judging.confidence import Confidence, confidence
from analysis.judging.doubts import doubtful_share
from analysis.judging.hysteresis import Track
from analysis.judging.remedy import goes_away_if
from analysis.judging.signals import Signal, State
from analysis.judging.wording import measure, sentence
from analysis.judging.world import World
from analysis.view import View


def described(
    world: World, finding: Finding, view: View | None, adjusted_p: float | None, track: Track, day: int
) -> Signal:
    """Return an answered finding as the signal that it is now.

    Args:
        world: names, calendars and doubts.
        finding: answered, with its window.
        view: of its flow; None for what is not about a flow.
        adjusted_p: of its weekly family; None for kinds in no family.
        track: since when, and whether open.
        day: the local day judged.

    Raises:
        ValueError: the finding has no answer.
    """
    beside = circumstances(world, finding, view)
    effect, p, window = _numbers(finding)
    return Signal(
        kind=finding.kind,
        about=finding.about,
        state=State.CANDIDATE if track.opened is None else State.OPEN,
        since=track.since,
        opened=track.opened,
        ended=None,
        last_judged=day,
        window=window,
        measure=measure(finding.kind, beside.unit),
        effect=effect,
        p=p,
        p_adjusted=adjusted_p,
        observed=finding.observed,
        expected=finding.expected,
        sample=finding.sample,
        excess_days=beside.excess_days,
        share=beside.share,
        arrivals_ratio=beside.arrivals_ratio,
        confidence=_confidence(world, finding, view, day),
        cases=_cases(finding, view),
        sentence=sentence(finding, beside, world.names),
        goes_away_if=goes_away_if(finding, beside.unit, beside.within),
    )


def _numbers(finding: Finding) -> tuple[Effect, float, tuple[int, int]]:
    if finding.effect is None or finding.p is None or finding.window is None:
        raise ValueError(f"{finding.kind} about {finding.about} has no answer to describe")
    return finding.effect, finding.p, finding.window


def _confidence(world: World, finding: Finding, view: View | None, day: int) -> Confidence:
    """Return how sure it is; a flow of which nothing at all was told may lack only that one type of event."""
    doubtful = 0.0
    if view is not None:
        left_out = world.doubtful.get(view.flow.key)
        doubtful = doubtful_share(view.flow, left_out, day, view.known.now_us)
    provisional = finding.kind is Kind.STOP and finding.observed == 0
    return confidence(finding.sample.baseline_n, finding.expected, doubtful, provisional=provisional)


def _cases(finding: Finding, view: View | None) -> tuple[int, ...]:
    if view is None:
        return finding.cases
    cases = view.flow.items.case[list(finding.items)]
    return tuple(dict.fromkeys(cases.tolist()))
