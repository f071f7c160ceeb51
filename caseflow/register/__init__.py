"""`caseflow register`: the hand-offs of a profile as people read them, and what is wrong with them."""

import typer

from caseflow.register import checking, showing

HELP = """
The register of hand-offs: who waits for whom, and by when.

Examples:

  caseflow register show H20

  caseflow register check
"""

app = typer.Typer(no_args_is_help=True, help=HELP)
app.command("show", help=showing.HELP)(showing.show)
app.command("check", help=checking.HELP)(checking.check)
