"""`caseflow run`: one process in the foreground, until a signal or a failure ends it."""

import asyncio
import importlib
import sys
from contextlib import ExitStack
from enum import StrEnum
from typing import Annotated

import typer

from caseflow import run_files
from caseflow.broker import broker_with_topics
from caseflow.condition import Condition
from caseflow.errors import FAILED, failed
from caseflow.wiring import (
    DataOption,
    ProfileOption,
    ProfilesDirOption,
    connected,
    profile_of,
    settings_from,
)
from infra import exit_codes, faults, health, log
from infra.alert_targets import read_alert_targets
from infra.settings import Settings


class Process(StrEnum):
    """The processes of caseflow; the values are their names everywhere."""

    INTAKE = "intake"
    TIMELINES = "timelines"
    PROJECTOR = "projector"
    ALERTS = "alerts"
    SIGNALS = "signals"


WITH_DATABASE = {Process.PROJECTOR, Process.ALERTS, Process.SIGNALS}


def run_process(
    process: Annotated[Process, typer.Argument(help="Which one.", show_default=False)],
    data: DataOption = None,
    profile: ProfileOption = None,
    profiles_dir: ProfilesDirOption = None,
) -> None:
    """Run one process in the foreground: intake, timelines, projector, alert dispatcher or judge of silo signals.

    It waits for the broker as long as it takes (not ready, but alive), serves /metrics, /health/live and
    /health/ready on a loopback port (CASEFLOW_METRICS_PORT, else a free one: see `caseflow status`) and ends
    on Ctrl-C or SIGTERM after the transaction in hand.

    Exit codes: 0 ended cleanly; 1 cannot start (settings, profile); 70 failed, and a restart heals it; 78 held:
    too many refusals look like a bad deployment, not bad data, so do not restart it: see `caseflow dead-letters
    list`, mend the cause, then `caseflow dead-letters resume`. Timelines ends so where its states were judged by
    other rules: `caseflow rebuild`.

    Examples:
      caseflow run intake

      CASEFLOW_KAFKA=broker:9092 CASEFLOW_DATABASE=postgresql+asyncpg://... caseflow run projector
    """
    try:
        settings = settings_from(data, profile, profiles_dir)
        settings = connected(settings, database=process in WITH_DATABASE)
        log.set_up(settings, process.value)
        faults.arm(settings.fault)
        code = _run(process, settings)
    except Exception as error:  # noqa: BLE001 - `failed` raises again what it does not know
        code = failed(error) or FAILED
    sys.exit(code)


def _run(process: Process, settings: Settings) -> int:
    match process:
        case Process.INTAKE | Process.TIMELINES:
            return run_stream(settings, process)
        case Process.PROJECTOR:
            return run_projector(settings)
        case Process.ALERTS:
            return run_alerts(settings)
        case Process.SIGNALS:
            return run_signals(settings)


def run_stream(settings: Settings, process: Process) -> int:
    """Run intake or timelines to the end and return the exit code. Raises what loading a profile raises."""
    profile = profile_of(settings)
    condition = Condition()
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)  # Faust takes the current one
    server = health.serve(settings.metrics_host, settings.metrics_port, condition.ready, condition.live)
    with run_files.told(settings, process.value, server.port):
        if not loop.run_until_complete(broker_with_topics(settings, condition)):
            return 0
        apps = importlib.import_module("streams.apps")  # loads Faust, which no other process should do
        condition.app = getattr(apps, process.value)(settings, profile)
        return _code_of(condition)


def run_projector(settings: Settings) -> int:
    """Run the projector to the end and return the exit code."""
    projector = importlib.import_module("consumers.projector.run")
    failures = importlib.import_module("consumers.failures")
    with ExitStack() as told:

        def listening(port: int) -> None:
            told.enter_context(run_files.told(settings, Process.PROJECTOR.value, port))

        try:
            asyncio.run(projector.run(settings, listening=listening))
        except failures.RefusalLimitError as error:
            log.logger("projector").error("held", why=str(error))
            return exit_codes.HELD
        except Exception:  # noqa: BLE001 - said with its traceback, and the supervisor starts it again
            log.logger("projector").exception("stopped by a failure")
            return exit_codes.HEALS
    return 0


def run_alerts(settings: Settings) -> int:
    """Run the alert dispatcher to the end and return the exit code.

    Raises:
        ProfileError, ProfileFilesError, AlertTargetsError: it cannot start.
    """
    profile, targets = profile_of(settings), read_alert_targets(settings.alert_targets)
    alerts = importlib.import_module("consumers.alerts.run")
    partnership = alerts.Partnership(profile.routes, profile.tz)
    owners = [agency.code for agency in profile.agencies.values() if not agency.reader]
    with ExitStack() as told:

        def listening(port: int) -> None:
            told.enter_context(run_files.told(settings, Process.ALERTS.value, port))

        try:
            asyncio.run(alerts.run(settings, partnership, targets, owners=owners, listening=listening))
        except Exception:  # noqa: BLE001 - said with its traceback, and the supervisor starts it again
            log.logger("alerts").exception("stopped by a failure")
            return exit_codes.HEALS
    return 0


def run_signals(settings: Settings) -> int:
    """Run the judge of silo signals to the end and return the exit code.

    Raises:
        ProfileError, ProfileFilesError: it cannot start.
    """
    profile = profile_of(settings)
    signals = importlib.import_module("consumers.signals.run")
    with ExitStack() as told:

        def listening(port: int) -> None:
            told.enter_context(run_files.told(settings, Process.SIGNALS.value, port))

        try:
            asyncio.run(signals.run(settings, profile, listening=listening))
        except Exception:  # noqa: BLE001 - said with its traceback, and the supervisor starts it again
            log.logger("signals").exception("stopped by a failure")
            return exit_codes.HEALS
    return 0


def _code_of(condition: Condition) -> int:
    """Run the app; whatever failure is not held is one that a restart may heal."""
    host = importlib.import_module("streams.host.app")
    try:
        host.run(condition.app)
    except SystemExit as ended:
        return exit_codes.HELD if ended.code == exit_codes.HELD else exit_codes.HEALS if ended.code else 0
    except Exception:  # noqa: BLE001 - said with its traceback, and the supervisor starts the process again
        log.logger("host").exception("stopped by a failure")
        return exit_codes.HEALS
    return 0
