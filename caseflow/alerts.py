"""`caseflow alerts`: which hand-offs are late, who was told, and what people decide about it."""

import typer

from caseflow import alert_test, alerts_deciding, alerts_listing, alerts_parked

HELP = """
Hand-offs that are late or missing: list them, say that somebody has them in hand, put them off, end them.

An alert is named by its id or the beginning of it, as `list` shows it. Several may be named at once: all of
them are decided, or none. What a hand-off itself brings to an end needs nobody.

Examples:

  caseflow alerts list

  caseflow alerts list --owner probation-north-east --severity severe

  caseflow alerts list --all --format csv > alerts.csv

  caseflow alerts show 3f9a12c0

  caseflow alerts ack 3f9a12c0 77b1 --by "Ann Smith"

  caseflow alerts snooze 3f9a12c0 --for 2d --by "Ann Smith" --why "hearing on Thursday"

  caseflow alerts resolve 3f9a12c0 --by "Ann Smith" --why "told by phone, the letter follows"

  caseflow alerts test --route partnership-manager

  caseflow alerts parked
"""

app = typer.Typer(help=HELP, no_args_is_help=True)
app.command("list", help=alerts_listing.LIST_HELP)(alerts_listing.list_alerts)
app.command("show", help=alerts_listing.SHOW_HELP)(alerts_listing.show)
app.command("ack", help=alerts_deciding.ACK_HELP)(alerts_deciding.ack)
app.command("snooze", help=alerts_deciding.SNOOZE_HELP)(alerts_deciding.snooze)
app.command("resolve", help=alerts_deciding.RESOLVE_HELP)(alerts_deciding.resolve)
app.command("test", help=alert_test.TEST_HELP)(alert_test.alert_test)
app.command("parked", help=alerts_parked.PARKED_HELP)(alerts_parked.list_parked)
app.command("retry", help=alerts_parked.RETRY_HELP)(alerts_parked.retry)
