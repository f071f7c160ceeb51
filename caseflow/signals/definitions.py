"""What each kind of signal asks, when it passes and when it can be asked at all: for people, beside the numbers."""

from typing import NamedTuple

from models.signal_kinds import SignalKind


class Definition(NamedTuple):
    """One kind: the question, when the answer is a signal, and the least that it is answered from."""

    asks: str
    passes: str
    least: str


PACE = "two weeks in a row among the week's tests of pace (Benjamini-Hochberg, 1 %)"
SHAPE = "two weeks in a row among the week's tests of shape (Benjamini-Hochberg, 1 %)"
BASELINE = "a locked baseline (26 weeks, 100 completed)"

DEFINITIONS: dict[SignalKind, Definition] = {
    SignalKind.STOP: Definition(
        "Has the flow stopped?",
        "completed, after however long, at most 0.3 of what the usual pace gives, in the last 5, 10 or 20 open "
        "days, p < 0.0001; "
        "judged daily, opens at once",
        f"9 expected within 20 open days; {BASELINE}; the receiver's feed is not silent",
    ),
    SignalKind.SLOW_PAIR: Definition(
        "Is less completed than the usual pace gives, for what waits?",
        "less than 0.8 of it in 20 open days (in a flow counted in hours: within the ages that the baseline "
        f"knows); {PACE}",
        f"5 expected; {BASELINE}; the receiver's feed is not silent",
    ),
    SignalKind.OPEN_AGE: Definition(
        "Is more open for long than usual?",
        f"more than 1.25 times as much open past the age that 9 in 10 did not reach; {PACE}",
        f"1 expected; {BASELINE}",
    ),
    SignalKind.OVERDUE_EXCESS: Definition(
        "Is more open past its limit than usual?",
        f"more than 1.25 times as much open past the limit, or past the baseline's median without one; {PACE}",
        f"1 expected; {BASELINE}",
    ),
    SignalKind.BOUNDARY: Definition(
        "Does the same step take longer across organisations than inside one?",
        "the interval of P(across is longer) lies above 0.50, and P at 0.56 or above; one week",
        "step pairs that occur both ways, 10 of each; 30 cases",
    ),
    SignalKind.PING_PONG: Definition(
        "Does more come back than usual?",
        f"more than 1.5 times as many returns as usual; {SHAPE}",
        "30 returns in the baseline",
    ),
    SignalKind.MISSING: Definition(
        "Is more shown never to have been done than usual?",
        f"more than 1.5 times the usual share of what ended; {SHAPE}",
        "5 missing of 30 ended",
    ),
    SignalKind.BATCHING: Definition(
        "Is work taken up, or sent, on fewer days (hours, in a flow counted in hours) than usual?",
        "p < 0.001 over weekdays (hours of the day) in 40 open days, a fifth of the work on others than usual; "
        f"{SHAPE}",
        f"25 done; {BASELINE}",
    ),
    SignalKind.PUBLISH_LAG: Definition(
        "Are events published later than usual?",
        "more later than 19 in 20 used to be, in 5 open days, p < 0.001; "
        "two open days in a row among the day's feeds (Benjamini-Hochberg, 0.2 %)",
        "5 events; times of publication",
    ),
    SignalKind.FEED_SILENCE: Definition(
        "Has an agency stopped to publish anything at all?",
        "silent for 1.5 times its longest gap (more where it is the longest of few), "
        "while 9.2 events would have come; judged daily, opens at once",
        "times of publication",
    ),
    SignalKind.COST_SHIFT: Definition(
        "Is an organisation's own work quicker at its neighbour's cost?",
        "own work 1.25 times as fast, while returns or waits at the neighbour grow and cases end no sooner; "
        f"{SHAPE}",
        f"{BASELINE} of both",
    ),
    SignalKind.IMPROVED: Definition(
        "Is more completed than the usual pace gives, for what waits?",
        f"more than 1.25 times as much in 20 open days; {PACE}; tells of an improvement, raises no alert",
        f"1 expected; {BASELINE}; the receiver's feed is not silent",
    ),
}
"""In the order of the kinds."""
