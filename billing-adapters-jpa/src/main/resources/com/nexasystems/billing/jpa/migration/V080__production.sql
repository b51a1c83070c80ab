-- Production jobs, their certificates, who has approved what, and what keeps a draft from being finalised.

CREATE TABLE production_job (
    id                uuid    PRIMARY KEY,
    service_id        uuid    NOT NULL,
    number            text    COLLATE "C" NOT NULL,
    order_number      text    NOT NULL,
    received          numeric CHECK (received >= 0 AND received < 'Infinity'),
    done              numeric NOT NULL CHECK (done >= 0 AND done < 'Infinity'),
    scrapped          numeric NOT NULL CHECK (scrapped >= 0 AND scrapped < 'Infinity'),
    rejected          numeric CHECK (rejected >= 0 AND rejected < 'Infinity'),
    -- The lines of the order, one element each in both arrays: read and written with the job, and never alone.
    line_items        text[]  NOT NULL,
    line_processes    text[]  NOT NULL CHECK (cardinality(line_processes) = cardinality(line_items)),
    spec_code         text,
    spec_revision     text,
    spec_signer       text,
    company_signer    text,
    customer          text,
    contact_name      text,
    contact_email     text,
    certificate_types text[]  NOT NULL,
    completed_by_kind text,
    completed_by_name text,
    completed_at      timestamptz,
    bypassed          boolean NOT NULL,
    UNIQUE (service_id, number),
    CHECK (spec_code IS NOT NULL OR num_nonnulls(spec_revision, spec_signer) = 0),
    CHECK (contact_name IS NOT NULL OR contact_email IS NULL),
    CHECK (customer IS NOT NULL OR contact_name IS NULL),
    CHECK (num_nulls(completed_by_kind, completed_by_name, completed_at) IN (0, 3)),
    CHECK (completed_at IS NOT NULL OR NOT bypassed),
    CONSTRAINT completed_job_adds_up CHECK (completed_at IS NULL OR bypassed OR received IS NOT NULL
        AND abs(received - done - scrapped - coalesce(rejected, 0)) <= 0.0001)
);
CREATE INDEX production_job_open ON production_job (service_id, number) WHERE completed_at IS NULL;

CREATE TABLE certificate (
    id             uuid        PRIMARY KEY,
    job_id         uuid        NOT NULL REFERENCES production_job,
    service_id     uuid        NOT NULL,
    job_number     text        COLLATE "C" NOT NULL,
    order_number   text        NOT NULL,
    type           text        COLLATE "C" NOT NULL,
    specification  text,
    process        text,
    signer         text,
    contact        text,
    contact_email  text,
    received       numeric     CHECK (received >= 0 AND received < 'Infinity'),
    done           numeric     NOT NULL CHECK (done >= 0 AND done < 'Infinity'),
    scrapped       numeric     NOT NULL CHECK (scrapped >= 0 AND scrapped < 'Infinity'),
    rejected       numeric     CHECK (rejected >= 0 AND rejected < 'Infinity'),
    created_at     timestamptz NOT NULL,
    number         text,
    issued_on      date,
    issued_at      timestamptz,
    issued_by_kind text,
    issued_by_name text,
    UNIQUE (job_id, type),
    UNIQUE (service_id, number),
    CHECK (num_nulls(number, issued_on, issued_at, issued_by_kind, issued_by_name) IN (0, 5)),
    CONSTRAINT issued_certificate_is_complete CHECK (issued_at IS NULL
        OR num_nulls(specification, process, signer, contact, contact_email, received) = 0
        AND abs(received - done - scrapped - coalesce(rejected, 0)) <= 0.0001 AND done >= scrapped)
);
CREATE INDEX certificate_of_service ON certificate (service_id, job_number, type);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what is final does not change: % %', TG_TABLE_NAME, OLD.id USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER issued_certificate_is_final BEFORE UPDATE OR DELETE ON certificate
    FOR EACH ROW WHEN (OLD.issued_at IS NOT NULL) EXECUTE FUNCTION refuse_change();

CREATE TABLE approval (
    id            uuid        PRIMARY KEY,
    place         bigint      GENERATED ALWAYS AS IDENTITY,
    subject       text        COLLATE "C" NOT NULL,
    text          text        NOT NULL,
    approver_kind text        NOT NULL,
    approver_name text        NOT NULL,
    asked_by_kind text        NOT NULL,
    asked_by_name text        NOT NULL,
    asked_at      timestamptz NOT NULL,
    token_sha256  text        NOT NULL CHECK (token_sha256 ~ '^[0-9a-f]{64}$'),
    until         timestamptz NOT NULL CHECK (until > asked_at),
    approved      boolean,
    comment       text,
    decided_at    timestamptz,
    CHECK (num_nulls(approved, comment, decided_at) IN (0, 3)),
    CHECK ((approver_kind, approver_name) <> (asked_by_kind, asked_by_name))
);
CREATE INDEX approval_of_subject ON approval (subject, place);

CREATE TRIGGER decision_is_final BEFORE UPDATE OR DELETE ON approval
    FOR EACH ROW WHEN (OLD.decided_at IS NOT NULL) EXECUTE FUNCTION refuse_change();

ALTER TABLE service ADD complete_invoices boolean NOT NULL DEFAULT false;

CREATE TABLE line_hold (
    invoice_id uuid        NOT NULL,
    line       text        COLLATE "C" NOT NULL,
    reason     text        NOT NULL,
    by_kind    text        NOT NULL,
    by_name    text        NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (invoice_id, line)
);
