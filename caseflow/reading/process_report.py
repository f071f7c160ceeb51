"""What the cases come to as a process: gathered once, written as JSON or CSV."""

import csv
import io
from dataclasses import asdict, dataclass
from typing import Any, Final

import orjson

from analysis.mining.event_log import EventLog
from analysis.mining.rework import BackAndForth, ping_pongs, returns
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
    """The tables of process mining, made of one log; `orgs` are the names behind the codes of what came back."""

    summary: Summary
    handover: tuple[PairTimes, ...]
    follows: tuple[PairTimes, ...]
    deviations: Deviations
    ping_pongs: BackAndForth
    returns: BackAndForth
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


def _back_and_forth(found: BackAndForth, orgs: tuple[str, ...]) -> dict[str, Any]:
    pairs = [{"org": orgs[a], "in_between": orgs[b], "count": n} for (a, b), n in found.by_pair.items()]
    return {"count": found.count, "cases": found.cases, "by_pair": pairs}
