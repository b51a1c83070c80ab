-- What happened, and who did what.

-- The sequence goes on after the highest number there is: the last event of a subscription may not be deleted.
CREATE TABLE billing_event (
    subscription_id uuid        NOT NULL,
    sequence        bigint      NOT NULL CHECK (sequence > 0),
    id              uuid        NOT NULL,
    type            text        NOT NULL,
    service_id      uuid        NOT NULL,
    at              timestamptz NOT NULL,
    data_names      text[]      NOT NULL,
    data_values     text[]      NOT NULL,
    PRIMARY KEY (subscription_id, sequence),
    CHECK (cardinality(data_names) = cardinality(data_values))
);

CREATE TABLE audit_entry (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at            timestamptz NOT NULL,
    actor_kind    text        NOT NULL,
    actor_name    text        NOT NULL,
    action        text        NOT NULL,
    subject       text        NOT NULL,
    detail_names  text[]      NOT NULL,
    detail_values text[]      NOT NULL,
    CHECK (cardinality(detail_names) = cardinality(detail_values))
);
CREATE INDEX audit_entry_subject ON audit_entry (subject, id);
