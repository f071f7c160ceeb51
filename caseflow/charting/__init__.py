"""`caseflow chart`: what the database holds, as SVG."""

from caseflow.charting.commands import app

__all__ = ["app"]
