"""The scenarios of the specification as data, S1 to S13 and S17: what is planted, what must be found, what not.

Source: silo signals, section 11; for S17 section 0.1, "open hours where the limit is under 2 open days". Where the
days within which a signal opens are None, silence or `not_enough_data` is right at that volume.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from analysis.findings import Kind

EFFECT_WEEK: Final = 12
"""Of the judged year, counted from 0: what is planted begins on its Monday."""
CONCERNS: Final = frozenset(Kind) - {Kind.IMPROVED}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A signal that has to open, and within how many working days by weekly volume.

    `about` names what it is about: the planted pair, its own work `inside`, or the sender or receiver alone.
    `stop_may_precede`: a stop that turned into it counts, from its own day.
    """

    kind: Kind
    within: Mapping[int, int | None]
    about: str = "pair"
    stop_may_precede: bool = False


@dataclass(frozen=True, slots=True)
class Scenario:
    """One row: what is planted (`{a}` sends, `{b}` receives, from `{day}` on) and what is asked.

    Attributes:
        name: the row of the specification, and which of its variants.
        title: the row in words.
        plants: as `read_plant` reads them.
        wanted: what has to open.
        silent: kinds that must not open on the planted pair or its agencies.
        silent_about: more of them, for its sender or receiver alone.
        everything_silent: nothing at all may open.
        asides: what else it asks for, by name (`bench.signals.asides`).
        declared: agencies tell their closures and reduced days.
        volumes: items a week of the planted pair, each a row of its own.
        weeks: how long the run goes on after the effect has begun.
        baseline_weeks: the window of the usual pace, by volume where it is not 52.
        inside: the sender's own work is a flow too.
        others: other events that the agencies of the planted pair publish for each item of it.
        pair: what else is particular about the planted pair.
    """

    name: str
    title: str
    plants: tuple[str, ...]
    wanted: tuple[Wanted, ...] = ()
    silent: frozenset[Kind] = frozenset()
    silent_about: Mapping[str, frozenset[Kind]] = field(default_factory=dict)
    everything_silent: bool = False
    asides: tuple[str, ...] = ()
    declared: bool = True
    volumes: tuple[int, ...] = (10, 30)
    weeks: int = 10
    baseline_weeks: Mapping[int, int] = field(default_factory=dict)
    inside: bool = False
    others: float = 1.0
    pair: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The scenario it belongs to: S1."""
        return self.name.split(" ")[0]


_ALL: Final = frozenset(Kind)
_SHORT: Final = {"limit": 1, "median": 0.5}
"""Of the planted pair: due on the next working day, and half of it taken up within four of eight open hours."""
_PAIR: Final = "{a}:{b},from={day}"
SCENARIOS: Final = (
    Scenario(
        "S1",
        "slow pair: waits x2",
        (f"slow-pair={_PAIR}",),
        (Wanted(Kind.SLOW_PAIR, {10: 40, 30: 30}, stop_may_precede=True),),
        frozenset({Kind.IMPROVED}),
        weeks=12,
    ),
    Scenario(
        "S1 mild",
        "slow pair: waits x1.5",
        (f"slow-pair={_PAIR},factor=1.5",),
        (Wanted(Kind.SLOW_PAIR, {10: None, 30: 40}, stop_may_precede=True),),
        frozenset({Kind.IMPROVED}),
        weeks=12,
    ),
    Scenario(
        "S2",
        "stopped flow, 5 % trickle",
        (f"stopped-flow={_PAIR}",),
        (Wanted(Kind.STOP, {2: 25, 10: 9, 30: 5}),),
        frozenset({Kind.FEED_SILENCE}),
        volumes=(2, 10, 30),
        baseline_weeks={2: 104},
        others=3.0,
    ),
    Scenario(
        "S3",
        "receiver picks up on one weekday",
        (f"receiver-weekday={_PAIR}",),
        (Wanted(Kind.BATCHING, {10: 30, 30: 25}, "receiver"),),
        silent_about={"sender": frozenset({Kind.BATCHING})},
    ),
    Scenario(
        "S4",
        "sender sends on one weekday",
        (f"sender-weekday={_PAIR}",),
        (Wanted(Kind.BATCHING, {10: 30, 30: 25}, "sender"),),
        frozenset({Kind.SLOW_PAIR}),
        silent_about={"receiver": frozenset({Kind.BATCHING})},
    ),
    Scenario(
        "S5",
        "returns 5 % to 20 %",
        (f"returns={_PAIR}",),
        (Wanted(Kind.PING_PONG, {10: None, 30: 45}),),
        frozenset({Kind.COST_SHIFT, Kind.IMPROVED}),
        weeks=12,
    ),
    Scenario(
        "S6",
        "hidden publish lag: the whole feed 5 days late",
        ("publish-lag={b},from={day}",),
        (
            Wanted(Kind.FEED_SILENCE, {10: 4, 30: 3}, "receiver"),
            Wanted(Kind.PUBLISH_LAG, {10: 9, 30: 8}, "receiver"),
        ),
        frozenset({Kind.STOP, Kind.SLOW_PAIR}),
    ),
    Scenario(
        "S7",
        "closure of 10 declared days",
        ("closure={b},from={day}",),
        everything_silent=True,
    ),
    Scenario(
        "S7 undeclared",
        "the same, undeclared: the stop must fire",
        ("closure={b},from={day}",),
        (Wanted(Kind.STOP, {10: 10, 30: 10}),),
        declared=False,
        others=3.0,
    ),
    Scenario(
        "S8",
        "10 days at 0.4, declared 0.5",
        ("reduced-capacity={b},from={day}",),
        everything_silent=True,
    ),
    Scenario(
        "S9",
        "volume surge x2 on all pairs, 60 days",
        ("surge,from={day}",),
        everything_silent=True,
        asides=("arrivals_ratio",),
        volumes=(10,),
        weeks=16,
    ),
    Scenario(
        "S10",
        "improved pair: waits x0.6",
        (f"improved-pair={_PAIR}",),
        (Wanted(Kind.IMPROVED, {10: 70, 30: 35}),),
        CONCERNS,
        weeks=16,
    ),
    Scenario(
        "S11",
        "skips 2 % to 15 %",
        (f"skips={_PAIR}",),
        (Wanted(Kind.MISSING, {10: None, 30: 30}),),
        frozenset({Kind.STOP, Kind.SLOW_PAIR}),
    ),
    Scenario(
        "S12",
        "A inside x0.6, returns 5 % to 20 %",
        (f"cost-shift={_PAIR}",),
        (Wanted(Kind.COST_SHIFT, {10: None, 30: 55}, "sender"),),
        weeks=13,
        inside=True,
    ),
    Scenario(
        "S12 faster",
        "A inside faster alone: improved only",
        (f"cost-shift={_PAIR},share=0.05",),
        (Wanted(Kind.IMPROVED, {10: None, 30: 55}, "inside"),),
        CONCERNS,
        weeks=13,
        inside=True,
    ),
    Scenario(
        "S12 returns",
        "returns alone: ping_pong only",
        (f"returns={_PAIR}",),
        (Wanted(Kind.PING_PONG, {10: None, 30: 55}),),
        _ALL - {Kind.PING_PONG},
        weeks=13,
        inside=True,
    ),
    Scenario(
        "S13",
        "urgent fifth flows, the rest stops",
        (f"urgent-only={_PAIR}",),
        (Wanted(Kind.STOP, {10: 11, 30: 6}),),
        frozenset({Kind.IMPROVED}),
        asides=("completed_only", "kaplan_meier"),
        weeks=14,
        others=3.0,
    ),
    Scenario(
        "S17",
        "limit under two open days, in hours: waits x2",
        (f"slow-pair={_PAIR}",),
        (Wanted(Kind.SLOW_PAIR, {10: 40, 30: 30}, stop_may_precede=True),),
        frozenset({Kind.IMPROVED}),
        weeks=12,
        pair={**_SHORT, "in_hours": True},
    ),
    Scenario(
        "S17 days",
        "the same, judged in days",
        (f"slow-pair={_PAIR}",),
        (Wanted(Kind.SLOW_PAIR, {10: None, 30: None}, stop_may_precede=True),),
        frozenset({Kind.IMPROVED}),
        weeks=12,
        pair=_SHORT,
    ),
    Scenario(
        "S17 stop",
        "limit under two open days, in hours: stopped, 5 % trickle",
        (f"stopped-flow={_PAIR}",),
        (Wanted(Kind.STOP, {10: 9, 30: 5}),),
        frozenset({Kind.FEED_SILENCE}),
        others=3.0,
        pair={**_SHORT, "in_hours": True},
    ),
)
