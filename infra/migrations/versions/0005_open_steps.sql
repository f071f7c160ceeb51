-- Open steps: when both ends of a step became known, and what the register awaits after an event.
-- `_known_us`: when the event was published, microseconds since 1970 UTC; null where nobody knows. It then counts as
-- published when it happened, and so do the rows of before.
-- `foreseen_`: what was awaited after the first event, or after the last one of a case that goes on, whatever came.

ALTER TABLE step
    ADD COLUMN started_known_us bigint,
    ADD COLUMN ended_known_us   bigint,
    ADD COLUMN foreseen_type    text,
    ADD COLUMN foreseen_org     text,
    ADD CONSTRAINT step_foreseen_is_what_and_by_whom CHECK (num_nonnulls(foreseen_type, foreseen_org) IN (0, 2));

ALTER TABLE case_file
    ADD COLUMN last_org      text,
    ADD COLUMN last_known_us bigint,
    ADD COLUMN foreseen_type text,
    ADD COLUMN foreseen_org  text,
    ADD CONSTRAINT case_file_foreseen_is_what_and_by_whom
        CHECK (num_nonnulls(foreseen_type, foreseen_org) IN (0, 2));
