"""The reading commands, in the order of `caseflow --help`."""

import typer

from caseflow.reading import case, dead_letters, exporting, report, status


def register(app: typer.Typer) -> None:
    """Add the reading commands to the command line."""
    app.add_typer(report.app, name="report")
    app.command("case", help=case.HELP)(case.case)
    app.command("export", help=exporting.HELP)(exporting.export_rows)
    app.add_typer(dead_letters.app, name="dead-letters")
    app.command("status", help=status.HELP)(status.status)
