"""`python -m caseflow`: what the supervisor starts its children by."""

from caseflow.cli import app

app()
