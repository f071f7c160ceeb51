"""The section with the official timeliness table: the latest quarter that was over, beside the one before."""

from collections.abc import Iterator, Sequence

from analysis.official.quarters import Quarter
from analysis.official.timeliness import ALL_COURTS, NONE, SPANS, Row
from board.document.parts import Paragraph, Part, Section, Table
from caseflow.monthly.facts import Facts
from caseflow.monthly.small_numbers import TOO_FEW
from caseflow.timeliness.notes import DEFINITION, remarks

TITLE = "Completed cases, as official statistics count them"
_CHANGE = (
    "Median days of the quarter less those of the quarter before, as both are printed: + is longer. - stands where "
    "one of the two is hidden, or nothing was completed. A quarter's change is no signal by itself."
)


def completed_cases(facts: Facts) -> Section:
    """Return the table of the latest quarter that was over by the end of the month, and what changed in it."""
    quarters = {row.quarter for row in facts.official.table.rows}
    if not quarters:
        return Section(TITLE, [Paragraph("No case that counts was completed in a quarter that is over.")])
    latest = max(quarters)
    mark = ", provisional" if facts.official.is_provisional(latest) else ""
    now, before = _shown(facts, latest), _shown(facts, latest.before)
    parts: list[Part] = [
        Paragraph(
            f"{latest.title} is the latest quarter with completed cases that was over by the end of the month. "
            "All quarters, in the official columns: caseflow report timeliness."
        ),
        _table(f"{latest.title}{mark}", now),
        _change_table(latest.before, now, before),
    ]
    parts += [Paragraph(remark) for remark in remarks(facts.official, (latest, latest.before))]
    return Section(TITLE, parts)


def _shown(facts: Facts, quarter: Quarter) -> list[Row]:
    """Return the rows of a quarter, without the sums over types of single courts: each has nearly always one."""
    return [row for row in facts.official.of(quarter) if row.court == NONE or row.court_type != ALL_COURTS]


def _table(title: str, rows: Sequence[Row]) -> Table:
    return Table(
        title,
        ("court type", "where", "defendants", *_of("mean"), *_of("median")),
        [(row.court_type, _where(row), *row.cells()[7:]) for row in rows],
        DEFINITION,
        frozenset(range(2, 3 + 2 * len(SPANS))),
    )


def _change_table(earlier: Quarter, now: Sequence[Row], before: Sequence[Row]) -> Table:
    return Table(
        f"Change of the median since {earlier.title}, in days",
        ("court type", "where", "defendants", "before", *SPANS),
        list(_changes(now, before)),
        _CHANGE,
        frozenset(range(2, 4 + len(SPANS))),
    )


def _of(measure: str) -> tuple[str, ...]:
    return tuple(f"{measure} {span}" for span in SPANS)


def _changes(now: Sequence[Row], before: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    earlier = {(row.court_type, row.area, row.court): row for row in before}
    for row in now:
        then = earlier.get((row.court_type, row.area, row.court))
        count = "0" if then is None else then.cells()[7]
        medians = row.days[1], (None,) * len(SPANS) if then is None else then.days[1]
        changes = (_change(*pair) for pair in zip(*medians, strict=True))
        yield (row.court_type, _where(row), row.cells()[7], count, *changes)


def _change(now: int | None, before: int | None) -> str:
    if now is None or before is None:
        return TOO_FEW
    return f"{now - before:+d}" if now != before else "0"


def _where(row: Row) -> str:
    return row.area if row.court == NONE else f"{row.area}: {row.court}"
