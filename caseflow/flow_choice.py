"""Which flows of a row of the register a person asks for: all of them, or those of a sender or a receiver."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import typer

from analysis.items import FlowKey
from caseflow.errors import CommandError
from caseflow.reading.safe_text import safe
from models.profile import Profile

SenderOption = Annotated[
    str | None, typer.Option("--sender", help="Code of the sender, where there are several.")
]
ReceiverOption = Annotated[
    str | None, typer.Option("--receiver", help="Code of the receiver, where there are several.")
]


@dataclass(frozen=True, slots=True)
class FlowChoice:
    """A row of the register, and between whom; None: whoever it is."""

    rule: str
    sender: str | None = None
    receiver: str | None = None

    def among(self, flows: Iterable[FlowKey]) -> list[FlowKey]:
        """Return the flows that are asked for, in the order given."""
        return [
            key
            for key in flows
            if key.rule == self.rule
            and self.sender in {None, key.sender}
            and self.receiver in {None, key.receiver}
        ]

    def title_in(self, profile: Profile) -> str:
        """Return the title of the row.

        Raises:
            CommandError: the profile has no such row.
        """
        titles = {row.id: row.title for row in profile.rules}
        if self.rule not in titles:
            raise CommandError(
                f"no such hand-off {safe(self.rule)}: `caseflow register show` shows those there are"
            )
        return titles[self.rule]

    def not_among(self, flows: Iterable[FlowKey]) -> CommandError:
        """Return the sentence that none of these is asked for, and between whom the row goes."""
        pairs = [f"{key.sender} to {key.receiver}" for key in sorted(flows) if key.rule == self.rule]
        hint = f"it goes from {', '.join(pairs)}" if pairs else "`caseflow report` shows those that are"
        return CommandError(f"no such hand-off {safe(self.rule)} is known: {hint}")
