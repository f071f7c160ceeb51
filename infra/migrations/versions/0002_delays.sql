-- Delays: what judging says of a hand-off beyond its state, notes on events, and alerts.
-- Alerts are a record of what happened and of what people did: never rebuilt, so nothing here refers to hand_off.

-- A correction of an extension is both; a withdrawal is nothing else.
ALTER TABLE case_event DROP CONSTRAINT case_event_one_relation;
ALTER TABLE case_event ADD CONSTRAINT case_event_withdrawal_is_nothing_else
    CHECK (withdraws IS NULL OR num_nonnulls(amends, extends) = 0);

ALTER TABLE case_event ADD COLUMN notes jsonb NOT NULL DEFAULT '[]'::jsonb;
ALTER TABLE case_event ADD CONSTRAINT case_event_notes_are_a_list CHECK (jsonb_typeof(notes) = 'array');

ALTER TABLE hand_off
    ADD COLUMN internal        boolean NOT NULL DEFAULT false,
    ADD COLUMN area            text,
    ADD COLUMN tier            integer,
    ADD COLUMN due_soon        boolean NOT NULL DEFAULT false,
    ADD COLUMN late_after_end  boolean NOT NULL DEFAULT false,
    ADD COLUMN earliest_us     bigint,
    ADD COLUMN overdue_us      bigint,
    ADD COLUMN standard_due_us bigint,
    ADD COLUMN assumed         text,
    ADD COLUMN about           text,
    ADD COLUMN follows         uuid;
-- Rows of before knew neither grace nor tiers: they were overdue from the due instant on, in the first tier.
UPDATE hand_off SET overdue_us = due_us, tier = CASE WHEN state = 'overdue' THEN 0 END;
ALTER TABLE hand_off
    ALTER COLUMN internal DROP DEFAULT,
    ALTER COLUMN due_soon DROP DEFAULT,
    ALTER COLUMN late_after_end DROP DEFAULT,
    ADD CONSTRAINT hand_off_tier_while_overdue CHECK ((tier IS NOT NULL) = (state = 'overdue')),
    ADD CONSTRAINT hand_off_tier_known CHECK (tier BETWEEN 0 AND 2),
    ADD CONSTRAINT hand_off_only_open_is_due_soon CHECK (state = 'open' OR NOT due_soon),
    ADD CONSTRAINT hand_off_late_after_end_has_a_stop CHECK (stopped_us IS NOT NULL OR NOT late_after_end),
    ADD CONSTRAINT hand_off_never_overdue_before_it_is_due CHECK (overdue_us >= due_us);

ALTER TABLE hand_off_change
    ADD COLUMN internal        boolean,
    ADD COLUMN area            text,
    ADD COLUMN tier            integer,
    ADD COLUMN due_soon        boolean,
    ADD COLUMN late_after_end  boolean,
    ADD COLUMN earliest_us     bigint,
    ADD COLUMN overdue_us      bigint,
    ADD COLUMN standard_due_us bigint,
    ADD COLUMN assumed         text,
    ADD COLUMN about           text,
    ADD COLUMN follows         uuid;

CREATE TABLE alert (
    id              uuid PRIMARY KEY,
    hand_off        uuid NOT NULL,
    case_ref        text NOT NULL,
    rule            text NOT NULL,
    title           text NOT NULL,
    sender          text NOT NULL,
    receiver        text NOT NULL,
    owner           text NOT NULL,
    internal        boolean NOT NULL,
    area            text,
    severity        text NOT NULL,
    level           integer NOT NULL DEFAULT 0,
    state           text NOT NULL DEFAULT 'open',
    due_us          bigint,
    overdue_us      bigint,
    time_limit      text,
    certainty       text,
    local_target    boolean NOT NULL,
    raised_at       timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL,
    snoozed_until   timestamptz,
    acknowledged_by text,
    acknowledged_at timestamptz,
    resolved_at     timestamptz,
    resolved_how    text,
    resolved_by     text,
    resolved_why    text,
    version         bigint NOT NULL,
    CONSTRAINT alert_names_not_empty CHECK (case_ref <> '' AND rule <> '' AND owner <> ''),
    CONSTRAINT alert_severity_known CHECK (severity IN ('late', 'very-late', 'severe', 'missing')),
    CONSTRAINT alert_state_known CHECK (state IN ('open', 'acknowledged', 'resolved')),
    CONSTRAINT alert_counts_not_negative CHECK (level >= 0 AND version >= 0),
    CONSTRAINT alert_unconfirmed_is_a_local_target
        CHECK (local_target OR (certainty IS NOT NULL AND certainty NOT IN ('D', 'K', 'E'))),
    CONSTRAINT alert_acknowledged_by_somebody CHECK (
        num_nulls(acknowledged_by, acknowledged_at) IN (0, 2)
        AND (state <> 'acknowledged' OR acknowledged_by IS NOT NULL)
    ),
    CONSTRAINT alert_resolved_says_how CHECK (
        num_nulls(resolved_at, resolved_how, resolved_by) = CASE WHEN state = 'resolved' THEN 0 ELSE 3 END
    ),
    CONSTRAINT alert_resolved_how_known
        CHECK (resolved_how IN ('completed', 'late-information', 'withdrawn', 'person')),
    CONSTRAINT alert_a_person_says_why
        CHECK (resolved_how IS DISTINCT FROM 'person' OR coalesce(resolved_why, '') <> '')
);
COMMENT ON TABLE alert IS
    'Who was told that a hand-off is late or missing, and what became of it. Never rebuilt.';
CREATE UNIQUE INDEX alert_one_open ON alert (hand_off, rule) WHERE state <> 'resolved';
CREATE INDEX alert_hand_off ON alert (hand_off);
CREATE INDEX alert_case ON alert (case_ref);
CREATE INDEX alert_open ON alert (raised_at) WHERE state <> 'resolved';
CREATE INDEX alert_escalation ON alert (level, raised_at) WHERE state = 'open';

CREATE TABLE alert_audit (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alert  uuid NOT NULL REFERENCES alert,
    at     timestamptz NOT NULL,
    who    text NOT NULL,
    what   text NOT NULL,
    why    text,
    detail jsonb NOT NULL DEFAULT '{}'::jsonb,
    CONSTRAINT alert_audit_says_who CHECK (who <> ''),
    CONSTRAINT alert_audit_what_known CHECK (
        what IN ('raised', 'risen', 'restated', 'escalated', 'acknowledged', 'snoozed', 'resolved')
    )
);
COMMENT ON TABLE alert_audit IS
    'Everything that happened to an alert: when, and by whom (caseflow, or a person). Never rebuilt.';
CREATE INDEX alert_audit_alert ON alert_audit (alert);

CREATE TABLE alert_outbox (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    alert      uuid NOT NULL REFERENCES alert,
    what       text NOT NULL,
    level      integer NOT NULL,
    created_at timestamptz NOT NULL,
    routed_at  timestamptz,
    CONSTRAINT alert_outbox_what_known CHECK (what IN ('raised', 'risen', 'escalated', 'resolved')),
    CONSTRAINT alert_outbox_level_not_negative CHECK (level >= 0)
);
COMMENT ON TABLE alert_outbox IS
    'What has to be told about alerts, in order; routed_at = when it became deliveries, or none was wanted.';
CREATE INDEX alert_outbox_waiting ON alert_outbox (id) WHERE routed_at IS NULL;
CREATE INDEX alert_outbox_alert ON alert_outbox (alert);

CREATE TABLE alert_delivery (
    id            uuid PRIMARY KEY,
    route         text NOT NULL,
    receiver      text NOT NULL,
    channel       text NOT NULL,
    target        text NOT NULL,
    kind          text NOT NULL,
    content       jsonb,
    state         text NOT NULL DEFAULT 'pending',
    attempts      integer NOT NULL DEFAULT 0,
    may_have_left boolean NOT NULL DEFAULT false,
    next_try_at   timestamptz NOT NULL,
    last_error    text,
    created_at    timestamptz NOT NULL,
    sent_at       timestamptz,
    parked_at     timestamptz,
    CONSTRAINT alert_delivery_names_not_empty CHECK (route <> '' AND receiver <> '' AND target <> ''),
    CONSTRAINT alert_delivery_channel_known CHECK (channel IN ('kafka', 'webhook', 'email', 'chat')),
    CONSTRAINT alert_delivery_kind_known CHECK (kind IN ('single', 'grouped', 'digest')),
    CONSTRAINT alert_delivery_state_known CHECK (state IN ('pending', 'sent', 'parked')),
    CONSTRAINT alert_delivery_sent_says_when CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CONSTRAINT alert_delivery_parked_says_when CHECK ((state = 'parked') = (parked_at IS NOT NULL)),
    CONSTRAINT alert_delivery_attempts_not_negative CHECK (attempts >= 0),
    CONSTRAINT alert_delivery_leaves_with_its_content
        CHECK (content IS NOT NULL OR NOT (may_have_left OR state = 'sent'))
);
COMMENT ON TABLE alert_delivery IS
    'One message to one receiver. Its id is what a repeat is recognised by; once an attempt may have left, its content stays.';
CREATE INDEX alert_delivery_due ON alert_delivery (next_try_at) WHERE state = 'pending';
CREATE INDEX alert_delivery_made ON alert_delivery (route, receiver, created_at);
CREATE INDEX alert_delivery_parked ON alert_delivery (parked_at) WHERE state = 'parked';

CREATE TABLE alert_delivery_item (
    outbox   bigint NOT NULL REFERENCES alert_outbox,
    route    text NOT NULL,
    receiver text NOT NULL,
    alert    uuid NOT NULL REFERENCES alert,
    delivery uuid REFERENCES alert_delivery,
    PRIMARY KEY (outbox, route, receiver)
);
COMMENT ON TABLE alert_delivery_item IS
    'What has to be told to whom, and in which message; without one it waits: for others, for the morning, for its turn.';
CREATE INDEX alert_delivery_item_waiting ON alert_delivery_item (route, receiver) WHERE delivery IS NULL;
CREATE INDEX alert_delivery_item_delivery ON alert_delivery_item (delivery);
CREATE INDEX alert_delivery_item_alert ON alert_delivery_item (alert, route, receiver);
