"""The numbers behind the synthetic cases: calibrated to published national shapes, not to local data.

Medians and means in days unless the name says hours. [C] is a published figure, [E] an estimate.
"""

from typing import Final

from publishers.synthetic.chance import Wait

SPAN_DAYS: Final = 730
"""Cases begin evenly over this time, so that at its end there are cases at every point of their way."""

# Arrest to charge
YOUTH: Final = 0.06  # [E]
OFFENCE_BEFORE_ARREST: Final = Wait(
    12, 40
)  # [E], so that offence to charge comes near 52 / 82 in the North East [C]
ROUTES: Final = {"charged-in-custody": 0.45, "to-prosecutor": 0.42, "no-further-action": 0.13}  # [E]
SUSPECT_STATUS: Final = {"bail": 0.6, "rui": 0.4}  # [E]
INVESTIGATION: Final = Wait(20, 35)  # [E]
FILE_CHECKED: Final = Wait(1.5, 3)  # [E]
FILE_REJECTED: Final = 0.12  # [E]
FILE_REPAIRED: Final = Wait(7, 10)  # [E]
PROSECUTOR_DECIDES: Final = Wait(12, 19.8)  # [C] 80.4 % of decisions within 28 days
DECISIONS: Final = {"charge": 0.76, "no-further-action": 0.19, "action-plan": 0.05}  # [E]
CHARGED_AFTER_DECISION: Final = Wait(3, 6)  # [E]

# First hearing to result
GUILTY_PLEA_ANTICIPATED: Final = 0.6  # [E]
FIRST_HEARING_GUILTY: Final = Wait(15, 18)  # bail cases: bimodal near 14 and 28 [C pattern, K days]
FIRST_HEARING_NOT_GUILTY: Final = Wait(28, 33)
OFFENCE_CLASSES: Final = {"summary": 0.55, "either-way": 0.36, "indictable": 0.09}  # [E]
EITHER_WAY_SENT: Final = 0.25  # [E]
REMANDED_IN_CUSTODY: Final = {"custody": 0.35, "bail": 0.02}  # by how the suspect was charged [E]
COMPLETE_AT_FIRST_HEARING: Final = 0.55  # [C] at least half: the median first list to completion is 0
MAGISTRATES_TRIAL: Final = Wait(46, 53)  # [C] 2018
INEFFECTIVE: Final = {"mags": 0.22, "crown": 0.23}  # [C] Q2 2025
CRACKED: Final = 0.36  # [C] effective about 42 %
RELISTED: Final = Wait(45, 60)  # [E]
PTPH: Final = Wait(25, 25.6)  # [E] about three in four within 28 days
GUILTY_AT_PTPH: Final = 0.45  # [E]
CROWN_TRIAL: Final = Wait(190, 270)  # [E] Crown charge to completion: median 179 [C]
CONVICTED: Final = {"mags": 0.8, "crown": 0.78}  # of those that are tried [E]
RECORD_FINALISED: Final = Wait(6, 10)  # [E]

# Reports and sentence
REPORT_ASKED: Final = {"mags": 0.3, "crown": 0.65}  # [E]
REPORT_TYPES: Final = {  # [C] 52 % oral, 45 % fast, 3 % standard in all; the Crown Court asks for longer ones
    "mags": {"oral": 0.56, "short": 0.43, "standard": 0.01},
    "crown": {"oral": 0.25, "short": 0.4, "standard": 0.35},
}
SHORT_REPORT_SAME_DAY: Final = 0.45  # [C] mode 1, median 14 working days: two lumps
SHORT_REPORT: Final = Wait(19, 20)  # calendar days for 14 working days [C]
STANDARD_REPORT: Final = Wait(27, 28.5)  # calendar days for about 20 working days [C]
REPORT_NEVER_CAME: Final = 0.06  # [E]
DISPOSALS: Final = {  # [E]
    "mags": {"fine": 0.52, "community": 0.22, "suspended": 0.08, "custody": 0.1, "discharge": 0.08},
    "crown": {"custody": 0.52, "suspended": 0.28, "community": 0.15, "other": 0.05},
}
SENTENCE_DAYS: Final = {"mags": Wait(90, 105), "crown": Wait(480, 700)}  # [E]
SPECIFIED_OFFENCE: Final = 0.45  # of Crown custody [E]

# Prison, release, supervision
DATES_CALCULATED: Final = Wait(3, 4.5)  # [E]
RECALLED: Final = 0.3  # [C] of a released sample
RECALL_AFTER: Final = Wait(35, 70)  # [C] 40 % of recalls within 28 days
RECALL_REQUEST_HOURS: Final = Wait(13, 19)  # [E]
RECALL_REVOKED_HOURS: Final = Wait(14, 20)  # [E]
RETURNED: Final = Wait(3, 9)  # [E]
ALLOCATED: Final = Wait(3, 4)  # [E]
APPOINTMENT_ARRANGED: Final = Wait(1, 1.5)  # [E]
APPOINTMENT: Final = Wait(3, 4)  # [E]
PLAN: Final = Wait(17, 19)  # [E]
BREACHED: Final = 0.14  # [E]
BREACH_AFTER: Final = Wait(60, 80)  # [E]
BREACH_REFERRED: Final = Wait(7, 9)  # [E]

# Victims
WITH_VICTIM: Final = 0.55  # [E]
SECOND_VICTIM: Final = 0.15  # [E]
ENHANCED: Final = 0.3  # [E]
VICTIM_TOLD: Final = Wait(2.5, 4)  # [E]
VICTIM_REFERRED: Final = Wait(7, 9)  # [E]
LIAISON_CONTACTED: Final = Wait(19, 23)  # calendar days; about one in five past 20 working days [E]

# Publishing: hours from the event to its record, by role; [C] about an hour in samples of real messages
RECORDING_HOURS: Final = {
    "police": Wait(0.5, 1.2),
    "cps": Wait(1, 3),
    "mags": Wait(3, 6),
    "crown": Wait(4, 9),
    "probation": Wait(8, 20),
    "prison": Wait(0.8, 1.2),
}
RECORDING_HOURS_ELSEWHERE: Final = Wait(3, 8)
FORGOTTEN: Final = 0.015  # recorded only days later, behind what followed it [E]
FORGOTTEN_FOR: Final = Wait(4, 7)
SLIPS: Final = {
    "none": 0.974,
    "amended": 0.012,
    "said-in-error": 0.004,
    "repeated": 0.01,
}  # of all events [E]
PUT_RIGHT_HOURS: Final = Wait(20, 40)  # [E]
DAYS_ONLY: Final = 0.04  # cases in which some record keeps the day alone [E]
