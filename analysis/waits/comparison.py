"""Groups of waits side by side: periods, areas, agencies; how long each waits, and whether they differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

from analysis.answers import Answer, Sample, Status
from analysis.waits.durations import Durations, longest_tau
from analysis.waits.logrank import GroupsLogRank, LogRank, logrank, logrank_of_groups
from analysis.waits.survival import (
    FEWEST_COMPLETIONS,
    FEWEST_ITEMS,
    Quantile,
    RestrictedMean,
    quantile,
    restricted_mean,
)

LONG: Final = 0.9
"""The share of the waits that is over by the age called long."""


@dataclass(frozen=True, slots=True)
class Group:
    """The waits of one group, open ones as far as they have come.

    Attributes:
        name: what the group is called.
        waits: how many there are; `n_open` of them are not over, or ended without what was awaited.
        median, long: Kaplan-Meier: when half, and when nine in ten, are over.
        mean: of the waits cut at the comparison's `tau`.
        pace: the group against all others together: completions observed and expected at the pace of all.
        p: of `pace`, two-sided, adjusted for the number of groups; None where `pace` has no answer.
    """

    name: str
    waits: int
    n_open: int
    median: Quantile | Answer
    long: Quantile | Answer
    mean: RestrictedMean | Answer
    pace: LogRank | Answer
    p: float | None

    @property
    def times(self) -> float | None:
        """Completions over those expected at the pace of all: below 1 is slower; None without an answer."""
        if isinstance(self.pace, Answer) or not self.pace.expected:
            return None
        return self.pace.observed / self.pace.expected


@dataclass(frozen=True, slots=True)
class Comparison:
    """All groups, in the order given; `tau` cuts every mean; `overall` asks whether any of them differs."""

    groups: tuple[Group, ...]
    tau: float | None
    overall: GroupsLogRank | Answer


def compared(samples: Mapping[str, Durations]) -> Comparison:
    """Return groups beside each other; empty ones are left out.

    Means are cut where the follow-up of a group ends that is not wholly over, so that a young group is not called
    quick; groups with too few waits have no part in that. Of each group against the rest the p-values are adjusted
    for their number by Benjamini and Hochberg. A small p of the whole says that some group differs, not that the
    boundary is the cause: the groups' cases may differ as well.

    Args:
        samples: the waits of each group, in one unit, censored where they are not over.
    """
    told = {name: sample for name, sample in samples.items() if len(sample)}
    enough = [sample for sample in told.values() if len(sample) >= FEWEST_ITEMS]
    tau = longest_tau(*enough) if enough else None
    paces = {name: _against_rest(name, told) for name in told}
    adjusted = _adjusted({name: one.p_different for name, one in paces.items() if isinstance(one, LogRank)})
    groups = tuple(
        Group(
            name=name,
            waits=len(sample),
            n_open=len(sample) - sample.completions,
            median=quantile(sample),
            long=quantile(sample, LONG),
            mean=_mean(sample, tau),
            pace=paces[name],
            p=adjusted.get(name),
        )
        for name, sample in told.items()
    )
    return Comparison(groups, tau, logrank_of_groups(tuple(told.values())))


def _against_rest(name: str, samples: Mapping[str, Durations]) -> LogRank | Answer:
    rest = [sample for other, sample in samples.items() if other != name]
    if not rest:
        return Answer.unknown(Status.NOT_ENOUGH_DATA, "there is no other group", Sample(len(samples[name])))
    return logrank(samples[name], Durations.together(rest))


def _adjusted(raw: Mapping[str, float]) -> dict[str, float]:
    if not raw:
        return {}
    by = stats.false_discovery_control(np.array(list(raw.values())), method="bh")
    return dict(zip(raw, by.tolist(), strict=True))


def _mean(sample: Durations, tau: float | None) -> RestrictedMean | Answer:
    if tau is None or len(sample) < FEWEST_ITEMS or sample.completions < FEWEST_COMPLETIONS:
        why = (
            f"{len(sample)} waits, {sample.completions} over; {FEWEST_ITEMS} and {FEWEST_COMPLETIONS} needed"
        )
        return Answer.unknown(Status.NOT_ENOUGH_DATA, why, Sample(len(sample)))
    return restricted_mean(sample, tau)
