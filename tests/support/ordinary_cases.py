"""Cases that went as they should, told as `tests.support.stories` reads them."""

CHARGED_ON_BAIL = """
2026-03-02T09:00 charge.arrested onWarrant=no
2026-03-02T10:00 charge.detention-authorised extension=none
2026-03-02T14:00 charge.interviewed
2026-03-02T18:00 charge.charged remandStatus=bail anticipatedPlea=gap offenceClass=either-way
2026-03-02T20:00 charge.national-record-entered
2026-03-03T10:00 court.hearing-listed hearingType=first sittingDay=2026-03-16
2026-03-12T10:00 court.idpc-served
"""
FIRST_HEARING = CHARGED_ON_BAIL + "2026-03-16T10:00 court.first-hearing-held\n"
SENT_IN_CUSTODY = """
2026-03-02T09:00 charge.charged remandStatus=custody offenceClass=either-way
2026-03-02T10:00 court.hearing-listed hearingType=first sittingDay=2026-03-03
2026-03-02T17:00 court.idpc-served
2026-03-03T10:00 court.first-hearing-held
2026-03-03T10:05 court.sent-for-trial remandStatus=custody daysInMagistratesCustody=0
2026-03-03T10:10 court.remanded-in-custody offenceClass=either-way
2026-03-03T16:00 release.prison-received reason=remand sentenced=no
2026-03-06T10:00 court.hearing-listed hearingType=ptph sittingDay=2026-03-31
2026-03-23T10:00 court.indictment-served
2026-03-31T10:00 court.ptph-held
"""
SERVED = """
2026-04-20T10:00 court.prosecution-case-served
2026-05-05T10:00 court.defence-statement-served
"""
SENTENCED = """
2026-03-31T10:10 court.arraigned plea=guilty
2026-03-31T10:20 sentence.report-requested reportType=short dueDate=2026-04-14 youth=no
2026-04-07T10:00 sentence.report-delivered reportType=short
2026-04-15T10:00 sentence.passed disposal=custody sentenceDays=730 specifiedOffence=violent youth=no
2026-04-15T16:00 court.case-completed
2026-04-15T17:00 release.prison-received reason=return-from-court sentenced=yes
2026-04-17T10:00 sentence.dates-calculated conditionalReleaseDate=2026-12-16 licenceStartDate=2026-12-16 \
custodialDays=245
2026-04-20T10:00 probation.handover-date-set handoverDate=2026-05-18
2026-05-11T10:00 probation.com-allocated
2026-05-15T10:00 probation.handover-completed
"""
AT_THE_DATE = """
2026-12-10T10:00 release.licence-approved
2026-12-16T09:00 release.released releaseType=crd
"""
ON_LICENCE = """
2026-12-16T14:00 probation.first-appointment-attended supervision=licence
2026-12-22T14:00 probation.plan-completed supervision=licence
"""
ORDINARY = {
    "a fine at the first hearing, no victim": FIRST_HEARING
    + """
2026-03-16T10:20 sentence.passed disposal=fine
2026-03-16T10:30 court.hearing-resulted
2026-03-16T10:40 court.case-completed
2026-03-19T10:00 court.national-record-finalised receivedByPolice=2026-03-16
""",
    "no further action after advice": """
2026-03-02T09:00 charge.arrested onWarrant=no
2026-03-02T09:30 charge.national-record-entered
2026-03-02T10:00 charge.detention-authorised extension=none
2026-03-02T16:00 charge.bailed-before-charge bailStartDate=2026-03-02 extension=none
2026-04-01T10:00 charge.referred-to-cps attempt=1
2026-04-02T10:00 charge.file-rejected attempt=1
2026-04-09T10:00 charge.referred-to-cps attempt=2
2026-04-10T10:00 charge.file-accepted attempt=2 suspectStatus=bail
2026-04-20T10:00 charge.decision-made decision=no-further-action
2026-04-21T10:00 charge.no-further-action
""",
    "dropped by the police before the file was looked at": """
2026-03-02T16:00 charge.released-under-investigation
2026-04-01T10:00 charge.referred-to-cps attempt=1
2026-04-03T10:00 charge.no-further-action
""",
    "bail that became a release under investigation, then a requisition": """
2026-03-02T16:00 charge.bailed-before-charge bailStartDate=2026-03-02 extension=none
2026-05-29T16:00 charge.released-under-investigation
2026-08-03T10:00 charge.requisition-issued
2026-09-10T10:00 court.first-hearing-held
2026-09-10T10:05 court.summary-trial-decided
2026-12-01T10:00 court.trial-started
2026-12-01T12:00 court.trial-outcome-recorded outcome=effective
2026-12-01T12:10 court.case-completed
""",
    "dealt with on the papers": """
2026-03-02T10:00 charge.requisition-issued
2026-04-14T10:00 sentence.passed disposal=fine
2026-04-14T10:05 court.case-completed
""",
    "discontinued before the first hearing": CHARGED_ON_BAIL.rsplit("2026-03-12", 1)[0]
    + "2026-03-10T10:00 charge.no-further-action\n2026-03-10T11:00 court.case-completed\n",
    "listed again after the details were served": CHARGED_ON_BAIL
    + """
2026-03-13T10:00 court.hearing-listed hearingType=first sittingDay=2026-03-15
2026-03-15T10:00 court.first-hearing-held
""",
    "a further charge and a warrant later in the case": FIRST_HEARING
    + """
2026-03-17T10:00 charge.charged remandStatus=bail anticipatedPlea=ngap
2026-06-01T10:00 charge.arrested onWarrant=yes
""",
    "guilty in the magistrates' courts, remanded for a report": FIRST_HEARING
    + """
2026-03-16T10:10 sentence.report-requested reportType=standard dueDate=2026-04-03
2026-03-16T10:15 court.remanded-in-custody offenceClass=either-way
2026-03-16T17:00 release.prison-received reason=remand sentenced=no
2026-04-02T10:00 sentence.report-delivered reportType=standard
2026-04-08T10:00 sentence.passed disposal=discharge
2026-04-08T10:05 release.released releaseType=court
2026-04-08T10:06 court.case-completed
""",
    "remanded only after a trial on bail": FIRST_HEARING
    + """
2026-05-01T10:00 court.trial-started
2026-05-01T12:00 court.trial-outcome-recorded outcome=effective
2026-05-01T12:10 court.remanded-in-custody offenceClass=either-way
2026-05-01T16:00 release.prison-received reason=remand sentenced=no
2026-05-20T10:00 sentence.passed disposal=fine
2026-05-20T10:01 release.released releaseType=court
""",
    "remanded, then bailed": FIRST_HEARING
    + """
2026-03-16T10:15 court.remanded-in-custody offenceClass=summary
2026-03-16T17:00 release.prison-received reason=remand sentenced=no
2026-03-27T10:00 court.bailed
2026-09-01T10:00 court.trial-started
""",
    "acquitted in the Crown Court": SENT_IN_CUSTODY
    + "2026-03-31T10:10 court.arraigned plea=not-guilty\n"
    + SERVED
    + """
2026-08-10T10:00 court.trial-started
2026-08-14T10:00 court.trial-outcome-recorded outcome=effective
2026-08-14T10:05 release.released releaseType=court
2026-08-14T10:10 court.case-completed
""",
    "guilty on the day of trial": SENT_IN_CUSTODY
    + "2026-03-31T10:10 court.arraigned plea=not-guilty\n"
    + SERVED
    + """
2026-08-10T10:00 court.arraigned plea=guilty
2026-08-10T10:05 court.trial-outcome-recorded outcome=cracked
2026-08-28T10:00 sentence.passed disposal=community
2026-08-28T10:05 release.released releaseType=court
2026-08-28T10:06 court.case-completed
2026-09-01T10:00 probation.case-allocated
2026-09-02T10:00 probation.first-appointment-arranged appointmentDate=2026-09-04 inPerson=yes supervision=community
2026-09-04T10:00 probation.first-appointment-attended supervision=community
2026-09-18T10:00 probation.plan-completed supervision=community
2026-10-05T10:00 probation.breach-identified failureNumber=1
2026-12-07T10:00 probation.breach-identified failureNumber=2
2026-12-09T10:00 probation.breach-identified failureNumber=3
2026-12-14T10:00 probation.breach-referred
2027-06-04T10:00 probation.supervision-ended
""",
    "more evidence served after the plea hearing": SENT_IN_CUSTODY
    + "2026-03-31T10:10 court.arraigned plea=not-guilty\n"
    + SERVED
    + """
2026-06-10T10:00 court.prosecution-case-served
2026-08-10T10:00 court.trial-started
2026-08-11T10:00 court.trial-outcome-recorded outcome=effective
2026-08-11T10:10 court.case-completed
""",
    "free at once, the time being served": SENT_IN_CUSTODY
    + """
2026-03-31T10:10 court.arraigned plea=guilty
2026-03-31T11:00 sentence.passed disposal=custody sentenceDays=40
2026-03-31T11:05 release.released releaseType=court
2026-03-31T11:10 court.case-completed
""",
    "custody to the release date": SENT_IN_CUSTODY
    + SENTENCED
    + AT_THE_DATE
    + ON_LICENCE
    + "2027-04-15T10:00 probation.supervision-ended\n",
    "a transfer, and dates calculated again after the licence": SENT_IN_CUSTODY
    + SENTENCED
    + """
2026-06-01T10:00 release.prison-received reason=transfer sentenced=yes
2026-12-10T10:00 release.licence-approved
2026-12-11T10:00 sentence.dates-calculated conditionalReleaseDate=2026-12-16 licenceStartDate=2026-12-16 \
custodialDays=245
2026-12-11T11:00 probation.handover-date-set handoverDate=2026-05-18
2026-12-16T09:00 release.released releaseType=crd
"""
    + ON_LICENCE
    + "2027-04-15T10:00 probation.supervision-ended\n",
    "home on curfew, recalled, released again": SENT_IN_CUSTODY
    + SENTENCED
    + """
2026-09-01T10:00 release.licence-approved
2026-09-10T10:00 release.released releaseType=hdc
2026-09-10T14:00 probation.first-appointment-attended supervision=licence
2026-09-21T14:00 probation.plan-completed supervision=licence
2026-10-01T10:00 probation.recall-decided recallType=fixed-term
2026-10-01T12:00 release.recall-request-received recallType=fixed-term
2026-10-01T16:00 release.licence-revoked recallType=fixed-term
2026-10-01T16:10 release.revocation-notified
2026-10-04T20:00 release.returned-to-custody recallType=fixed-term sentenceDays=730
2026-10-05T10:00 release.returned-to-custody recallType=fixed-term sentenceDays=730
2026-10-05T11:00 release.prison-received reason=recall sentenced=yes
2026-10-06T10:00 sentence.dates-calculated conditionalReleaseDate=2026-10-18 licenceStartDate=2026-10-18 \
custodialDays=14
2026-11-27T09:00 release.released releaseType=fixed-term
2026-11-27T14:00 probation.first-appointment-attended supervision=licence
2026-12-04T14:00 probation.plan-completed supervision=licence
2027-04-15T10:00 probation.supervision-ended
""",
    "recalled before the plan was due": SENT_IN_CUSTODY
    + SENTENCED
    + AT_THE_DATE
    + """
2026-12-16T14:00 probation.first-appointment-attended supervision=licence
2026-12-21T10:00 probation.recall-decided recallType=standard
2026-12-21T12:00 release.recall-request-received recallType=standard
2026-12-21T16:00 release.licence-revoked recallType=standard
2026-12-21T16:10 release.revocation-notified
2026-12-22T10:00 release.returned-to-custody recallType=standard sentenceDays=730
2027-04-15T10:00 probation.supervision-ended
""",
    "a young person's referral order": """
2026-03-02T09:00 charge.charged remandStatus=custody youth=yes
2026-03-03T10:00 court.first-hearing-held
2026-03-03T10:05 court.remanded-in-custody offenceClass=summary youth=yes
2026-03-03T10:10 sentence.report-requested reportType=standard dueDate=2026-03-20 youth=yes persistentOffender=no
2026-03-18T10:00 sentence.report-delivered reportType=standard reused=no
2026-03-24T10:00 sentence.passed disposal=referral-order youth=yes
2026-03-24T10:05 court.case-completed
2026-04-15T10:00 sentence.referral-panel-held
""",
    "a voluntary bill against somebody on bail": """
2026-03-02T10:00 court.sent-for-trial remandStatus=bail
2026-03-27T10:00 court.ptph-held
2026-03-10T10:00 court.indictment-served
2026-04-20T10:00 court.prosecution-case-served
2026-04-27T10:00 court.defence-statement-served
2026-05-02T10:00 court.voluntary-bill-preferred
2027-05-02T10:00 court.trial-started
""",
    "a custody time limit extended in time": SENT_IN_CUSTODY
    + "2026-03-31T10:10 court.arraigned plea=not-guilty\n"
    + SERVED
    + """
2026-08-10T10:00 court.ctl-extension-notified jurisdiction=crown
2026-08-20T10:00 court.ctl-extension-heard granted=yes newExpiry=2026-11-30
2026-11-24T10:00 court.trial-started
2026-11-25T10:00 court.case-completed
""",
    "victims, one of whom wants to hear nothing": FIRST_HEARING
    + """
2026-03-02T08:00 victim.registered victimRef=a enhanced=yes optedIn=yes
2026-03-02T08:00 victim.registered victimRef=b enhanced=no optedIn=no
2026-03-02T11:00 victim.told victimRef=a topic=suspect aboutEvent=charge.arrested@{arrested}
2026-03-02T15:00 victim.told victimRef=a topic=suspect
2026-03-03T09:00 victim.told victimRef=a topic=suspect
2026-03-16T10:20 sentence.passed disposal=fine
2026-03-16T10:30 court.hearing-resulted id=result
2026-03-16T10:40 court.case-completed
2026-03-18T10:00 victim.notice-received id=notice victimRef=a topic=outcome aboutEvent=result enhanced=yes
2026-03-19T10:00 victim.told victimRef=a topic=outcome aboutEvent=notice
""".replace("charge.arrested@{arrested}", "charge.arrested@1772442000000000"),
    "a victim referred and kept informed": SENT_IN_CUSTODY
    + "2026-03-02T08:00 victim.registered victimRef=a enhanced=no optedIn=yes\n"
    + "2026-03-04T08:00 victim.told victimRef=a topic=suspect\n"
    + SENTENCED
    + AT_THE_DATE
    + ON_LICENCE
    + """
2026-04-22T10:00 victim.referred victimRef=a
2026-05-12T10:00 victim.liaison-contacted victimRef=a
2026-12-10T10:00 release.moved-to-open-conditions id=open
2026-12-11T10:00 victim.told victimRef=a topic=custody aboutEvent=open
2026-12-16T10:00 victim.told victimRef=a topic=custody
2027-04-15T10:00 probation.supervision-ended
""",
    "tried in custody for a summary offence": FIRST_HEARING
    + """
2026-03-16T10:15 court.remanded-in-custody offenceClass=summary
2026-03-16T17:00 release.prison-received reason=remand sentenced=no
2026-05-11T10:00 court.trial-started
""",
    "tried in custody by magistrates, victim as a witness": FIRST_HEARING
    + """
2026-03-16T10:15 court.remanded-in-custody offenceClass=either-way
2026-03-16T10:20 court.summary-trial-decided
2026-03-16T17:00 release.prison-received reason=remand sentenced=no
2026-03-18T10:00 victim.notice-received victimRef=a topic=hearing id=day
2026-03-19T10:00 victim.told victimRef=a topic=hearing aboutEvent=day
2026-03-18T10:01 victim.notice-received victimRef=a topic=evidence id=witness
2026-03-19T10:01 victim.told victimRef=a topic=evidence aboutEvent=witness
2026-05-11T10:00 court.trial-started
2026-05-11T12:00 court.case-completed
""",
}
