"""The sections about what the report rests on: the feeds, and how to read it."""

from analysis.detectors.publish_lag import negative_lags
from board.document.parts import Bullets, Section, Table
from caseflow.monthly.facts import Facts
from caseflow.monthly.small_numbers import SENTENCE
from caseflow.reading.durations import short

_FEEDS = (
    "What each agency has published since it began. Late: events that came behind a later one of their case. Usual "
    "lag: mean time from happening to publication; '-' where it is not known, as for imported history. Dated "
    "ahead: events dated after their own publication, a slip of whoever told them. What is not published looks the "
    "same as what is not done."
)


def feeds(facts: Facts) -> Section:
    """Return how far each agency's picture reaches."""
    zone = facts.month.zone
    rows = [
        (
            facts.name(feed.source),
            f"{feed.events:,}",
            f"{feed.late_events:,}",
            "history"
            if feed.last_published_at is None
            else f"{feed.last_published_at.astimezone(zone):%d %b %Y}",
            short(feed.lag_mean_s),
            _ahead(facts, feed.source),
        )
        for feed in facts.feeds
    ]
    headings = ("agency", "events", "late", "last published", "usual lag", "dated ahead")
    return Section("What it rests on", [Table("Feeds", headings, rows, _FEEDS, frozenset({1, 2, 4, 5}))])


def _ahead(facts: Facts, agency: str) -> str:
    told = facts.world.feeds.get(agency)
    return "-" if told is None else f"{negative_lags(told, facts.month.now_us):,}"


def how_to_read(facts: Facts) -> Section:
    """Return what holds for the whole report."""
    lines = [
        ("Small numbers.", SENTENCE),
        (
            "Two views.",
            "Completed in a month and started in a month are different items; no figure mixes them.",
        ),
        (
            "Known so far.",
            f"As known on {facts.month.known_on}. What is published later changes earlier months.",
        ),
        (
            "Local targets.",
            "A limit that nobody has confirmed is a local target; docs/hand_offs.md says which.",
        ),
        ("Persons.", "Nobody is named; how single cases went is shown inside the partnership only."),
    ]
    return Section("How to read this report", [Bullets(lines)])
