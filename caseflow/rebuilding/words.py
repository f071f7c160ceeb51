"""What a rebuild and a check came to, for people and for programs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table

from caseflow.rebuilding.steps import Done
from consumers.projector.comparing import Compared, Comparing

HEADINGS = ("table", "agree", "missing", "surplus", "differ")


def done_text(done: Done) -> str:
    """Return in a sentence or two what was rebuilt."""
    total = done.rebuilt
    told = (
        f"{total.told:,} judgements were told to agencies anew"
        if total.told
        else "agencies were told nothing new"
    )
    text = f"{total.records:,} records replayed, {total.cases:,} cases rebuilt and stored; {told}"
    if done.days is None:
        return text
    return f"{text}. {done.days:,} judged days are forgotten: `caseflow up` judges them anew"


def done_content(done: Done) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "records": done.rebuilt.records,
        "cases": done.rebuilt.cases,
        "toldAgencies": done.rebuilt.told,
        "daysForgotten": done.days,
    }


def totals(found: Sequence[Comparing]) -> dict[str, Compared]:
    """Return the partitions together, by table."""
    together: dict[str, Compared] = {}
    for one in found:
        for name, table in one.tables.items():
            total = together.setdefault(name, Compared())
            total.agree += table.agree
            total.missing += table.missing
            total.surplus += table.surplus
            total.differ += table.differ
            for case in table.cases:
                total.name(case)
    return together


def check_content(tables: Mapping[str, Compared], changed_since: int) -> dict[str, Any]:
    """Return a check for programs."""
    return {
        "equal": all(table.holds for table in tables.values()),
        "changedSince": changed_since,
        "tables": {name: asdict(table) for name, table in tables.items()},
    }


def check_table(tables: Mapping[str, Compared]) -> Table:
    """Return a check as a table for people."""
    shown = Table(*HEADINGS, box=None, pad_edge=False)
    for column in shown.columns[1:]:
        column.justify = "right"
    for name, table in tables.items():
        counts = (table.agree, table.missing, table.surplus, table.differ)
        shown.add_row(name, *(f"{count:,}" for count in counts))
    return shown


def check_text(tables: Mapping[str, Compared], changed_since: int) -> str:
    """Return in words what a check says, and what to do next."""
    left_out = (
        f" {changed_since:,} cases changed meanwhile, or are imported, and were left out."
        if changed_since
        else ""
    )
    cases = [case for table in tables.values() for case in table.cases]
    if not cases and all(table.holds for table in tables.values()):
        return f"The database holds what the log says, row for row.{left_out}"
    named = ", ".join(dict.fromkeys(cases))
    mend = "`caseflow rebuild`"
    if not tables["case_event"].holds:
        mend = f"events are stored once for all: begin with an empty database (`caseflow db migrate`), then {mend}"
    return f"The database does not hold what the log says, for example of {named}: {mend}.{left_out}"
