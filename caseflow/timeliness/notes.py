"""What stands below the official table: whom it counts, how, what is hidden, and what may still change."""

from collections.abc import Iterable, Iterator

from analysis.official.quarters import Quarter
from analysis.official.suppression import Mark
from caseflow.monthly.small_numbers import count
from caseflow.timeliness.official import Official, long_date

VIEW = (
    "View: look-back. It counts defendants whose case was completed in the quarter; what is stuck is not in it, so "
    "it may improve while work slows."
)
UNIT = (
    "Unit: a defendant in a completed case, with one offence, from the dates that the completing court tells: of "
    "the offence, of the charge, of the first listing, of completion. Breaches are not told apart. Court type: by "
    "who completed the case; court: of its last hearing there."
)
DAYS = "Days are calendar days, means and medians rounded to whole ones, halves up."
HIDDEN = (
    f"{Mark.SMALL.value}: 1 to 4 defendants. {Mark.HIDDEN.value}: hidden, as it tells of fewer than 10 defendants, "
    "or would give such a figure away. Rows without defendants are left out."
)
DEFINITION = f"{VIEW} {UNIT} {DAYS} {HIDDEN}"


def notes(official: Official, quarters: Iterable[Quarter]) -> list[str]:
    """Return what a reader of these quarters has to know, a sentence or two each."""
    return [VIEW, UNIT, DAYS, HIDDEN, *remarks(official, quarters), known(official)]


def known(official: Official) -> str:
    """Return as of when the table is."""
    return f"As known on {long_date(official.known_on)}."


def remarks(official: Official, quarters: Iterable[Quarter]) -> list[str]:
    """Return only what is particular to these quarters: what may still change, and who is left out."""
    shown = sorted(set(quarters))
    return [*_provisional(official, shown), *_left_out(official, shown)]


def _provisional(official: Official, quarters: list[Quarter]) -> Iterator[str]:
    for quarter in quarters:
        if official.is_provisional(quarter):
            yield (
                f"{quarter.title} is provisional: not every court has told all of it, as far as their usual delay "
                "shows."
            )


def _left_out(official: Official, quarters: list[Quarter]) -> Iterator[str]:
    unsound = official.table.left_out
    told = [f"{count(unsound[one])} of {one.title}" for one in quarters if unsound.get(one)]
    if told:
        yield f"Left out, as a date is missing or before the one it follows: {', '.join(told)}."
    if official.undated:
        yield f"In no quarter, as their date of completion is not told: {count(official.undated)}."
