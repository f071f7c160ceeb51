"""What was open on a past day: all that is known today says of it what was said of it then."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from models.canonical import Recorded
from models.hand_offs import HandOff, State
from models.register import Restart, Rule
from models.rules import Rules
from tests.support.cases import reading
from tests.support.profiles import shipped
from tests.support.records import at, recorded
from tests.support.registers import ROW, TEN_DAYS, register

HOUR_US = 3_600_000_000
START = at("2026-03-02T10:00:00")
OPEN = frozenset({State.OPEN, State.OVERDUE})
OVER = '[[over]]\nevents = ["work.dropped"]\n'
OF_A_ROW = {
    restart: register(f'early_days = 0\nrestart = "{restart}"\n' + ROW + TEN_DAYS + OVER)
    for restart in Restart
}
KINDS = ["work.asked", "work.asked", "work.answered", "work.dropped"]
SHIPPED = Rules.of(shipped("cleveland-and-durham"))
LATEST = [row for row in SHIPPED.profile.rules if row.restart is Restart.LATEST]
VALUES: dict[str, list[object]] = {}
for clause in (clause for row in LATEST for _, clause in row.clauses()):
    for name, listed in clause.where.items():
        VALUES.setdefault(name, []).extend(listed)
DAYS = st.integers(1, 28).map(lambda day: f"2026-03-{day:02d}")


@st.composite
def published(draw: st.DrawFn, types: Sequence[str], rules: Rules) -> list[Recorded]:
    """Events in the order in which they happened and were published, at once or later."""
    told: list[Recorded] = []
    gaps = draw(st.lists(st.integers(1, 24 * 6), min_size=1, max_size=9))
    lags = draw(st.lists(st.integers(0, 24 * 4), min_size=len(gaps), max_size=len(gaps)))
    for number, (hours, lag) in enumerate(zip(accumulate(gaps), lags, strict=True)):
        event_type = draw(st.sampled_from(types))
        judged = rules.profile.event_types[event_type].judged if rules is SHIPPED else ()
        data = {
            name: draw(st.sampled_from(VALUES[name]) if name in VALUES else DAYS | st.just("400"))
            for name in judged
        }
        known_us = max(START + (hours + lag) * HOUR_US, *(one.published_us or 0 for one in told), 0)
        event = recorded(event_type, START + hours * HOUR_US, id=f"e{number}", data=data)
        told.append(replace(event, published_us=known_us))
    return told


def then(told: Sequence[Recorded], rules: Rules, at_us: int) -> tuple[HandOff, ...]:
    """Return what was judged at an instant, of what had been published."""
    known = [event for event in told if event.published_us is not None and event.published_us <= at_us]
    return reading(known, rules, at_us).hand_offs if known else ()


def today(told: Sequence[Recorded], rules: Rules) -> tuple[HandOff, ...]:
    """Return what is judged when everything has been published and every limit has passed."""
    return reading(told, rules, at("2027-03-02T10:00:00")).hand_offs


def open_at(at_us: int, hand_offs: Iterable[HandOff]) -> set[str]:
    """Return which of these were open at an instant, as far as it was known: what the signals count as waiting."""
    begun = [one for one in hand_offs if one.started_us <= at_us and _known(one, at_us)]
    return {one.id for one in begun if not _ended(one, at_us)}


def _known(one: HandOff, at_us: int) -> bool:
    return one.started_known_us is not None and one.started_known_us <= at_us


def _ended(one: HandOff, at_us: int) -> bool:
    known_us = one.stopped_known_us if one.stopped_us is not None else one.ended_known_us
    return known_us is not None and known_us <= at_us


def instants(told: Sequence[Recorded]) -> list[int]:
    """Return every instant at which an event happened or was published, and some long after."""
    known = {us for event in told for us in (event.time_us, event.published_us) if us is not None}
    return [*sorted(known), max(known) + 20 * 24 * HOUR_US, max(known) + 90 * 24 * HOUR_US]


@given(st.sampled_from(list(Restart)), st.data())
def test_what_was_open_then_is_what_is_said_today_to_have_been_open_then(
    restart: Restart, data: st.DataObject
) -> None:
    rules = OF_A_ROW[restart]
    told = data.draw(published(KINDS, rules))
    found = today(told, rules)
    for at_us in instants(told):
        was = {one.id for one in then(told, rules, at_us) if one.state in OPEN}
        assert open_at(at_us, found) == was


@given(st.sampled_from(LATEST), st.data())
def test_where_the_latest_start_counts_only_what_seemed_to_have_ended_is_said_otherwise(
    row: Rule, data: st.DataObject
) -> None:
    """Proved missing, or past the limit of what is optional, it may be done after all; a stop may come early."""
    told = data.draw(published(sorted(row.event_types), SHIPPED))
    found = [one for one in today(told, SHIPPED) if one.rule == row.id]
    for at_us in instants(told):
        judged = {one.id: one.state for one in then(told, SHIPPED, at_us) if one.rule == row.id}
        was = {key for key, state in judged.items() if state in OPEN}
        said = {one.id for one in found if _known(one, at_us) and not _ended(one, at_us)}
        assert was <= said
        seemed = {State.MISSING, State.NEGATIVE, State.VOID if row.optional else State.MISSING}
        assert {judged[key] for key in said - was} <= seemed
