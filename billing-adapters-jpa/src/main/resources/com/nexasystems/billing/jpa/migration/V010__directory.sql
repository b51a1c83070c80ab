-- What each service calls its things. The subject is a code or an id of another table, whichever kind it is.

CREATE TABLE directory_entry (
    id               uuid        PRIMARY KEY,
    service_id       uuid        NOT NULL REFERENCES service,
    kind             text        COLLATE "C" NOT NULL,
    code             text        COLLATE "C" NOT NULL,
    subject          text        COLLATE "C" NOT NULL,
    number           bigint      NOT NULL,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    removed_at       timestamptz,
    attribute_names  text[]      NOT NULL,
    attribute_values text[]      NOT NULL,
    CHECK (cardinality(attribute_names) = cardinality(attribute_values))
);
CREATE UNIQUE INDEX directory_entry_code ON directory_entry (service_id, kind, code) WHERE removed_at IS NULL;
CREATE INDEX directory_entry_subject ON directory_entry (service_id, kind, subject);
CREATE INDEX directory_entry_newest ON directory_entry (service_id, kind, created_at DESC, id DESC) WHERE removed_at IS NULL;

CREATE TABLE directory_customer_number (
    service_id uuid   PRIMARY KEY REFERENCES service,
    last       bigint NOT NULL
);
