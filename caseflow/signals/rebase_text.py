"""A rebase as people read it, and as programs do: what it changes, and what was recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rich.text import Text

from analysis.judging.rebasing import Decision
from caseflow.reading.safe_text import safe
from caseflow.reading.screen import screen
from caseflow.signals.baseline_words import OF_WHAT, baseline_content, figures, in_force, in_words
from caseflow.signals.rebase_change import Change
from caseflow.signals.rows import about_content
from caseflow.signals.text import DIGITS, day
from models.instants import date_of
from models.profile import Profile
from models.signal_kinds import SignalKind
from projections.silo_signals.baselines import What
from projections.silo_signals.naming import names_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A decision and what it changes; `recorded`: it stands; `known`: it stood before."""

    decision: Decision
    change: Change
    recorded: bool
    known: bool


def rebase_content(shown: Shown) -> dict[str, Any]:
    """Return everything for programs; days are local dates."""
    one, change = shown.decision, shown.change
    return {
        **about_content(one.about),
        "since": date_of(one.since),
        "countsFrom": date_of(one.counts_from),
        "window": [date_of(one.window[0]), date_of(one.window[1])],
        "decidedBy": one.by,
        "why": one.why,
        "was": [baseline_content(row) for row in change.was],
        "becomes": [_becomes(what, found) for what, found in change.becomes.items()],
        "shifts": {measure.value: measure in change.seen_in(one.since) for measure in change.shifts},
        "ends": [{"id": str(row.id), "kind": row.kind, "state": row.state} for row in change.ends],
        "recorded": shown.recorded,
        "wasRecordedBefore": shown.known,
    }


def print_rebase(shown: Shown, profile: Profile) -> None:
    """Print what a rebase changes, and whether it is recorded."""
    one = shown.decision
    console = screen()
    for name, value in (("about", names_of(profile).subject(one.about)), *_facts(shown)):
        console.print(Text(f"{name:<11}", style="bold").append(safe(value), style="not bold"))
    if shown.known:
        console.print("It was recorded before: nothing has changed.")
    elif shown.recorded:
        console.print("Recorded. A later decision about the same replaces it; it is never changed.")
    else:
        console.print("Nothing is recorded: leave --dry-run away to record it.")


def _facts(shown: Shown) -> Iterator[tuple[str, str]]:
    one, change = shown.decision, shown.change
    yield "since", f"{day(date_of(one.since))}, decided by {one.by}: {one.why}"
    yield "counts", f"on days from {day(date_of(one.counts_from))} on; those before stay as they were judged"
    for row in change.was:
        yield "was", f"{in_force(row)}: {in_words(What(row.what), row.content)}"
    if not change.was:
        yield "was", "no baseline is locked"
    first, last = (day(date_of(edge)) for edge in one.window)
    for what, found in change.becomes.items():
        told = found if isinstance(found, str) else in_words(what, found.content())
        yield "becomes", f"{OF_WHAT[what]} of {first} to {last}: {told}"
    if change.shifts:
        seen = ", ".join(measure.value for measure in change.seen_in(one.since))
        since = day(date_of(one.since))
        yield "charts", f"new limits from {since} on; a shift that lasts is seen in: {seen or 'none'}"
    for signal in change.ends:
        yield (
            "ends",
            f"{str(signal.id)[:DIGITS]}  {SignalKind(signal.kind).words} ({signal.state}), as rebased",
        )


def _becomes(what: What, found: Any) -> dict[str, Any]:  # noqa: ANN401 - a baseline of any kind, or why there is none
    if isinstance(found, str):
        return {"what": what, "figures": None, "why": found}
    return {"what": what, "figures": figures(what, found.content()), "why": None}
