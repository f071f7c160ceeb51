"""One case as a person reads it: from top to bottom, who held it and every wait."""

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from caseflow.reading import case_words as words
from caseflow.reading.case_view import CaseView
from caseflow.reading.durations import percent
from caseflow.reading.hand_off_text import print_hand_off
from caseflow.reading.safe_text import safe
from caseflow.reading.screen import told
from projections.case_timeline.chain import StepLink
from projections.case_timeline.queries import Entry, EventRow

_WAITS = {"inside": ("│", "dim"), "discovered": ("↓", "yellow"), "unknown": ("?", "dim")}
_PARTS = (
    ("inside_us", "inside organisations"),
    ("between_us", "between"),
    ("unknown_us", "with nobody known"),
)


def print_case(console: Console, view: CaseView) -> None:
    """Print a case, fitted to the console's width from 80 columns on."""
    _heading(console, view)
    if view.timeline.entries:
        _timeline(console, view)
    console.print(_now(view), style="bold")
    if view.timeline.hand_offs:
        console.print("\nStandard hand-offs", style="bold")
        for hand_off in view.timeline.hand_offs:
            print_hand_off(console, view, hand_off)
    if view.timeline.beside:
        console.print("\nNot on the timeline", style="bold")
        for event in view.timeline.beside:
            console.print(_beside(view, event))
            _notes(console, event, margin=4)
    if view.letters:
        counted = ", ".join(f"{count} {safe(status)}" for status, count in sorted(view.letters.items()))
        console.print(
            f"\nDead letters of this case: {counted}. `caseflow dead-letters list` shows the open ones."
        )


def _heading(console: Console, view: CaseView) -> None:
    case = view.timeline.case
    area = view.area
    console.print(told(f"Case {case['case_ref']}" + (f", {area}" if area else ""), "bold"))
    if not view.timeline.entries:
        console.print("No event of this case counts: see below.")
        return
    first, last = (view.times.of_place(case[name]) for name in ("first_us", "last_us"))
    zone = "whole days" if view.times.cut else f"times in {view.times.zone.key}"
    console.print(f"{len(view.timeline.entries)} events, {first} to {last} ({zone})")
    if case["elapsed_us"]:
        parts = [
            f"{percent(case[name] / case['elapsed_us'])} {title}" for name, title in _PARTS if case[name]
        ]
        elapsed = words.length(case["elapsed_us"], cut=view.times.cut)
        console.print(f"{elapsed} from first to last: {', '.join(parts)}")
    console.print()


def _timeline(console: Console, view: CaseView) -> None:
    entries = view.timeline.entries
    widest = max(len(_what(view, entry)) for entry in entries)
    waits = [words.length(entry.since.wait_us, cut=view.times.cut) for entry in entries if entry.since]
    longest = max(map(len, waits), default=0)
    for entry in entries:
        when = view.times.of_place(entry.place.at_us)
        if entry.since is not None:
            wait = words.length(entry.since.wait_us, cut=view.times.cut)
            console.print(_wait(entry.since, " " * len(when), f"{wait:<{longest}}"))
        line = Text(f"{when}  ").append(f"{_what(view, entry):<{widest}}", style="bold")
        console.print(line.append(f"  {_who(entry)}"))
        if entry.event is not None:
            _notes(console, entry.event, margin=len(when) + 2)


def _notes(console: Console, event: EventRow, margin: int) -> None:
    for note in event.notes:
        console.print(Padding(Text(words.note(note), style="yellow"), (0, 0, 0, margin), expand=False))


def _wait(since: StepLink, margin: str, wait: str) -> Text:
    mark, style = _WAITS.get(since.kind, _WAITS["unknown"])
    return Text(f"{margin}  {mark} {wait}  {words.kind(since)}", style=style)


def _what(view: CaseView, entry: Entry) -> str:
    marks = [
        name
        for name, holds in (
            ("amended", entry.place.identity in view.amended),
            ("ahead of its time", entry.event is not None and entry.event.ahead),
        )
        if holds
    ]
    return safe(entry.place.type) + (f" ({', '.join(marks)})" if marks else "")


def _who(entry: Entry) -> str:
    who = safe(entry.place.org or words.NOBODY)
    acting = entry.event.acting_org if entry.event else None
    return f"{who}, by {safe(acting)}" if acting and acting != entry.place.org else who


def _now(view: CaseView) -> Text:
    if not view.timeline.entries:
        return Text("")
    tail = words.tail(view.timeline.case)
    if tail is None:
        ended = "The case has ended." if view.ended else "Nobody is known to hold it now."
        return Text(f"\n{ended}")
    since = view.since_last_us
    asked = "" if since is None else f", for {words.length(since, cut=view.times.cut)}"
    upto = "" if view.as_of is None else f" (as of {view.as_of})"
    return Text(f"\nNow: {tail}{asked}{upto}")


def _beside(view: CaseView, event: EventRow) -> Text:
    why = view.why_apart(event)
    return Text(f"  {view.told_at(event)}  {safe(event.type)} by {safe(event.source)}: {why}")
