"""Everything that an evaluation looks at, as arrays; whoever loads it knows where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.feeds import Feed
from analysis.items import Flow, FlowKey
from analysis.judging.doubts import Doubtful
from analysis.judging.rebasing import Decision
from analysis.judging.wording import Names
from analysis.local_time import LocalTime
from analysis.open_days import OpenDays
from analysis.spans import CaseSpans
from analysis.steps import Steps


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """The flows, feeds and calendars of a partnership.

    Facts from after the evaluated day may be in it: an evaluation counts only what was known by then.

    Attributes:
        flows: by key; those with sender == receiver are an organisation's own work.
        feeds: what each agency published, by its code.
        calendars: open days by agency; of every sender, receiver and feed.
        local: covers every instant evaluated.
        steps: for the boundary effect; None: it is not evaluated.
        cases: for shares of all cases' time; None: no shares.
        doubtful: what no average may hold, by flow; a flow without any has none.
        speakers: agencies that speak for a name that is none itself: a role that several hold.
        names: of agencies and hand-offs, for sentences.
        baseline_weeks: length of the fixed window that the usual pace is taken from.
        baseline_first_day: its first local day; None: that of the first window that will do (`windows`).
        decisions: of people, that something else is usual from a day on, in the order in which they were recorded.
    """

    flows: Mapping[FlowKey, Flow]
    feeds: Mapping[str, Feed]
    calendars: Mapping[str, OpenDays]
    local: LocalTime
    steps: Steps | None = None
    cases: CaseSpans | None = None
    doubtful: Mapping[FlowKey, Doubtful] = field(default_factory=dict)
    speakers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Names = Names()  # noqa: RUF009 - frozen
    baseline_weeks: int = 52
    baseline_first_day: int | None = None
    decisions: tuple[Decision, ...] = ()
