"""What is usual, locked: kept once, replaced only when a recorded rebase begins to count."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import asyncpg
import orjson

from analysis.detectors.feed_silence import SilenceBaseline
from analysis.detectors.publish_lag import LagBaseline
from analysis.engine.baseline import Baseline
from analysis.findings import About
from analysis.items import FlowKey
from analysis.judging.memory import Baselines
from analysis.judging.rebasing import Decided, Decision
from models.identities import derived_id
from models.instants import date_of
from projections.silo_signals.columns import about_columns
from projections.silo_signals.limits import keep_limits, limits

CASEFLOW: Final = "caseflow"
"""Who locks a baseline where no person does."""
IN_FORCE: Final = """
SELECT what, rule, sender, receiver, agency, content FROM silo_baseline
WHERE locked_for <= $1 AND (replaced_for IS NULL OR replaced_for > $1)
"""
# What held on the day is known too where it was replaced since: the day may be judged anew.
KNOWN: Final = """
SELECT what, rule, sender, receiver, agency FROM silo_baseline
WHERE replaced_at IS NULL OR (locked_for <= $1 AND replaced_for > $1)
"""
KEEP: Final = """
INSERT INTO silo_baseline (id, what, rule, sender, receiver, agency, first_day, last_day, content, locked_for,
    locked_by, why, judging_hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING
"""
REPLACE: Final = """
UPDATE silo_baseline SET replaced_at = now(), replaced_for = $5
WHERE rule = $1 AND sender = $2 AND receiver = $3 AND agency = $4 AND replaced_at IS NULL AND locked_for < $5
"""


class What(StrEnum):
    """Of what something is usual."""

    STOP = "stop"
    RETURN = "return"
    LAG = "lag"
    SILENCE = "silence"


AnyBaseline = Baseline | LagBaseline | SilenceBaseline


async def in_force(connection: asyncpg.Connection, day: int | None = None) -> Baselines:
    """Return the baselines that were in force after the evaluation of a local day, and the locked limits of charts.

    The cap of the boundary effect is remembered elsewhere.

    Args:
        connection: of the database.
        day: the local day; None: the last one judged.
    """
    by = date.max if day is None else date_of(day)
    waits, returns = dict[FlowKey, Baseline](), dict[FlowKey, Baseline]()
    lags, silences = dict[str, LagBaseline](), dict[str, SilenceBaseline]()
    for what, rule, sender, receiver, agency, text in await connection.fetch(IN_FORCE, by):
        flow, content = FlowKey(rule, sender, receiver), orjson.loads(text)
        match What(what):
            case What.STOP:
                waits[flow] = Baseline.of_content(content)
            case What.RETURN:
                returns[flow] = Baseline.of_content(content)
            case What.LAG:
                lags[agency] = LagBaseline.of_content(content)
            case What.SILENCE:
                silences[agency] = SilenceBaseline.of_content(content)
    return Baselines(waits, returns, lags, silences, limits=await limits(connection, by))


async def keep(
    connection: asyncpg.Connection, usual: Baselines, day: int, judging_hash: str, decided: Decided
) -> None:
    """Keep the baselines and limits that are not there yet, inside the caller's transaction.

    One in force stays, until a decision about what it is about begins to count: then it is marked, and stays too.

    Args:
        connection: of the database.
        usual: all that are locked.
        day: the local day on whose evaluation the new ones were locked.
        judging_hash: of the rules by which the hand-offs in them were judged.
        decided: the decisions that held on the day: they say who is behind a baseline, and why.
    """
    await connection.executemany(REPLACE, [(*about_columns(about), date_of(day)) for about in decided.new])
    found = await connection.fetch(KNOWN, date_of(day))
    known = {tuple(row) for row in found}
    rows = [
        _row(what, about, one, date_of(day), judging_hash, decided.in_force.get(about))
        for what, about, one in _listed(usual)
        if (what.value, *about_columns(about)) not in known
    ]
    await connection.executemany(KEEP, rows)
    await keep_limits(connection, usual.limits, day)


def _listed(usual: Baselines) -> Iterator[tuple[What, About, AnyBaseline]]:
    for flow, wait in usual.waits.items():
        yield What.STOP, About(flow), wait
    for flow, back in usual.returns.items():
        yield What.RETURN, About(flow), back
    for agency, lag in usual.lags.items():
        yield What.LAG, About(agency=agency), lag
    for agency, silence in usual.silences.items():
        yield What.SILENCE, About(agency=agency), silence


def _row(
    what: What,
    about: About,
    one: AnyBaseline,
    day: date,
    judging_hash: str,
    by: Decision | None,
) -> tuple[Any, ...]:
    columns, content = about_columns(about), orjson.dumps(one.content()).decode()
    window = date_of(one.first_day), date_of(one.last_day)
    who, why = (CASEFLOW, None) if by is None else (by.by, by.why)
    key = UUID(derived_id("silo-baseline", what.value, *columns, day.isoformat(), who, content))
    return (key, what.value, *columns, *window, content, day, who, why, judging_hash)
