-- What happened, and who did what.

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

-- How many events each subscription has. The row is locked by whoever appends, which is what keeps the sequence gapless.
CREATE TABLE event_counter (
    subscription_id uuid   PRIMARY KEY,
    last            bigint NOT NULL CHECK (last > 0)
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
