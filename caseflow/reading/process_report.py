"""What the cases come to as a process: gathered once, written as JSON or CSV."""

import csv
import io
from dataclasses import asdict, dataclass
from typing import Any, Final

import orjson

from analysis.mining.conservation import NO_TAILS, WAITING_WITHIN_HAND_OFFS, Timelines, Totals, parts
from analysis.mining.event_log import EventLog
from analysis.mining.rework import BackAndForth, CameBack, came_back, ping_pongs, returns
from analysis.mining.tables import (
    Deviations,
    PairTimes,
    Summary,
    deviations,
    directly_follows,
    handover,
    summary,
)

OUTLYING: Final = 3.0
"""Standard deviations from the mean beyond which the distance of two events is an outlier."""
TIMES: Final = ("count", "mean", "median", "p90", "p95", "p99", "stdev", "min", "max", "sum")
COLUMNS: Final = ("from", "to", *TIMES, "share")
"""Of every pair, in this order; times in seconds, the share of all consecutive events 0 to 1."""


@dataclass(frozen=True, slots=True)
class ProcessReport:
    """The tables of process mining, made of one log; `orgs` are the names behind the codes of what came back.

    `time` says whose all time from first to last events was, the unknown organisation apart.
    """

    summary: Summary
    handover: tuple[PairTimes, ...]
    follows: tuple[PairTimes, ...]
    deviations: Deviations
    ping_pongs: BackAndForth
    returns: BackAndForth
    came_back: CameBack
    time: Totals
    orgs: tuple[str, ...]


def process_report(log: EventLog) -> ProcessReport:
    """Return the tables of a log."""
    steps = log.steps()
    return ProcessReport(
        summary=summary(log),
        handover=handover(log),
        follows=directly_follows(log),
        deviations=deviations(log, OUTLYING),
        ping_pongs=ping_pongs(steps),
        returns=returns(steps),
        came_back=came_back(steps),
        time=parts(Timelines(log.case, log.time, log.known_org), NO_TAILS).totals(),
        orgs=log.orgs,
    )


def as_json(report: ProcessReport, profile: str) -> str:
    """Return everything as one JSON object; times in seconds."""
    told = {
        "profile": profile,
        "summary": asdict(report.summary) | {"between_share": report.summary.between_share},
        "handover": [row_of(pair) for pair in report.handover],
        "directly_follows": [row_of(pair) for pair in report.follows],
        "deviations": report.deviations._asdict() | {"z": OUTLYING},
        "ping_pong": _back_and_forth(report.ping_pongs, report.orgs),
        "returns": _back_and_forth(report.returns, report.orgs),
        "came_back": report.came_back._asdict(),
        "time": _time(report.time),
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def as_csv(pairs: tuple[PairTimes, ...]) -> str:
    """Return pairs as CSV with a header; a number that does not exist is an empty cell."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(row_of, pairs))
    return text.getvalue().rstrip("\n")


def row_of(pair: PairTimes) -> dict[str, Any]:
    """Return the columns of one pair."""
    return {"from": pair.before, "to": pair.after, **asdict(pair.times), "share": pair.share}


def _time(found: Totals) -> dict[str, Any]:
    waiting = {"status": WAITING_WITHIN_HAND_OFFS.status.value, "why": WAITING_WITHIN_HAND_OFFS.why}
    return {
        "elapsed_s": found.elapsed / 1e6,
        "inside_s": found.inside / 1e6,
        "between_s": found.between / 1e6,
        "unknown_s": found.unknown / 1e6,
        "waiting_within_between": waiting,
    }


def _back_and_forth(found: BackAndForth, orgs: tuple[str, ...]) -> dict[str, Any]:
    pairs = [{"org": orgs[a], "in_between": orgs[b], "count": n} for (a, b), n in found.by_pair.items()]
    return {"count": found.count, "cases": found.cases, "by_pair": pairs}
