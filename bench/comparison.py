"""The comparison: every candidate once a round, rounds in turn, on one broker."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.progress import Progress

from bench.candidates import Candidate, Load
from bench.canonical import canonical_records
from bench.events import encoded
from bench.judge import Judge, open_judge
from bench.load import load
from bench.measure import Result, measure
from bench.plan import Plan
from bench.process import folder
from infra.settings import Settings

Results = dict[str, list[Result]]
"""Candidate name to its runs."""
Failures = dict[str, str]
"""Name of a candidate, or of the whole path, to what went wrong."""


def topic_of(wanted: Load) -> str:
    """Return the topic that holds a load."""
    return f"bench-{wanted.value}"


async def compare(
    settings: Settings,
    contenders: Sequence[Candidate],
    what: Plan,
    scratch: Path,
    progress: Progress,
    failures: Failures,
) -> Results:
    """Load the topics and run every candidate as often as planned: A B C A B C, so that drift meets them all.

    One that does not get to the end, or whose outputs are wrong, is named in `failures`, has no result and
    no further turn; the others go on.
    """
    task = progress.add_task("loading", total=what.rounds * len(contenders))
    for wanted in {candidate.load for candidate in contenders}:
        await load(settings, topic_of(wanted), _records(wanted, what.events[wanted]))
    judge = await open_judge(settings, topic_of(contenders[0].load))
    results: Results = {}
    try:
        for turn, candidate in _turns(contenders, what.rounds):
            if candidate.name in failures:
                continue
            progress.update(task, description=f"round {turn}: {candidate.title}")
            try:
                result = await _run(judge, candidate, turn, scratch)
            except Exception as error:  # noqa: BLE001 - whatever it is, the others are measured
                failures[candidate.name] = f"{type(error).__name__}: {error}"
                results.pop(candidate.name, None)
                progress.console.print(f"[red]{candidate.name} failed[/red]: {error}", highlight=False)
                continue
            results.setdefault(candidate.name, []).append(result)
            progress.console.print(
                f"[dim]{result.line()}[/dim]  {result.rate:,.0f} events/s", highlight=False
            )
            progress.advance(task)
    finally:
        await judge.close()
    return results


def _records(wanted: Load, events: int) -> Iterator[tuple[bytes, bytes]]:
    match wanted:
        case Load.MANY | Load.FEW:
            return encoded(events)
        case Load.CANONICAL:
            return canonical_records(events)


def _turns(contenders: Sequence[Candidate], rounds: int) -> Iterator[tuple[int, Candidate]]:
    for turn in range(1, rounds + 1):
        for candidate in contenders:
            yield turn, candidate


async def _run(judge: Judge, candidate: Candidate, turn: int, scratch: Path) -> Result:
    group = f"bench-{candidate.name.replace('_', '-')}-{turn}"
    own = folder(scratch, group)
    try:
        return await measure(judge, candidate, topic_of(candidate.load), group, own)
    finally:
        await judge.clear(group)
