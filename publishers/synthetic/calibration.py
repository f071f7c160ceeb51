"""The numbers behind the synthetic cases: calibrated to published national shapes, not to local data.

Medians and means in days unless the name says hours. [C] is a published figure, [E] an estimate.
"""

from typing import Final

from publishers.synthetic.chance import Wait

SPAN_DAYS: Final = 730
"""So many cases as are asked for begin in this time."""

# Arrest to charge
YOUTH: Final = 0.07  # [E]
OFFENCE_BEFORE_ARREST: Final = Wait(
    8, 31
)  # [E], so that offence to charge comes near 52 / 82, North East [C]
BY_APPOINTMENT: Final = 0.2  # interviewed without arrest [E]
ROUTES: Final = {"charged-in-custody": 0.28, "to-prosecutor": 0.54, "no-further-action": 0.18}  # [E]
DETENTION_HOURS: Final = Wait(10.5, 12)  # [E] a few in a hundred past 24
DETENTION_EXTENDED: Final = 0.8  # of those that need it [E]
PROVIDER_ACTS: Final = 0.4  # custody suites that a provider runs [E]
CPS_DIRECT: Final = 0.35  # of charges in custody [E]
FILE_TAKEN_IN_CUSTODY: Final = Wait(0.5, 0.6)  # hours [E]
CPS_DIRECT_HOURS: Final = Wait(1.6, 1.9)  # [E]
RECORD_ENTERED_HOURS: Final = Wait(10, 16)  # [E] about nine in ten in 24 hours
SUSPECT_STATUS: Final = {"bail": 0.6, "rui": 0.4}  # [E]
INVESTIGATION: Final = Wait(19, 36)  # [E]
FILE_CHECKED: Final = Wait(1.5, 3)  # [E]
FILE_RETURNED: Final = 0.05  # [E] the planted returns are a multiple of it
FILE_REPAIRED: Final = Wait(7, 10)  # [E]
PROSECUTOR_DECIDES: Final = Wait(12, 19.8)  # [C] 80.4 % of decisions within 28 days
DECISIONS: Final = {"charge": 0.76, "no-further-action": 0.19, "action-plan": 0.05}  # [E]
CHARGED_AFTER_DECISION: Final = Wait(3, 6)  # [E]
BAIL_EXTENDED: Final = 0.75  # of those that need it [E]
SUMMONS: Final = 0.1  # of those at liberty [E]

# First hearing to result
GUILTY_PLEA_ANTICIPATED: Final = 0.6  # [E]
FIRST_HEARING: Final = {
    "gap": Wait(11.5, 13),
    "ngap": Wait(24.5, 27),
}  # bimodal near 14, 28 [C pattern, K days]
FIRST_HEARING_CUSTODY: Final = Wait(0.4, 0.6)  # [K] 0 or 1 day
FIRST_HEARING_REQUISITION: Final = Wait(43, 50)  # [E]
DETAILS_SERVED: Final = Wait(5, 7)  # [E]
DETAILS_SERVED_IN_CUSTODY: Final = Wait(3, 4.5)  # hours [E]
OFFENCE_CLASSES: Final = {"summary": 0.55, "either-way": 0.36, "indictable": 0.09}  # [E]
EITHER_WAY_SENT: Final = 0.25  # [E]
SENT_LATER: Final = 0.35  # of either-way cases sent in custody [E]
VOLUNTARY_BILL: Final = 0.35  # of indictable cases in custody: far above life, so that its row is exercised
VOLUNTARY_BILL_PREFERRED: Final = Wait(12, 14)  # [E]
REMANDED: Final = {"sent": 0.8, "tried": 0.6}  # of those who were charged in custody [E]
GUILTY_AT_FIRST_HEARING: Final = 0.66  # so that at least half complete there: their median is 0 [C]
MAGISTRATES_TRIAL: Final = Wait(46, 53)  # [C] 2018
MAGISTRATES_TRIAL_CUSTODY: Final = Wait(37, 42)  # [E] most within the custody time limit
DEFENDANT_ABSENT: Final = 0.05  # of trials of somebody on bail [E]
WARRANT_HOURS: Final = Wait(260, 580)  # [E]
INEFFECTIVE: Final = {"mags": 0.22, "crown": 0.23}  # [C] Q2 2025
CRACKED: Final = 0.36  # [C] effective about 42 %
RELISTED: Final = Wait(45, 60)  # [E]
PTPH: Final = Wait(25, 25.6)  # [E] about three in four within 28 days
PTPH_PUT_OFF: Final = 0.06  # [E]
GUILTY_AT_PTPH: Final = 0.45  # [E]
ARRAIGNED_LATER: Final = 0.25  # [E]
INDICTMENT_SERVED: Final = Wait(12.5, 14.5)  # [E]
CASE_SERVED: Final = {"custody": Wait(41, 44), "bail": Wait(56, 61)}  # [E]
DEFENCE_STATEMENT: Final = Wait(21, 25)  # [E]
NO_DEFENCE_STATEMENT: Final = 0.08  # [E]
DISMISSAL_APPLIED: Final = Wait(21, 24)  # [E]
APPLIES_TO_DISMISS: Final = 0.7  # of those arraigned later [E]
CROWN_TRIAL: Final = Wait(150, 215)  # [E] Crown charge to completion: median 179 [C]
CROWN_TRIAL_CUSTODY: Final = Wait(105, 125)  # [E] most within the custody time limit
EXTENSION_SOUGHT: Final = 0.85  # of trials past the custody time limit [E]
EXTENSION_GRANTED: Final = 0.88  # [E]
EXTENSION: Final = {"mags": (6.0, Wait(1.6, 2.4)), "crown": (16.0, Wait(5.4, 6.8))}
"""How many days before expiry an extension is sought, and how long that takes [E]."""
JURY_DIVIDED: Final = 0.08  # [E]
RETRIAL_ASKED_FOR: Final = Wait(7, 9)  # [E]
RETRIAL: Final = Wait(92, 104)  # [E]
CONVICTED: Final = {"mags": 0.8, "crown": 0.78}  # of those that are tried [E]
RECORD_FINALISED: Final = Wait(6, 10)  # [E]

# Reports and sentence
REPORT_ASKED: Final = {"mags": 0.3, "crown": 0.65, "youth": 0.45}  # [E]
REPORT_TYPES: Final = {  # [C] 52 % oral, 45 % fast, 3 % standard in all; the Crown Court asks for longer ones
    "mags": {"oral": 0.61, "short": 0.38, "standard": 0.01},
    "crown": {"oral": 0.34, "short": 0.56, "standard": 0.1},
}
SHORT_REPORT_SAME_DAY: Final = 0.45  # [C] mode 1, median 14 working days: two lumps
REPORT: Final = {
    "short": Wait(18, 19),
    "standard": Wait(26, 27.5),
}  # calendar days, for about 14 and 20 worked [C]
YOUTH_REPORT: Final = Wait(17, 19)  # [E]
REPORT_REUSED: Final = 0.12  # [E]
PERSISTENT_OFFENDER: Final = 0.2  # [E]
REPORT_NEVER_CAME: Final = 0.02  # [E]
SENTENCING_HEARING: Final = Wait(30, 38)  # [E]
DISPOSALS: Final = {  # [E]
    "mags": {"fine": 0.52, "community": 0.22, "suspended": 0.08, "custody": 0.1, "discharge": 0.08},
    "crown": {"custody": 0.52, "suspended": 0.28, "community": 0.15, "other": 0.05},
    "youth": {"referral-order": 0.75, "discharge": 0.15, "fine": 0.1},
}
SENTENCE_DAYS: Final = {"mags": Wait(90, 105), "crown": Wait(480, 700)}  # [E]
SPECIFIED_OFFENCE: Final = 0.45  # of Crown sentences [E]
PANEL: Final = Wait(22, 25)  # calendar days [E]

# Prison, release
ESCORT_HOURS: Final = Wait(3.5, 4.1)  # [E]
DATES_CALCULATED: Final = Wait(3.5, 4.6)  # [E]
RECALCULATED: Final = 0.08  # [E]
SHARE_SERVED: Final = 0.4  # [P] of a determinate sentence since September 2024
CURFEW_CUSTODY_DAYS: Final = 42  # [P]
RELEASED_ON_CURFEW: Final = 0.25  # [E]
CURFEW_LAST_DAY: Final = 9  # days before conditional release: now and then inside the last fourteen [E]
MANAGER_NAMED_AT_ONCE: Final = Wait(3, 4)  # [E]
MANAGER_SOUGHT_DAYS_BEFORE: Final = 26  # the handover date [E]
MANAGER_NAMED: Final = Wait(16, 24)  # [E]
HANDOVER_BEGUN_DAYS_BEFORE: Final = 14  # the handover date [E]
HANDOVER: Final = Wait(11, 13)  # [E]
LICENCE_BEGUN_DAYS_BEFORE: Final = 14  # the release [E]
LICENCE_APPROVED: Final = Wait(6.5, 8)  # [E]
RELEASE_HELD_UP_DAYS: Final = Wait(0.03, 0.25)  # [E]

# Supervision and recall
ALLOCATED: Final = Wait(3, 4)  # [E]
NOT_ALLOCATED: Final = 0.01  # [E]
APPOINTMENT_ARRANGED: Final = Wait(1, 1.5)  # [E]
APPOINTMENT: Final = Wait(3, 4)  # [E]
APPOINTMENT_MISSED: Final = 0.12  # [E]
SEEN_AFTER_RELEASE: Final = Wait(0.5, 0.8)  # [E]
PLAN: Final = Wait(16, 18)  # calendar days for 15 worked [E]
BREACHED: Final = 0.14  # [E]
BREACH_AFTER: Final = Wait(35, 50)  # [E]
BREACH_REFERRED: Final = Wait(8, 10)  # [C] about nine in ten within ten working days
IDENTIFIERS_LINKED: Final = 0.3  # [E]
RECALLED: Final = 0.3  # [C] of a released sample
RECALL_AFTER: Final = Wait(35, 70)  # [C] 40 % of recalls within 28 days
RECALL_TYPES: Final = {"fixed-term": 0.45, "standard": 0.42, "emergency": 0.13}  # [E]
RECALL_REQUEST_HOURS: Final = Wait(13, 16)  # [E]
RECALL_REVOKED_HOURS: Final = {"standard": Wait(13, 16), "emergency": Wait(1.2, 1.6)}  # [E]
RETURNED_HOURS: Final = Wait(72, 216)  # [E]
RELEASED_AGAIN: Final = Wait(110, 140)  # after a standard recall [E]
OPEN_CONDITIONS: Final = 0.3  # of those who serve long enough [E]
OPEN_CONDITIONS_FROM: Final = 150

# Victims
WITH_VICTIM: Final = 0.55  # [E]
SECOND_VICTIM: Final = 0.15  # [E]
ENHANCED: Final = 0.3  # [E]
OPTED_IN: Final = 0.92  # [E]
REGISTERED_BY_POLICE: Final = 0.85  # [E]
REGISTERED_HOURS: Final = Wait(8, 16)  # [E]
VICTIM_TOLD: Final = Wait(2, 3)  # [E]
VICTIM_TOLD_ENHANCED: Final = Wait(0.6, 0.9)  # [E]
VICTIM_TOLD_AT_ONCE: Final = Wait(0.5, 0.8)  # [E]
NOT_TOLD: Final = 0.02  # [E]
NOTICE: Final = {"outcome": Wait(2, 2.9), "hearing": Wait(0.7, 1), "evidence": Wait(2, 3)}  # [E]
NO_NOTICE: Final = 0.02  # [E]
VICTIM_REFERRED: Final = Wait(8, 10)  # calendar days for 10 worked [E]
NOT_REFERRED: Final = 0.03  # [E]
REFERRED_BY_POLICE: Final = 0.1  # [E]
LIAISON_CONTACTED: Final = Wait(19, 23)  # calendar days; about one in five past 20 worked [E]

# Publishing: hours from an event to its record, by role; [C] about an hour in samples of real messages
RECORDING_HOURS: Final = {
    "police": Wait(0.5, 0.8),
    "cps": Wait(0.4, 0.6),
    "mags": Wait(1.5, 2.2),
    "crown": Wait(1.5, 2.2),
    "probation": Wait(0.5, 0.9),
    "prison": Wait(0.8, 1),
    "wcu": Wait(0.6, 1),
}
RECORDING_HOURS_ELSEWHERE: Final = Wait(0.7, 1)
BATCHES_HOURS: Final = {"probation": 3, "ppcs": 1}
"""Feeds that send what has gathered every so many hours."""
DAYS_ONLY_AGENCIES: Final = frozenset({"yjs-stockton", "victim-contact-north-east"})
"""Agencies whose records keep the day alone."""
FORGOTTEN: Final = 0.015  # recorded only days later, behind what followed it [E]
FORGOTTEN_DAYS: Final = Wait(4, 7)
SLIPS: Final = {"none": 0.978, "amended": 0.012, "repeated": 0.01}  # of all events [E]
START_IN_ERROR: Final = 0.04  # of cases, with something told that never was [E]
END_IN_ERROR: Final = 0.004  # of what victims are told [E]
PUT_RIGHT_HOURS: Final = Wait(20, 40)  # [E]
