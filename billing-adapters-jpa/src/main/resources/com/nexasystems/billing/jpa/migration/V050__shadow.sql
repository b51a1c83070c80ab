-- The shadow of another biller: what was imported of it, and how it compares.

ALTER TABLE plan ADD shadow boolean NOT NULL DEFAULT false;

-- What an import made. The key is a code, an id or an external id, whichever the kind has.
CREATE TABLE shadow_made (
    service_id uuid NOT NULL,
    kind       text COLLATE "C" NOT NULL CHECK (kind IN ('metric', 'plan', 'customer', 'link')),
    key        text COLLATE "C" NOT NULL,
    PRIMARY KEY (service_id, kind, key)
);

CREATE TABLE shadow_subscription (
    service_id      uuid    NOT NULL,
    external_id     text    COLLATE "C" NOT NULL,
    subscription_id uuid    NOT NULL,
    user_id         text    NOT NULL,
    payable         boolean NOT NULL,
    compared_from   timestamptz NOT NULL,
    compared_until  timestamptz,
    current_day     date,
    PRIMARY KEY (service_id, external_id)
);

-- Numbers have the digits that the application gave them, so that what it has changed is seen.
CREATE TABLE source_invoice (
    service_id        uuid          NOT NULL,
    id                text          COLLATE "C" NOT NULL,
    user_id           text          NOT NULL,
    subscription_id   text          COLLATE "C",
    billed_at         text,
    number            text,
    currency          text          NOT NULL,
    status            text          NOT NULL,
    subtotal          numeric       NOT NULL,
    tax               numeric       NOT NULL,
    created_at        timestamptz,
    -- The items, one element each in every array: read and written with the invoice, and never alone.
    item_ids          text[]        NOT NULL,
    item_descriptions text[]        NOT NULL CHECK (cardinality(item_descriptions) = cardinality(item_ids)),
    item_quantities   numeric[]     NOT NULL CHECK (cardinality(item_quantities) = cardinality(item_ids)),
    item_unit_prices  numeric[]     NOT NULL CHECK (cardinality(item_unit_prices) = cardinality(item_ids)),
    item_amounts      numeric[]     NOT NULL CHECK (cardinality(item_amounts) = cardinality(item_ids)),
    item_starts       timestamptz[] NOT NULL CHECK (cardinality(item_starts) = cardinality(item_ids)),
    item_ends         timestamptz[] NOT NULL CHECK (cardinality(item_ends) = cardinality(item_ids)),
    PRIMARY KEY (service_id, id)
);
CREATE INDEX source_invoice_of_subscription ON source_invoice (service_id, subscription_id)
    WHERE subscription_id IS NOT NULL;

CREATE TABLE usage_twin (
    service_id      uuid        NOT NULL,
    id              text        COLLATE "C" NOT NULL,
    subscription_id uuid        NOT NULL,
    start_at        timestamptz NOT NULL,
    end_at          timestamptz NOT NULL,
    quantity        numeric     NOT NULL,
    PRIMARY KEY (service_id, id)
);
CREATE INDEX usage_twin_of_subscription ON usage_twin (subscription_id);

CREATE TABLE import_run (
    id           uuid        PRIMARY KEY,
    place        bigint      GENERATED ALWAYS AS IDENTITY,
    service_id   uuid        NOT NULL,
    started_at   timestamptz NOT NULL,
    finished_at  timestamptz NOT NULL,
    currency     text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    per_cpu_hour numeric     NOT NULL CHECK (per_cpu_hour >= 0 AND per_cpu_hour < 'Infinity'),
    zone         text        NOT NULL
);
CREATE INDEX import_run_of_service ON import_run (service_id, place);

CREATE TABLE import_tally (
    run_id    uuid   NOT NULL REFERENCES import_run ON DELETE CASCADE,
    kind      text   NOT NULL,
    created   bigint NOT NULL,
    updated   bigint NOT NULL,
    unchanged bigint NOT NULL,
    left_out  bigint NOT NULL,
    skipped   bigint NOT NULL,
    failed    bigint NOT NULL,
    PRIMARY KEY (run_id, kind)
);

CREATE TABLE import_problem (
    run_id   uuid NOT NULL REFERENCES import_run ON DELETE CASCADE,
    position int  NOT NULL,
    kind     text NOT NULL,
    row_id   text NOT NULL,
    outcome  text NOT NULL,
    reason   text NOT NULL,
    PRIMARY KEY (run_id, position)
);

-- Written anew by every reconciliation: the primary key, one small index on what people look for, and no foreign key. Room
-- is left on the pages, so that a row stays where it is and its index entries with it.
CREATE TABLE reconciled_row (
    service_id       uuid      NOT NULL,
    subscription     text      COLLATE "C" NOT NULL,
    start_day        date      NOT NULL,
    end_day          date      NOT NULL,
    currency         text      NOT NULL,
    computed         numeric   NOT NULL CHECK (computed > '-Infinity' AND computed < 'Infinity'),
    actual           numeric   NOT NULL CHECK (actual > '-Infinity' AND actual < 'Infinity'),
    computed_flat    numeric   NOT NULL,
    actual_flat      numeric   NOT NULL,
    actual_usage     numeric   NOT NULL,
    status           text      NOT NULL CHECK (status IN ('match', 'delta', 'resolved')),
    cause_kinds      text[]    NOT NULL,
    cause_amounts    numeric[] NOT NULL CHECK (cardinality(cause_amounts) = cardinality(cause_kinds)),
    cause_notes      text[]    NOT NULL CHECK (cardinality(cause_notes) = cardinality(cause_kinds)),
    unexplained      numeric   NOT NULL,
    resolved_by_kind text,
    resolved_by_name text,
    resolved_at      timestamptz,
    resolved_note    text,
    run_id           uuid      NOT NULL,
    PRIMARY KEY (service_id, subscription, start_day),
    CHECK (num_nulls(resolved_by_kind, resolved_by_name, resolved_at, resolved_note) IN (0, 4)),
    CHECK ((status = 'resolved') = (resolved_at IS NOT NULL))
) WITH (fillfactor = 60);
CREATE INDEX reconciled_row_unmatched ON reconciled_row (service_id, subscription, start_day) WHERE status <> 'match';

CREATE TABLE reconciliation_run (
    id            uuid        PRIMARY KEY,
    place         bigint      GENERATED ALWAYS AS IDENTITY,
    service_id    uuid        NOT NULL,
    as_of         timestamptz NOT NULL,
    from_day      date        NOT NULL,
    rounding      text        NOT NULL,
    rounding_mode text        NOT NULL,
    tax           text        NOT NULL,
    proration     text        NOT NULL,
    quota         text        NOT NULL,
    zone          text        NOT NULL,
    usage_shift   text        NOT NULL,
    tolerance     numeric     NOT NULL CHECK (tolerance >= 0 AND tolerance < 'Infinity'),
    row_count     bigint      NOT NULL,
    digest        text        NOT NULL,
    finished_at   timestamptz NOT NULL
);
CREATE INDEX reconciliation_run_of_service ON reconciliation_run (service_id, place);

CREATE TABLE reconciliation_unlinked (
    run_id   uuid    NOT NULL REFERENCES reconciliation_run ON DELETE CASCADE,
    position int     NOT NULL,
    why      text    NOT NULL,
    month    date    NOT NULL,
    currency text    NOT NULL,
    invoices bigint  NOT NULL,
    subtotal numeric NOT NULL,
    PRIMARY KEY (run_id, position)
);

CREATE TABLE adopted_rules (
    service_id    uuid        NOT NULL,
    place         bigint      GENERATED ALWAYS AS IDENTITY,
    rounding      text        NOT NULL,
    rounding_mode text        NOT NULL,
    tax           text        NOT NULL,
    proration     text        NOT NULL,
    quota         text        NOT NULL,
    zone          text        NOT NULL,
    usage_shift   text        NOT NULL,
    by_kind       text        NOT NULL,
    by_name       text        NOT NULL,
    at            timestamptz NOT NULL,
    PRIMARY KEY (service_id, place)
);

CREATE TABLE parity_certificate (
    id            uuid        PRIMARY KEY,
    service_id    uuid        NOT NULL,
    service_name  text        NOT NULL,
    from_day      date        NOT NULL,
    until_day     date        NOT NULL,
    rounding      text        NOT NULL,
    rounding_mode text        NOT NULL,
    tax           text        NOT NULL,
    proration     text        NOT NULL,
    quota         text        NOT NULL,
    zone          text        NOT NULL,
    usage_shift   text        NOT NULL,
    adopted       boolean     NOT NULL,
    tolerance     numeric     NOT NULL,
    digest        text        NOT NULL,
    by_kind       text        NOT NULL,
    by_name       text        NOT NULL,
    at            timestamptz NOT NULL
);

CREATE TABLE parity_month (
    certificate_id uuid    NOT NULL REFERENCES parity_certificate,
    position       int     NOT NULL,
    month          date    NOT NULL,
    currency       text    NOT NULL,
    matched        bigint  NOT NULL,
    deltas         bigint  NOT NULL,
    resolved       bigint  NOT NULL,
    computed       numeric NOT NULL,
    actual         numeric NOT NULL,
    matched_actual numeric NOT NULL,
    unexplained    numeric NOT NULL,
    unlinked       bigint  NOT NULL,
    unlinked_sum   numeric NOT NULL,
    PRIMARY KEY (certificate_id, position)
);

CREATE TABLE parity_waiver (
    certificate_id   uuid        NOT NULL REFERENCES parity_certificate,
    position         int         NOT NULL,
    subscription     text        NOT NULL,
    start_day        date        NOT NULL,
    delta            numeric     NOT NULL,
    resolved_by_kind text        NOT NULL,
    resolved_by_name text        NOT NULL,
    resolved_at      timestamptz NOT NULL,
    resolved_note    text        NOT NULL,
    PRIMARY KEY (certificate_id, position)
);

CREATE TABLE parity_open (
    certificate_id uuid    NOT NULL REFERENCES parity_certificate,
    position       int     NOT NULL,
    subscription   text    NOT NULL,
    start_day      date    NOT NULL,
    delta          numeric NOT NULL,
    unexplained    numeric NOT NULL,
    PRIMARY KEY (certificate_id, position)
);

-- Locked by whoever flips a service, or takes that back.
CREATE TABLE cut_over_claim (
    service_id uuid PRIMARY KEY
);

CREATE TABLE cut_over (
    id               uuid        PRIMARY KEY,
    place            bigint      GENERATED ALWAYS AS IDENTITY,
    service_id       uuid        NOT NULL,
    user_id          text,
    since            timestamptz NOT NULL,
    subscriptions    bigint      NOT NULL CHECK (subscriptions >= 0),
    by_kind          text        NOT NULL,
    by_name          text        NOT NULL,
    at               timestamptz NOT NULL,
    reverted_by_kind text,
    reverted_by_name text,
    reverted_at      timestamptz,
    CHECK (num_nulls(reverted_by_kind, reverted_by_name, reverted_at) IN (0, 3))
);
CREATE INDEX cut_over_of_service ON cut_over (service_id, place);
