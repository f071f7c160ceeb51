-- Alerts of silo signals: an alert is about a hand-off of one case, or about a signal, which names no case.
-- Alerts are a record of what happened and of what people did: never rebuilt, so nothing here refers to silo_signal.

ALTER TABLE alert
    ALTER COLUMN hand_off DROP NOT NULL,
    ALTER COLUMN case_ref DROP NOT NULL,
    ALTER COLUMN rule     DROP NOT NULL,
    ALTER COLUMN sender   DROP NOT NULL,
    ALTER COLUMN receiver DROP NOT NULL,
    ALTER COLUMN severity DROP NOT NULL,
    ADD COLUMN signal     uuid,
    ADD COLUMN kind       text,
    ADD COLUMN sentence   text,
    ADD COLUMN confidence text,
    DROP CONSTRAINT alert_unconfirmed_is_a_local_target,
    DROP CONSTRAINT alert_resolved_how_known;
ALTER TABLE alert
    ADD CONSTRAINT alert_of_a_hand_off_or_a_signal CHECK (num_nonnulls(hand_off, signal) = 1),
    ADD CONSTRAINT alert_of_a_hand_off_says_which
        CHECK (hand_off IS NULL OR num_nulls(case_ref, rule, sender, receiver, severity) = 0),
    ADD CONSTRAINT alert_of_a_signal_names_no_case
        CHECK (signal IS NULL OR num_nonnulls(case_ref, severity, area) = 0),
    ADD CONSTRAINT alert_of_a_signal_says_what
        CHECK (num_nulls(kind, sentence, confidence) = CASE WHEN signal IS NULL THEN 3 ELSE 0 END),
    ADD CONSTRAINT alert_unconfirmed_is_a_local_target CHECK (
        signal IS NOT NULL OR local_target OR (certainty IS NOT NULL AND certainty NOT IN ('D', 'K', 'E'))
    ),
    ADD CONSTRAINT alert_resolved_how_known
        CHECK (resolved_how IN ('completed', 'late-information', 'withdrawn', 'superseded', 'person'));
CREATE UNIQUE INDEX alert_one_open_of_signal ON alert (signal) WHERE state <> 'resolved';
CREATE INDEX alert_signal ON alert (signal);
COMMENT ON TABLE alert IS
    'Who was told that a hand-off is late or missing, or of a silo signal, and what became of it. Never rebuilt.';
