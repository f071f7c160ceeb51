"""What ends a hand-off other than its stop, what proves it missed, and what keeps it from opening.

The generator's own words for the partnership's conventions, written from its documents.
"""

from collections.abc import Mapping
from typing import Final

from publishers.synthetic.truth.known import Match

Ends = Mapping[str, tuple[Match, ...]]


def _any(*names: str) -> Match:
    return Match(frozenset(names))


_DROPPED = _any("charge.no-further-action")
_COMPLETED = _any("court.case-completed")
_SENTENCED = _any("sentence.passed")
_SUPERVISED = _any("probation.supervision-ended")
_GUILTY = Match({"court.arraigned"}, "plea", {"guilty"})
_CRACKED = Match({"court.trial-outcome-recorded"}, "outcome", {"cracked"})
_OUT_OF_CUSTODY = _any(
    "court.bailed", "sentence.passed", "court.case-completed", "charge.no-further-action", "release.released"
)
_ON_LICENCE = Match({"release.released"}, "releaseType", {"crd", "hdc", "fixed-term"})
_ANY_BUT_COURT = Match({"release.released"}, "releaseType", {"crd", "hdc", "fixed-term", "other"})
_NOT_AT_THE_DATE = Match({"release.released"}, "releaseType", {"hdc", "court", "fixed-term", "other"})
_NOT_ON_CURFEW = Match({"release.released"}, "releaseType", {"crd", "court", "fixed-term", "other"})
_TRIED_BELOW = (
    _OUT_OF_CUSTODY,
    _any("court.sent-for-trial", "sentence.report-requested"),
    _CRACKED,
)
_BEYOND_SUMMARY = _any(
    "court.trial-started", "court.sent-for-trial", "sentence.report-requested", "sentence.passed"
)

OVER: Final[Ends] = {
    "H01": (_DROPPED,),
    "H02": (
        _any(
            "charge.released-without-charge",
            "charge.released-under-investigation",
            "charge.summons-issued",
            "charge.requisition-issued",
        ),
    ),
    "H04": (_any("charge.no-further-action", "charge.released-without-charge"),),
    "H05": (_DROPPED, _COMPLETED),
    "H06": (_DROPPED, _COMPLETED),
    "H07": (_DROPPED, _COMPLETED),
    "H10": _TRIED_BELOW,
    "H11": _TRIED_BELOW,
    "H12": (_OUT_OF_CUSTODY, _GUILTY, _CRACKED),
    "H13": (_OUT_OF_CUSTODY, _GUILTY, _CRACKED),
    "H14": (_OUT_OF_CUSTODY, _any("court.trial-started"), _GUILTY),
    "H15": (_DROPPED, _COMPLETED),
    "H16": (_DROPPED, _COMPLETED),
    "H17": (_DROPPED, _COMPLETED, _SENTENCED, _GUILTY),
    "H18": (_DROPPED, _COMPLETED, _SENTENCED, _GUILTY),
    "H19": (_DROPPED, _COMPLETED, _any("court.arraigned")),
    "H20": (_DROPPED,),
    "H23": (_SENTENCED, _SUPERVISED),
    "H24": (_any("court.bailed", "court.remanded-in-custody", "sentence.passed", "release.released"),),
    "H25": (_DROPPED,),
    "H26": (_SENTENCED,),
    "H30": (_SENTENCED, _SUPERVISED),
    "H31": (_any("release.returned-to-custody"), _SUPERVISED),
    "H32": (_any("probation.recall-decided", "release.returned-to-custody"), _SUPERVISED),
    "H33": (Match({"release.released"}, "releaseType", {"court", "other"}),),
    "H34": (_any("release.released"), _SUPERVISED),
    "H35": (_any("release.released"), _SUPERVISED),
    "H36": (_any("release.released"),),
    "H37": (_NOT_AT_THE_DATE, _SUPERVISED),
    "H38": (_NOT_ON_CURFEW, _SUPERVISED),
    "H39": (_NOT_AT_THE_DATE, _SUPERVISED),
    "H40": (_SUPERVISED,),
    "H41": (_SUPERVISED,),
    "H43": (_SUPERVISED,),
    "H44": (_any("probation.recall-decided"), _SENTENCED, _SUPERVISED),
    "V05": (_COMPLETED,),
    "V06": (_SENTENCED, _SUPERVISED),
    "V07": (_SUPERVISED,),
}
"""From such an event on nothing is awaited any more."""

_BEYOND_FIRST = _any(
    "court.sent-for-trial", "court.summary-trial-decided", "court.trial-started", "sentence.passed"
)
_SUPERVISION_GOES_ON = _any(
    "probation.first-appointment-attended", "probation.plan-completed", "probation.breach-identified"
)
_TRIAL = _any("court.trial-started")

PROOFS: Final[Mapping[str, tuple[tuple[Match, int], ...]]] = {
    "H01": ((_any("charge.summons-issued", "charge.requisition-issued", "court.first-hearing-held"), 7),),
    "H02": ((_any("court.first-hearing-held"), 7),),
    "H04": ((_any("charge.charged", "charge.requisition-issued", "court.first-hearing-held"), 7),),
    "H05": ((_BEYOND_FIRST, 7),),
    "H06": ((_BEYOND_FIRST, 7),),
    "H07": ((_any("court.first-hearing-held"), 7),),
    "H15": ((_any("court.arraigned", "court.trial-started", "sentence.passed"), 7),),
    "H16": ((_any("court.arraigned", "court.trial-started"), 7),),
    "H17": ((_TRIAL, 7),),
    "H18": ((_TRIAL, 7),),
    "H20": ((_SENTENCED, 5),),
    "H23": ((_SUPERVISION_GOES_ON, 14),),
    "H24": ((_any("sentence.dates-calculated"), 7),),
    "H25": ((_SENTENCED, 5),),
    "H30": ((_SUPERVISION_GOES_ON, 14),),
    "H32": ((Match({"probation.plan-completed"}, "supervision", {"licence"}), 7),),
    "H33": ((Match({"release.released"}, "releaseType", {"crd", "hdc"}), 7),),
    "H40": (
        (_any("release.licence-revoked", "release.revocation-notified", "release.returned-to-custody"), 2),
    ),
    "H41": ((_any("release.revocation-notified", "release.returned-to-custody"), 2),),
    "V01": ((_any("charge.no-further-action", "court.case-completed"), 14),),
    "V02": ((_COMPLETED, 14),),
    "V03": ((_any("court.case-completed", "probation.supervision-ended"), 14),),
    "V04": ((_COMPLETED, 7),),
    "V05": ((_TRIAL, 7),),
    "V06": ((_ON_LICENCE, 21),),
}
"""Such an event proves that the stop was missed; so many days after it that is said."""

UNLESS: Final[Ends] = {
    "H05": (_any("court.first-hearing-held"),),
    "H06": (_any("court.first-hearing-held"),),
    "H07": (_any("court.idpc-served"),),
    "H10": (_BEYOND_SUMMARY,),
    "H11": (_BEYOND_SUMMARY,),
    "H13": (_any("court.bailed"), Match({"court.sent-for-trial"}, "remandStatus", {"bail"})),
    "H18": (_GUILTY,),
    "H19": (_any("court.arraigned"),),
    "H33": (_any("sentence.dates-calculated"),),
    "H34": (_any("probation.handover-completed"),),
    "H35": (_any("probation.com-allocated"),),
    "H36": (_any("release.licence-approved"),),
    "H37": (_ANY_BUT_COURT,),
    "H38": (_ANY_BUT_COURT,),
    "H39": (_ANY_BUT_COURT,),
}
"""After such an event a start opens nothing."""

FIRST: Final = frozenset({"H05", "H06", "H10", "H11", "H12", "H15", "H16", "H17", "H18", "H19", "H33"})
"""Hand-offs of which a case has one: later starts change nothing."""

LATEST: Final = frozenset({"H07", "H34", "H35", "H36", "H37", "H38", "H39", "H43"})
"""Hand-offs whose later start takes the place of one that is not answered: that one is void, late or not."""

OPTIONAL: Final = frozenset({"H19", "H38"})
"""Hand-offs that nobody has to make."""
