"""One process of caseflow, to be killed: python -m tests.support.run_process NAME (settings: the environment)."""

import asyncio
import sys

from consumers.projector.run import run as run_projector
from infra import faults, log
from infra.profile_files import read_profile_files
from infra.settings import Settings
from models.profile import parse_profile
from streams.apps import intake, timelines
from streams.host.app import run

if __name__ == "__main__":
    name = sys.argv[1]
    settings = Settings()
    log.set_up(settings, name)
    faults.arm(settings.fault)
    if name == "projector":
        asyncio.run(run_projector(settings))
    else:
        profile = parse_profile(read_profile_files(settings.profile))
        run({"intake": intake, "timelines": timelines}[name](settings, profile))
