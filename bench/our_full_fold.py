"""Ours: the timelines stage itself, with every rule of the profile, on the canonical log; its clock off.

Arguments as every candidate's: bootstrap, source topic, output topic (the changes), group, scratch directory.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path

from bench.load import PARTITIONS, create
from bench.peers.fold import FirstEvent, Run, this_run
from bench.raw_events import PROFILE
from infra import clock
from infra.profile_files import read_profile_files
from infra.settings import Settings
from models.profile import parse_profile
from models.rules import Rules
from streams.host.app import build, run
from streams.host.effects import Batch, Effects
from streams.timelines.names import Names
from streams.timelines.processor import Timelines


class Announced(Timelines):
    """The stage, which says when its first event comes."""

    first = FirstEvent()

    def fold(self, batch: Batch) -> Iterator[Effects]:
        """Fold a batch as ever."""
        self.first.tell()
        return super().fold(batch)


def main(told: Run) -> None:
    """Fold until a signal ends the process; blocks."""
    settings = Settings(kafka=told.bootstrap, data=Path(told.scratch), partitions=PARTITIONS, profile=PROFILE)
    rules = Rules.of(parse_profile(read_profile_files(PROFILE, directory=None)))
    names = Names(told.source, told.output, f"{told.group}-hand-offs", f"{told.group}-dead-letters")
    states = f"{told.group}-states"
    asyncio.run(create(settings, states, names.hand_offs, names.dead_letters))
    cached = settings.cached_cases // PARTITIONS

    def stage(number: int) -> Announced:
        return Announced(number, rules, None, cached, clock.now, names)

    run(build(told.group, [told.source], stage, settings, states))


if __name__ == "__main__":
    main(this_run())
