"""What is usual, locked: kept once, replaced only by a recorded rebase."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg
import orjson

from analysis.detectors.feed_silence import SilenceBaseline
from analysis.detectors.publish_lag import LagBaseline
from analysis.engine.baseline import Baseline
from analysis.findings import About
from analysis.items import FlowKey
from analysis.memory import Baselines
from models.identities import derived_id
from projections.silo_signals.columns import about_columns, date_of

CASEFLOW: Final = "caseflow"
"""Who locks a baseline where no person does."""
IN_FORCE: Final = (
    "SELECT what, rule, sender, receiver, agency, content FROM silo_baseline WHERE replaced_at IS NULL"
)
KEEP: Final = """
INSERT INTO silo_baseline (id, what, rule, sender, receiver, agency, first_day, last_day, content, locked_for,
    locked_by, why, judging_hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING
"""
REPLACE: Final = """
UPDATE silo_baseline SET replaced_at = now()
WHERE what = $1 AND rule = $2 AND sender = $3 AND receiver = $4 AND agency = $5 AND replaced_at IS NULL
"""


class What(StrEnum):
    """Of what something is usual."""

    STOP = "stop"
    RETURN = "return"
    LAG = "lag"
    SILENCE = "silence"


AnyBaseline = Baseline | LagBaseline | SilenceBaseline


class Rebase(NamedTuple):
    """A person's decision that something else is usual from now on: who, and why."""

    who: str
    why: str


async def in_force(connection: asyncpg.Connection) -> Baselines:
    """Return the locked baselines; the cap of the boundary effect is remembered elsewhere."""
    waits, returns = dict[FlowKey, Baseline](), dict[FlowKey, Baseline]()
    lags, silences = dict[str, LagBaseline](), dict[str, SilenceBaseline]()
    for what, rule, sender, receiver, agency, text in await connection.fetch(IN_FORCE):
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
    return Baselines(waits, returns, lags, silences)


async def keep(connection: asyncpg.Connection, usual: Baselines, day: int, judging_hash: str) -> None:
    """Keep the baselines that are not there yet, inside the caller's transaction; one in force always stays.

    Args:
        connection: of the database.
        usual: all that are locked.
        day: the local day on whose evaluation the new ones were locked.
        judging_hash: of the rules by which the hand-offs in them were judged.
    """
    found = await connection.fetch(
        "SELECT what, rule, sender, receiver, agency FROM silo_baseline WHERE replaced_at IS NULL"
    )
    known = {tuple(row) for row in found}
    rows = [
        _row(what, about, one, date_of(day), judging_hash)
        for what, about, one in _listed(usual)
        if (what.value, *about_columns(about)) not in known
    ]
    await connection.executemany(KEEP, rows)


async def rebase(
    connection: asyncpg.Connection,
    what: What,
    about: About,
    usual: AnyBaseline,
    decision: Rebase,
    day: int,
    judging_hash: str,
) -> None:
    """Replace the baseline in force by another, inside the caller's transaction; the old one stays, marked.

    Raises:
        ValueError: nobody says who decides, or why.
    """
    if not (decision.who.strip() and decision.why.strip()) or decision.who == CASEFLOW:
        raise ValueError("a rebase is a person's decision: say who decides, and why")
    await connection.execute(REPLACE, what.value, *about_columns(about))
    await connection.execute(KEEP, *_row(what, about, usual, date_of(day), judging_hash, decision))


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
    by: Rebase | None = None,
) -> tuple[Any, ...]:
    columns, content = about_columns(about), orjson.dumps(one.content()).decode()
    window = date_of(one.first_day), date_of(one.last_day)
    who, why = (CASEFLOW, None) if by is None else by
    key = UUID(derived_id("silo-baseline", what.value, *columns, day.isoformat(), who, content))
    return (key, what.value, *columns, *window, content, day, who, why, judging_hash)
