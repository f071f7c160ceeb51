"""Charts and logs for process mining, asked as a person asks them, of a real database."""

import asyncio
import csv
import json
import stat
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from caseflow.monthly.completed_cases import TITLE as TIMELINESS
from caseflow.monthly.facts import month_before
from caseflow.monthly.month import month_of
from infra.postgres import connect, engine
from infra.settings import Settings
from models.instants import to_us
from projections.whose_time.queries import shares
from tests.support.commands import command
from tests.support.drawings import is_for_everybody, letters, marks
from tests.support.process_logs import cases_of_csv, cases_of_ocel, cases_of_xes, handover, is_ocel

pytestmark = pytest.mark.servers
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
FLOW = ["V01", "--sender", "cleveland-police", "--as-of", "2026-06-30"]
OF_A_FLOW = ["xmr", "survival", "two-views", "outflow", "open-age"]


def rows(settings: Settings, query: str) -> list[asyncpg.Record]:
    async def asked() -> list[asyncpg.Record]:
        connection = await connect(settings.database_url, "test")
        try:
            return list(await connection.fetch(query))
        finally:
            await connection.close()

    return asyncio.run(asked())


def drawn(settings: Settings, path: Path, *words: str) -> str:
    result = command(settings, "chart", *words, "--to", str(path))
    assert result.exit_code == 0, result.stderr
    assert f"{path} written" in " ".join(result.stderr.split())
    return path.read_text(encoding="utf-8")


def test_every_chart_is_drawn_and_the_same_rows_give_the_same_bytes(
    partnership: Settings, tmp_path: Path
) -> None:
    for words in (["matrix"], ["flow"], ["flow", "--by", "count"], *([name, *FLOW] for name in OF_A_FLOW)):
        first = drawn(partnership, tmp_path / "first.svg", *words)
        assert is_for_everybody(first), words
        assert first == drawn(partnership, tmp_path / "again.svg", *words)
    assert "V01, Cleveland Police to victim, victim told of the suspect; known by" in letters(first)


def test_as_of_a_past_day_only_what_was_known_then_is_drawn(partnership: Settings, tmp_path: Path) -> None:
    now = drawn(partnership, tmp_path / "now.svg", "outflow", *FLOW)
    then = drawn(partnership, tmp_path / "then.svg", "outflow", *FLOW[:-1], "2026-03-31", "--days", "30")
    assert now != then
    assert len(marks(then, "point")) + len(marks(then, "flag")) == 30
    assert "known by 30 March 2026" in letters(then)


def test_a_case_is_drawn_with_every_event_of_its_timeline(partnership: Settings, tmp_path: Path) -> None:
    result = command(partnership, "export", "log", "--to", str(tmp_path / "log.csv"))
    assert result.exit_code == 0, result.stderr
    cases = cases_of_csv(tmp_path / "log.csv")
    longest = max(cases, key=lambda case: len(cases[case]))
    svg = drawn(partnership, tmp_path / "case.svg", "case", longest)
    assert len(marks(svg, "event")) == len(cases[longest])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["xmr", "H99"], "no such hand-off H99 is known"),
        (["xmr", "V01", "--sender", "nobody"], "it goes from"),
        (["outflow", "V01", "--as-of", "2024-08-31"], "was known by then|no baseline"),
        (["case", "17ZZ9999999/1"], "no case 17ZZ9999999/1 is known"),
    ],
)
def test_what_cannot_be_drawn_is_a_sentence_and_no_file(
    partnership: Settings, tmp_path: Path, words: list[str], said: str
) -> None:
    result = command(partnership, "chart", *words, "--to", str(tmp_path / "chart.svg"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert any(part in result.stderr for part in said.split("|")), result.stderr
    assert not list(tmp_path.glob("chart*"))


def test_a_chart_goes_to_svg_only_and_to_a_folder_that_exists(partnership: Settings, tmp_path: Path) -> None:
    assert command(partnership, "chart", "matrix", "--to", str(tmp_path / "chart.png")).exit_code == 2
    result = command(partnership, "chart", "matrix", "--to", str(tmp_path / "none" / "chart.svg"))
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_the_three_logs_tell_the_same_cases(partnership: Settings, tmp_path: Path) -> None:
    paths = {"log": tmp_path / "log.csv.gz", "xes": tmp_path / "log.xes.gz", "ocel": tmp_path / "log.json"}
    for what, path in paths.items():
        result = command(partnership, "export", what, "--to", str(path))
        assert result.exit_code == 0, result.stderr
    assert is_ocel(json.loads(paths["ocel"].read_text(encoding="utf-8")))
    plain, xes = cases_of_csv(paths["log"]), cases_of_xes(paths["xes"])
    assert plain == xes
    ocel = cases_of_ocel(paths["ocel"])
    assert ocel.keys() == plain.keys()
    assert handover(ocel).keys() == handover(plain).keys()


def test_the_open_hand_offs_lie_beside_the_log(partnership: Settings, tmp_path: Path) -> None:
    waiting = rows(partnership, "SELECT case_ref, rule FROM hand_off WHERE state IN ('open', 'overdue')")
    steps = rows(partnership, "SELECT count(*) FROM step")
    result = command(partnership, "export", "xes", "--to", str(tmp_path / "log.xes"))
    assert result.exit_code == 0, result.stderr
    with (tmp_path / "log.open-hand-offs.csv").open(newline="", encoding="utf-8") as file:
        told = list(csv.DictReader(file))
    assert sorted((row["case_id"], row["rule"]) for row in told) == sorted(map(tuple, waiting))
    assert f"{len(told):,} open hand-offs" in " ".join(result.stderr.split())
    cases = cases_of_xes(tmp_path / "log.xes")
    assert sum(len(events) - 1 for events in cases.values()) == steps[0][0]


def test_pseudonyms_need_a_secret_that_is_made_once_for_its_owner(
    partnership: Settings, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.key"
    for name in ("a.json", "b.json"):
        words = ["export", "ocel", "--to", str(tmp_path / name), "--pseudonyms", str(secret)]
        assert command(partnership, *words).exit_code == 0
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    first = (tmp_path / "a.json").read_bytes()
    assert first == (tmp_path / "b.json").read_bytes()
    assert b"60/1" not in first  # every synthetic reference ends in its impossible year and a defendant
    secret.write_text("short")
    result = command(
        partnership, "export", "ocel", "--to", str(tmp_path / "c.json"), "--pseudonyms", str(secret)
    )
    assert result.exit_code == 1
    assert "holds no secret" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["export", "xes", "--to", "log.csv"],
        ["export", "ocel", "--to", "log.xes"],
        ["export", "steps", "--to", "steps.xes"],
        ["export", "steps", "--to", "steps.csv", "--names", "source"],
    ],
)
def test_an_export_that_is_asked_wrongly_ends_with_two(settings: Settings, words: list[str]) -> None:
    assert command(settings, *words).exit_code == 2


def test_the_monthly_report_is_one_page_with_its_charts_in_it(partnership: Settings, tmp_path: Path) -> None:
    path = tmp_path / "june.html"
    result = command(partnership, "report", "monthly", "--month", "2026-06", "--to", str(path))
    assert result.exit_code == 0, result.stderr
    page = path.read_text(encoding="utf-8")
    assert "<h1>Cleveland and Durham: June 2026</h1>" in page
    assert "No day has been judged yet" in page
    charts = ["<svg" + part.split("</svg>")[0] + "</svg>" for part in page.split("<svg")[1:]]
    assert len(charts) + page.count("Not drawn: ") == 8
    assert all(map(is_for_everybody, charts))
    sections = page.split("<h2>")
    (official,) = (one for one in sections if one.startswith(TIMELINESS))
    assert "2026 Q2 (Apr-Jun) is the latest quarter" in official
    assert '<td>All courts</td><td>Cleveland and Durham</td><td class="n">' in official
    for section in sections:
        for small in ("1", "2", "3", "4"):  # but for days, and what the whole report rests on
            told = f'<td class="n">{small}</td><td class="n">' in section
            assert not told or section.startswith((TIMELINESS, "What it rests on"))


def test_the_monthly_report_in_markdown_has_its_charts_beside(partnership: Settings, tmp_path: Path) -> None:
    words = ["report", "monthly", "--month", "2026-06", "--to", str(tmp_path / "june.md")]
    assert command(partnership, *words).exit_code == 0
    page = (tmp_path / "june.md").read_text(encoding="utf-8")
    linked = [part.split(")")[0] for part in page.split("](")[1:]]
    assert len(linked) + page.count("Not drawn: ") == 8
    assert sorted(linked) == sorted(
        f"june.charts/{path.name}" for path in (tmp_path / "june.charts").iterdir()
    )
    assert command(partnership, *words).exit_code == 0
    assert (tmp_path / "june.md").read_text(encoding="utf-8") == page


@pytest.mark.parametrize(("words", "code"), [(["--month", "soon"], 1), (["--month", "2999-01"], 1), ([], 2)])
def test_a_report_that_cannot_be_written_says_why(
    partnership: Settings, tmp_path: Path, words: list[str], code: int
) -> None:
    to = tmp_path / ("report.html" if words else "report.pdf")
    result = command(partnership, "report", "monthly", *words, "--to", str(to))
    assert result.exit_code == code
    assert not to.exists()


def test_the_time_of_the_months_is_all_time_of_all_cases(partnership: Settings) -> None:
    month = month_of("2026-07", to_us(NOW), LONDON)

    async def asked() -> float:
        opened, one, spent = engine(partnership.database_url), month, 0.0
        async with opened.connect() as connection:
            while one.first.year > 2023:
                spent += sum(share.time_s for share in await shares(connection, one.period))
                one = month_before(one)
        await opened.dispose()
        return spent

    until, until_day = month.period.until_us, month.period.until_day_us
    ((elapsed, waiting),) = rows(
        partnership,
        f"""
        SELECT sum(elapsed_us), sum(
            greatest(CASE WHEN precision = 'day' THEN {until_day} ELSE {until} END - last_us, 0)
        ) FILTER (WHERE tail_from IS NOT NULL OR tail_to IS NOT NULL) FROM case_file
        """,  # noqa: S608 - numbers of our own
    )
    assert asyncio.run(asked()) == pytest.approx(float(elapsed + waiting) / 1e6, rel=1e-9)
