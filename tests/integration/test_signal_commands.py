"""`caseflow signals` as a person uses it, on a real database with a flow that stopped."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import orjson
import pytest
from typer.testing import Result

from consumers.signals.judging import Judge, days_up_to
from infra.settings import Settings
from models.instants import number_of
from models.signal_kinds import SignalKind
from projections.silo_signals.store import lock
from tests.support.commands import command
from tests.support.stopped_flow_rows import STOPS_ON, fill, half_a_year, profiles_with_it

pytestmark = pytest.mark.servers
LAST = STOPS_ON + timedelta(days=14)
"""A Monday: the weekly tests were asked the day before."""


class Desk:
    """The commands on one database."""

    def __init__(self, settings: Settings, profiles: Path) -> None:
        self.settings, self.profiles = settings, profiles

    def __call__(self, *arguments: str) -> Result:
        return command(self.settings, "signals", *arguments, "--profiles-dir", str(self.profiles))

    def json(self, *arguments: str) -> Any:
        result = self(*arguments, "--format", "json")
        assert result.exit_code == 0, result.stderr
        return orjson.loads(result.stdout)


@pytest.fixture
async def unjudged(connection: asyncpg.Connection, settings: Settings, tmp_path: Path) -> Desk:
    """Give a database in which no day has been judged."""
    await fill(connection)
    return Desk(settings, profiles_with_it(tmp_path / "profiles"))


@pytest.fixture
async def desk(unjudged: Desk, connection: asyncpg.Connection) -> Desk:
    """Give one that is judged up to LAST."""
    profile = half_a_year()
    due = await days_up_to(connection, profile, number_of(LAST))
    assert len([day async for day in Judge(profile).judge(connection, due)]) == len(due)
    return unjudged


@pytest.fixture
async def at_work(connection: asyncpg.Connection) -> None:
    """Let a signals process be at work on the database."""
    assert await lock(connection)


def test_a_list_says_in_sentences_what_stands_gravest_first(desk: Desk) -> None:
    result = desk("list")
    assert result.exit_code == 0
    said = " ".join(result.stdout.split())
    for row in desk.json("list"):
        assert f"{row['id'][:8]} {SignalKind(row['kind']).words} open since" in said
        assert row["sentence"] in said
    assert said.endswith("signals; the last day judged is 29 Jul 2024.")
    listed = desk.json("list")
    excess = [row["excessDaysAWeek"] for row in listed if row["confidence"] != "low"]
    assert excess == sorted(excess, reverse=True)


def test_a_list_is_narrowed_by_what_is_asked(desk: Desk) -> None:
    assert {row["kind"] for row in desk.json("list", "--kind", "stop")} == {"stop"}
    assert desk.json("list", "--rule", "H04") == []
    assert desk.json("list", "--agency", "cps-north-east") == desk.json("list")
    assert len(desk.json("list", "--all")) >= len(desk.json("list"))
    assert "No such signals" in desk("list", "--rule", "H04").stdout


def test_programs_read_every_field_of_the_record(desk: Desk) -> None:
    [row] = desk.json("list", "--kind", "stop")
    assert row["pair"] == ["cleveland-police", "cps-north-east"]
    assert (row["handOff"], row["agency"], row["direction"], row["state"]) == ("H03", None, "concern", "open")
    assert row["effect"].keys() == {"value", "low", "high", "unit"}
    assert row["sample"].keys() == {"n", "nOpen", "baselineN"}
    assert row["versions"].keys() == {"caseflow", "profile", "rules"}
    for name in (
        "period",
        "measure",
        "p",
        "share",
        "arrivalsRatio",
        "evidence",
        "sentence",
        "goesAwayIf",
        "opened",
    ):
        assert row[name] is not None, name
    assert "pAdjusted" in row
    assert desk.json("show", row["id"]) == row


def test_one_signal_is_shown_with_the_cases_that_show_it_best(desk: Desk) -> None:
    [row] = desk.json("list", "--kind", "stop")
    shown = desk("show", row["id"][:6]).stdout
    assert row["sentence"] in " ".join(shown.split())
    assert "ends with" in shown
    cases = [line.split()[0] for line in shown.split("\n\n")[1].splitlines()[1:]]
    assert cases == [one["case"] for one in row["evidence"]]


def test_a_signal_is_explained_by_its_test_its_baseline_and_its_days(desk: Desk) -> None:
    [row] = desk.json("list", "--kind", "stop")
    said = desk("explain", row["id"].replace("-", "")).stdout
    for part in (
        "Has the flow stopped?",
        "0.3 of what the usual pace gives",
        "waits of 01 Jan 2024 to 30 Jun 2024, locked by caseflow",
        "01 Jul 2024",
    ):
        assert part in said
    told = desk.json("explain", row["id"])
    assert told["definition"]["asks"] == "Has the flow stopped?"
    assert [one["what"] for one in told["baselines"]] == ["stop"]
    days = [one["day"] for one in told["judgements"]]
    assert days == sorted(days, reverse=True)
    assert told["judgements"][0]["passed"] is True


def test_what_has_no_answer_is_explained_with_its_reason(desk: Desk) -> None:
    said = desk("explain", "--rule", "H03").stdout
    assert "returned work" in said
    assert "not enough data: no baseline is locked" in " ".join(said.split())
    kinds = {row["kind"] for row in desk.json("explain", "--agency", "cleveland-police")}
    assert {"stop", "slow_pair", "feed_silence"} <= kinds
    result = desk("explain", "--rule", "H99")
    assert result.exit_code == 1
    assert "no test has been asked about H99" in result.stderr


def test_a_past_day_is_judged_as_it_was_known_and_nothing_is_stored(unjudged: Desk) -> None:
    before = unjudged.json("evaluate", "--as-of", str(STOPS_ON - timedelta(days=1)))
    assert before["signals"] == []
    after = unjudged.json("evaluate", "--as-of", str(LAST))
    assert "stop" in {row["kind"] for row in after["signals"]}
    assert after["day"] == str(LAST)
    assert (
        unjudged("evaluate", "--as-of", str(LAST))
        .stdout.splitlines()[-1]
        .startswith(f"{len(after['findings'])} tests")
    )
    assert "No day has been judged yet" in unjudged("list").stdout


def test_what_is_stored_is_what_a_look_at_the_day_says(desk: Desk) -> None:
    looked = desk.json("evaluate", "--as-of", str(LAST))["signals"]
    assert [row for row in looked if row["state"] == "open"] == desk.json("list")


def test_days_are_stored_where_nobody_else_does_and_only_once(unjudged: Desk) -> None:
    result = unjudged("evaluate", "--as-of", str(LAST), "--write")
    assert result.exit_code == 0, result.stderr
    assert "29 days are judged and stored, 2024-07-01 to 2024-07-29" in result.stderr
    assert "stop" in {row["kind"] for row in unjudged.json("list")}
    again = unjudged("evaluate", "--as-of", str(LAST), "--write")
    assert again.exit_code == 1
    assert "2024-07-29 is judged already" in again.stderr


def test_nothing_is_stored_while_a_process_is_at_work(unjudged: Desk, at_work: None) -> None:
    result = unjudged("evaluate", "--as-of", str(LAST), "--write")
    assert result.exit_code == 1
    assert "a signals process is at work on this database" in result.stderr
    assert unjudged("evaluate", "--as-of", str(LAST)).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("show", "zz"), 1, "zz is no signal's id: `caseflow signals list` shows them"),
        (("show", "ffffffffffff"), 1, "no signal's id begins with ffffffffffff"),
        (("show", "\x1b[2J"), 1, r"\x1b[2J is no signal's id"),
        (("explain",), 2, "name either a signal, or a hand-off or an agency"),
        (("explain", "abcd", "--rule", "H03"), 2, "name either a signal, or a hand-off or an agency"),
        (("evaluate", "--as-of", "soon"), 2, "soon is no day: write it as YYYY-MM-DD"),
        (("evaluate", "--as-of", "2999-01-01"), 2, "is not over yet"),
        (("evaluate", "--as-of", "2020-01-01"), 1, "nothing was known yet on 2020-01-01"),
        (("list", "--kind", "bad"), 2, "Invalid value for '--kind'"),
    ],
)
def test_what_cannot_be_done_says_why_and_what_to_do(
    unjudged: Desk, arguments: tuple[str, ...], code: int, said: str
) -> None:
    result = unjudged(*arguments)
    words = " ".join(result.stderr.replace("│", " ").split())
    assert (result.exit_code, said in words) == (code, True), words
