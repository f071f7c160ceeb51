"""A start that a later one replaced is an item that waited until then, and left without an outcome."""

from datetime import date

from analysis.arrays import NEVER
from analysis.items import End, Flow, Known
from models.reading import read
from models.rules import Rules
from projections.flow_items.readings import flows_of
from tests.support.cases import fold
from tests.support.profiles import shipped
from tests.support.records import at, recorded

PROFILE = shipped("cleveland-and-durham")
RULES = Rules.of(PROFILE)
DATA = {"hearingType": "first", "sittingDay": "2026-03-30"}
LISTED = ("2026-03-02T10:00:00", "2026-03-09T10:00:00", "2026-03-16T10:00:00")


def flow() -> Flow:
    """Return the only flow of a case that was listed three times, each told a day later, and then served."""
    told = [
        recorded("court.hearing-listed", time, data=DATA, published_us=at(time) + 86_400_000_000)
        for time in LISTED
    ]
    served = recorded("court.idpc-served", "2026-03-20T10:00:00", published_us=at("2026-03-20T10:00:00"))
    found, _ = flows_of({"C1": read(fold([*told, served], RULES), RULES).hand_offs}, PROFILE)
    [only] = [one for key, one in found.items() if key.rule == "H07"]
    return only


def waiting(one: Flow, day: str) -> tuple[int, int, int]:
    """Return how many were known to wait, to have left and to be done before a day, as known at its beginning."""
    number = date.fromisoformat(day).toordinal() - date(1970, 1, 1).toordinal()
    risk = one.waiting(Known(at(f"{day}T00:00:00"), number))
    over = risk.end != NEVER
    return int((~over).sum()), int((over & ~risk.outcome).sum()), int(risk.outcome.sum())


def test_it_is_one_of_those_that_left_without_an_outcome():
    assert flow().items.end.tolist() == [End.VOID, End.VOID, End.STOP]


def test_on_each_past_day_what_waited_is_what_was_known_to_wait_then():
    one = flow()
    days = ("2026-03-03", "2026-03-04", "2026-03-10", "2026-03-11", "2026-03-18", "2026-03-22")
    assert [waiting(one, day) for day in days] == [
        (0, 0, 0),  # not told yet
        (1, 0, 0),
        (1, 0, 0),  # the second is not told yet
        (1, 1, 0),
        (1, 2, 0),
        (0, 2, 1),
    ]
