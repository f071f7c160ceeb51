"""The whole of a database as one event log in arrays, at one instant."""

from array import array
from collections.abc import Callable

import numpy as np
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from analysis.mining.event_log import EventLog
from projections.process_logs.cases import logged_cases
from projections.process_logs.naming import Naming

EVENTS = text("SELECT coalesce(sum(events), 0)::bigint FROM case_file")
CASES_BETWEEN = 1_000
"""Cases from one word about the progress to the next."""


async def event_log(
    engine: AsyncEngine, naming: Naming, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> EventLog:
    """Return every event that counts, in the order in which its case is judged.

    Takes about 100 bytes of memory per event.

    Args:
        engine: of the database.
        naming: of activities, organisations and cases.
        progress: told now and then how many events are read, and of how many.

    Raises:
        BrokenChainError: the steps of a case are no chain.
    """
    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    case, activity, org = list[str](), list[str](), list[str]()
    seq, time = array("q"), array("q")
    async with reader.connect() as connection:
        total = (await connection.execute(EVENTS)).scalar_one()
        cases = 0
        async for one in logged_cases(connection):
            name = naming.reference("case", one.ref)
            case.extend([name] * len(one.events))
            activity.extend(naming.activity(event.type) for event in one.events)
            org.extend(naming.org(event.org) for event in one.events)
            time.extend(event.at_us for event in one.events)
            seq.extend(range(len(one.events)))
            cases += 1
            if cases % CASES_BETWEEN == 0:
                progress(len(case), total)
    return EventLog.of(case, np.array(seq, dtype=np.int64), activity, np.array(time, dtype=np.int64), org)
