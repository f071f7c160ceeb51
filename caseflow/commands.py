"""Every subcommand but `run`, mounted in the order of `caseflow --help`."""

import typer

from caseflow import alerts, charting
from caseflow.administration import db, profile_app, topics
from caseflow.demo import demo
from caseflow.publishing import publish
from caseflow.reading.commands import register
from caseflow.rebuilding import command as rebuilding
from caseflow.register import app as register_app
from caseflow.signals import app as signals_app
from caseflow.synthesising import synthesise
from caseflow.up import up

app = typer.Typer()
app.command("demo")(demo)
app.command("up")(up)
app.command("publish")(publish)
app.command("synthesise")(synthesise)
register(app)
app.add_typer(charting.app, name="chart")
app.add_typer(alerts.app, name="alerts")
app.add_typer(signals_app, name="signals")
app.add_typer(register_app, name="register")
app.command("rebuild", help=rebuilding.HELP)(rebuilding.rebuild)
app.add_typer(topics, name="topics")
app.add_typer(db, name="db")
app.add_typer(profile_app, name="profile")
