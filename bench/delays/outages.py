"""A minute without intake, a minute without the broker, deadlines in both: nobody is accused wrongly or twice."""

import asyncio
from collections.abc import Callable

from bench.delays.figure import Figure
from bench.delays.recalls import case, cases_of, publish, request_received
from bench.delays.rig import Rig
from infra.clock import now_us

_LEAD_S = 20.0
_US = 1_000_000
_AFTER_S = 120.0
_QUIET_S = 5.0
"""How long to listen for what should not come when all has been told."""
_NOT_BEHIND_S = 60.0
_BEFORE_S = 2
"""How long before the first deadline the broker goes."""
_OPEN = (
    "SELECT count(*) FROM hand_off WHERE case_ref LIKE $1 AND rule = 'H40' AND state IN ('open', 'overdue')"
)


async def measure_without_intake(
    rig: Rig, count: int, outage_s: float, say: Callable[[str], None]
) -> list[Figure]:
    """Kill intake; every second hand-off is answered meanwhile; then its deadline passes, and intake returns."""
    load = "no_intake"
    meant = await _open(rig, load, count, outage_s, say)
    answered = set(list(meant)[::2])
    await rig.kill("intake")
    ends = now_us() + round(outage_s * _US)
    stopped = now_us() - rig.grace_us
    await publish(rig.settings, [request_received(ref, stopped) for ref in sorted(answered)])
    say(f"{load}: {outage_s:.0f} s with {len(answered)} stops unread, deadlines passing")
    await rig.until_instant(ends)
    early = len(await rig.alerts(load))
    await rig.start("intake")
    say(f"{load}: intake is back")
    await _until_done(rig, load, count - len(answered))
    return [
        Figure(f"{load}_raised_meanwhile", early, exactly=0),
        *await _found(rig, load, meant, set(meant) - answered, ends),
    ]


async def measure_without_broker(
    rig: Rig, count: int, outage_s: float, say: Callable[[str], None]
) -> list[Figure]:
    """Kill the broker while deadlines pass; every fourth hand-off is answered just before it goes."""
    load = "no_broker"
    meant = await _open(rig, load, count, outage_s, say)
    answered = set(list(meant)[::4])
    await rig.until_instant(min(meant.values()) - _BEFORE_S * _US)
    stopped, ends = now_us() - rig.grace_us, now_us() + round(outage_s * _US)
    await publish(rig.settings, [request_received(ref, stopped) for ref in sorted(answered)])
    say(f"{load}: the broker is away for {outage_s:.0f} s, deadlines passing")
    await rig.servers.kafka.kill()
    await rig.until_instant(ends)
    await rig.servers.kafka.start()
    back = now_us()
    say(f"{load}: the broker is back")
    await _until_done(rig, load, count - len(answered))
    return [
        *await _found(rig, load, meant, set(meant) - answered, back),
        *[Figure(f"{load}_restarts_of_{name}", rig.restarts.count(name)) for name in rig.processes],
    ]


async def _until_done(rig: Rig, load: str, late: int) -> None:
    """Wait until the late ones have been told, and every stop has its row."""
    await rig.until_told(load, late, _AFTER_S)

    async def none_unread() -> bool:
        return int(await rig.database.fetchval(_OPEN, cases_of(load))) == late

    await rig.until(none_unread, _NOT_BEHIND_S, "every stop that was published has been folded")


async def _open(
    rig: Rig, load: str, count: int, outage_s: float, say: Callable[[str], None]
) -> dict[str, int]:
    """Open hand-offs whose deadlines lie evenly in the outage, but for its last ten seconds."""
    say(f"{load}: opening {count} hand-offs")
    first = now_us() + round(_LEAD_S * _US)
    step = (outage_s - _LEAD_S - 10) * _US / count
    meant = {case(load, number): first + round(number * step) for number in range(count)}
    await rig.open_recalls(meant)
    return meant


async def _found(
    rig: Rig, load: str, meant: dict[str, int], justified: set[str], back_us: int
) -> list[Figure]:
    await asyncio.sleep(_QUIET_S)
    raised = [row["case_ref"] for row in await rig.alerts(load)]
    told = rig.receiver.first_told(load)
    last = max((told[ref] for ref in justified if ref in told), default=back_us)
    return [
        Figure(f"{load}_hand_offs", len(meant)),
        Figure(f"{load}_not_justified", len(set(raised) - justified), exactly=0),
        Figure(f"{load}_told_not_justified", len(set(told) - justified), exactly=0),
        Figure(f"{load}_not_told", len(justified - set(told)), exactly=0),
        Figure(f"{load}_second_alerts", len(raised) - len(set(raised)), exactly=0),
        Figure(f"{load}_repeats", rig.receiver.repeats(load), exactly=0),
        Figure(f"{load}_all_told_after_s", round((last - back_us) / _US, 1), "s"),
    ]
