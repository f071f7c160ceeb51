"""The synthetic cases have the shapes that are published: shares, medians and long tails."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from statistics import mean, median

import pytest

from publishers.synthetic.telling import told
from publishers.synthetic.world import World
from tests.support.profiles import shipped

UNTIL = int(datetime(2026, 11, 22, tzinfo=UTC).timestamp())
DAY = 86_400


class Case:
    """What was said in one case, by type."""

    def __init__(self, story):
        self.court, self.youth = story.court, story.youth
        self.said = defaultdict(list)
        for said in sorted(story.said, key=lambda said: said.at):
            if not said.in_error:
                self.said[said.name].append(said)

    def days(self, first, last):
        """Return the days between two dates that the completed case tells."""
        told = self.said["court.case-completed"][0].data
        return (date.fromisoformat(told[last]) - date.fromisoformat(told[first])).days


@pytest.fixture(scope="module")
def cases():
    world = World(shipped("cleveland-and-durham"), 1, 2_500)
    return [Case(told(world, number).story) for number in world.numbers(None, UNTIL)]


@pytest.fixture(scope="module")
def completed(cases):
    return [case for case in cases if case.said["court.case-completed"]]


def test_offence_to_charge_has_its_median_and_tail(completed):
    days = [case.days("offenceDate", "chargeDate") for case in completed]
    assert median(days) == pytest.approx(52, rel=0.2)
    assert mean(days) == pytest.approx(82, rel=0.15)


def test_charge_to_first_listing_has_two_lumps_and_a_tail(completed):
    days = [case.days("chargeDate", "firstListingDate") for case in completed]
    assert median(days) == pytest.approx(22, rel=0.3)
    assert mean(days) == pytest.approx(28, rel=0.15)
    assert sum(value <= 3 for value in days) / len(days) > 0.2


def test_more_than_half_of_magistrates_cases_complete_at_first_hearing(completed):
    days = [case.days("firstListingDate", "completionDate") for case in completed if case.court == "mags"]
    at_once = sum(value == 0 for value in days) / len(days)
    assert median(days) == 0
    assert 0.5 < at_once < 0.65
    assert mean(days) == pytest.approx(32, rel=0.3)


def test_magistrates_trials_are_listed_as_published(completed):
    days = []
    for case in completed:
        trials = [s for s in case.said["court.hearing-listed"] if s.data["hearingType"] == "trial"]
        if trials and case.court == "mags":
            first = case.said["court.first-hearing-held"][0].data["sittingDay"]
            days.append((date.fromisoformat(trials[0].data["sittingDay"]) - date.fromisoformat(first)).days)
    assert median(days) == pytest.approx(46, rel=0.1)
    assert mean(days) == pytest.approx(53, rel=0.15)


def test_crown_court_cases_take_half_a_year_from_charge(completed):
    days = [case.days("chargeDate", "completionDate") for case in completed if case.court == "crown"]
    assert median(days) == pytest.approx(179, rel=0.1)
    assert max(days) > 600


def test_trials_go_ahead_crack_and_fail_in_their_shares(cases):
    outcomes = Counter(
        (said.role, said.data["outcome"])
        for case in cases
        for said in case.said["court.trial-outcome-recorded"]
    )
    for court, ineffective in (("mags", 0.24), ("crown", 0.24)):
        all_of_it = sum(count for (role, _), count in outcomes.items() if role == court)
        assert outcomes[court, "ineffective"] / all_of_it == pytest.approx(ineffective, abs=0.05)
        assert outcomes[court, "effective"] / all_of_it == pytest.approx(0.41, abs=0.05)


def test_four_of_five_charging_decisions_come_within_28_days(cases):
    days = []
    for case in cases:
        accepted = [s for s in case.said["charge.file-accepted"] if s.data["suspectStatus"] != "custody"]
        pairs = zip(accepted, case.said["charge.decision-made"], strict=False)
        days += [(decided.at - taken.at) / DAY for taken, decided in pairs]
    assert sum(value <= 28 for value in days) / len(days) == pytest.approx(0.804, abs=0.03)


def test_reports_are_oral_short_and_standard_in_their_shares(cases):
    kinds = Counter(
        said.data["reportType"]
        for case in cases
        if not case.youth
        for said in case.said["sentence.report-requested"]
    )
    shares = {kind: count / kinds.total() for kind, count in kinds.items()}
    assert shares["oral"] == pytest.approx(0.52, abs=0.05)
    assert shares["short"] == pytest.approx(0.45, abs=0.05)
    assert shares["standard"] == pytest.approx(0.03, abs=0.02)


def test_three_in_ten_are_recalled_and_two_in_five_of_those_within_four_weeks(cases):
    days, released = [], 0
    for case in cases:
        freed = [s for s in case.said["release.released"] if s.data["releaseType"] in {"crd", "hdc"}]
        released += bool(freed)
        if freed and case.said["probation.recall-decided"]:
            days.append((case.said["probation.recall-decided"][0].at - freed[0].at) / DAY)
    assert len(days) / released == pytest.approx(0.3, abs=0.05)
    assert sum(value <= 28 for value in days) / len(days) == pytest.approx(0.4, abs=0.08)


def test_work_in_offices_keeps_office_days(cases):
    local = World(shipped("cleveland-and-durham"), 1, 1).diary.local
    decided = [s for case in cases for s in case.said["charge.decision-made"] if s.agency != "cps-direct"]
    assert decided
    assert all((local.day(said.at) + 3) % 7 < 5 for said in decided)
    arrested = Counter((local.day(s.at) + 3) % 7 for case in cases for s in case.said["charge.arrested"])
    assert min(arrested.values()) > len(cases) / 14
