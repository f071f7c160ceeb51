"""Whether the waits of one sample last longer than those of another: the log-rank test.

Source: Mantel 1966, Peto and Peto 1972; the answers equal `scipy.stats.logrank`, which gives NaN where this says
why there is none.
"""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy import stats

from analysis.answers import Answer, Sample, Status
from analysis.arrays import Floats
from analysis.waits.durations import Durations

_ROUNDING: Final = 1e-10
"""The differences of k samples sum to 0: one eigenvalue of their covariance is this small, but seldom 0."""


class LogRank(NamedTuple):
    """A comparison of two samples, `new` with `base`.

    Attributes:
        statistic: (observed - expected) / standard error; NEGATIVE where the waits of `new` are LONGER.
        p_longer: one-sided, small where the waits of `new` are longer.
        p_different: two-sided.
        observed, expected: completions of `new`, and those that the pace of both together gives.
    """

    statistic: float
    p_longer: float
    p_different: float
    observed: int
    expected: float


class GroupsLogRank(NamedTuple):
    """A comparison of k samples: chi-square with k - 1 degrees of freedom, small p where some differ."""

    statistic: float
    freedom: int
    p: float


def logrank(new: Durations, base: Durations) -> LogRank | Answer:
    """Compare two samples; without completions that both could have had, the reason."""
    missing = _unanswered([new, base])
    if missing is not None:
        return missing
    difference, covariance = _scores([new, base])
    statistic = float(difference[0] / math.sqrt(covariance[0, 0]))
    return LogRank(
        statistic=statistic,
        p_longer=float(stats.norm.cdf(statistic)),
        p_different=float(2 * stats.norm.sf(abs(statistic))),
        observed=new.completions,
        expected=float(new.completions - difference[0]),
    )


def logrank_of_groups(samples: Sequence[Durations]) -> GroupsLogRank | Answer:
    """Compare two samples or more: areas, agencies, periods."""
    missing = _unanswered(samples)
    if missing is not None:
        return missing
    difference, covariance = _scores(samples)
    freedom = int(np.linalg.matrix_rank(covariance, rtol=_ROUNDING, hermitian=True))
    inverse = np.linalg.pinv(covariance, rtol=_ROUNDING, hermitian=True)
    statistic = float(difference @ inverse @ difference)
    return GroupsLogRank(statistic, freedom, float(stats.chi2.sf(statistic, freedom)))


def _unanswered(samples: Sequence[Durations]) -> Answer | None:
    n, completions = sum(map(len, samples)), sum(sample.completions for sample in samples)
    sample = Sample(n, n - completions)
    if len(samples) < 2:
        return Answer.unknown(Status.NOT_ENOUGH_DATA, "there is no other group to compare with", sample)
    if not all(map(len, samples)):
        return Answer.unknown(Status.NOT_ENOUGH_DATA, "a sample to compare with is empty", sample)
    if not completions or not _scores(samples)[1].diagonal().any():
        why = "nothing was completed while items of both samples were at risk"
        return Answer.unknown(Status.NOT_ENOUGH_DATA, why, sample)
    return None


def _scores(samples: Sequence[Durations]) -> tuple[Floats, Floats]:
    """Return observed minus expected completions of each sample, shape (k,), and their covariance, (k, k)."""
    times = np.unique(np.concatenate([one.time[~one.censored] for one in samples]))
    at_risk = np.array([len(one) - np.searchsorted(np.sort(one.time), times) for one in samples])
    ended = np.array([_at(times, one) for one in samples])
    all_at_risk, all_ended = at_risk.sum(axis=0), ended.sum(axis=0)
    share = at_risk / all_at_risk
    spread = share * (all_ended * (all_at_risk - all_ended) / np.maximum(all_at_risk - 1, 1))
    covariance = -spread @ share.T
    np.fill_diagonal(covariance, (spread * (1 - share)).sum(axis=1))  # exactly 0 where nobody else is at risk
    return (ended - share * all_ended).sum(axis=1), covariance


def _at(times: Floats, sample: Durations) -> Floats:
    place = np.searchsorted(times, sample.time[~sample.censored])
    return np.bincount(place, minlength=times.size).astype(np.float64)
