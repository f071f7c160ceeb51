-- Silo signals: when each end of a hand-off became known, weekly series, locked baselines, findings and signals.
-- `_known_us`: when the event that says it was published, microseconds since 1970 UTC; null where nobody knows.

ALTER TABLE hand_off
    ADD COLUMN started_known_us  bigint,
    ADD COLUMN stopped_known_us  bigint,
    ADD COLUMN ended_us          bigint,
    ADD COLUMN ended_known_us    bigint,
    ADD COLUMN returned_us       bigint,
    ADD COLUMN returned_known_us bigint,
    ADD CONSTRAINT hand_off_ended_without_a_stop
        CHECK (ended_us IS NULL OR (state IN ('missing', 'void') AND stopped_us IS NULL)),
    ADD CONSTRAINT hand_off_known_is_of_something CHECK (
        (stopped_us IS NOT NULL OR stopped_known_us IS NULL)
        AND (ended_us IS NOT NULL OR ended_known_us IS NULL)
        AND (returned_us IS NOT NULL OR returned_known_us IS NULL)
    );
-- What is open, what left and what started since some instant: the daily evaluation reads no more, and weeks are
-- computed anew from these.
CREATE INDEX hand_off_left ON hand_off (stopped_us, ended_us);
CREATE INDEX hand_off_started ON hand_off (started_us);

ALTER TABLE hand_off_change
    ADD COLUMN started_known_us  bigint,
    ADD COLUMN stopped_known_us  bigint,
    ADD COLUMN ended_us          bigint,
    ADD COLUMN ended_known_us    bigint,
    ADD COLUMN returned_us       bigint,
    ADD COLUMN returned_known_us bigint;

-- Events come in the order of their publication, so a few kilobytes tell where the last weeks lie.
CREATE INDEX case_event_published ON case_event USING brin (published_at);

CREATE TABLE weekly (
    rule           text NOT NULL,
    sender         text NOT NULL,
    receiver       text NOT NULL,
    week           date NOT NULL,
    started        bigint NOT NULL,
    stopped        bigint NOT NULL,
    limited        bigint NOT NULL,
    late           bigint NOT NULL,
    same_day       bigint NOT NULL,
    missing        bigint NOT NULL,
    void           bigint NOT NULL,
    negative       bigint NOT NULL,
    wait_median_us double precision,
    wait_sum_us    numeric NOT NULL,
    computed_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (rule, sender, receiver, week),
    CONSTRAINT weekly_begins_on_a_monday CHECK (extract(isodow FROM week) = 1),
    CONSTRAINT weekly_names_not_empty CHECK (rule <> '' AND sender <> '' AND receiver <> ''),
    CONSTRAINT weekly_counts_fit CHECK (
        started >= 0 AND stopped >= limited AND limited >= late AND late >= 0 AND stopped >= same_day AND same_day >= 0
        AND missing >= 0 AND void >= 0 AND negative >= 0
    ),
    CONSTRAINT weekly_median_of_something CHECK ((wait_median_us IS NULL) = (stopped = 0))
);
COMMENT ON TABLE weekly IS
    'Each flow by local week: what started in it, and (look-back) what was stopped in it. Computed from hand_off.';

CREATE TABLE weekly_change (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rule     text NOT NULL,
    sender   text NOT NULL,
    receiver text NOT NULL,
    week     date NOT NULL
);
COMMENT ON TABLE weekly_change IS
    'Weeks that a change of a hand-off may have touched: written with it, deleted when the week is computed anew.';
-- Every week of what is there already; local weeks may begin up to 14 hours off those of UTC.
INSERT INTO weekly_change (rule, sender, receiver, week)
SELECT DISTINCT rule, sender, receiver,
    date_trunc('week', to_timestamp(at_us / 1000000.0) AT TIME ZONE 'UTC' + shift)::date
FROM hand_off CROSS JOIN LATERAL (VALUES (started_us), (stopped_us)) AS at (at_us)
    CROSS JOIN (VALUES (interval '-14 hours'), (interval '14 hours')) AS off (shift)
WHERE at_us IS NOT NULL;

CREATE TABLE silo_baseline (
    id           uuid PRIMARY KEY,
    what         text NOT NULL,
    rule         text NOT NULL,
    sender       text NOT NULL,
    receiver     text NOT NULL,
    agency       text NOT NULL,
    first_day    date NOT NULL,
    last_day     date NOT NULL,
    content      jsonb NOT NULL,
    locked_for   date NOT NULL,
    locked_at    timestamptz NOT NULL DEFAULT now(),
    locked_by    text NOT NULL,
    why          text,
    judging_hash text NOT NULL,
    replaced_at  timestamptz,
    CONSTRAINT silo_baseline_is_about_something
        CHECK (what <> '' AND (agency <> '' OR (sender <> '' AND receiver <> ''))),
    CONSTRAINT silo_baseline_first_before_last CHECK (first_day <= last_day),
    CONSTRAINT silo_baseline_a_person_says_why
        CHECK (locked_by <> '' AND (locked_by = 'caseflow' OR coalesce(why, '') <> ''))
);
COMMENT ON TABLE silo_baseline IS
    'What is usual, locked: replaced only by a rebase, which names who and why. Old ones stay. Never rebuilt.';
CREATE UNIQUE INDEX silo_baseline_one_in_force ON silo_baseline (what, rule, sender, receiver, agency)
    WHERE replaced_at IS NULL;

CREATE TABLE silo_memory (
    day          date PRIMARY KEY,
    now_us       bigint NOT NULL,
    content      jsonb NOT NULL,
    counts       jsonb NOT NULL DEFAULT '{}'::jsonb,
    versions     jsonb NOT NULL DEFAULT '{}'::jsonb,
    evaluated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE silo_memory IS
    'One row per local day that was judged: what the next day goes on from, and what was left out of the data.';

CREATE TABLE silo_finding (
    day          date NOT NULL,
    kind         text NOT NULL,
    rule         text NOT NULL,
    sender       text NOT NULL,
    receiver     text NOT NULL,
    agency       text NOT NULL,
    status       text NOT NULL,
    why          text,
    passed       boolean NOT NULL,
    large_enough boolean NOT NULL,
    p            double precision,
    p_adjusted   double precision,
    effect_value double precision,
    effect_low   double precision,
    effect_high  double precision,
    effect_unit  text,
    observed     bigint NOT NULL,
    expected     double precision NOT NULL,
    n            bigint NOT NULL,
    n_open       bigint NOT NULL,
    baseline_n   bigint NOT NULL,
    window_from  date,
    window_to    date,
    PRIMARY KEY (day, kind, rule, sender, receiver, agency),
    CONSTRAINT silo_finding_is_about_something
        CHECK (kind = 'boundary' OR agency <> '' OR (sender <> '' AND receiver <> '')),
    CONSTRAINT silo_finding_status_known
        CHECK (status IN ('ok', 'not_enough_data', 'not_identifiable', 'withheld')),
    CONSTRAINT silo_finding_numbers_go_with_ok CHECK (
        num_nonnulls(p, effect_value, effect_low, effect_high, effect_unit)
        = CASE WHEN status = 'ok' THEN 5 ELSE 0 END
    ),
    CONSTRAINT silo_finding_says_why_not CHECK ((status = 'ok') = (why IS NULL)),
    CONSTRAINT silo_finding_only_answered_passes CHECK (status = 'ok' OR NOT (passed OR large_enough)),
    CONSTRAINT silo_finding_p_is_a_probability CHECK (p BETWEEN 0 AND 1 AND p_adjusted BETWEEN 0 AND 1)
);
COMMENT ON TABLE silo_finding IS 'What each test said on each judged day, unanswered ones and their reason too.';

CREATE TABLE silo_signal (
    id             uuid PRIMARY KEY,
    kind           text NOT NULL,
    rule           text NOT NULL,
    sender         text NOT NULL,
    receiver       text NOT NULL,
    agency         text NOT NULL,
    direction      text NOT NULL,
    state          text NOT NULL,
    since          date NOT NULL,
    opened         date,
    ended          date,
    last_judged    date NOT NULL,
    window_from    date NOT NULL,
    window_to      date NOT NULL,
    measure        text NOT NULL,
    effect_value   double precision NOT NULL,
    effect_low     double precision NOT NULL,
    effect_high    double precision NOT NULL,
    effect_unit    text NOT NULL,
    p              double precision NOT NULL,
    p_adjusted     double precision,
    observed       bigint NOT NULL,
    expected       double precision NOT NULL,
    n              bigint NOT NULL,
    n_open         bigint NOT NULL,
    baseline_n     bigint NOT NULL,
    excess_days    double precision,
    share          double precision,
    arrivals_ratio double precision,
    confidence     text NOT NULL,
    evidence       jsonb NOT NULL,
    sentence       text NOT NULL,
    goes_away_if   text NOT NULL,
    versions       jsonb NOT NULL DEFAULT '{}'::jsonb,
    written_at     timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT silo_signal_is_about_something
        CHECK (kind = 'boundary' OR agency <> '' OR (sender <> '' AND receiver <> '')),
    CONSTRAINT silo_signal_kind_known CHECK (kind IN (
        'stop', 'slow_pair', 'open_age', 'overdue_excess', 'boundary', 'ping_pong', 'missing', 'batching',
        'publish_lag', 'feed_silence', 'cost_shift', 'improved'
    )),
    CONSTRAINT silo_signal_direction_known CHECK (direction IN ('concern', 'improvement')),
    CONSTRAINT silo_signal_state_known
        CHECK (state IN ('candidate', 'open', 'closed', 'withdrawn', 'superseded')),
    CONSTRAINT silo_signal_confidence_known CHECK (confidence IN ('high', 'moderate', 'low')),
    CONSTRAINT silo_signal_open_says_since_when CHECK (state NOT IN ('open', 'closed') OR opened IS NOT NULL),
    CONSTRAINT silo_signal_ended_says_when CHECK ((state IN ('candidate', 'open')) = (ended IS NULL)),
    CONSTRAINT silo_signal_in_the_order_of_time
        CHECK (since <= opened AND opened <= ended AND window_from <= window_to),
    CONSTRAINT silo_signal_effect_in_its_interval
        CHECK (effect_low <= effect_value AND effect_value <= effect_high),
    CONSTRAINT silo_signal_p_is_a_probability CHECK (p BETWEEN 0 AND 1 AND p_adjusted BETWEEN 0 AND 1),
    CONSTRAINT silo_signal_evidence_is_a_list CHECK (jsonb_typeof(evidence) = 'array'),
    CONSTRAINT silo_signal_says_something CHECK (sentence <> '' AND goes_away_if <> '')
);
COMMENT ON TABLE silo_signal IS
    'Where the boundary costs time: every signal as it stood when it was last judged, ended ones too.';
CREATE UNIQUE INDEX silo_signal_one_going_on ON silo_signal (kind, rule, sender, receiver, agency)
    WHERE state IN ('candidate', 'open');
CREATE INDEX silo_signal_opened ON silo_signal (opened);
