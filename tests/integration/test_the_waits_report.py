"""`caseflow report waits`: the waits of one row of the register in groups, held against the rows themselves."""

import asyncio
import csv
import json
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from infra.postgres import connect
from infra.settings import Settings
from tests.support.commands import command

pytestmark = pytest.mark.servers
LONDON = ZoneInfo("Europe/London")
AS_OF = "2026-05-31"
BY_WEEK = ("--by", "week", "--as-of", AS_OF)
STARTS = """
SELECT sender, receiver, area, to_timestamp(started_us / 1e6) AS started FROM hand_off
WHERE rule = 'V01' AND state <> 'negative' AND started_known_us <= $1
"""


def rows(settings: Settings, known_us: int) -> list[asyncpg.Record]:
    async def asked() -> list[asyncpg.Record]:
        connection = await connect(settings.database_url, "test")
        try:
            return list(await connection.fetch(STARTS, known_us))
        finally:
            await connection.close()

    return asyncio.run(asked())


def printed(settings: Settings, *words: str) -> str:
    result = command(settings, "report", "waits", *words)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def report(settings: Settings, *words: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(printed(settings, "V01", "--format", "json", *words))
    return told


def counts(told: dict[str, Any]) -> dict[str, int]:
    return {group["group"]: group["waits"] for group in told["groups"]}


def test_areas_together_have_every_wait_that_began_by_then(partnership: Settings) -> None:
    told = report(partnership, "--by", "area", "--as-of", AS_OF)
    until = datetime(2026, 6, 1, tzinfo=LONDON)
    begun = rows(partnership, int(until.timestamp() * 1e6))
    expected = Counter(row["area"] for row in begun)
    assert counts(told).keys() == expected.keys()
    for area, waits in counts(told).items():
        assert 0 <= expected[area] - waits <= 0.05 * expected[area], area  # the last days may be unpublished
    assert told["any_difference"]["status"] == "ok"


def test_every_grouping_holds_the_same_waits(partnership: Settings) -> None:
    all_of_them = {
        by: sum(counts(report(partnership, "--by", by, "--as-of", AS_OF)).values())
        for by in ("pair", "sender", "receiver", "area", "month", "quarter", "year")
    }
    assert len(set(all_of_them.values())) == 1, all_of_them


def test_a_period_is_that_of_the_start_and_bounds_are_included(partnership: Settings) -> None:
    whole = counts(report(partnership, "--by", "month", "--as-of", AS_OF))
    some = counts(
        report(
            partnership, "--by", "month", "--as-of", AS_OF, "--since", "2026-02-01", "--until", "2026-03-31"
        )
    )
    assert some == {month: whole[month] for month in ("2026-02", "2026-03")}


def test_csv_has_the_same_groups_and_the_table_says_what_its_columns_are(partnership: Settings) -> None:
    told = report(partnership, "--by", "sender", "--as-of", AS_OF)
    text = printed(partnership, "V01", "--by", "sender", "--as-of", AS_OF, "--format", "csv")
    lines = list(csv.DictReader(text.splitlines()))
    assert {line["group"]: int(line["waits"]) for line in lines} == counts(told)
    assert {line["unit"] for line in lines} == {told["unit"]}
    table = printed(partnership, "V01", "--by", "sender", "--as-of", AS_OF)
    for group in counts(told):
        assert group in table
    assert f"waits in {told['unit']} by sender" in table
    assert "below 1 is slower" in table


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["H99"], "no such hand-off H99"),
        (["V01", "--sender", "nobody"], "no such hand-off V01 is known: it goes from"),
    ],
)
def test_what_cannot_be_grouped_is_a_sentence(partnership: Settings, words: list[str], said: str) -> None:
    result = command(partnership, "report", "waits", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in " ".join(result.stderr.split())


def test_a_time_in_which_nothing_began_says_so(partnership: Settings) -> None:
    assert "No wait began in that time" in printed(
        partnership, "V01", "--since", "2026-06-30", "--until", "2026-06-29"
    )


def test_by_week_the_same_waits_are_listed_as_cohorts_of_their_weeks(partnership: Settings) -> None:
    told = report(partnership, *BY_WEEK)
    whole = counts(report(partnership, "--by", "month", "--as-of", AS_OF))
    days = [date.fromisoformat(week["week"]) for week in told["weeks"]]
    assert told["view"] == "cohort"
    assert {day.weekday() for day in days} == {0}
    assert {after - before for before, after in pairwise(days)} == {timedelta(weeks=1)}
    begun = sum(week["started"] for week in told["weeks"])
    assert 0 <= sum(whole.values()) - begun <= 0.05 * begun, (
        "all but the first and the last days, in no whole week"
    )
    assert 0 < told["weeks"][-1]["open"] <= told["weeks"][-1]["started"]
    assert all((week["median"] is None) is bool(week["why"]) for week in told["weeks"])
    some = report(partnership, *BY_WEEK, "--since", "2026-03-01", "--until", "2026-03-31")["weeks"]
    assert [week["week"] for week in some] == [f"2026-03-{day:02}" for day in (2, 9, 16, 23)]
    assert some == [week for week in told["weeks"] if week["week"] in {one["week"] for one in some}]


def test_cohorts_are_told_as_a_table_and_as_csv_too(partnership: Settings) -> None:
    told = report(partnership, *BY_WEEK)
    lines = list(csv.DictReader(printed(partnership, "V01", *BY_WEEK, "--format", "csv").splitlines()))
    assert [line["week"] for line in lines] == [week["week"] for week in told["weeks"]]
    assert {(line["view"], line["unit"]) for line in lines} == {("cohort", told["unit"])}
    table = printed(partnership, "V01", *BY_WEEK)
    assert all(week["week"] in table for week in told["weeks"])
    assert "View: cohort" in table
