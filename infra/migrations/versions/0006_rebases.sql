-- Rebases: a person's decision that something else is usual from a day on, and what it does to baselines, charts,
-- signals and alerts.

CREATE TABLE silo_rebase (
    number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rule        text NOT NULL,
    sender      text NOT NULL,
    receiver    text NOT NULL,
    agency      text NOT NULL,
    since       date NOT NULL,
    counts_from date NOT NULL,
    first_day   date NOT NULL,
    last_day    date NOT NULL,
    shift_seen  boolean,
    decided_on  date NOT NULL,
    decided_at  timestamptz NOT NULL,
    decided_by  text NOT NULL,
    why         text NOT NULL,
    CONSTRAINT silo_rebase_is_about_a_flow_or_a_feed CHECK (
        CASE WHEN agency = '' THEN sender <> '' AND receiver <> '' ELSE rule = '' AND sender = '' AND receiver = '' END
    ),
    CONSTRAINT silo_rebase_begins_on_a_monday CHECK (extract(isodow FROM since) = 1),
    CONSTRAINT silo_rebase_counts_no_earlier CHECK (counts_from >= since),
    CONSTRAINT silo_rebase_window_of_whole_weeks
        CHECK (last_day - first_day + 1 >= 182 AND (last_day - first_day + 1) % 7 = 0),
    CONSTRAINT silo_rebase_a_person_says_why CHECK (decided_by NOT IN ('', 'caseflow') AND why <> '')
);
COMMENT ON TABLE silo_rebase IS
    'What people decided to be usual from a day on, with who and why: never changed, a later one replaces. Never rebuilt.';
CREATE INDEX silo_rebase_about ON silo_rebase (rule, sender, receiver, agency);

CREATE FUNCTION silo_rebase_stays() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'a recorded rebase is never changed or deleted: record another decision'; END $$;
CREATE TRIGGER silo_rebase_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON silo_rebase
    FOR EACH STATEMENT EXECUTE FUNCTION silo_rebase_stays();

-- The local day on whose evaluation a baseline was replaced: on the days before, it is in force.
ALTER TABLE silo_baseline ADD COLUMN replaced_for date;
UPDATE silo_baseline SET replaced_for = replaced_at::date WHERE replaced_at IS NOT NULL;
ALTER TABLE silo_baseline
    ADD CONSTRAINT silo_baseline_replaced_says_when CHECK ((replaced_at IS NULL) = (replaced_for IS NULL));

CREATE TABLE silo_limits (
    id         uuid PRIMARY KEY,
    rule       text NOT NULL,
    sender     text NOT NULL,
    receiver   text NOT NULL,
    measure    text NOT NULL,
    since      date,
    centre     double precision NOT NULL,
    mean_range double precision NOT NULL,
    points     integer NOT NULL,
    locked_for date NOT NULL,
    locked_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT silo_limits_of_a_flow CHECK (sender <> '' AND receiver <> ''),
    CONSTRAINT silo_limits_measure_known CHECK (measure IN ('median_wait', 'late', 'outflow')),
    CONSTRAINT silo_limits_begin_on_a_monday CHECK (extract(isodow FROM since) = 1),
    CONSTRAINT silo_limits_rest_on_enough CHECK (points >= 12 AND mean_range > 0)
);
COMMENT ON TABLE silo_limits IS
    'Limits of the weekly charts, fixed when a series had its points; since: the rebase they follow, null: the first.';

ALTER TABLE silo_signal
    DROP CONSTRAINT silo_signal_state_known,
    ADD CONSTRAINT silo_signal_state_known
        CHECK (state IN ('candidate', 'open', 'closed', 'withdrawn', 'superseded', 'rebased'));

ALTER TABLE alert
    DROP CONSTRAINT alert_resolved_how_known,
    ADD CONSTRAINT alert_resolved_how_known
        CHECK (resolved_how IN ('completed', 'late-information', 'withdrawn', 'superseded', 'rebased', 'person'));
