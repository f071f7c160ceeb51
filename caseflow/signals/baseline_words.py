"""What is usual, in words for people and as figures for programs."""

from collections.abc import Mapping
from typing import Any

from analysis.detectors.feed_silence import SilenceBaseline
from analysis.detectors.publish_lag import LagBaseline
from analysis.engine.baseline import Baseline
from analysis.open_days import COUNTED_IN_DAYS
from caseflow.signals.text import day
from projections.silo_signals.baselines import What
from projections.silo_signals.usual import BaselineRow

OF_WHAT = {
    What.STOP: "waits",
    What.RETURN: "returns",
    What.LAG: "lags of publishing",
    What.SILENCE: "gaps of publishing",
}
_HALF, _MOST = 0.5, 0.9
_HOUR_US = 3_600_000_000


def in_force(row: BaselineRow) -> str:
    """Return from when something is usual, and who locked it."""
    why = "" if row.why is None else f": {row.why}"
    what = OF_WHAT[What(row.what)]
    return f"{what} of {day(row.first_day)} to {day(row.last_day)}, locked by {row.locked_by}{why}"


def baseline_content(row: BaselineRow) -> dict[str, Any]:
    """Return a baseline in force, with its figures."""
    return {
        "what": row.what,
        "period": [row.first_day, row.last_day],
        "lockedFor": row.locked_for,
        "lockedBy": row.locked_by,
        "why": row.why,
        "figures": figures(What(row.what), row.content),
    }


def figures(what: What, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a baseline comes to. A quantile that its window does not reach is null.

    Args:
        what: of what something is usual.
        content: as the baseline's own `content`.
    """
    match what:
        case What.STOP | What.RETURN:
            pace = Baseline.of_content(content)
            return {
                "items": pace.items,
                "completed": pace.completions,
                "median": pace.quantile(_HALF),
                "nineInTen": pace.quantile(_MOST),
                "countedIn": "open days" if pace.counted_in == COUNTED_IN_DAYS else "open hours",
                "perOpenDay": pace.rate,
            }
        case What.LAG:
            lag = LagBaseline.of_content(content)
            hours = {name: us / _HOUR_US for name, us in {**lag.usual_us_by_day, **lag.usual_us}.items()}
            return {"events": lag.events, "nineteenInTwentyWithinHours": hours}
        case What.SILENCE:
            gap = SilenceBaseline.of_content(content)
            longest = gap.longest_gap
            return {"messages": gap.messages, "longestGapOpenDays": longest, "perOpenDay": gap.rate}


def in_words(what: What, content: Mapping[str, Any]) -> str:
    """Return the figures of a baseline as part of a sentence."""
    told = figures(what, content)
    match what:
        case What.STOP | What.RETURN:
            done = "completed" if what is What.STOP else "returned"
            half, most = (_within(told[name], told["countedIn"]) for name in ("median", "nineInTen"))
            return (
                f"{told['items']:,} began ({told['perOpenDay']:.1f} an open day), {told['completed']:,} {done}; "
                f"half {half}, 9 in 10 {most}"
            )
        case What.LAG:
            worst = max(told["nineteenInTwentyWithinHours"].values())
            return f"{told['events']:,} events, 19 in 20 of each type within {worst:.1f} hours or less"
        case What.SILENCE:
            longest, rate = told["longestGapOpenDays"], told["perOpenDay"]
            return f"{told['messages']:,} messages ({rate:.1f} an open day), at most {longest:.1f} open days apart"


def _within(age: int | None, unit: str) -> str:
    return f"not within {unit} that were seen" if age is None else f"within {age} {unit}"
