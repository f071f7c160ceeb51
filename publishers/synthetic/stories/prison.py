"""In prison: reception, dates, handover to the community, licence, release."""

from publishers.synthetic import calibration as c
from publishers.synthetic.counting import back, months_after
from publishers.synthetic.local_time import DAY, HOUR
from publishers.synthetic.references import prison_number
from publishers.synthetic.stories.custody import receive
from publishers.synthetic.stories.sentencing import Sentence
from publishers.synthetic.story import Data, Said, Story, Turn
from publishers.synthetic.turns import turn

_LEAST_SERVED, _FOR_CURFEW = 12, 42


def serve(story: Story, sentence: Sentence) -> Said:
    """Tell a prison sentence up to the release on licence, and return that."""
    received = receive(story, sentence.passed, "sentence", sentenced=True)
    received.data["identifiers"] = [{"type": "noms", "value": prison_number(story.case)}]
    calculated = turn(story, "H33", received, c.DATES_CALCULATED)
    local = story.world.diary.local
    served = max(round(sentence.days * c.SHARE_SERVED), _LEAST_SERVED)
    release_day = max(local.day(sentence.passed.at) + served, local.day(calculated.at) + _LEAST_SERVED)
    dates = [_calculate(story, calculated.at, sentence, release_day, served)]
    if received.told:
        story.note("H33", received, dates[0], calculated)
    if served > 60 and story.happens("recalculated", c.RECALCULATED):
        release_day += 3
        again = turn(story, "H33", calculated.at + 7 * DAY, c.DATES_CALCULATED)
        dates.append(_calculate(story, again.at, sentence, release_day, served))
    _hand_over(story, dates[-1], release_day, served)
    return _release(story, dates, release_day, served)


def _calculate(story: Story, at: int, sentence: Sentence, release_day: int, served: int) -> Said:
    local = story.world.diary.local
    release = story.date(local.midnight(release_day))
    told: Data = {
        "conditionalReleaseDate": release,
        "earliestReleaseDate": release,
        "licenceStartDate": release,
        "sentenceType": "determinate",
        "sentenceDays": sentence.days,
        "custodialDays": served,
        "ruleVersion": "sds-40",
    }
    if served >= _FOR_CURFEW:
        told["hdcEligibilityDate"] = story.date(local.midnight(release_day - min(served // 2, 364)))
    return story.say("sentence.dates-calculated", "prison", at, **told)


def _hand_over(story: Story, calculated: Said, release_day: int, served: int) -> None:
    """Hand over to a community manager, by a date where the sentence is long enough for one."""
    local = story.world.diary.local
    handover_day = months_after(release_day, -8) - 14
    if served < 150 or handover_day < local.day(calculated.at) + 12:
        named = turn(story, "H35", calculated, c.MANAGER_NAMED_AT_ONCE)
        if local.day(named.at) < back(release_day):
            story.say("probation.com-allocated", "probation", named.at)
        return
    date_set = story.say(
        "probation.handover-date-set",
        "prison",
        story.office("handover date", calculated.at + 2 * DAY),
        handoverDate=story.date(local.midnight(handover_day)),
        rule="standard",
    )
    named = turn(story, "H35", local.midnight(handover_day - c.MANAGER_SOUGHT_DAYS_BEFORE), c.MANAGER_NAMED)
    named = named._replace(at=max(named.at, story.office("manager named", date_set.at + DAY)))
    story.answer("H35", date_set, named, "probation.com-allocated", "probation")
    over = turn(story, "H34", local.midnight(handover_day - c.HANDOVER_BEGUN_DAYS_BEFORE), c.HANDOVER)
    over = over._replace(at=max(over.at, named.at + HOUR))
    story.answer("H34", date_set, over, "probation.handover-completed", "probation")


def _release(story: Story, dates: list[Said], release_day: int, served: int) -> Said:
    local = story.world.diary.local
    on_curfew = served >= _FOR_CURFEW and story.happens("released on curfew", c.RELEASED_ON_CURFEW)
    kind = "hdc" if on_curfew else "crd"
    day = _curfew_day(story, local.day(dates[-1].at), release_day, served) if on_curfew else back(release_day)
    turned = turn(story, "H37", local.midnight(day) + 9 * HOUR, c.RELEASE_HELD_UP_DAYS)
    approved = turn(story, "H36", local.midnight(day - c.LICENCE_BEGUN_DAYS_BEFORE), c.LICENCE_APPROVED)
    at = min(max(approved.at, story.office("licence approved", dates[-1].at + 2 * HOUR)), turned.at - 30 * 60)
    if served > c.OPEN_CONDITIONS_FROM and story.happens("open conditions", c.OPEN_CONDITIONS):
        story.say(
            "release.moved-to-open-conditions",
            "prison",
            story.office("open conditions", turned.at - 60 * DAY),
        )
    licence = story.say("release.licence-approved", "prison", at, licenceKind="standard")
    released = story.say("release.released", "prison", turned.at, releaseType=kind)
    for calculated in dates:
        _note(story, calculated, released, turned)
        story.note("H36", calculated, licence, approved)
    return released


def _curfew_day(story: Story, known: int, release_day: int, served: int) -> int:
    """Return a working day in the window for a release on curfew, sometimes after it."""
    first = max(release_day - min(served // 2, 364), known + 6)
    last = max(release_day - c.CURFEW_LAST_DAY, first)
    return back(round(story.chance.between("curfew day", first, last)))


def _note(story: Story, calculated: Said, released: Said, turned: Turn) -> None:
    on_curfew = released.data["releaseType"] == "hdc"
    for rule in ("H37", "H39"):
        story.note(rule, calculated, None if on_curfew else released, turned)
    if int(str(calculated.data["custodialDays"])) >= _FOR_CURFEW:
        story.note("H38", calculated, released if on_curfew else None, turned)
