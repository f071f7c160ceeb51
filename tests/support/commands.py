"""Reading commands run as a person runs them, on the servers of a test."""

import typer
from typer.testing import CliRunner, Result

from caseflow import alerts, charting
from caseflow.reading.commands import register
from caseflow.signals import app as signals_app
from infra.settings import Settings


def command(settings: Settings, *arguments: str) -> Result:
    """Run `caseflow` with these arguments; its output streams and exit code are in the result."""
    app = typer.Typer()
    register(app)
    app.add_typer(alerts.app, name="alerts")
    app.add_typer(charting.app, name="chart")
    app.add_typer(signals_app, name="signals")
    environment = {
        "CASEFLOW_KAFKA": settings.bootstrap,
        "CASEFLOW_DATABASE": settings.database_url,
        "CASEFLOW_DATA": str(settings.data),
        "CASEFLOW_PROFILE": settings.profile,
        "CASEFLOW_PARTITIONS": str(settings.partitions),
        "CASEFLOW_SESSION_TIMEOUT_S": str(settings.session_timeout_s),
    }
    result = CliRunner(env=environment).invoke(app, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result
