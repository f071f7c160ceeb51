"""What one evaluation leaves to the next: locked baselines, and every signal that is a candidate or open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from pydantic import TypeAdapter

from analysis.detectors.feed_silence import SilenceBaseline
from analysis.detectors.publish_lag import LagBaseline
from analysis.engine.baseline import Baseline
from analysis.findings import About, Kind
from analysis.items import FlowKey, Known
from analysis.judging.hysteresis import Track
from analysis.judging.signals import Signal
from analysis.series.weekly import Measure
from analysis.series.xmr_rules import Limits

Key = tuple[Kind, About]


class ChartKey(NamedTuple):
    """The points of a weekly chart that have limits of their own: from a Monday on, or (None) the first ones."""

    flow: FlowKey
    measure: Measure
    since: int | None


@dataclass(frozen=True, slots=True)
class Tracked:
    """One candidate or open signal: its track, how it was told last, and what was known when it opened.

    `opened_as` is None for candidates and for what is not about a flow: late data are weighed against it.
    """

    track: Track
    signal: Signal
    opened_as: Known | None


@dataclass(frozen=True, slots=True, eq=False)
class Baselines:
    """The usual pace of everything, locked: each is made once and then stays, until somebody rebases it."""

    waits: Mapping[FlowKey, Baseline] = field(default_factory=dict)
    returns: Mapping[FlowKey, Baseline] = field(default_factory=dict)
    lags: Mapping[str, LagBaseline] = field(default_factory=dict)
    silences: Mapping[str, SilenceBaseline] = field(default_factory=dict)
    cap_us: int | None = None
    """Of the boundary effect: the wait at which every step is cut."""
    limits: Mapping[ChartKey, Limits] = field(default_factory=dict)
    """Of the weekly charts; no test looks at them."""


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """What is remembered after the evaluation of a local day (None: there was none yet).

    `clocks` are the local days of the agencies' judged clocks then: a stop is asked when one passed an open day.
    """

    day: int | None = None
    clocks: Mapping[str, int] = field(default_factory=dict)
    baselines: Baselines = Baselines()
    tracked: Mapping[Key, Tracked] = field(default_factory=dict)


_TRACKED: Final = TypeAdapter(tuple[Tracked, ...])


def tracked_content(memory: Memory) -> list[Any]:
    """Return the candidates and open signals as JSON holds them, in a fixed order."""
    in_order = sorted(memory.tracked.values(), key=lambda one: one.signal.id)
    dumped: list[Any] = _TRACKED.dump_python(tuple(in_order), mode="json")
    return dumped


def tracked_of_content(content: list[Any]) -> dict[Key, Tracked]:
    """Return the same candidates and open signals again."""
    return {(one.signal.kind, one.signal.about): one for one in _TRACKED.validate_python(content)}
