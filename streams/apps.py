"""The two Faust apps: which topics each folds, with which processor and table."""

import time

from infra import clock, topics
from infra.settings import Settings
from models.profile import Profile
from models.rules import Rules
from streams.host.app import HostApp, build
from streams.host.safe_clock import SafeClock
from streams.intake.processor import Intake
from streams.timelines.processor import Timelines


def intake(settings: Settings, profile: Profile) -> HostApp:
    """Return intake: the raw stage topics to `caseflow.events` and `caseflow.dead-letters`."""
    return build(
        topics.INTAKE_GROUP,
        topics.RAW,
        lambda number: Intake(number, settings.partitions, profile, clock.now, clock.shown_us),
        settings,
    )


def timelines(settings: Settings, profile: Profile) -> HostApp:
    """Return timelines: `caseflow.events` to case states, changes and hand-offs; live profiles have a clock."""
    rules = Rules.of(profile)
    live = profile.clock_mode == "live"
    ticking = SafeClock(settings, clock.now_us, clock.shown_us, time.monotonic) if live else None
    cached = max(1, settings.cached_cases // settings.partitions)
    app = build(
        topics.TIMELINES_GROUP,
        [topics.EVENTS],
        lambda number: Timelines(number, rules, ticking, cached, clock.now),
        settings,
        table=topics.TIMELINES,
    )
    if ticking is not None:
        app.on_before_shutdown.connect(lambda *_, **__: ticking.stop(), weak=False)
    return app
