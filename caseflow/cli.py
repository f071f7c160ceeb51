"""The command `caseflow`: every subcommand is mounted here."""

import typer

from caseflow.administration import db, profile_app, topics
from caseflow.demo import demo
from caseflow.publishing import publish
from caseflow.reading import register
from caseflow.running import run_process
from caseflow.up import up

app = typer.Typer(
    name="caseflow",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Case-flow tracking across criminal justice agencies: timelines, hand-offs and who waits for whom.",
)
app.command("demo")(demo)
app.command("up")(up)
app.command("publish")(publish)
app.command("run")(run_process)
register(app)
app.add_typer(topics, name="topics")
app.add_typer(db, name="db")
app.add_typer(profile_app, name="profile")
