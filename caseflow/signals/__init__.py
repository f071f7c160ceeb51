"""`caseflow signals`: where the boundary between organisations costs time, and how sure that is."""

import typer

from caseflow.signals import baselines, evaluating, explaining, listing, rebasing

HELP = """
Where the boundary between organisations costs time: what stands, why, how sure it is, and what would end it.

`caseflow run signals` judges every local day after it is over. A signal is named by its id, or the beginning of it
as `list` shows it. What each kind means: docs/silo_signals.md.

Examples:

  caseflow signals list

  caseflow signals show 5f0d7a3e

  caseflow signals explain 5f0d7a3e

  caseflow signals explain --rule H04

  caseflow signals evaluate --as-of 2026-06-14

  caseflow signals baselines --rule H04

  caseflow signals rebase --rule H04 --since 2026-03-02 --by "Ann Smith" --why "two lawyers more" --dry-run
"""

app = typer.Typer(help=HELP, no_args_is_help=True)
app.command("list", help=listing.LIST_HELP)(listing.list_signals)
app.command("show", help=listing.SHOW_HELP)(listing.show)
app.command("explain", help=explaining.EXPLAIN_HELP)(explaining.explain)
app.command("evaluate", help=evaluating.EVALUATE_HELP)(evaluating.evaluate_day)
app.command("baselines", help=baselines.BASELINES_HELP)(baselines.baselines)
app.command("rebase", help=rebasing.REBASE_HELP)(rebasing.rebase)
