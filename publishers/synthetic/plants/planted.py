"""A planted effect as it is asked for: `slow-pair=cps:hmcts-magistrates,from=2026-03-01,factor=3`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from publishers.synthetic.local_time import LocalTime
from publishers.synthetic.plants.catalogue import CATALOGUE, Effect, Target
from publishers.synthetic.working_days import number_of

FOR_EVER = 1 << 62


class PlantError(ValueError):
    """What was asked for is no planted effect; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Plant:
    """An effect, on whom, from when to when (local days, `last` included; None: no bound), and how strong.

    `sender` is the agency of an effect on one agency. A name is a role or an agency's code.
    """

    effect: Effect
    sender: str
    receiver: str
    first: date | None
    last: date | None
    parameters: Mapping[str, float]

    @property
    def name(self) -> str:
        """The effect's name."""
        return self.effect.name

    def is_between(self, senders: Collection[str], receivers: Collection[str]) -> bool:
        """Return whether it is planted on a pair of these names, or on everybody."""
        if self.effect.target is Target.EVERYBODY:
            return True
        return self.sender in senders and self.receiver in receivers

    def span(self, local: LocalTime) -> tuple[int, int]:
        """Return the seconds from which and up to which it holds; `days` count from the first one."""
        begins = 0 if self.first is None else local.midnight(number_of(self.first))
        if self.last is not None:
            return begins, local.midnight(number_of(self.last) + 1)
        if self.first is not None and "days" in self.parameters and self.name != "publish-lag":
            return begins, local.midnight(number_of(self.first) + int(self.parameters["days"]))
        return begins, FOR_EVER

    def __str__(self) -> str:
        """Return it as it is asked for, with every parameter."""
        target = f"={self.sender}" + (f":{self.receiver}" if self.receiver else "") if self.sender else ""
        dates = {"from": self.first, "to": self.last}
        told = [f"{name}={day.isoformat()}" for name, day in dates.items() if day is not None]
        told += [f"{name}={value:g}" for name, value in self.parameters.items()]
        return ",".join([f"{self.name}{target}", *told])


def read_plant(text: str) -> Plant:
    """Read a plant as a person writes it.

    Raises:
        PlantError: it names no effect of the catalogue, no target where one is needed, or a wrong parameter.
    """
    head, *rest = text.split(",")
    name, _, target = head.partition("=")
    effect = CATALOGUE.get(name)
    if effect is None:
        raise PlantError(f"nothing named {name!r} can be planted: choose one of {', '.join(CATALOGUE)}")
    told = dict(_parameter(part, text) for part in rest)
    sender, receiver = _target(effect, target)
    first, last = (_day(told.pop(bound, None), text) for bound in ("from", "to"))
    unknown = sorted(told.keys() - effect.parameters.keys())
    if unknown:
        known = ", ".join(("from", "to", *effect.parameters))
        raise PlantError(f"{text}: {name} has no parameter {unknown[0]!r}; it has {known}")
    return Plant(effect, sender, receiver, first, last, {**effect.parameters, **_numbers(told, text)})


def _parameter(part: str, text: str) -> tuple[str, str]:
    name, equals, value = part.partition("=")
    if not equals:
        raise PlantError(f"{text}: write {part!r} as name=value")
    return name, value


def _target(effect: Effect, target: str) -> tuple[str, str]:
    sender, _, receiver = target.partition(":")
    match effect.target:
        case Target.PAIR if sender and receiver:
            return sender, receiver
        case Target.AGENCY if sender and not receiver:
            return sender, ""
        case Target.EVERYBODY if not target:
            return "", ""
    wanted = f"{effect.name}={effect.target}" if effect.target else f"{effect.name} without a target"
    raise PlantError(f"{effect.name}={target}: write {wanted}, by roles or agency codes")


def _day(told: str | None, text: str) -> date | None:
    try:
        return None if told is None else date.fromisoformat(told)
    except ValueError:
        raise PlantError(f"{text}: {told!r} is no day; write it as 2026-03-01") from None


def _numbers(told: Mapping[str, str], text: str) -> dict[str, float]:
    try:
        return {name: float(value) for name, value in told.items()}
    except ValueError:
        raise PlantError(f"{text}: parameters are numbers, a weekday 1 (Monday) to 5 (Friday)") from None
