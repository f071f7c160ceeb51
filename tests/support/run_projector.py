"""The projector as a process to be killed: python -m tests.support.run_projector KAFKA DB FAULT."""

import asyncio
import sys
from pathlib import Path

from consumers.projector.run import run
from infra import faults, log
from infra.settings import Settings

if __name__ == "__main__":
    bootstrap, database, fault = sys.argv[1:]
    small = Settings(data=Path("unused"), session_timeout_s=3.0, max_poll_records=500)
    settings = small.at(bootstrap, database)
    log.set_up(settings, "projector")
    faults.arm(fault)
    asyncio.run(run(settings))
