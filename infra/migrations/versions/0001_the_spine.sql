-- The spine of caseflow. What the domain refuses, the database refuses too.
-- No foreign keys between tables that different topics fill: those topics are independent of each other.
-- Names: `_us` is integer microseconds since 1970 UTC; day-cut cases count local dates x 86,400 s as if UTC.

CREATE TABLE case_file (
    case_ref        text PRIMARY KEY,
    first_us        bigint,
    last_us         bigint,
    events          bigint NOT NULL,
    precision       text,
    stage           text,
    last_type       text,
    area            text,
    tail_from       text,
    tail_to         text,
    elapsed_us      bigint NOT NULL,
    inside_us       bigint NOT NULL,
    between_us      bigint NOT NULL,
    unknown_us      bigint NOT NULL,
    next_due_us     bigint,
    waiting         bigint NOT NULL,
    ahead           bigint NOT NULL,
    version         bigint NOT NULL,
    log_partition   integer NOT NULL,
    CONSTRAINT case_file_ref_not_empty CHECK (case_ref <> ''),
    CONSTRAINT case_file_precision_known CHECK (precision IN ('day', 'instant')),
    CONSTRAINT case_file_counts_not_negative CHECK (events >= 0 AND waiting >= 0 AND ahead >= 0),
    CONSTRAINT case_file_first_before_last CHECK (first_us <= last_us),
    CONSTRAINT case_file_parts_not_negative CHECK (inside_us >= 0 AND between_us >= 0 AND unknown_us >= 0),
    CONSTRAINT case_file_every_second_has_an_owner CHECK (elapsed_us = inside_us + between_us + unknown_us),
    CONSTRAINT case_file_version_is_an_offset CHECK (version >= 0 AND log_partition >= 0)
);
COMMENT ON TABLE case_file IS
    'One row per case: where it stands now. version = offset in caseflow.events of the last record judged.';

CREATE TABLE case_event (
    case_ref         text NOT NULL,
    source           text NOT NULL,
    event_id         text NOT NULL,
    type             text NOT NULL,
    stage            text NOT NULL,
    acting_org       text,
    owner_org        text,
    area             text,
    occurred_at      timestamptz NOT NULL,
    precision        text NOT NULL,
    sequence         bigint NOT NULL,
    recorded_at      timestamptz,
    published_at     timestamptz,
    amends           text,
    withdraws        text,
    extends          text,
    history          boolean NOT NULL,
    ahead            boolean NOT NULL,
    content_hash     text NOT NULL,
    data             jsonb NOT NULL,
    origin_topic     text NOT NULL,
    origin_partition integer NOT NULL,
    origin_offset    bigint NOT NULL,
    log_partition    integer NOT NULL,
    log_offset       bigint NOT NULL,
    ingested_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (case_ref, source, event_id),
    CONSTRAINT case_event_identity_not_empty CHECK (case_ref <> '' AND source <> '' AND event_id <> ''),
    CONSTRAINT case_event_precision_known CHECK (precision IN ('second', 'minute', 'day')),
    CONSTRAINT case_event_stage_of_its_type CHECK (stage = split_part(type, '.', 1)),
    CONSTRAINT case_event_not_before_1970 CHECK (occurred_at >= '1970-01-01T00:00:00Z'),
    CONSTRAINT case_event_one_relation CHECK (num_nonnulls(amends, withdraws, extends) <= 1),
    CONSTRAINT case_event_offsets_not_negative
        CHECK (origin_partition >= 0 AND origin_offset >= 0 AND log_partition >= 0 AND log_offset >= 0)
);
COMMENT ON TABLE case_event IS
    'Every accepted event once, as told, amended and withdrawn ones too. The first of an identity stays.';

CREATE TABLE step (
    id          uuid PRIMARY KEY,
    case_ref    text NOT NULL,
    from_source text NOT NULL,
    from_event  text NOT NULL,
    to_source   text NOT NULL,
    to_event    text NOT NULL,
    from_type   text NOT NULL,
    to_type     text NOT NULL,
    from_org    text,
    to_org      text,
    kind        text NOT NULL,
    started_us  bigint NOT NULL,
    ended_us    bigint NOT NULL,
    wait_us     bigint NOT NULL,
    version     bigint NOT NULL,
    CONSTRAINT step_wait_not_negative CHECK (wait_us >= 0),
    CONSTRAINT step_wait_is_end_minus_start CHECK (wait_us = ended_us - started_us),
    CONSTRAINT step_orgs_not_empty CHECK (from_org <> '' AND to_org <> ''),
    CONSTRAINT step_kind_follows_from_the_orgs CHECK (
        kind = CASE
            WHEN from_org IS NULL OR to_org IS NULL THEN 'unknown'
            WHEN from_org = to_org THEN 'inside'
            ELSE 'discovered'
        END
    )
);
COMMENT ON TABLE step IS
    'The consecutive pairs of every case''s current timeline, and nothing else: the hand-off matrix reads this.';
CREATE INDEX step_case ON step (case_ref);
CREATE INDEX step_matrix ON step (from_org, to_org, wait_us);

CREATE TABLE hand_off (
    id           uuid PRIMARY KEY,
    case_ref     text NOT NULL,
    rule         text NOT NULL,
    title        text NOT NULL,
    sender       text NOT NULL,
    receiver     text NOT NULL,
    owner        text,
    state        text NOT NULL,
    started_us   bigint NOT NULL,
    stopped_us   bigint,
    due_us       bigint,
    wait_us      bigint,
    time_limit   text,
    certainty    text,
    start_source text NOT NULL,
    start_event  text NOT NULL,
    stop_source  text,
    stop_event   text,
    version      bigint NOT NULL,
    CONSTRAINT hand_off_state_known
        CHECK (state IN ('open', 'met', 'met_late', 'overdue', 'missing', 'void', 'negative')),
    CONSTRAINT hand_off_met_has_a_stop CHECK (state NOT IN ('met', 'met_late') OR stopped_us IS NOT NULL),
    CONSTRAINT hand_off_open_has_no_stop CHECK (state NOT IN ('open', 'overdue') OR stopped_us IS NULL),
    CONSTRAINT hand_off_only_negative_waits_below_zero CHECK (wait_us >= 0 OR state IN ('negative', 'void'))
);
COMMENT ON TABLE hand_off IS 'Standard hand-offs as they are judged now, one row per start of a register row.';
CREATE INDEX hand_off_case ON hand_off (case_ref);
CREATE INDEX hand_off_rule_state ON hand_off (rule, state);

CREATE TABLE hand_off_change (
    id           uuid NOT NULL,
    case_ref     text NOT NULL,
    rule         text,
    title        text,
    sender       text,
    receiver     text,
    owner        text,
    state        text NOT NULL,
    started_us   bigint,
    stopped_us   bigint,
    due_us       bigint,
    wait_us      bigint,
    time_limit   text,
    certainty    text,
    start_source text,
    start_event  text,
    stop_source  text,
    stop_event   text,
    version      bigint NOT NULL,
    PRIMARY KEY (id, version),
    CONSTRAINT hand_off_change_state_known
        CHECK (state IN ('open', 'met', 'met_late', 'overdue', 'missing', 'void', 'negative', 'removed')),
    CONSTRAINT hand_off_change_says_which_rule
        CHECK (state = 'removed' OR (rule IS NOT NULL AND started_us IS NOT NULL))
);
COMMENT ON TABLE hand_off_change IS
    'Every judgement of a standard hand-off: what was believed when. removed = its start left the timeline.';
CREATE INDEX hand_off_change_case ON hand_off_change (case_ref);

CREATE TABLE feed (
    source            text PRIMARY KEY,
    last_occurred_at  timestamptz NOT NULL,
    last_published_at timestamptz,
    events            bigint NOT NULL,
    late_events       bigint NOT NULL,
    lag_last_us       bigint,
    lag_sum_us        numeric NOT NULL,
    lag_count         bigint NOT NULL,
    lag_max_us        bigint,
    CONSTRAINT feed_source_not_empty CHECK (source <> ''),
    CONSTRAINT feed_counts_fit CHECK (late_events BETWEEN 0 AND events AND lag_count BETWEEN 0 AND events)
);
COMMENT ON TABLE feed IS
    'What each agency has told, and how soon after it happened. Late = behind a later event of the same case.';

CREATE TABLE dead_letter (
    topic       text NOT NULL,
    part        integer NOT NULL,
    position    bigint NOT NULL,
    process     text NOT NULL,
    reason      text NOT NULL,
    detail      text NOT NULL,
    step        text NOT NULL,
    source      text,
    case_ref    text,
    appended_at timestamptz,
    failed_at   timestamptz NOT NULL,
    size        bigint NOT NULL,
    sha256      text NOT NULL,
    key         bytea,
    value       bytea,
    headers     jsonb NOT NULL,
    status      text NOT NULL DEFAULT 'open',
    changed_by  text,
    changed_why text,
    changed_at  timestamptz,
    seen        bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (topic, part, position, process),
    CONSTRAINT dead_letter_status_known CHECK (status IN ('open', 'replayed', 'discarded', 'corrected')),
    CONSTRAINT dead_letter_decision_has_a_name
        CHECK (status = 'open' OR num_nulls(changed_by, changed_why, changed_at) = 0),
    CONSTRAINT dead_letter_counts_not_negative CHECK (part >= 0 AND position >= 0 AND size >= 0 AND seen >= 1)
);
COMMENT ON TABLE dead_letter IS
    'Refused records by their origin (topic, part, position) and by who refused; status lives only here.';
CREATE INDEX dead_letter_open ON dead_letter (failed_at) WHERE status = 'open';

CREATE TABLE dead_letter_audit (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic      text NOT NULL,
    part       integer NOT NULL,
    position   bigint NOT NULL,
    process    text NOT NULL,
    status     text NOT NULL,
    changed_by text NOT NULL,
    changed_why text NOT NULL,
    changed_at timestamptz NOT NULL,
    FOREIGN KEY (topic, part, position, process) REFERENCES dead_letter,
    CONSTRAINT dead_letter_audit_says_who_and_why CHECK (changed_by <> '' AND changed_why <> ''),
    CONSTRAINT dead_letter_audit_status_known CHECK (status IN ('open', 'replayed', 'discarded', 'corrected'))
);
COMMENT ON TABLE dead_letter_audit IS 'Every decision about a dead letter: who and why. Never rebuilt.';
CREATE INDEX dead_letter_audit_letter ON dead_letter_audit (topic, part, position, process);

CREATE TABLE consumer_offset (
    grp          text NOT NULL,
    topic        text NOT NULL,
    part         integer NOT NULL,
    next_offset  bigint NOT NULL,
    epoch        bigint NOT NULL,
    watermark_us bigint,
    appended_us  bigint,
    moved_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (grp, topic, part),
    CONSTRAINT consumer_offset_not_negative CHECK (next_offset >= 0 AND epoch >= 1 AND part >= 0)
);
COMMENT ON TABLE consumer_offset IS
    'How far each consumer is, moved in the transaction of its rows; a stale epoch is refused.';

CREATE TABLE setting (
    key   text PRIMARY KEY,
    value text NOT NULL
);
COMMENT ON TABLE setting IS 'What this database was filled with: the profile''s name, the hash of what judging reads.';
