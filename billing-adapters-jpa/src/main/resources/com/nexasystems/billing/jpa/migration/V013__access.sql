-- Who may call, who has tried, and what was answered.

ALTER TABLE service ADD lenient_events boolean NOT NULL DEFAULT false;

CREATE TABLE api_key (
    id         uuid        PRIMARY KEY,
    service_id uuid        REFERENCES service,
    name       text        NOT NULL,
    sha256     text        NOT NULL UNIQUE,
    hint       text        NOT NULL,
    scopes     text[]      NOT NULL CHECK (cardinality(scopes) > 0),
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX api_key_of_service ON api_key (service_id, created_at);

INSERT INTO api_key (id, service_id, name, sha256, hint, scopes, created_at)
SELECT gen_random_uuid(), service_id, 'default', sha256, '', '{read,write,usage}', now() FROM service_key;
DROP TABLE service_key;

CREATE TABLE authentication_attempt (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL,
    succeeded  boolean     NOT NULL,
    key_id     text,
    address    text        NOT NULL,
    request_id text        NOT NULL
);
CREATE INDEX authentication_failure ON authentication_attempt (at) WHERE NOT succeeded;

CREATE TABLE authentication_alert (
    time_window bigint PRIMARY KEY
);

-- Whoever claims a key that another transaction has claimed waits for it on the primary key.
CREATE TABLE known_answer (
    caller      text        COLLATE "C" NOT NULL,
    key         text        COLLATE "C" NOT NULL,
    claimed_at  timestamptz NOT NULL,
    fingerprint text,
    answer      text,
    PRIMARY KEY (caller, key)
);
CREATE INDEX known_answer_age ON known_answer (claimed_at);
