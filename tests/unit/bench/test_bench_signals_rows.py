"""From judged runs to the table: what counts as found, what as false, and where the table is written."""

from dataclasses import replace

import pytest
from rich.console import Console

from analysis.findings import About, Kind
from bench.signals import null_years, xmr_rates
from bench.signals.judging import Judged, judge
from bench.signals.measuring import Measurement, measure
from bench.signals.observing import Opening
from bench.signals.pairs import planted
from bench.signals.plan import chosen, measurements
from bench.signals.rows import Row, delays, enough, rows
from bench.signals.scenarios import SCENARIOS, Scenario, Wanted
from bench.signals.table import BEGIN, END, NoPlaceError, counted, markdown, show, write
from publishers.synthetic.plants.catalogue import CATALOGUE

PAIR = planted(30)
HERE, ELSEWHERE = About(PAIR.key), About(planted(10).key)
SLOW = Scenario(
    "S1", "slow", ("null",), (Wanted(Kind.SLOW_PAIR, {30: 30}),), silent=frozenset({Kind.IMPROVED})
)
ROW = Row("S1", "slow", "30", "slow_pair within 30", "2/2")


def opened(after, kind=Kind.SLOW_PAIR, about=HERE):
    return Opening(kind, about, after, from_stop=False)


def judged(*openings, mirror=(), weeks=520):
    return Judged(1, openings, mirror, weeks)


def test_the_first_opening_after_the_effect_counts():
    runs = [
        judged(opened(-3), opened(25), opened(40)),
        judged(opened(35)),
        judged(opened(10, about=ELSEWHERE)),
    ]
    assert delays(SLOW.wanted[0], PAIR, runs) == [25, 35]


def test_a_stop_that_turned_into_a_slow_pair_counts_from_its_own_day():
    turned = Opening(Kind.SLOW_PAIR, HERE, 45, from_stop=True)
    runs = [judged(opened(38, Kind.STOP), turned), judged(opened(38, Kind.STOP), opened(45))]
    [wanted] = SLOW.wanted
    assert delays(replace(wanted, stop_may_precede=True), PAIR, runs) == [38, 45]
    assert delays(wanted, PAIR, runs) == [45, 45]


def test_eighteen_of_twenty_are_enough():
    assert [enough(found, 20) for found in (17, 18, 20)] == [False, True, True]
    assert (enough(2, 3), enough(3, 3)) == (False, True)


def test_a_row_holds_when_it_is_found_in_time_and_nothing_else_opens():
    [row] = rows(SLOW, 30, [judged(opened(25)), judged(opened(30))])
    assert (row.found, row.delay, row.false, row.holds) == ("2/2", "27.5", "0 of 10.0", True)
    [late] = rows(SLOW, 30, [judged(opened(25)), judged(opened(31))])
    assert (late.found, late.holds) == ("1/2", False)


def test_what_must_stay_silent_on_the_planted_pair_may_open_only_where_its_mirror_does():
    wrong = opened(12, Kind.IMPROVED)
    [row] = rows(SLOW, 30, [judged(opened(25), wrong)])
    assert (row.false, row.holds) == ("0 of 5.0; planted: 1 improved", False)
    [chance] = rows(SLOW, 30, [judged(opened(25), wrong, mirror=(opened(50, Kind.IMPROVED),))])
    assert chance.holds


def test_openings_elsewhere_stay_within_the_budget_of_the_time_judged():
    several = [opened(n, Kind.STOP, ELSEWHERE) for n in range(6)]
    assert rows(SLOW, 30, [judged(opened(25), *several)])[0].holds is False
    assert rows(SLOW, 30, [judged(opened(25), *several[:5])])[0].holds


def test_nothing_may_open_where_everything_is_silent():
    silent = Scenario("S7", "closure", ("null",), everything_silent=True)
    assert rows(silent, 30, [judged()])[0].holds
    assert rows(silent, 30, [judged(opened(3, Kind.OPEN_AGE))])[0].holds is False


def test_every_scenario_plants_what_the_catalogue_has_and_asks_at_its_volumes():
    for scenario in SCENARIOS:
        for text in scenario.plants:
            known = {scenario.id, "S5"} | ({"S1", "S2"} if scenario.id == "S17" else set())
            assert CATALOGUE[text.split("=")[0].split(",")[0]].scenario in known
        for wanted in scenario.wanted:
            assert set(wanted.within) == set(scenario.volumes), scenario.name


def test_a_measurement_is_chosen_by_any_word_of_its_name():
    every = list(measurements(1))
    assert {one.name for one in chosen(every, ["S2"])} == {"S2 at 2", "S2 at 10", "S2 at 30"}
    assert len(chosen(every, [])) == len(every) == len({one.name for one in every})


def test_what_could_not_be_measured_is_a_row_that_does_not_hold():
    broken = Measurement("S99", [1], divmod_by_zero, nothing)
    [(one, [row])] = measure([broken], 1, lambda: None)
    assert (one.name, row.holds) == ("S99", False)
    assert "ZeroDivisionError" in row.found


def divmod_by_zero(seed):
    return divmod(seed, 0)


def nothing(results):
    return [ROW for _ in results]


def test_a_short_run_finds_the_stop_that_is_planted():
    stopped = Scenario("S2", "stopped", ("stopped-flow={a}:{b},from={day}",), weeks=1)
    found = judge(stopped, 30, 1)
    assert [one.kind for one in found.openings if one.about == HERE] == [Kind.STOP]


def test_the_budgets_are_counted_over_all_years():
    years = [null_years.Year((opened(3, Kind.STOP),), 12, 24), null_years.Year((), 12, 24)]
    by_title = {row.title: row for row in null_years.rows(years)}
    assert by_title["stop: openings"].false == "1 of 1.2 (1 stop)"
    assert all(row.holds for row in by_title.values())


def test_a_week_is_flagged_when_its_own_point_is():
    steady = [1.0, -1.0] * 13
    assert xmr_rates.flagged_weeks(np_array([*steady, 9.0, 0.5]), 26) == [26]
    run = [*steady, *[0.4] * 8]
    assert xmr_rates.flagged_weeks(np_array(run), 26) == [32, 33]


def np_array(values):
    return xmr_rates.np.array(values)


def test_the_table_goes_between_its_marks_and_counts_its_rows(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nformer\n{END}\nafter\n")
    table = markdown(
        [ROW, Row("S2", "", "", "", "", holds=False), Row("S3", "", "", "", "", holds=None)], "Said."
    )
    write(page, table)
    text = page.read_text()
    assert text.startswith(f"before\n{BEGIN}\nSaid.\n")
    assert text.endswith(f"1 passed, 1 failed\n{END}\nafter\n")
    assert "former" not in text
    page.write_text("no marks")
    with pytest.raises(NoPlaceError):
        write(page, table)


def test_the_last_line_printed_counts_the_rows_that_hold():
    console = Console(record=True, width=150)
    with console.capture() as printed:
        show([ROW, ROW, Row("S2", "", "", "", "", holds=False)], console)
    assert printed.get().splitlines()[-1] == "2 passed, 1 failed"
    assert counted([ROW]) == (1, 0)
