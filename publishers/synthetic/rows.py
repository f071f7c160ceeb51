"""The hand-offs that the stories tell, in the generator's own words: who owes what to whom.

Written from the partnership's domain facts, not read from the register: the truth must not share its mistakes.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Row(NamedTuple):
    """One hand-off: the roles on both sides (none to receive: a step inside), and the events that end it.

    `owners` must bring the end about: those with the asterisk, or the senders.
    """

    senders: tuple[str, ...]
    receivers: tuple[str, ...]
    stops: tuple[str, ...]
    owners: tuple[str, ...]


def _row(senders: str, receivers: str, stops: str) -> Row:
    sides = tuple(side.replace("*", "").split() for side in (senders, receivers))
    owners = sides[1] if "*" in receivers else sides[0]
    return Row(tuple(sides[0]), tuple(sides[1]), tuple(stops.split()), tuple(owners))


_BEFORE_CHARGE: Final = "charge.bailed-before-charge charge.released-under-investigation"

ROWS: Final[Mapping[str, Row]] = {
    "H01": _row("police", "suspect", f"charge.charged charge.released-without-charge {_BEFORE_CHARGE}"),
    "H02": _row("police", "suspect cps", "charge.charged charge.no-further-action charge.bail-answered"),
    "H03": _row("police", "cps*", "charge.file-accepted charge.file-rejected"),
    "H04": _row("cps", "police", "charge.decision-made"),
    "H05": _row("police", "mags*", "court.first-hearing-held"),
    "H06": _row("police", "mags", "court.first-hearing-held"),
    "H07": _row("cps", "mags defence", "court.idpc-served"),
    "H08": _row("police", "pnc", "charge.national-record-entered"),
    "H09": _row("police", "mags*", "court.first-hearing-held"),
    "H10": _row("mags cps", "", "court.trial-started"),
    "H11": _row("mags cps", "", "court.trial-started"),
    "H12": _row("crown cps", "", "court.trial-started"),
    "H13": _row("crown cps", "", "court.trial-started"),
    "H14": _row("cps", "court", "court.ctl-extension-heard"),
    "H15": _row("mags", "crown*", "court.ptph-held"),
    "H16": _row("cps", "crown defence", "court.indictment-served"),
    "H17": _row("cps", "crown defence", "court.prosecution-case-served"),
    "H18": _row("defence", "cps crown", "court.defence-statement-served"),
    "H19": _row("defence", "crown", "court.dismissal-applied"),
    "H20": _row("probation", "court", "sentence.report-delivered"),
    "H21": _row("crown", "", "court.trial-started"),
    "H22": _row("court", "police pnc*", "court.national-record-finalised"),
    "H23": _row("court", "probation*", "probation.case-allocated"),
    "H24": _row("court", "prison", "release.prison-received"),
    "H25": _row("yjs", "mags", "sentence.report-delivered"),
    "H26": _row("mags", "yjs*", "sentence.referral-panel-held"),
    "H30": _row("court", "probation*", "probation.first-appointment-arranged"),
    "H31": _row("probation", "", "probation.plan-completed"),
    "H32": _row("prison", "probation*", "probation.first-appointment-attended"),
    "H33": _row("court", "prison*", "sentence.dates-calculated"),
    "H34": _row("prison", "probation*", "probation.handover-completed"),
    "H35": _row("probation", "", "probation.com-allocated"),
    "H36": _row("probation", "prison", "release.licence-approved"),
    "H37": _row("prison", "", "release.released"),
    "H38": _row("prison", "em probation", "release.released"),
    "H39": _row("prison", "", "release.released"),
    "H40": _row("probation", "ppcs", "release.recall-request-received"),
    "H41": _row("ppcs", "police", "release.licence-revoked"),
    "H42": _row("police", "prison", "release.returned-to-custody"),
    "H43": _row("prison", "probation", "release.released"),
    "H44": _row("probation", "court", "probation.breach-referred"),
    "V01": _row("police", "victim", "victim.told"),
    "V02": _row("court", "wcu", "victim.notice-received"),
    "V03": _row("wcu", "victim", "victim.told"),
    "V04": _row("wcu", "victim", "victim.told"),
    "V05": _row("wcu", "victim", "victim.told"),
    "V06": _row("wcu police", "vlo", "victim.referred"),
    "V07": _row("vlo", "victim", "victim.liaison-contacted"),
    "V08": _row("vlo", "victim", "victim.told"),
}
