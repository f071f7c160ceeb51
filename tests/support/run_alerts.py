"""The dispatcher as a process to be killed: python -m tests.support.run_alerts KAFKA DB ROUTES TARGETS FAULT."""

import asyncio
import sys
import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

from consumers.alerts.queues import Partnership
from consumers.alerts.run import run
from infra import faults, log
from infra.alert_targets import read_alert_targets
from infra.settings import Settings
from models.routes import RouteList

if __name__ == "__main__":
    bootstrap, database, routes, targets, fault = sys.argv[1:]
    settings = Settings(data=Path("unused"), session_timeout_s=3.0).at(bootstrap, database)
    log.set_up(settings, "alerts")
    faults.arm(fault)
    told = RouteList.model_validate(tomllib.loads(Path(routes).read_text()))
    partnership = Partnership(told, ZoneInfo("Europe/London"))
    asyncio.run(run(settings, partnership, read_alert_targets(Path(targets))))
