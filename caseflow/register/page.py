"""The register as a page in Markdown; the page of the default profile is docs/hand_offs.md."""

from collections import Counter
from collections.abc import Iterator

from caseflow.register.sections import sections
from caseflow.register.sheet import NO_LIMIT, LimitLine, Sheet, sheet
from caseflow.register.words import CERTAINTIES, MEANINGS
from models.profile import Profile

COLUMNS = ("row", "hand-off", "from → to", "start", "stop", "limit", "calendar", "certainty", "source")
INTRODUCTION = """\
Every wait of a case that this partnership has a rule for: what starts it, what ends it, who must bring the end
about, and by when. The rows are the files of `profiles/{name}/hand_offs/`. This page is made from them by
`caseflow register show --profile {name} --format markdown`: change a row, not the page.

- **\\*** stands at the wait owner, who must bring the end about; roles joined by a comma share the duty. One side
  alone is an internal step: timed, and no hand-off.
- Several starts open a wait each; of several stops the first ends it. A stage is written once: `.charged` after
  `charge.arrested` is `charge.charged`. "Or unknown": an event without that attribute counts too.
- A wait as long as its limit is in time. The limit is the one in force on the day on which the clock starts. Where
  an attribute that a limit asks for is unknown, the longest that is possible counts, and the hand-off says so.

Below each table stands how a wait without an answer ends. *Missing*: the event proves that the answer never
came, which is said so many days after it. *Over*: from this event on nothing is awaited; before its due instant
the hand-off is void, after it missing. *Not opened after*: an event earlier in the case, by which the start opens
nothing. A wait whose place a later start takes is void from then on, late or not."""
CERTAIN = """\
## How sure a limit is

A report or an alert that rests on a limit marked D, K or E says "local target", until an owner confirms it."""


def page(profile: Profile) -> str:
    """Return the whole register of a profile in Markdown, ending in a newline."""
    parts = [f"# Hand-offs of {profile.title}", INTRODUCTION.format(name=profile.name), CERTAIN]
    parts.append("\n".join(_certainties(profile)))
    for title, rules in sections(profile.rules):
        rows = [sheet(rule) for rule in rules]
        parts += [f"## {title}", "\n".join(_table(rows)), "\n".join(_endings(rows))]
    return "\n\n".join(parts) + "\n"


def _certainties(profile: Profile) -> Iterator[str]:
    counted = Counter(limit.certainty for rule in profile.rules for limit in (*rule.limits, *rule.standards))
    yield _row("mark", "shown as", "meaning", "limits")
    yield _row("---", "---", "---", "---:")
    for mark, shown in CERTAINTIES.items():
        yield _row(mark.value, shown, MEANINGS[mark], str(counted[mark]))


def _table(rows: list[Sheet]) -> Iterator[str]:
    yield _row(*COLUMNS)
    yield _row(*["---"] * len(COLUMNS))
    for row in rows:
        named: tuple[str, ...] = (
            row.id,
            row.title,
            row.between,
            "<br>".join(row.starts),
            "<br>".join(row.stops),
        )
        for line in row.limits or (NO_LIMIT,):
            yield _row(*named, *_limit(line))
            named = ("",) * len(named)


def _limit(line: LimitLine) -> tuple[str, ...]:
    text = f"{line.held}: {line.limit}" if line.held else line.limit
    source = f"{line.source}. {line.note}" if line.note else line.source
    return text, line.calendar, line.certainty, source


def _endings(rows: list[Sheet]) -> Iterator[str]:
    for row in rows:
        ends = "; ".join(f"*{name}*: {text}" for name, text in row.ends)
        told = ". ".join(_sentence(text) for text in (ends, *row.remarks) if text)
        if told:
            yield f"- **{row.id}** {_escaped(told, star=False)}."


def _sentence(text: str) -> str:
    return text if text.startswith(("*", "`", "charge", "court")) else text[0].upper() + text[1:]


def _row(*cells: str) -> str:
    return f"| {' | '.join(_escaped(cell) for cell in cells)} |"


def _escaped(text: str, *, star: bool = True) -> str:
    escaped = text.replace("|", "\\|")
    return escaped.replace("*", "\\*") if star else escaped
